//! Matching an image's packages with known vulnerabilities.

use std::str::FromStr;

use crate::catalogue::vulnerability::{Ecosystem, Vulnerability};
use crate::catalogue::{Affected, Catalogue};
use crate::inventory::Inventory;
use crate::package::Package;
use crate::version::debian::DebianVersion;
use crate::version::maven::MavenVersion;
use crate::version::range::Range;

/// A vulnerable package.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Match<'c, 'i> {
    /// The vulnerability.
    pub vulnerability: &'c Vulnerability,
    /// The package.
    pub package: &'i Package,
    /// The first version after the installed one that fixes it.
    pub fixed: Option<&'c str>,
}

impl Catalogue {
    /// The vulnerable packages, in the order of the inventory.
    ///
    /// A Debian package is matched by its source package, as Debian's own tracker does, and only in an image of the
    /// release of the entry. A Maven artifact is matched by its exact group and name. A package whose version is invalid in
    /// its ecosystem matches nothing.
    pub fn matches<'c, 'i>(&'c self, inventory: &'i Inventory) -> Vec<Match<'c, 'i>> {
        let system = inventory.system.as_ref().and_then(|system| self.system(system));
        let release = system.map(|system| system.version.as_str());
        let mut matches = Vec::new();
        for package in &inventory.packages {
            let (name, version) = match &package.source {
                Some(source) => (&source.name, &source.version),
                None => (&package.name, &package.version),
            };
            for (vulnerability, affected) in self.of_package(package.ecosystem, name) {
                if package.ecosystem == Ecosystem::Debian && vulnerability.release.as_deref() != release {
                    continue;
                }
                let fixed = &vulnerability.fixed;
                let (is_affected, fixed) = match affected {
                    Affected::Debian(ranges) => assess::<DebianVersion>(version, ranges, fixed),
                    Affected::Maven(ranges) => assess::<MavenVersion>(version, ranges, fixed),
                };
                if is_affected {
                    matches.push(Match { vulnerability, package, fixed });
                }
            }
        }
        matches
    }
}

/// Whether a version is affected, and the first fixed version after it, if there is one.
fn assess<'f, V: Ord + FromStr>(version: &str, ranges: &[Range<V>], fixed: &'f [String]) -> (bool, Option<&'f str>) {
    let Ok(version) = version.parse::<V>() else { return (false, None) };
    let later = fixed.iter().filter_map(|text| Some((text.parse::<V>().ok()?, text.as_str())));
    let first = later.filter(|(fix, _)| *fix > version).min_by(|(one, _), (other, _)| one.cmp(other));
    (ranges.iter().any(|range| range.contains(&version)), first.map(|(_, text)| text))
}
