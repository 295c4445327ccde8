//! Building an image from its contents: both platforms in parallel, each layer from its files, packages and JARs.

use std::path::Path;
use std::thread;

use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::compression::Compression;
use crate::contents::{Contents, FileContents, LayerContents, Step};
use crate::dpkg::{self, Record};
use crate::entries::{Entries, Entry, Kind};
use crate::error::PracticeImageError;
use crate::filler::Filler;
use crate::jar;
use crate::layer::{self, Layer};
use crate::layout::{self, History, ImageProperties};
use oci::{Digest, Platform};

/// The layer with the JARs, in every practice image.
const JAR_LAYER: &str = "neo4j";

/// Writes the image to an empty folder; returns the digest of its index.
pub(crate) fn write(contents: &Contents, root: &Path) -> Result<Digest, PracticeImageError> {
    layout::prepare(root)?;
    let platforms = [platform("amd64", None), platform("arm64", Some("v8"))];
    let written: Vec<Result<Vec<Layer>, PracticeImageError>> = thread::scope(|scope| {
        let threads = platforms.each_ref().map(|platform| scope.spawn(|| write_layers(contents, platform, root)));
        threads.into_iter().map(|thread| thread.join().expect("writing layers does not panic")).collect()
    });
    let mut images = Vec::new();
    for (platform, layers) in platforms.into_iter().zip(written) {
        let properties = ImageProperties {
            platform,
            created: contents.history.last().map_or("", |step| step.created.as_str()),
            config: &contents.config,
            history: contents.history.iter().map(history).collect(),
        };
        images.push(layout::write_image(root, &properties, layers?)?);
    }
    layout::finish(root, &contents.tag, images)
}

fn platform(architecture: &str, variant: Option<&str>) -> Platform {
    Platform { architecture: architecture.into(), os: "linux".into(), variant: variant.map(Into::into) }
}

fn history(step: &Step) -> History<'_> {
    History { created: &step.created, created_by: &step.created_by, empty_layer: step.layer.is_none() }
}

fn write_layers(contents: &Contents, platform: &Platform, root: &Path) -> Result<Vec<Layer>, PracticeImageError> {
    let mut layers = Vec::new();
    let mut below = Vec::new();
    for step in &contents.history {
        let Some(name) = &step.layer else { continue };
        below.push(name.as_str());
        let entries = entries(contents, name, &below, platform)?;
        let part = root.join(format!("{}-{name}.part", platform.architecture));
        layers.push(layer::write(&part, entries, seconds(&step.created)?, Compression::Gzip)?);
    }
    Ok(layers)
}

/// The files of the layer `name`; `below` names it and the layers under it.
fn entries(
    contents: &Contents,
    name: &str,
    below: &[&str],
    platform: &Platform,
) -> Result<Entries, PracticeImageError> {
    let unknown = || PracticeImageError::Specification(format!("there is no layer {name}"));
    let layer = contents.layers.get(name).ok_or_else(unknown)?;
    let seed = |path: &str| format!("{} {} {path}", contents.tag, platform.architecture);
    let mut entries = Entries::default();
    for file in &layer.files {
        add_file(&mut entries, file, platform, &seed)?;
    }
    // A layer that changes the file contains all of it, including the records of the layers below.
    if contents.packages.iter().any(|package| package.layer == name) {
        let status = status(contents, below, &platform.architecture);
        entries.add("var/lib/dpkg/status", Entry::file(status.into_bytes()));
    }
    if name == JAR_LAYER {
        for jar in &contents.jars {
            // JARs are the same on every platform.
            let filler = Filler::new(&format!("{} {}", contents.tag, jar.path), jar.filler_kb << 10);
            entries.add(&jar.path, Entry::file(jar::jar(&jar.maven, filler)?));
        }
    }
    set_owner(&mut entries, layer);
    Ok(entries)
}

fn add_file(
    entries: &mut Entries,
    file: &FileContents,
    platform: &Platform,
    seed: &dyn Fn(&str) -> String,
) -> Result<(), PracticeImageError> {
    let path = file.path.replace("{triplet}", triplet(&platform.architecture));
    let mode = file.mode.as_deref().map(|octal| u32::from_str_radix(octal, 8)).transpose();
    let mode = mode.map_err(|error| PracticeImageError::Specification(format!("{path}: {error}")))?;
    let (kind, usual_mode) = match file {
        FileContents { whiteout: true, .. } => {
            entries.whiteout(&path);
            return Ok(());
        }
        FileContents { dir: true, .. } => (Kind::Folder, 0o755),
        FileContents { link: Some(target), .. } => (Kind::Link(target.clone()), 0o777),
        FileContents { filler_kb: Some(kb), .. } => (Kind::Filler(Filler::new(&seed(&path), kb << 10)), 0o755),
        FileContents { lines: Some(lines), .. } => (Kind::File((lines.join("\n") + "\n").into_bytes()), 0o644),
        _ => return Err(PracticeImageError::Specification(format!("{path} has no contents"))),
    };
    entries.add(&path, Entry { kind, mode: mode.unwrap_or(usual_mode), uid: 0 });
    Ok(())
}

fn status(contents: &Contents, below: &[&str], architecture: &str) -> String {
    let packages = contents.packages.iter().filter(|package| below.contains(&package.layer.as_str()));
    dpkg::status(packages.map(|package| Record {
        name: &package.name,
        version: &package.version,
        source: package.source.as_deref(),
        source_version: package.source_version.as_deref(),
        architecture: if package.all { "all" } else { architecture },
    }))
}

fn set_owner(entries: &mut Entries, layer: &LayerContents) {
    if let Some(owner) = &layer.owner {
        for folder in &owner.under {
            entries.set_owner(folder, owner.uid);
        }
    }
}

fn triplet(architecture: &str) -> &'static str {
    if architecture == "arm64" { "aarch64-linux-gnu" } else { "x86_64-linux-gnu" }
}

fn seconds(created: &str) -> Result<u64, PracticeImageError> {
    let time = OffsetDateTime::parse(created, &Rfc3339).ok();
    let seconds = time.and_then(|time| u64::try_from(time.unix_timestamp()).ok());
    seconds.ok_or_else(|| PracticeImageError::Specification(format!("{created} is not a time")))
}
