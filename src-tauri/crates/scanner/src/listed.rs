//! Packages as a file of the image lists them.

use std::collections::HashMap;

use crate::catalogue::vulnerability::Ecosystem;
use crate::package::SourcePackage;

/// A package in a list of installed packages, or in the metadata of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ListedPackage {
    pub(crate) ecosystem: Ecosystem,
    pub(crate) name: String,
    pub(crate) version: String,
    /// `amd64`; empty for those of languages.
    pub(crate) architecture: String,
    /// What it was built from, for those of operating systems.
    pub(crate) source: Option<SourcePackage>,
    /// The index of the layer that added it.
    pub(crate) layer: usize,
}

impl ListedPackage {
    /// A package of a language.
    pub(crate) fn library(ecosystem: Ecosystem, name: &str, version: &str, layer: usize) -> Self {
        let (name, version) = (name.to_owned(), version.to_owned());
        Self { ecosystem, name, version, architecture: String::new(), source: None, layer }
    }

    /// The bytes of its texts.
    pub(crate) fn text(&self) -> usize {
        let source = self.source.as_ref().map_or(0, |source| source.name.len() + source.version.len());
        self.name.len() + self.version.len() + self.architecture.len() + source
    }
}

/// Assigns packages to the layer that added them: each layer that installs something contains the complete list, so a
/// package that the previous list has in the same version belongs to the layer that it has there.
pub(crate) fn keep_layers(packages: &mut [ListedPackage], previous: &[ListedPackage]) {
    let previous_layers: HashMap<_, _> = previous.iter().map(|package| (key(package), package.layer)).collect();
    for package in packages {
        if let Some(layer) = previous_layers.get(&key(package)) {
            package.layer = *layer;
        }
    }
}

fn key(package: &ListedPackage) -> (&str, &str, &str) {
    (&package.name, &package.version, &package.architecture)
}
