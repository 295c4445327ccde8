//! Debian versions: `[epoch:]upstream[-revision]`, in dpkg's ordering, implemented by the `debversion` crate.

use std::{fmt, str::FromStr};

use crate::version::error::VersionError;

/// A version of a Debian package.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DebianVersion(debversion::Version);

/// The longest version that is parsed: the library's time grows with the square of the length.
const MAX_LENGTH: usize = 256;

impl DebianVersion {
    /// The epoch, `1` in `1:2.36.1-8`; 0 if there is none.
    pub fn epoch(&self) -> u32 {
        self.0.epoch.unwrap_or(0)
    }

    /// The upstream version, `2.36.1` in `1:2.36.1-8`.
    pub fn upstream(&self) -> &str {
        &self.0.upstream_version
    }

    /// The Debian revision, `8` in `1:2.36.1-8`.
    pub fn revision(&self) -> Option<&str> {
        self.0.debian_revision.as_deref()
    }
}

impl FromStr for DebianVersion {
    type Err = VersionError;

    /// Also accepts underscores, which some packages use against the rules.
    fn from_str(text: &str) -> Result<Self, VersionError> {
        let version = Some(text).filter(|text| text.len() <= MAX_LENGTH);
        let version = version.and_then(|text| debversion::Version::parse_lenient(text).ok());
        version.map(Self).ok_or_else(|| VersionError::Version(text.to_owned()))
    }
}

impl fmt::Display for DebianVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
