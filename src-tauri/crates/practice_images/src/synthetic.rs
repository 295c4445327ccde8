//! Images for tests and measurements: layers of any size, streamed, with the packages and JARs asked for.

use std::path::Path;

use crate::contents::{Coordinates, RuntimeConfig};
use crate::dpkg::{self, Record};
use crate::entries::{Entries, Entry};
use crate::error::PracticeImageError;
use crate::filler::Filler;
use crate::jar;
use crate::layer;
use crate::layout::{self, History, ImageFacts, OciLayout};
use crate::output_folder::OutputFolder;
use oci::Platform;

const CREATED: &str = "2024-01-01T00:00:00Z";
const CREATED_SECONDS: u64 = 1_704_067_200;

/// An image of one platform to make up. Equal specifications give equal digests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntheticImage {
    /// The tag in the layout.
    pub tag: String,
    /// `amd64`, or `arm64`, which gets the variant `v8`.
    pub architecture: String,
    /// How layers are packed.
    pub compression: Compression,
    /// Makes images with the same contents differ.
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

/// A layer to make up.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SyntheticLayer {
    /// The text of `usr/lib/os-release`, to which `etc/os-release` links.
    pub os_release: Option<String>,
    /// The records of `var/lib/dpkg/status`; no file if there are none.
    pub packages: Vec<SyntheticPackage>,
    /// The JARs.
    pub jars: Vec<SyntheticJar>,
    /// Other files, by path.
    pub files: Vec<(String, Vec<u8>)>,
    /// Bytes of filler in one more file: streamed, never held in memory.
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

/// A JAR with the artifacts that are in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntheticJar {
    /// Where it is, without a leading slash.
    pub path: String,
    /// The artifacts, its own first.
    pub maven: Vec<Coordinates>,
    /// Bytes of filler in it: held in memory while it is written.
    pub filler: u64,
}

/// How layers are packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Compression {
    /// gzip with stored blocks, as in the practice images.
    #[default]
    Gzip,
    /// A plain tar archive.
    Plain,
}

impl Compression {
    pub(crate) fn layer_media_type(self) -> &'static str {
        match self {
            Self::Gzip => "application/vnd.oci.image.layer.v1.tar+gzip",
            Self::Plain => "application/vnd.oci.image.layer.v1.tar",
        }
    }
}

/// Writes the image as an OCI image layout in the folder `out`, in place of one that is there.
///
/// # Errors
///
/// As [`build`](crate::build), and [`PracticeImageError::Specification`] if a JAR is too big.
pub fn build_synthetic(out: &Path, spec: &SyntheticImage) -> Result<OciLayout, PracticeImageError> {
    let place = OutputFolder::lock(out)?;
    let root = place.fresh()?;
    layout::prepare(root)?;
    let mut layers = Vec::new();
    for (at, layer) in spec.layers.iter().enumerate() {
        let part = root.join(format!("{at}.part"));
        layers.push(layer::write(&part, entries(spec, at, layer)?, CREATED_SECONDS, spec.compression)?);
    }
    let variant = (spec.architecture == "arm64").then(|| "v8".to_owned());
    let step = |_| History { created: CREATED, created_by: "made up for a test", empty_layer: false };
    let facts = ImageFacts {
        platform: Platform { architecture: spec.architecture.clone(), os: "linux".into(), variant },
        created: CREATED,
        config: &RuntimeConfig::default(),
        history: layers.iter().map(step).collect(),
    };
    let image = layout::write_image(root, &facts, layers)?;
    layout::finish(root, &spec.tag, vec![image])?;
    place.publish()?;
    OciLayout::open(out)
}

fn entries(spec: &SyntheticImage, at: usize, layer: &SyntheticLayer) -> Result<Entries, PracticeImageError> {
    let filler = |path: &str, len| Filler::new(&format!("{} {at} {path}", spec.seed), len);
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
        let path = format!("opt/filler/{at}.bin");
        let entry = Entry::filler(filler(&path, layer.filler));
        entries.add(&path, entry);
    }
    Ok(entries)
}
