//! Matching an image's packages with known vulnerabilities.

use crate::catalogue::Catalogue;
use crate::catalogue::vulnerability::{Ecosystem, Vulnerability};
use crate::inventory::Inventory;
use crate::package::Package;
use crate::version::any::Version;

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
            let (name, version) = package.matched();
            // Parsed once for all entries: an image chooses its versions, and the longest take long.
            let Ok(version) = Version::parse(package.ecosystem, version) else { continue };
            for (vulnerability, affected) in self.of_package(package.ecosystem, name) {
                if package.ecosystem == Ecosystem::Debian && vulnerability.release.as_deref() != release {
                    continue;
                }
                if affected.contains(&version) {
                    let fixed = affected.first_fix_after(&version);
                    let fixed = fixed.map(|position| vulnerability.fixed[position].as_str());
                    matches.push(Match { vulnerability, package, fixed });
                }
            }
        }
        matches
    }
}
