//! The inventory of an image: its operating system and its packages.

use std::sync::Arc;

use crate::budget::Budget;
use crate::catalogue::vulnerability::Ecosystem;
use crate::dpkg::InstalledPackage;
use crate::error::{ExceededLimit, Fault, ScanError};
use crate::files::Content;
use crate::jar::artifact::Jar;
use crate::limits::Limits;
use crate::overlay::Overlay;
use crate::package::{Layer, Package, SkippedFiles};
use crate::system::System;

/// The operating system and packages of an image.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Inventory {
    /// The operating system, if the image identifies it.
    pub system: Option<System>,
    /// Debian packages, sorted by the path of the file that lists them, then Maven artifacts, sorted by path.
    pub packages: Vec<Package>,
    /// The files that could not be read.
    pub skipped: SkippedFiles,
    /// The limits at which parts of the image were left out. Without any, all of it was read but for `skipped`.
    pub limits: Vec<ExceededLimit>,
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
    Ok(Inventory { limits: budget.reached(), ..inventory(layers, overlay) })
}

fn inventory(layers: &[Layer], overlay: Overlay<'_, '_>) -> Inventory {
    let mut inventory = Inventory { skipped: overlay.skipped, ..Inventory::default() };
    let digests: Vec<Arc<str>> = layers.iter().map(|layer| layer.digest.as_str().into()).collect();
    let mut maven = Vec::new();
    for (path, file) in overlay.files.into_iter() {
        match &file.content {
            // `etc/os-release` sorts first. It takes precedence, because an image's author may override the system's file.
            Content::System(system) => {
                inventory.system.get_or_insert_with(|| System::clone(system));
            }
            Content::Packages(listed) => {
                let path: Arc<str> = path.into();
                inventory.packages.extend(listed.iter().map(|package| debian(package, &path, &digests)));
            }
            Content::Jar(jar) => maven.extend(artifacts(jar, &path, &digests[file.layer])),
        }
    }
    inventory.packages.append(&mut maven);
    inventory
}

fn debian(package: &InstalledPackage, path: &Arc<str>, digests: &[Arc<str>]) -> Package {
    Package {
        ecosystem: Ecosystem::Debian,
        name: package.name.clone(),
        version: package.version.clone(),
        architecture: Some(package.architecture.clone()).filter(|name| !name.is_empty()),
        source: Some(package.source.clone()),
        path: Arc::clone(path),
        layer: Arc::clone(&digests[package.layer]),
    }
}

/// The artifacts of the JAR at this path. Those of the same nested JAR share their path.
fn artifacts<'j>(jar: &'j Jar, path: &'j str, layer: &'j Arc<str>) -> impl Iterator<Item = Package> + 'j {
    let mut last: Option<(&Arc<str>, Arc<str>)> = None;
    jar.artifacts.iter().map(move |artifact| {
        let path = match &last {
            Some((within, path)) if Arc::ptr_eq(within, &artifact.within) => Arc::clone(path),
            _ => format!("{path}{}", artifact.within).into(),
        };
        last = Some((&artifact.within, Arc::clone(&path)));
        Package {
            ecosystem: Ecosystem::Maven,
            name: artifact.full_name(),
            version: artifact.version.clone().into(),
            architecture: None,
            source: None,
            path,
            layer: Arc::clone(layer),
        }
    })
}
