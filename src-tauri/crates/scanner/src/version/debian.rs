//! Debian's versions: `[epoch:]upstream[-revision]`, ordered as dpkg orders them. The `debversion` crate keeps the rules.

use std::{fmt, str::FromStr};

use super::VersionError;

/// A version of a Debian package.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DebianVersion(debversion::Version);

/// The library takes time in the square of the length of what it reads.
const LONGEST: usize = 512;

impl DebianVersion {
    /// `1` of `1:2.36.1-8`; 0 where it is left out.
    pub fn epoch(&self) -> u32 {
        self.0.epoch.unwrap_or(0)
    }

    /// `2.36.1` of `1:2.36.1-8`.
    pub fn upstream(&self) -> &str {
        &self.0.upstream_version
    }

    /// `8` of `1:2.36.1-8`.
    pub fn revision(&self) -> Option<&str> {
        self.0.debian_revision.as_deref()
    }
}

impl FromStr for DebianVersion {
    type Err = VersionError;

    /// Takes the underscores that some packages have against the rules.
    fn from_str(text: &str) -> Result<Self, VersionError> {
        let version = Some(text).filter(|text| text.len() <= LONGEST);
        let version = version.and_then(|text| debversion::Version::parse_lenient(text).ok());
        version.map(Self).ok_or_else(|| VersionError::Version(text.to_owned()))
    }
}

impl fmt::Display for DebianVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
