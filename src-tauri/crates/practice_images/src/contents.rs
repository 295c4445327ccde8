//! The contents of a practice image, from `data/*.json`, and how certain each part is.
//!
//! Converting them to layers is left to `assemble`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The contents of a practice image.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contents {
    /// Notes on the data as a whole.
    pub about: Vec<String>,
    /// The repository.
    pub repository: String,
    /// The tag.
    pub tag: String,
    /// The configuration for running a container of the image.
    pub config: RuntimeConfig,
    pub(crate) history: Vec<Step>,
    pub(crate) layers: BTreeMap<String, LayerContents>,
    /// The origins of versions, by the names that packages and JARs refer to.
    pub origins: BTreeMap<String, Origin>,
    /// The Debian packages.
    pub packages: Vec<DebianPackage>,
    /// The JARs.
    pub jars: Vec<Jar>,
}

/// The origin of a version.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Origin {
    /// How certain the version is.
    pub confidence: Confidence,
    /// Why, in a sentence or two.
    pub why: String,
}

/// How certain it is that the real image has a version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    /// Stated by a source about this image.
    Seen,
    /// Inferred from sources.
    Inferred,
    /// Chosen for the lab from the possible versions.
    Chosen,
}

/// A record of `var/lib/dpkg/status`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct DebianPackage {
    /// The binary package.
    pub name: String,
    /// Its version, with epoch and revision.
    pub version: String,
    /// The source package, if its name differs.
    pub source: Option<String>,
    /// The source package's version, if it differs.
    pub source_version: Option<String>,
    /// Whether it is independent of the architecture (`Architecture: all`).
    #[serde(default)]
    pub all: bool,
    /// The layer that adds it.
    pub layer: String,
    /// Its key in [`Contents::origins`].
    pub origin: String,
}

/// A JAR with its artifacts: its own first, then those shaded into it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Jar {
    /// The path, without a leading slash.
    pub path: String,
    /// The artifacts.
    pub maven: Vec<Coordinates>,
    pub(crate) filler_kb: u64,
    /// Its key in [`Contents::origins`].
    pub origin: String,
}

/// Maven coordinates, `group:artifact:version`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Coordinates {
    /// `org.apache.logging.log4j`
    pub group: String,
    /// `log4j-core`
    pub artifact: String,
    /// `2.14.1`
    pub version: String,
}

impl TryFrom<String> for Coordinates {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let parts: Vec<&str> = text.split(':').collect();
        let [group, artifact, version] = parts[..] else {
            return Err(format!("{text} is not group:artifact:version"));
        };
        Ok(Self { group: group.to_owned(), artifact: artifact.to_owned(), version: version.to_owned() })
    }
}

/// The part of an image's configuration that describes how to run it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase", default)]
pub struct RuntimeConfig {
    /// `7474/tcp`
    #[serde(serialize_with = "as_set", skip_serializing_if = "Vec::is_empty")]
    pub exposed_ports: Vec<String>,
    /// `NAME=value`
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub env: Vec<String>,
    /// The program.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub entrypoint: Vec<String>,
    /// Its arguments.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub cmd: Vec<String>,
    /// The paths of volumes.
    #[serde(serialize_with = "as_set", skip_serializing_if = "Vec::is_empty")]
    pub volumes: Vec<String>,
    /// The working directory.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub working_dir: String,
}

/// Serializes a set as the image specification does: as an object whose values are empty objects.
fn as_set<S: serde::Serializer>(items: &[String], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(items.iter().map(|item| (item, BTreeMap::<String, String>::new())))
}

/// One step of the image's history. Steps without a layer change only the configuration.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct Step {
    pub(crate) created: String,
    pub(crate) created_by: String,
    pub(crate) layer: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct LayerContents {
    pub(crate) owner: Option<Owner>,
    pub(crate) files: Vec<FileContents>,
}

/// The owner of everything under some folders, which the real build also makes writable for all users.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Owner {
    pub(crate) uid: u64,
    pub(crate) under: Vec<String>,
}

/// A file. Exactly one of `lines`, `filler_kb`, `link`, `dir` and `whiteout` is set.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct FileContents {
    /// The path, in which `{triplet}` is replaced by that of the platform, such as `x86_64-linux-gnu`.
    pub(crate) path: String,
    pub(crate) lines: Option<Vec<String>>,
    pub(crate) filler_kb: Option<u64>,
    pub(crate) link: Option<String>,
    #[serde(default)]
    pub(crate) dir: bool,
    #[serde(default)]
    pub(crate) whiteout: bool,
    /// Octal.
    pub(crate) mode: Option<String>,
}
