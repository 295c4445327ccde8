//! The union of an image's layers, limited to the files that contain or list packages. What an upper layer deletes or
//! replaces is removed.

use std::io::{BufRead, Read};

use crate::archive::tarball::{Body, Kind, Tarball};
use crate::archive::unpack;
use crate::budget::Budget;
use crate::dpkg;
use crate::error::{ExceededLimit, Fault};
use crate::files::{Content, File, Files, Size};
use crate::jar;
use crate::package::{Layer, SkippedFiles};
use crate::system::System;

const WHITEOUT: &str = ".wh.";
const OPAQUE: &str = ".wh..wh..opq";
const SYSTEM: [&str; 2] = ["etc/os-release", "usr/lib/os-release"];
const SYSTEM_LIMIT: u64 = 64 << 10;
const STATUS: &str = "var/lib/dpkg/status";
/// Images without dpkg itself have a file here for each package.
const STATUS_FOLDER: &str = "var/lib/dpkg/status.d/";

/// The relevant files of the layers added so far.
pub(crate) struct Overlay<'g, 'a> {
    budget: &'g Budget<'a>,
    pub(crate) files: Files,
    pub(crate) skipped: SkippedFiles,
}

impl<'g, 'a> Overlay<'g, 'a> {
    pub(crate) fn new(budget: &'g Budget<'a>) -> Self {
        Self { budget, files: Files::default(), skipped: SkippedFiles::default() }
    }

    /// Adds the next layer, which has this index in the image.
    pub(crate) fn add(&mut self, index: usize, layer: &Layer) -> Result<(), Fault> {
        self.budget.check_cancelled()?;
        let stream = unpack::open(self.budget, &layer.path, &layer.media_type)?;
        let mut tarball = Tarball::new(self.budget, stream);
        // A layer's whiteouts apply only to the layers below it, in whatever order its entries are.
        let mut upper = Files::default();
        while let Some(entry) = tarball.next()? {
            match deletion(&entry.path) {
                Some(Deletion::ContentsOf(folder)) => self.files.remove_below(folder),
                Some(Deletion::Path(path)) => self.files.remove(&path),
                Some(Deletion::Nothing) => {}
                None => self.add_entry(index, &mut upper, &entry.path, entry.kind, &mut tarball)?,
            }
        }
        self.files.append(upper);
        Ok(())
    }

    fn add_entry<R: BufRead>(
        &mut self,
        index: usize,
        upper: &mut Files,
        path: &str,
        kind: Kind,
        tarball: &mut Tarball<'_, '_, R>,
    ) -> Result<(), Fault> {
        let replaced = upper.remove_file(path).or_else(|| self.files.remove_file(path));
        if kind == Kind::Directory {
            return Ok(());
        }
        upper.remove_below(path);
        self.files.remove_below(path);
        let used = self.files.size().plus(upper.size());
        let content = match kind {
            Kind::File => {
                let size = tarball.size();
                self.content(index, path, replaced, used, size, tarball.body())?
            }
            Kind::HardLink(target) => {
                let target = upper.get(&target).or_else(|| self.files.get(&target));
                target.filter(|_| is_jar(path)).map(|file| file.content.clone())
            }
            Kind::Directory | Kind::Other => None,
        };
        match content {
            Some(content) => self.lay_down(index, upper, path, used, content),
            None => Ok(()),
        }
    }

    /// Adds a file if there is room for it. Without its list of packages an image is not scanned; without a JAR it is, and
    /// the limit is part of the result.
    fn lay_down(
        &mut self,
        index: usize,
        upper: &mut Files,
        path: &str,
        used: Size,
        content: Content,
    ) -> Result<(), Fault> {
        match (exceeded(self.budget, used.plus(Size::of(path, &content))), &content) {
            (None, _) => upper.insert(path.to_owned(), File { layer: index, content }),
            (Some(limit), Content::Jar(_)) => {
                self.budget.reach(limit);
                self.skipped.add(path, limit.to_string());
            }
            (Some(limit), _) => return Err(Fault::LimitExceeded(limit)),
        }
        Ok(())
    }

    /// The content of a relevant file; `None` for other files. `replaced` is the file that it replaces.
    fn content<R: BufRead>(
        &mut self,
        index: usize,
        path: &str,
        replaced: Option<File>,
        used: Size,
        size: u64,
        mut body: Body<'_, R>,
    ) -> Result<Option<Content>, Fault> {
        if SYSTEM.contains(&path) {
            if size > SYSTEM_LIMIT {
                self.skipped.add(path, "it is longer than an os-release file can be".to_owned());
                return Ok(None);
            }
            let mut text = Vec::new();
            body.read_to_end(&mut text)?;
            return Ok(System::parse(&String::from_utf8_lossy(&text)).map(|system| Content::System(system.into())));
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
            return Ok(Some(Content::Packages(packages.into())));
        }
        if is_jar(path) {
            let mut jar = jar::read(self.budget, used, path, size, body)?;
            for (within, reason) in std::mem::take(&mut jar.skipped) {
                self.skipped.add(&format!("{path}{within}"), reason);
            }
            self.skipped.add_unrecorded(jar.skipped_unrecorded);
            return Ok(Some(Content::Jar(jar.into())));
        }
        Ok(None)
    }
}

/// The limit that this exceeds.
fn exceeded(budget: &Budget<'_>, size: Size) -> Option<ExceededLimit> {
    let limits = budget.limits;
    match size {
        Size { packages, .. } if packages > limits.packages => Some(ExceededLimit::Packages(limits.packages)),
        Size { text, .. } if text > limits.text => Some(ExceededLimit::Text(limits.text)),
        _ => None,
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
