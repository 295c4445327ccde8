//! Synthetic images for tests and benchmarks: layers of any size, with the requested packages and JARs.

use std::path::Path;

use crate::compression::Compression;
use crate::contents::{Coordinates, RuntimeConfig};
use crate::dpkg::{self, Record};
use crate::entries::{Entries, Entry};
use crate::error::PracticeImageError;
use crate::filler::Filler;
use crate::jar;
use crate::layer;
use crate::layout::{self, History, ImageProperties, OciLayout};
use crate::output_folder::OutputFolder;
use oci::Platform;

const CREATED: &str = "2024-01-01T00:00:00Z";
const CREATED_SECONDS: u64 = 1_704_067_200;

/// The specification of a synthetic image of one platform. Equal specifications result in equal digests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntheticImage {
    /// The tag in the layout.
    pub tag: String,
    /// `amd64`, or `arm64`, which gets the variant `v8`.
    pub architecture: String,
    /// How layers are packed.
    pub compression: Compression,
    /// Distinguishes images with otherwise equal specifications.
    pub seed: u64,
    /// The layers, the base first.
    pub layers: Vec<SyntheticLayer>,
}

impl Default for SyntheticImage {
    fn default() -> Self {
        Self {
            tag: "test".into(),
            architecture: "amd64".into(),
            compression: Compression::Gzip,
            seed: 0,
            layers: vec![SyntheticLayer::default()],
        }
    }
}

/// A layer of a synthetic image.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SyntheticLayer {
    /// The text of `usr/lib/os-release`, to which `etc/os-release` links.
    pub os_release: Option<String>,
    /// The records of `var/lib/dpkg/status`; if empty, the file is not created.
    pub packages: Vec<SyntheticPackage>,
    /// The JARs.
    pub jars: Vec<SyntheticJar>,
    /// Other files, by path.
    pub files: Vec<(String, Vec<u8>)>,
    /// The size of an additional file of filler, which is streamed.
    pub filler: u64,
}

/// A record of `var/lib/dpkg/status`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SyntheticPackage {
    /// The binary package.
    pub name: String,
    /// Its version.
    pub version: String,
    /// The source package, where it differs.
    pub source: Option<String>,
}

/// A JAR with its artifacts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntheticJar {
    /// The path, without a leading slash.
    pub path: String,
    /// The artifacts, the JAR's own first.
    pub maven: Vec<Coordinates>,
    /// The size of the filler in it, which is held in memory while the JAR is written.
    pub filler: u64,
}

/// Writes the image as an OCI image layout to the folder `out`, replacing an existing one.
///
/// # Errors
///
/// As [`build`](crate::build), and [`PracticeImageError::Specification`] if a JAR is too large.
pub fn build_synthetic(out: &Path, spec: &SyntheticImage) -> Result<OciLayout, PracticeImageError> {
    let folder = OutputFolder::lock(out)?;
    let root = folder.create_staging()?;
    layout::prepare(root)?;
    let mut layers = Vec::new();
    for (index, layer) in spec.layers.iter().enumerate() {
        let part = root.join(format!("{index}.part"));
        layers.push(layer::write(&part, entries(spec, index, layer)?, CREATED_SECONDS, spec.compression)?);
    }
    let variant = (spec.architecture == "arm64").then(|| "v8".to_owned());
    let step = |_| History { created: CREATED, created_by: "made up for a test", empty_layer: false };
    let properties = ImageProperties {
        platform: Platform { architecture: spec.architecture.clone(), os: "linux".into(), variant },
        created: CREATED,
        config: &RuntimeConfig::default(),
        history: layers.iter().map(step).collect(),
    };
    let image = layout::write_image(root, &properties, layers)?;
    layout::finish(root, &spec.tag, vec![image])?;
    folder.publish()?;
    OciLayout::open(out)
}

fn entries(spec: &SyntheticImage, index: usize, layer: &SyntheticLayer) -> Result<Entries, PracticeImageError> {
    let filler = |path: &str, len| Filler::new(&format!("{} {index} {path}", spec.seed), len);
    let mut entries = Entries::default();
    if let Some(text) = &layer.os_release {
        entries.add("usr/lib/os-release", Entry::file(text.clone().into_bytes()));
        entries.add("etc/os-release", Entry::link("../usr/lib/os-release"));
    }
    if !layer.packages.is_empty() {
        let status = dpkg::status(layer.packages.iter().map(|package| Record {
            name: &package.name,
            version: &package.version,
            source: package.source.as_deref(),
            source_version: None,
            architecture: &spec.architecture,
        }));
        entries.add("var/lib/dpkg/status", Entry::file(status.into_bytes()));
    }
    for jar in &layer.jars {
        entries.add(&jar.path, Entry::file(jar::jar(&jar.maven, filler(&jar.path, jar.filler))?));
    }
    for (path, bytes) in &layer.files {
        entries.add(path, Entry::file(bytes.clone()));
    }
    if layer.filler > 0 {
        let path = format!("opt/filler/{index}.bin");
        let entry = Entry::filler(filler(&path, layer.filler));
        entries.add(&path, entry);
    }
    Ok(entries)
}
