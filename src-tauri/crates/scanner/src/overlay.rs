//! Lays layers over each other, as far as files go in which packages show: what an upper layer deletes or replaces is gone.

use std::{
    collections::BTreeMap,
    io::{BufRead, Read},
    ops::Bound::{Excluded, Unbounded},
};

use crate::archive::{self, Body, Kind, Tarball};
use crate::dpkg::{self, Listed};
use crate::error::{Bound, Fault};
use crate::gauge::Gauge;
use crate::inventory::{Layer, Note};
use crate::jar::{self, Artifact};
use crate::system::System;

const WHITEOUT: &str = ".wh.";
const OPAQUE: &str = ".wh..wh..opq";
const SYSTEM: [&str; 2] = ["etc/os-release", "usr/lib/os-release"];
const SYSTEM_LIMIT: u64 = 64 << 10;
const STATUS: &str = "var/lib/dpkg/status";
/// Images without dpkg itself have a file here for each package.
const STATUS_FOLDER: &str = "var/lib/dpkg/status.d/";
/// More than this is not told of what was skipped.
const NOTES: usize = 1000;

/// The files that count, after the layers added so far.
pub(crate) struct Overlay<'g, 'a> {
    gauge: &'g Gauge<'a>,
    pub(crate) files: BTreeMap<String, File>,
    pub(crate) notes: Vec<Note>,
}

#[derive(Clone)]
pub(crate) struct File {
    /// The layer that brought it.
    pub(crate) layer: usize,
    pub(crate) content: Content,
}

#[derive(Clone)]
pub(crate) enum Content {
    System(System),
    Packages(Vec<Listed>),
    Jar(Vec<Artifact>),
}

impl<'g, 'a> Overlay<'g, 'a> {
    pub(crate) fn new(gauge: &'g Gauge<'a>) -> Self {
        Self { gauge, files: BTreeMap::new(), notes: Vec::new() }
    }

    /// Lays the next layer, which is the `at`th of the image, over those before it.
    pub(crate) fn add(&mut self, at: usize, layer: &Layer) -> Result<(), Fault> {
        self.gauge.go_on()?;
        let stream = archive::open(self.gauge, &layer.path, &layer.media_type)?;
        let mut tarball = Tarball::new(self.gauge, stream);
        // A layer's deletions are of the layers below it, in whatever order its entries come.
        let mut upper = BTreeMap::new();
        while let Some(entry) = tarball.next()? {
            match deletion(&entry.path) {
                Some(Deletion::Below(folder)) => remove_below(&mut self.files, folder),
                Some(Deletion::Of(path)) => remove(&mut self.files, &path),
                Some(Deletion::Nothing) => {}
                None => self.lay(at, &mut upper, &entry.path, entry.kind, &mut tarball)?,
            }
        }
        self.files.append(&mut upper);
        self.count()
    }

    fn lay<R: BufRead>(
        &mut self,
        at: usize,
        upper: &mut BTreeMap<String, File>,
        path: &str,
        kind: Kind,
        tarball: &mut Tarball<'_, '_, R>,
    ) -> Result<(), Fault> {
        let present = upper.remove(path).or_else(|| self.files.remove(path));
        if kind == Kind::Directory {
            return Ok(());
        }
        remove_below(upper, path);
        remove_below(&mut self.files, path);
        let content = match kind {
            Kind::File => {
                let size = tarball.size();
                self.content(at, path, present, size, tarball.body())?
            }
            Kind::HardLink(target) => {
                let target = upper.get(&target).or_else(|| self.files.get(&target));
                target.filter(|_| is_jar(path)).map(|file| file.content.clone())
            }
            Kind::Directory | Kind::Other => None,
        };
        if let Some(content) = content {
            upper.insert(path.to_owned(), File { layer: at, content });
        }
        Ok(())
    }

