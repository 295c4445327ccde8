//! The inventory of an image: its operating system and its packages.

use std::sync::Arc;

use crate::budget::Budget;
use crate::catalogue::vulnerability::Ecosystem;
use crate::error::{ExceededLimit, Fault, ScanError};
use crate::files::{Content, Files};
use crate::jar::artifact::Artifact;
use crate::languages::node;
use crate::limits::Limits;
use crate::listed::ListedPackage;
use crate::overlay::Overlay;
use crate::package::{Layer, Package, SkippedFiles};
use crate::recognize;
use crate::system::System;

/// The operating system and packages of an image.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Inventory {
    /// The operating system, if the image identifies it.
    pub system: Option<System>,
    /// The operating system's packages, then those of languages, each sorted by the path of the file that lists them.
    pub packages: Vec<Package>,
    /// Whether a list of the operating system's packages was read.
    pub has_list: bool,
    /// The number of JARs that neither metadata nor their file names identify.
    pub unidentified: u64,
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
    let Overlay { files, skipped, .. } = overlay;
    let digests: Vec<Arc<str>> = layers.iter().map(|layer| layer.digest.as_str().into()).collect();
    let mut inventory = Inventory { skipped, system: system(&files), ..Inventory::default() };
    add_listed(&files, &digests, &mut inventory);
    for (path, file) in files.iter() {
        let layer = &digests[file.layer];
        match &file.content {
            Content::Jar(jar) => {
                inventory.unidentified += jar.unidentified;
                inventory.packages.extend(artifacts(&jar.artifacts, path, layer));
            }
            // Of a JAR that was unpacked. Its pom.properties, if it has one, states more.
            Content::Manifest(artifact) if !has_pom(&files, path) => match artifact {
                Some(artifact) => inventory.packages.extend(artifacts(std::slice::from_ref(&**artifact), path, layer)),
                None => inventory.unidentified += 1,
            },
            Content::Libraries(libraries) if !is_installed_lock(&files, path) => {
                let path: Arc<str> = path.as_str().into();
                inventory.packages.extend(libraries.iter().map(|package| listed(package, &path, &digests)));
            }
            Content::System(_)
            | Content::Packages(_)
            | Content::Libraries(_)
            | Content::Manifest(_)
            | Content::Link(_) => {}
        }
    }
    inventory
}

/// The operating system, from the first of its files that identifies it.
fn system(files: &Files) -> Option<System> {
    recognize::SYSTEM.iter().find_map(|path| match &files.get(&files.resolve(path))?.content {
        Content::System(system) => Some(System::clone(system)),
        _ => None,
    })
}

/// Adds the packages in the operating system's lists, wherever links lead to them.
fn add_listed(files: &Files, digests: &[Arc<str>], inventory: &mut Inventory) {
    let whole = files.resolve(recognize::STATUS);
    let folder = files.resolve(recognize::STATUS_FOLDER);
    let parts = files.below(&folder).filter(|(name, _)| recognize::is_status_part(name));
    let parts = parts.map(|(name, _)| files.resolve(&format!("{folder}{name}")));
    let others = recognize::APK.iter().chain(&recognize::RPM).map(|path| files.resolve(path));
    let mut paths: Vec<String> = [whole].into_iter().chain(parts).chain(others).collect();
    // With `/lib` as a link to `/usr/lib`, two of them are the same file.
    paths.sort_unstable();
    paths.dedup();
    for path in paths {
        let Some(Content::Packages(packages)) = files.get(&path).map(|file| &file.content) else { continue };
        inventory.has_list = true;
        let path: Arc<str> = path.into();
        inventory.packages.extend(packages.iter().map(|package| listed(package, &path, digests)));
    }
}

/// Whether the file is a lock file whose packages are installed beside it: what is installed counts, and counts once.
fn is_installed_lock(files: &Files, path: &str) -> bool {
    let folder = path.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
    node::is_lock(path) && files.below(&format!("{folder}node_modules")).next().is_some()
}

/// Whether the folder of a manifest has a `pom.properties`.
fn has_pom(files: &Files, manifest: &str) -> bool {
    let folder = manifest.strip_suffix("/MANIFEST.MF").unwrap_or_default();
    files.below(&format!("{folder}/maven")).next().is_some()
}

fn listed(package: &ListedPackage, path: &Arc<str>, digests: &[Arc<str>]) -> Package {
    Package {
        ecosystem: package.ecosystem,
        name: package.name.clone(),
        version: package.version.clone(),
        architecture: Some(package.architecture.clone()).filter(|name| !name.is_empty()),
        source: package.source.clone(),
        path: Arc::clone(path),
        layer: Arc::clone(&digests[package.layer]),
    }
}

/// The artifacts of the JAR at this path. Those of the same nested JAR share their path.
fn artifacts<'j>(artifacts: &'j [Artifact], path: &'j str, layer: &'j Arc<str>) -> impl Iterator<Item = Package> + 'j {
    let mut last: Option<(&Arc<str>, Arc<str>)> = None;
    artifacts.iter().map(move |artifact| {
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
