//! The union of an image's layers, limited to the files that contain or list packages. What an upper layer deletes or
//! replaces is removed.

use std::io::{self, BufRead, Read};

use crate::apk;
use crate::archive::tarball::{Body, Kind, Tarball, normalize};
use crate::archive::unpack;
use crate::budget::Budget;
use crate::dpkg;
use crate::error::{ExceededLimit, Fault};
use crate::files::{Content, File, Files, Size};
use crate::jar;
use crate::jar::artifact::Jar;
use crate::languages::{go, node, python};
use crate::listed::{self, ListedPackage};
use crate::package::{Layer, SkippedFiles};
use crate::recognize::{self, Kind as FileKind};
use crate::rpm;
use crate::system::System;

const WHITEOUT: &str = ".wh.";
const OPAQUE: &str = ".wh..wh..opq";
const SYSTEM_LIMIT: u64 = 64 << 10;
/// The most that is read of a metadata file of a JAR that was unpacked.
const METADATA_LIMIT: u64 = 256 << 10;
/// The longest lock file that is read: parsed, it takes ten times the memory.
const LOCK_LIMIT: u64 = 3 << 20;

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
                target.map(|file| file.content.clone())
            }
            Kind::SymbolicLink(target) if recognize::leads_to_list(path) => {
                let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
                let target = if target.starts_with('/') { target } else { format!("{folder}/{target}") };
                Some(Content::Link(normalize(&target).into()))
            }
            Kind::Directory | Kind::SymbolicLink(_) | Kind::Other => None,
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
            (Some(limit), _) if !recognize::is_list(path) => {
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
        mut body: Body<'_, '_, '_, R>,
    ) -> Result<Option<Content>, Fault> {
        let mut head = Vec::new();
        body.by_ref().take(recognize::HEAD as u64).read_to_end(&mut head)?;
        let Some(kind) = recognize::kind(path, &head) else { return Ok(None) };
        let body = io::Cursor::new(head).chain(body);
        Ok(match kind {
            FileKind::System => match self.text(path, size, SYSTEM_LIMIT, body)? {
                Some(text) => System::parse(&text).map(|system| Content::System(system.into())),
                None => None,
            },
            FileKind::Debian => self.list(index, path, replaced, size, body, dpkg::parse)?,
            FileKind::Alpine => self.list(index, path, replaced, size, body, apk::parse)?,
            FileKind::Rpm => self.rpm(index, path, replaced, body)?,
            FileKind::UnreadList(format) => {
                self.skipped.add(path, format!("RPM databases in this format ({format}) are found, not read"));
                None
            }
            FileKind::Jar => {
                let mut jar = jar::read(self.budget, used, path, size, body)?;
                for (within, reason) in std::mem::take(&mut jar.skipped) {
                    self.skipped.add(&format!("{path}{within}"), reason);
                }
                self.skipped.add_unrecorded(jar.skipped_unrecorded);
                jar.is_relevant().then(|| Content::Jar(jar.into()))
            }
            FileKind::Pom => {
                let text = self.text(path, size, METADATA_LIMIT, body)?;
                let artifact = text.and_then(|text| jar::properties::artifact(path, &text, &"".into()));
                artifact.map(|artifact| Content::Jar(Jar::of(artifact).into()))
            }
            FileKind::Manifest => {
                let folder = path.strip_suffix("/META-INF/MANIFEST.MF").unwrap_or_default();
                let text = self.text(path, size, METADATA_LIMIT, body)?;
                text.map(|text| jar::identity::artifact(Some(&text), folder, &"".into()))
                    .map(|artifact| Content::Manifest(artifact.map(Into::into)))
            }
            FileKind::NodePackage | FileKind::NodeLock | FileKind::Python | FileKind::Program => {
                let libraries =
                    self.libraries(kind, index, path, size, body)?.filter(|libraries| !libraries.is_empty());
                libraries.map(|libraries| Content::Libraries(libraries.into()))
            }
        })
    }

    /// The packages of a language that a file lists.
    fn libraries(
        &mut self,
        kind: FileKind,
        index: usize,
        path: &str,
        size: u64,
        body: impl Read,
    ) -> Result<Option<Vec<ListedPackage>>, Fault> {
        Ok(match kind {
            FileKind::NodeLock => {
                let Some(text) = self.text(path, size, LOCK_LIMIT, body)? else { return Ok(None) };
                node::parse_lock(&text, index)
            }
            FileKind::NodePackage => {
                let Some(text) = self.text(path, size, METADATA_LIMIT, body)? else { return Ok(None) };
                node::parse_installed(&text, index).map(|package| vec![package])
            }
            // A description without limit follows the headers.
            FileKind::Python => {
                let mut text = Vec::new();
                body.take(METADATA_LIMIT).read_to_end(&mut text)?;
                python::parse(&String::from_utf8_lossy(&text), index).map(|package| vec![package])
            }
            _ => go::read(body, index)?,
        })
    }

    /// A list of the operating system's packages.
    fn list(
        &mut self,
        index: usize,
        path: &str,
        replaced: Option<File>,
        size: u64,
        body: impl Read,
        parse: fn(&str, usize) -> Vec<ListedPackage>,
    ) -> Result<Option<Content>, Fault> {
        let limit = self.budget.limits.package_list;
        if size > limit && recognize::is_list(path) {
            return Err(Fault::LimitExceeded(ExceededLimit::PackageList(limit)));
        }
        let Some(text) = self.text(path, size, limit, body)? else { return Ok(None) };
        let mut packages = parse(&text, index);
        if let Some(File { content: Content::Packages(previous), .. }) = replaced {
            listed::keep_layers(&mut packages, &previous);
        }
        Ok(Some(Content::Packages(packages.into())))
    }

    /// RPM's list of packages. Without it the image is not one without packages: a damaged one is skipped, with the reason.
    fn rpm(
        &mut self,
        index: usize,
        path: &str,
        replaced: Option<File>,
        body: impl Read,
    ) -> Result<Option<Content>, Fault> {
        let mut packages = match rpm::read(self.budget, index, body)? {
            Ok(packages) => packages,
            Err(reason) => {
                self.skipped.add(path, reason);
                return Ok(None);
            }
        };
        if let Some(File { content: Content::Packages(previous), .. }) = replaced {
            listed::keep_layers(&mut packages, &previous);
        }
        Ok(Some(Content::Packages(packages.into())))
    }

    /// The text of a file. One that is longer than files of its kind are is skipped.
    fn text(&mut self, path: &str, size: u64, limit: u64, mut body: impl Read) -> Result<Option<String>, Fault> {
        if size > limit {
            self.skipped.add(path, format!("it has more than {limit} bytes"));
            return Ok(None);
        }
        let mut text = Vec::new();
        body.read_to_end(&mut text)?;
        Ok(Some(String::from_utf8_lossy(&text).into_owned()))
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
