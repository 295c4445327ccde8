//! Layers, packages and skipped files.

use std::{path::PathBuf, sync::Arc};

use serde::{Deserialize, Serialize};

use crate::catalogue::vulnerability::Ecosystem;

/// A layer of an image, stored in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layer {
    /// `sha256:<hex>`
    pub digest: String,
    /// The media type in the manifest.
    pub media_type: String,
    /// The path of the file.
    pub path: PathBuf,
}

/// An installed package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Package {
    /// The ecosystem that its name and version belong to.
    pub ecosystem: Ecosystem,
    /// The binary package, the module, or `group:artifact`; only the artifact if the group is unknown.
    pub name: String,
    /// The version in the package's own metadata.
    pub version: String,
    /// `amd64`, `all`; only for packages of operating systems.
    pub architecture: Option<String>,
    /// What a package of an operating system was built from.
    pub source: Option<SourcePackage>,
    /// The file that contains or lists it, relative to the image's root: the dpkg status file or the JAR. A nested JAR
    /// follows the outer one and `!/`.
    pub path: Arc<str>,
    /// The digest of the layer that added it.
    pub layer: Arc<str>,
}

impl Package {
    /// The names and versions that entries of the catalogue are about: those of the source package, if there is one.
    /// Advisories about RPM packages name either (Rocky Linux the source, `AlmaLinux` the package).
    pub(crate) fn matched(&self) -> impl Iterator<Item = (&str, &str)> {
        let source = self.source.as_ref().map(|source| (source.name.as_str(), source.version.as_str()));
        let own = (source.is_none() || self.ecosystem == Ecosystem::Rpm).then_some((&*self.name, &*self.version));
        let own = own.filter(|own| Some(*own) != source);
        source.into_iter().chain(own)
    }
}

/// A source package of Debian or RPM, or the origin of an Alpine package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourcePackage {
    /// Its name.
    pub name: String,
    /// Its version, which may differ from that of the binary package.
    pub version: String,
}

/// A file in the image that could not be read. The rest of the image is scanned all the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SkippedFile {
    /// Its path, shortened if it is longer than any that is of use.
    pub path: String,
    /// Why it was skipped.
    pub reason: String,
}

/// The files in the image that could not be read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SkippedFiles {
    /// The first of them.
    pub files: Vec<SkippedFile>,
    /// How many there are.
    pub count: u64,
}

/// The greatest number of skipped files that are recorded.
const MAX_SKIPPED: usize = 1000;
/// The longest path of a skipped file, in bytes.
const MAX_SKIPPED_PATH: usize = 1024;

impl SkippedFiles {
    pub(crate) fn add(&mut self, path: &str, reason: String) {
        self.count += 1;
        if self.files.len() < MAX_SKIPPED {
            self.files.push(SkippedFile { path: shortened(path), reason });
        }
    }

    /// Counts files that are not recorded.
    pub(crate) fn add_unrecorded(&mut self, more: u64) {
        self.count += more;
    }
}

/// The path's beginning and end, if it is too long: both help to find it.
fn shortened(path: &str) -> String {
    if path.len() <= MAX_SKIPPED_PATH {
        return path.to_owned();
    }
    let (half, last) = (MAX_SKIPPED_PATH / 2, path.len() - MAX_SKIPPED_PATH / 2);
    format!("{}…{}", &path[..path.floor_char_boundary(half)], &path[path.ceil_char_boundary(last)..])
}
