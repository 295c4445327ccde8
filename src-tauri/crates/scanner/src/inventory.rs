//! What an image carries: its operating system and its packages.

use std::path::PathBuf;

use crate::catalogue::Ecosystem;
use crate::error::{Fault, ScanError};
use crate::gauge::Gauge;
use crate::limits::Limits;
use crate::overlay::{Content, Overlay};
use crate::system::System;

/// A layer of an image, in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layer {
    /// `sha256:<hex>`
    pub digest: String,
    /// As the manifest has it.
    pub media_type: String,
    /// Where its bytes are.
    pub path: PathBuf,
}

/// What an image carries.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Inventory {
    /// The operating system, if the image says which it is.
    pub system: Option<System>,
    /// Debian packages in the order of the files that list them, then Maven artifacts in the order of their paths.
    pub packages: Vec<Package>,
    /// What was skipped.
    pub notes: Vec<Note>,
}

/// A package that is installed in the image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Package {
    /// Whose names and versions it has.
    pub ecosystem: Ecosystem,
    /// The binary package, or `group:artifact`; the artifact alone if the group is not known.
    pub name: String,
    /// As the package's own metadata has it.
    pub version: String,
    /// `amd64`, `all`; of Debian packages.
    pub architecture: Option<String>,
    /// What a Debian package was built from.
    pub source: Option<SourcePackage>,
    /// The file that tells of it, relative to the image's root: the list of packages, or the JAR. A JAR in a JAR comes
    /// after the outer one and `!/`.
    pub path: String,
    /// The digest of the layer that brought it.
    pub layer: String,
}

/// A Debian source package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourcePackage {
    /// Its name.
    pub name: String,
    /// Its version, which may be another than the binary package's.
    pub version: String,
}

/// Something in the image that was not read, which does not keep the rest from being scanned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Where it is.
    pub path: String,
    /// Why it was skipped.
    pub why: String,
}

/// Reads the layers, the base first.
///
/// Blocks for as long as decompressing them takes; `cancelled` is asked again and again meanwhile. Layers are streamed: how
/// large they are does not matter to memory. Nothing is written but large JARs, to unnamed temporary files.
///
/// # Errors
///
/// [`ScanError::Cancelled`] if `cancelled` says so, [`ScanError::Layer`] if a layer is broken, hostile or none at all.
pub fn read(layers: &[Layer], limits: &Limits, cancelled: &dyn Fn() -> bool) -> Result<Inventory, ScanError> {
    let gauge = Gauge::new(limits, cancelled);
    let mut overlay = Overlay::new(&gauge);
    for (at, layer) in layers.iter().enumerate() {
        overlay.add(at, layer).map_err(|fault: Fault| fault.of_layer(&layer.digest))?;
    }
    Ok(inventory(layers, overlay))
}

fn inventory(layers: &[Layer], overlay: Overlay<'_, '_>) -> Inventory {
    let mut inventory = Inventory { notes: overlay.notes, ..Inventory::default() };
    let (mut debian, mut maven) = (Vec::new(), Vec::new());
    for (path, file) in overlay.files {
        match file.content {
            // `etc/os-release` comes first, and is what the image's owner may have written over the system's own.
            Content::System(system) => {
                inventory.system.get_or_insert(system);
            }
            Content::Packages(listed) => debian.extend(listed.into_iter().map(|package| Package {
                ecosystem: Ecosystem::Debian,
                name: package.name,
                version: package.version,
                architecture: Some(package.architecture).filter(|name| !name.is_empty()),
                source: Some(package.source),
                path: path.clone(),
                layer: layers[package.layer].digest.clone(),
            })),
            Content::Jar(artifacts) => maven.extend(artifacts.into_iter().map(|artifact| Package {
                ecosystem: Ecosystem::Maven,
                name: match artifact.group {
                    Some(group) => format!("{group}:{}", artifact.name),
                    None => artifact.name,
                },
                version: artifact.version,
                architecture: None,
                source: None,
                path: format!("{path}{}", artifact.within),
                layer: layers[file.layer].digest.clone(),
            })),
        }
    }
    inventory.packages = debian;
    inventory.packages.append(&mut maven);
    inventory
}
