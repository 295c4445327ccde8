//! Versions whose orderings crates implement: rpm's, those of Semantic Versioning (npm and Go), and Python's.

use std::{cmp::Ordering, str::FromStr};

use crate::version::error::VersionError;

/// The longest version that is parsed.
const MAX_LENGTH: usize = 256;

/// A version of an RPM package, `[epoch:]version[-release]`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct RpmVersion(rpm_version::Evr<'static>);

/// A version of an npm package or a Go module. Build metadata does not count.
#[derive(Debug, Clone)]
pub struct SemanticVersion(semver::Version);

/// A version of a Python package, of PEP 440.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct PythonVersion(pep440_rs::Version);

fn checked(text: &str) -> Result<&str, VersionError> {
    let is_plausible = !text.is_empty() && text.len() <= MAX_LENGTH && !text.contains(char::is_whitespace);
    if is_plausible { Ok(text) } else { Err(VersionError::Version(text.to_owned())) }
}

impl FromStr for RpmVersion {
    type Err = VersionError;

    fn from_str(text: &str) -> Result<Self, VersionError> {
        let (epoch, version, release) = rpm_version::Evr::parse_values(checked(text)?);
        let parts = (epoch.to_owned(), version.to_owned(), release.to_owned());
        Ok(Self(rpm_version::Evr::new(parts.0, parts.1, parts.2)))
    }
}

impl FromStr for SemanticVersion {
    type Err = VersionError;

    /// Also accepts `v1.2.3`, and versions of fewer than three numbers, as Go's own are: `1.21`, `1.21rc2`.
    fn from_str(text: &str) -> Result<Self, VersionError> {
        let number = checked(text)?.trim_start_matches(['v', '=']);
        let version = semver::Version::parse(number).or_else(|_| semver::Version::parse(&completed(number)));
        version.map(Self).map_err(|_| VersionError::Version(text.to_owned()))
    }
}

/// The version with three numbers, and a hyphen before a suffix.
fn completed(text: &str) -> String {
    let end = text.find(|next: char| !next.is_ascii_digit() && next != '.').unwrap_or(text.len());
    let (numbers, suffix) = text.split_at(end);
    let mut parts: Vec<&str> = numbers.split('.').collect();
    parts.resize(parts.len().max(3), "0");
    let hyphen = if suffix.is_empty() || suffix.starts_with(['-', '+']) { "" } else { "-" };
    format!("{}{hyphen}{suffix}", parts.join("."))
}

impl Ord for SemanticVersion {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.cmp_precedence(&other.0)
    }
}

impl PartialOrd for SemanticVersion {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for SemanticVersion {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for SemanticVersion {}

impl FromStr for PythonVersion {
    type Err = VersionError;

    fn from_str(text: &str) -> Result<Self, VersionError> {
        let version = checked(text)?.parse().map_err(|_| VersionError::Version(text.to_owned()))?;
        Ok(Self(version))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn ordered<V: Ord + FromStr<Err = VersionError>>(versions: &[&str]) {
        for pair in versions.windows(2) {
            let (one, other): (V, V) = (pair[0].parse().unwrap(), pair[1].parse().unwrap());
            assert!(one < other, "{pair:?}");
        }
    }

    #[test]
    fn every_ecosystem_has_its_own_order() {
        ordered::<RpmVersion>(&[
            "1.0~rc1-1",
            "1.0-1",
            "1.0-1.el8",
            "1.0-2",
            "1.0^git1-1",
            "1.0a-1",
            "1.0.1-1",
            "1:0.9-1",
        ]);
        ordered::<SemanticVersion>(&[
            "1.0.0-alpha.2",
            "1.0.0-alpha.10",
            "1.0.0-rc.1",
            "1.0.0",
            "v1.2",
            "1.10.0",
            "2.0.0",
        ]);
        ordered::<SemanticVersion>(&["0.0.0-20190101000000-abcdef", "1.21rc2", "1.21", "1.21.1"]);
        ordered::<PythonVersion>(&["1.0.dev1", "1.0a1", "1.0b2", "1.0rc1", "1.0", "1.0.post1", "1.1", "1!0.1"]);
        let version = |text: &str| text.parse::<SemanticVersion>().unwrap();
        assert_eq!(version("2.0.0+incompatible"), version("2.0.0"));
        assert_eq!("1.0".parse::<PythonVersion>().unwrap(), "1.0.0".parse().unwrap());
    }

    #[test]
    fn invalid_versions_are_rejected() {
        for text in ["", "x", "1 0", "1..0"] {
            assert!(text.parse::<SemanticVersion>().is_err() && text.parse::<PythonVersion>().is_err(), "{text}");
        }
        assert!("".parse::<RpmVersion>().is_err() && "1 0".parse::<RpmVersion>().is_err());
    }
}
