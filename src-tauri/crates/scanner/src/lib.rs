//! Reads what an image carries, from the layers themselves, and matches it against known vulnerabilities.
//!
//! [`read`] makes an [`Inventory`] of a list of [`Layer`]s: the operating system, its Debian packages and the Maven
//! artifacts in its JARs, each with its path and the layer that brought it. [`Catalogue::matches`] says which of them are
//! vulnerable, by Debian's and Maven's own version orderings, and [`Catalogue::end_of_life`] whether the system itself is
//! still supported.
//!
//! Layers come from strangers. They are streamed and never unpacked on disk, every size is bounded by [`Limits`], and a
//! scan can be cancelled at any moment. What breaks those rules ends in a [`ScanError`] or, for a single JAR, in a
//! [`Note`].
//!
//! Left to others: fetching images and manifests, and how a finding is worded (`practice`).

mod archive;
mod catalogue;
mod dpkg;
mod error;
mod gauge;
mod inventory;
mod jar;
mod limits;
mod matching;
mod overlay;
mod system;
mod version;

pub use catalogue::{
    Attribution, Catalogue, CatalogueError, Cvss, Ecosystem, Epss, Exploit, Kev, Severity, Source, SupportedSystem,
    Vulnerability,
};
pub use error::{Bound, LayerProblem, ScanError};
pub use inventory::{Inventory, Layer, Note, Package, SourcePackage, read};
pub use limits::Limits;
pub use matching::Match;
pub use system::System;
pub use version::{DebianVersion, MavenVersion, Range, VersionError};
