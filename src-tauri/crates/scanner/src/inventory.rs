//! The inventory of an image: its operating system and its packages.

use crate::budget::Budget;
use crate::catalogue::vulnerability::Ecosystem;
use crate::error::{Fault, ScanError};
use crate::limits::Limits;
use crate::overlay::{Content, Overlay};
use crate::package::{Layer, Package, SkippedFile};
use crate::system::System;

/// The operating system and packages of an image.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Inventory {
    /// The operating system, if the image identifies it.
    pub system: Option<System>,
    /// Debian packages, sorted by the path of the file that lists them, then Maven artifacts, sorted by path.
    pub packages: Vec<Package>,
    /// The files that could not be read.
    pub skipped: Vec<SkippedFile>,
}

/// Reads the layers, the base first.
///
/// Blocks while the layers are decompressed; `cancelled` is called repeatedly meanwhile. Layers are streamed, so memory use
/// does not depend on their size. Only large JARs are written to disk, as unnamed temporary files.
///
/// # Errors
///
/// [`ScanError::Cancelled`] if `cancelled` returned true, [`ScanError::Layer`] if a layer is damaged, malicious or not a
/// layer.
pub fn read(layers: &[Layer], limits: &Limits, cancelled: &dyn Fn() -> bool) -> Result<Inventory, ScanError> {
    let budget = Budget::new(limits, cancelled);
    let mut overlay = Overlay::new(&budget);
    for (index, layer) in layers.iter().enumerate() {
        overlay.add(index, layer).map_err(|fault: Fault| fault.of_layer(&layer.digest))?;
    }
    Ok(inventory(layers, overlay))
}

fn inventory(layers: &[Layer], overlay: Overlay<'_, '_>) -> Inventory {
    let mut inventory = Inventory { skipped: overlay.skipped, ..Inventory::default() };
    let (mut debian, mut maven) = (Vec::new(), Vec::new());
    for (path, file) in overlay.files {
        match file.content {
            // `etc/os-release` sorts first. It takes precedence, because an image's author may override the system's file.
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
