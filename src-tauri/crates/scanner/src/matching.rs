//! Matching an image's packages with known vulnerabilities.

use crate::catalogue::Catalogue;
use crate::catalogue::affected::Affected;
use crate::catalogue::vulnerability::Vulnerability;
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
        inventory.packages.iter().flat_map(move |package| self.matches_of(package, release))
    }

    fn matches_of<'c, 'i>(&'c self, package: &'i Package, release: Option<&'c str>) -> Vec<Match<'c, 'i>> {
        let mut matches = Vec::new();
        let mut version = None;
        for (vulnerability, affected) in self.entries(package, release) {
            // Parsed once for all entries: an image chooses its versions, and the longest take long.
            let version = version.get_or_insert_with(|| Version::parse(package.ecosystem, package.matched().1));
            let Ok(version) = version else { break };
            if affected.contains(version) {
                let fixed = affected.first_fix_after(version);
                let fixed = fixed.map(|position| vulnerability.fixed[position].as_str());
                matches.push(Match { vulnerability, package, fixed });
            }
        }
        matches
    }

    /// The release of the image's operating system, if the catalogue has it.
    pub(crate) fn release<'c>(&'c self, inventory: &Inventory) -> Option<&'c str> {
        let system = self.system(inventory.system.as_ref()?)?;
        Some(&system.version)
    }

    /// The entries about a package of an image of this release, with the versions that each affects.
    pub(crate) fn entries<'c>(
        &'c self,
        package: &Package,
        release: Option<&'c str>,
    ) -> impl Iterator<Item = (&'c Vulnerability, &'c Affected)> {
        let of_release = move |vulnerability: &Vulnerability| {
            vulnerability.ecosystem.is_of_language() || vulnerability.release.as_deref() == release
        };
        let entries = self.of_package(package.ecosystem, package.matched().0);
        entries.filter(move |(vulnerability, _)| of_release(vulnerability))
    }
}