    /// What a file says, if it is one that counts. `present` is the one that it replaces.
    fn content<R: BufRead>(
        &mut self,
        at: usize,
        path: &str,
        present: Option<File>,
        size: u64,
        mut body: Body<'_, R>,
    ) -> Result<Option<Content>, Fault> {
        if SYSTEM.contains(&path) {
            if size > SYSTEM_LIMIT {
                self.note(path, "it is too long to be what it should be".to_owned());
                return Ok(None);
            }
            let mut text = Vec::new();
            body.read_to_end(&mut text)?;
            return Ok(System::parse(&String::from_utf8_lossy(&text)).map(Content::System));
        }
        if path == STATUS || is_status_part(path) {
            let limit = self.gauge.limits.package_list;
            if size > limit {
                return Err(Fault::TooMuch(Bound::PackageList(limit)));
            }
            let mut text = Vec::new();
            body.read_to_end(&mut text)?;
            let mut listed = dpkg::parse(&String::from_utf8_lossy(&text), at);
            if let Some(File { content: Content::Packages(before), .. }) = present {
                dpkg::keep_layers(&mut listed, &before);
            }
            return Ok(Some(Content::Packages(listed)));
        }
        if is_jar(path) {
            let read = jar::read(self.gauge, path, size, body)?;
            for (within, why) in read.skipped {
                self.note(&format!("{path}{within}"), why);
            }
            return Ok(Some(Content::Jar(read.artifacts)));
        }
        Ok(None)
    }

    fn note(&mut self, path: &str, why: String) {
        if self.notes.len() < NOTES {
            self.notes.push(Note { path: path.to_owned(), why });
        }
    }

    fn count(&self) -> Result<(), Fault> {
        let packages: usize = self.files.values().map(|file| file.content.packages()).sum();
        let limit = self.gauge.limits.packages;
        if packages > limit { Err(Fault::TooMuch(Bound::Packages(limit))) } else { Ok(()) }
    }
}

impl Content {
    /// A JAR without artifacts counts too: it takes memory as one.
    fn packages(&self) -> usize {
        match self {
            Self::System(_) => 0,
            Self::Packages(listed) => listed.len(),
            Self::Jar(artifacts) => artifacts.len().max(1),
        }
    }
}

fn is_status_part(path: &str) -> bool {
    path.strip_prefix(STATUS_FOLDER).is_some_and(|name| !name.contains('/') && !name.ends_with(".md5sums"))
}

fn is_jar(path: &str) -> bool {
    let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
    ["jar", "war", "ear"].iter().any(|known| extension.eq_ignore_ascii_case(known))
}

/// What an entry with a name that begins with `.wh.` deletes from the layers below.
enum Deletion<'p> {
    /// Everything in a folder; the root is the empty path.
    Below(&'p str),
    /// A file or a folder.
    Of(String),
    /// It is of a storage driver's own.
    Nothing,
}

fn deletion(path: &str) -> Option<Deletion<'_>> {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    if name == OPAQUE {
        return Some(Deletion::Below(folder));
    }
    Some(match name.strip_prefix(WHITEOUT)? {
        "" | "." | ".." => Deletion::Nothing,
        name if name.starts_with(WHITEOUT) => Deletion::Nothing,
        name if folder.is_empty() => Deletion::Of(name.to_owned()),
        name => Deletion::Of(format!("{folder}/{name}")),
    })
}

fn remove(files: &mut BTreeMap<String, File>, path: &str) {
    files.remove(path);
    remove_below(files, path);
}

fn remove_below(files: &mut BTreeMap<String, File>, folder: &str) {
    if folder.is_empty() {
        files.clear();
        return;
    }
    let inside = format!("{folder}/");
    let below = |files: &BTreeMap<String, File>| {
        let mut after = files.range::<str, _>((Excluded(inside.as_str()), Unbounded));
        after.next().map(|(path, _)| path.clone()).filter(|path| path.starts_with(&inside))
    };
    while let Some(path) = below(files) {
        files.remove(&path);
    }
}
