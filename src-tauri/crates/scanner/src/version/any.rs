//! A version of any ecosystem.

use std::cmp::Ordering;

use crate::catalogue::vulnerability::Ecosystem;
use crate::version::alpine::AlpineVersion;
use crate::version::debian::DebianVersion;
use crate::version::error::VersionError;
use crate::version::maven::MavenVersion;
use crate::version::others::{PythonVersion, RpmVersion, SemanticVersion};

/// A version in the ordering of its ecosystem. Those of different orderings are neither equal nor ordered.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Version {
    Debian(DebianVersion),
    Alpine(AlpineVersion),
    Rpm(RpmVersion),
    Maven(MavenVersion),
    Semantic(SemanticVersion),
    Python(PythonVersion),
}

impl Version {
    /// # Errors
    ///
    /// [`VersionError::Version`] if it does not follow the rules of the ecosystem.
    pub(crate) fn parse(ecosystem: Ecosystem, text: &str) -> Result<Self, VersionError> {
        Ok(match ecosystem {
            Ecosystem::Debian => Self::Debian(text.parse()?),
            Ecosystem::Alpine => Self::Alpine(text.parse()?),
            Ecosystem::Rpm => Self::Rpm(text.parse()?),
            Ecosystem::Maven => Self::Maven(text.parse()?),
            Ecosystem::Npm | Ecosystem::Go => Self::Semantic(text.parse()?),
            Ecosystem::Python => Self::Python(text.parse()?),
        })
    }
}

impl PartialOrd for Version {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Debian(one), Self::Debian(other)) => Some(one.cmp(other)),
            (Self::Alpine(one), Self::Alpine(other)) => Some(one.cmp(other)),
            (Self::Rpm(one), Self::Rpm(other)) => Some(one.cmp(other)),
            (Self::Maven(one), Self::Maven(other)) => Some(one.cmp(other)),
            (Self::Semantic(one), Self::Semantic(other)) => Some(one.cmp(other)),
            (Self::Python(one), Self::Python(other)) => Some(one.cmp(other)),
            _ => None,
        }
    }
}
