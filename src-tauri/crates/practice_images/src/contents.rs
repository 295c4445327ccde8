//! What a practice image holds, as `data/*.json` tell it, and how sure each part of that is.
//!
//! How it becomes layers is left to `assemble`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// What one practice image holds.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contents {
    /// What to know about the data as a whole.
    pub about: Vec<String>,
    /// The repository.
    pub repository: String,
    /// The tag.
    pub tag: String,
    /// How a container of the image would be run.
    pub config: RuntimeConfig,
    pub(crate) history: Vec<Step>,
    pub(crate) layers: BTreeMap<String, LayerContents>,
    /// Where versions come from, by the name packages and JARs refer to.
    pub origins: BTreeMap<String, Origin>,
    /// The Debian packages.
    pub packages: Vec<DebianPackage>,
    /// The JARs.
    pub jars: Vec<Jar>,
}

/// Where a version comes from.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Origin {
    /// How sure it is.
    pub confidence: Confidence,
    /// Why, in a sentence or two.
    pub why: String,
}

/// How sure a version is to be that of the real image.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    /// Read in a source about this very image.
    Seen,
    /// Reasoned from what was read.
    Inferred,
    /// Picked for practice among what is possible.
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
    /// The source package, where its name differs.
    pub source: Option<String>,
    /// The source package's version, where it differs.
    pub source_version: Option<String>,
    /// Whether it is independent of the architecture.
    #[serde(default)]
    pub all: bool,
    /// The layer that brings it.
    pub layer: String,
    /// Its key in [`Contents::origins`].
    pub origin: String,
}

/// A JAR, with the artifacts that are in it: itself first, then those shaded into it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Jar {
    /// Where it is, without a leading slash.
    pub path: String,
    /// The artifacts.
    pub maven: Vec<Coordinates>,
    pub(crate) filler_kb: u64,
    /// Its key in [`Contents::origins`].
    pub origin: String,
}

/// Maven's `group:artifact:version`.
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

/// The part of an image's configuration that says how it is run.
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
    /// Folders kept outside the container.
    #[serde(serialize_with = "as_set", skip_serializing_if = "Vec::is_empty")]
    pub volumes: Vec<String>,
    /// Where the program starts.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub working_dir: String,
}

/// The image specification writes sets as objects with empty objects in them.
fn as_set<S: serde::Serializer>(items: &[String], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(items.iter().map(|item| (item, BTreeMap::<String, String>::new())))
}

/// One line of the image's history. Those without a layer change the configuration only.
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

/// Who owns what is under the folders named. The real build opens them to everybody.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Owner {
    pub(crate) uid: u64,
    pub(crate) under: Vec<String>,
}

/// A file; exactly one of `lines`, `filler_kb`, `link`, `dir` and `whiteout` is given.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct FileContents {
    /// `{triplet}` stands for the platform's, `x86_64-linux-gnu`.
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
