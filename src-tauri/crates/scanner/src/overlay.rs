//! The union of an image's layers, limited to the files that contain or list packages. What an upper layer deletes or
//! replaces is removed.

use std::{
    collections::BTreeMap,
    io::{BufRead, Read},
    ops::Bound::{Excluded, Unbounded},
};

use crate::archive::tarball::{Body, Kind, Tarball};
use crate::archive::unpack;
use crate::budget::Budget;
use crate::dpkg::{self, InstalledPackage};
use crate::error::{ExceededLimit, Fault};
use crate::jar;
use crate::jar::artifact::Artifact;
use crate::package::{Layer, SkippedFile};
use crate::system::System;

const WHITEOUT: &str = ".wh.";
const OPAQUE: &str = ".wh..wh..opq";
const SYSTEM: [&str; 2] = ["etc/os-release", "usr/lib/os-release"];
const SYSTEM_LIMIT: u64 = 64 << 10;
const STATUS: &str = "var/lib/dpkg/status";
/// Images without dpkg itself have a file here for each package.
const STATUS_FOLDER: &str = "var/lib/dpkg/status.d/";
/// The greatest number of skipped files that are recorded.
const MAX_SKIPPED: usize = 1000;

/// The relevant files of the layers added so far.
pub(crate) struct Overlay<'g, 'a> {
    budget: &'g Budget<'a>,
    pub(crate) files: BTreeMap<String, File>,
    pub(crate) skipped: Vec<SkippedFile>,
}

#[derive(Clone)]
pub(crate) struct File {
    /// The index of the layer that added it.
    pub(crate) layer: usize,
    pub(crate) content: Content,
}

#[derive(Clone)]
pub(crate) enum Content {
    System(System),
    Packages(Vec<InstalledPackage>),
    Jar(Vec<Artifact>),
}

impl<'g, 'a> Overlay<'g, 'a> {
    pub(crate) fn new(budget: &'g Budget<'a>) -> Self {
        Self { budget, files: BTreeMap::new(), skipped: Vec::new() }
    }

    /// Adds the next layer, which has this index in the image.
    pub(crate) fn add(&mut self, index: usize, layer: &Layer) -> Result<(), Fault> {
        self.budget.check_cancelled()?;
        let stream = unpack::open(self.budget, &layer.path, &layer.media_type)?;
        let mut tarball = Tarball::new(self.budget, stream);
        // A layer's whiteouts apply only to the layers below it, in whatever order its entries are.
        let mut upper = BTreeMap::new();
        while let Some(entry) = tarball.next()? {
            match deletion(&entry.path) {
                Some(Deletion::ContentsOf(folder)) => remove_below(&mut self.files, folder),
                Some(Deletion::Path(path)) => remove(&mut self.files, &path),
                Some(Deletion::Nothing) => {}
                None => self.add_entry(index, &mut upper, &entry.path, entry.kind, &mut tarball)?,
            }
        }
        self.files.append(&mut upper);
        self.check_package_count()
    }

    fn add_entry<R: BufRead>(
        &mut self,
        index: usize,
        upper: &mut BTreeMap<String, File>,
        path: &str,
        kind: Kind,
        tarball: &mut Tarball<'_, '_, R>,
    ) -> Result<(), Fault> {
        let replaced = upper.remove(path).or_else(|| self.files.remove(path));
        if kind == Kind::Directory {
            return Ok(());
        }
        remove_below(upper, path);
        remove_below(&mut self.files, path);
        let content = match kind {
            Kind::File => {
                let size = tarball.size();
                self.content(index, path, replaced, size, tarball.body())?
            }
            Kind::HardLink(target) => {
                let target = upper.get(&target).or_else(|| self.files.get(&target));
                target.filter(|_| is_jar(path)).map(|file| file.content.clone())
            }
            Kind::Directory | Kind::Other => None,
        };
        if let Some(content) = content {
            upper.insert(path.to_owned(), File { layer: index, content });
        }
        Ok(())
    }

    /// The content of a relevant file; `None` for other files. `replaced` is the file that it replaces.
    fn content<R: BufRead>(
        &mut self,
        index: usize,
        path: &str,
        replaced: Option<File>,
        size: u64,
        mut body: Body<'_, R>,
    ) -> Result<Option<Content>, Fault> {
        if SYSTEM.contains(&path) {
            if size > SYSTEM_LIMIT {
                self.skip(path, "it is longer than an os-release file can be".to_owned());
                return Ok(None);
            }
            let mut text = Vec::new();
            body.read_to_end(&mut text)?;
            return Ok(System::parse(&String::from_utf8_lossy(&text)).map(Content::System));
        }
        if path == STATUS || is_status_part(path) {
            let limit = self.budget.limits.package_list;
            if size > limit {
                return Err(Fault::LimitExceeded(ExceededLimit::PackageList(limit)));
            }
            let mut text = Vec::new();
            body.read_to_end(&mut text)?;
            let mut packages = dpkg::parse(&String::from_utf8_lossy(&text), index);
            if let Some(File { content: Content::Packages(previous), .. }) = replaced {
                dpkg::keep_layers(&mut packages, &previous);
            }
            return Ok(Some(Content::Packages(packages)));
        }
        if is_jar(path) {
            let jar = jar::read(self.budget, path, size, body)?;
            for (within, reason) in jar.skipped {
                self.skip(&format!("{path}{within}"), reason);
            }
            return Ok(Some(Content::Jar(jar.artifacts)));
        }
        Ok(None)
    }

    fn skip(&mut self, path: &str, reason: String) {
        if self.skipped.len() < MAX_SKIPPED {
            self.skipped.push(SkippedFile { path: path.to_owned(), reason });
        }
    }

    fn check_package_count(&self) -> Result<(), Fault> {
        let packages: usize = self.files.values().map(|file| file.content.packages()).sum();
        let limit = self.budget.limits.packages;
        if packages > limit { Err(Fault::LimitExceeded(ExceededLimit::Packages(limit))) } else { Ok(()) }
    }
}

impl Content {
    /// The number of packages that count towards the limit. A JAR without artifacts counts as one, because it uses memory.
    fn packages(&self) -> usize {
        match self {
            Self::System(_) => 0,
            Self::Packages(packages) => packages.len(),
            Self::Jar(artifacts) => artifacts.len().max(1),
        }
    }
}

fn is_status_part(path: &str) -> bool {
    path.strip_prefix(STATUS_FOLDER).is_some_and(|name| !name.contains('/') && !name.ends_with(".md5sums"))
}

fn is_jar(path: &str) -> bool {
    let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
    ["jar", "war", "ear"].iter().any(|jar| extension.eq_ignore_ascii_case(jar))
}

/// What an entry whose name starts with `.wh.` deletes from the layers below.
enum Deletion<'p> {
    /// Everything in a folder; the empty path is the root.
    ContentsOf(&'p str),
    /// A file or a folder.
    Path(String),
    /// Nothing: the entry belongs to a storage driver.
    Nothing,
}

fn deletion(path: &str) -> Option<Deletion<'_>> {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    if name == OPAQUE {
        return Some(Deletion::ContentsOf(folder));
    }
    Some(match name.strip_prefix(WHITEOUT)? {
        "" | "." | ".." => Deletion::Nothing,
        name if name.starts_with(WHITEOUT) => Deletion::Nothing,
        name if folder.is_empty() => Deletion::Path(name.to_owned()),
        name => Deletion::Path(format!("{folder}/{name}")),
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
