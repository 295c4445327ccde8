//! Reads the packages in an image's layers and matches them with known vulnerabilities.
//!
//! [`read`] creates an [`Inventory`] from a list of [`Layer`]s: the operating system, the packages in its list (dpkg, apk, RPM),
//! and those of languages (Maven artifacts in JARs, npm, Python, Go), each with its path and the layer that added it.
//! [`Catalogue::matches`] returns the vulnerable ones, each by the version ordering of its ecosystem, and
//! [`Catalogue::end_of_life`] tells whether the operating system is still supported. [`Catalogue::assess`] states what of
//! the image this covers.
//!
//! [`import()`] adds advisories of the OSV schema and of Debian's tracker: an [`ImportedCatalogue`].
//!
//! Layers are untrusted. They are streamed and never unpacked on disk, every size is bounded by [`Limits`], and a scan can
//! be cancelled at any time. A violation ends in a [`ScanError`] or, for JARs, is part of the result:
//! [`Inventory::skipped`] and [`Inventory::limits`].
//!
//! Left to others: fetching images and manifests, and the texts of findings (`practice`).

mod apk;
mod archive;
mod assessment;
mod budget;
mod catalogue;
mod dpkg;
mod error;
mod files;
mod import;
mod inventory;
mod jar;
mod languages;
mod limits;
mod listed;
mod matching;
mod overlay;
mod package;
mod recognize;
mod rpm;
mod system;
mod version;

pub use assessment::{Assessment, PackageCount, SystemAssessment};
pub use catalogue::error::CatalogueError;
pub use catalogue::vulnerability::{Cvss, Ecosystem, Epss, Exploit, Kev, Severity, Source, Vulnerability};
pub use catalogue::{Attribution, Catalogue, SupportedSystem};
pub use error::{ExceededLimit, LayerProblem, ScanError};
pub use import::{
    EcosystemCount, FileKind, ImportError, ImportProgress, ImportedCatalogue, ImportedFile, Summary, import,
};
pub use inventory::{Inventory, read};
pub use limits::Limits;
pub use matching::Match;
pub use package::{Layer, Package, SkippedFile, SkippedFiles, SourcePackage};
pub use system::System;
pub use version::alpine::AlpineVersion;
pub use version::debian::DebianVersion;
pub use version::error::VersionError;
pub use version::maven::MavenVersion;
pub use version::others::{PythonVersion, RpmVersion, SemanticVersion};
pub use version::range::Range;
