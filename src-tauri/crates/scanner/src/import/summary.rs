//! What was imported.

use serde::{Deserialize, Serialize};

use crate::catalogue::vulnerability::Ecosystem;

/// What was imported.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Summary {
    /// Identifies the content: the date and a part of its hash.
    pub id: String,
    /// The date of the import, `2026-11-30`.
    pub date: String,
    /// The files, in the order in which they were given.
    pub files: Vec<ImportedFile>,
    /// The number of entries: one for each package and release that an advisory is about.
    pub entries: u64,
    /// The entries by ecosystem and release, in their order.
    pub ecosystems: Vec<EcosystemCount>,
    /// The number of advisories that were withdrawn.
    pub withdrawn: u64,
    /// The number of affected packages of ecosystems, or of releases, that are not known.
    pub unknown: u64,
    /// The number of affected packages whose versions cannot be read.
    pub unreadable: u64,
}

/// A file that was imported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ImportedFile {
    /// Its name, without folders.
    pub name: String,
    /// What it is.
    pub kind: FileKind,
    /// The number of its advisories, also those that are left out. In Debian's list: of vulnerabilities of a package.
    pub advisories: u64,
    /// The latest day on which one of them was changed, `2026-11-29`; `None` if the file does not state it.
    pub newest: Option<String>,
}

/// What an imported file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum FileKind {
    /// A record of the OSV schema.
    OsvRecord,
    /// An archive of such records.
    OsvArchive,
    /// The Debian security tracker's list.
    DebianTracker,
}

/// How many entries are about packages of an ecosystem.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EcosystemCount {
    /// The ecosystem.
    pub ecosystem: Ecosystem,
    /// The release of an operating system: `12`, or with its name `ubuntu:22.04`; `None` for those of languages.
    pub release: Option<String>,
    /// The entries.
    pub entries: u64,
}
