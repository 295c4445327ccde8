//! A version of any ecosystem.

use std::cmp::Ordering;

use crate::catalogue::vulnerability::Ecosystem;
use crate::version::debian::DebianVersion;
use crate::version::error::VersionError;
use crate::version::maven::MavenVersion;

/// A version in the ordering of its ecosystem. Those of different ecosystems are neither equal nor ordered.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Version {
    Debian(DebianVersion),
    Maven(MavenVersion),
}

impl Version {
    /// # Errors
    ///
    /// [`VersionError::Version`] if it does not follow the rules of the ecosystem.
    pub(crate) fn parse(ecosystem: Ecosystem, text: &str) -> Result<Self, VersionError> {
        Ok(match ecosystem {
            Ecosystem::Debian => Self::Debian(text.parse()?),
            Ecosystem::Maven => Self::Maven(text.parse()?),
        })
    }
}

impl PartialOrd for Version {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Debian(one), Self::Debian(other)) => Some(one.cmp(other)),
            (Self::Maven(one), Self::Maven(other)) => Some(one.cmp(other)),
            (Self::Debian(_) | Self::Maven(_), _) => None,
        }
    }
}
