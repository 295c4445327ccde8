//! Matching an image's packages with known vulnerabilities.

use crate::catalogue::Catalogue;
use crate::catalogue::affected::Affected;
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
    /// release of the entry. A Maven artifact is matched by its exact group and name; one whose group is unknown by its name,
    /// if the catalogue has only one such artifact. A package whose version is invalid in its ecosystem matches nothing.
    pub fn matches<'c, 'i>(&'c self, inventory: &'i Inventory) -> Vec<Match<'c, 'i>> {
        self.each_match(inventory).collect()
    }

    /// The same one after the other: an image can have more of them than memory.
    pub fn each_match<'c, 'i>(&'c self, inventory: &'i Inventory) -> impl Iterator<Item = Match<'c, 'i>> + use<'c, 'i> {
        let release = self.release(inventory);
        inventory.packages.iter().flat_map(move |package| self.matches_of(package, release.as_deref()))
    }

    fn matches_of<'c, 'i>(&'c self, package: &'i Package, release: Option<&str>) -> Vec<Match<'c, 'i>> {
        let mut matches: Vec<Match<'c, 'i>> = Vec::new();
        for (name, version) in package.matched() {
            let mut parsed = None;
            for (vulnerability, affected) in self.entries_named(package.ecosystem, name, release) {
                // Parsed once for all entries: an image chooses its versions, and the longest take long.
                let version = parsed.get_or_insert_with(|| Version::parse(package.ecosystem, version));
                let Ok(version) = version else { break };
                // Several advisories can be about the same vulnerability of a package.
                if affected.contains(version) && !matches.iter().any(|one| one.vulnerability.id == vulnerability.id) {
                    let fixed = affected.first_fix_after(version);
                    let fixed = fixed.map(|position| vulnerability.fixed[position].as_str());
                    matches.push(Match { vulnerability, package, fixed });
                }
            }
        }
        matches
    }

    /// The release of the image's operating system as entries name it, if the catalogue has it.
    pub(crate) fn release(&self, inventory: &Inventory) -> Option<String> {
        let system = self.system(inventory.system.as_ref()?)?;
        Some(system.release())
    }

    /// Whether there are entries about a package of an image of this release.
    pub(crate) fn has_entries(&self, package: &Package, release: Option<&str>) -> bool {
        package.matched().any(|(name, _)| self.entries_named(package.ecosystem, name, release).next().is_some())
    }

    /// The entries about packages of this name, with the versions that each affects.
    fn entries_named<'c>(
        &'c self,
        ecosystem: Ecosystem,
        name: &str,
        release: Option<&str>,
    ) -> impl Iterator<Item = (&'c Vulnerability, &'c Affected)> {
        let is_of_release =
            move |entry: &Vulnerability| ecosystem.is_of_language() || entry.release.as_deref() == release;
        self.of_package(ecosystem, name).filter(move |(entry, _)| is_of_release(entry))
    }
}
