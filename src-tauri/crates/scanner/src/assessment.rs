//! What of an image was assessed: without it, no findings could be taken for no vulnerabilities.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::catalogue::Catalogue;
use crate::catalogue::vulnerability::Ecosystem;
use crate::error::ExceededLimit;
use crate::inventory::Inventory;
use crate::package::SkippedFiles;

/// What of an image was assessed, and what was not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Assessment {
    /// The operating system.
    pub system: SystemAssessment,
    /// The image's packages, by ecosystem; those that it has none of are left out.
    pub packages: Vec<PackageCount>,
    /// The number of JARs that neither metadata nor their file names identify.
    pub unidentified: u64,
    /// The files that could not be read.
    pub skipped: SkippedFiles,
    /// The limits at which parts of the image were left out.
    pub limits: Vec<ExceededLimit>,
}

/// Whether the packages of the operating system were assessed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", tag = "kind")]
pub enum SystemAssessment {
    /// They were matched.
    Assessed {
        /// `Debian GNU/Linux 11 (bullseye)`
        name: String,
    },
    /// The catalogue does not have this system.
    NotInCatalogue {
        /// `Alpine Linux v3.19`
        name: String,
    },
    /// It is none of the systems that are known: an image of it is not assessed at all.
    Unknown {
        /// `Example OS 1`
        name: String,
    },
    /// The system has no list of packages that can be read.
    NoPackageList {
        /// `Debian GNU/Linux 11 (bullseye)`
        name: String,
    },
    /// No file identifies the system, as in images made from scratch.
    NotIdentified,
}

/// How many packages of an ecosystem the image has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PackageCount {
    /// The ecosystem.
    pub ecosystem: Ecosystem,
    /// All of them.
    pub total: u64,
    /// Those whose names are in the catalogue: only for these, no finding is a statement.
    pub in_catalogue: u64,
}

impl Assessment {
    /// Whether something was assessed: the operating system, or a package of a language, whether the catalogue has it or not.
    /// In an image of an unknown operating system, nothing counts as assessed.
    pub fn is_any(&self) -> bool {
        let is_assessed = match self.system {
            SystemAssessment::Unknown { .. } => return false,
            SystemAssessment::Assessed { .. } => true,
            SystemAssessment::NotInCatalogue { .. }
            | SystemAssessment::NoPackageList { .. }
            | SystemAssessment::NotIdentified => false,
        };
        is_assessed || self.packages.iter().any(|count| count.ecosystem.is_of_language())
    }

    /// All packages, and those whose names are in the catalogue.
    pub fn totals(&self) -> (u64, u64) {
        let sum = |of: fn(&PackageCount) -> u64| self.packages.iter().map(of).sum();
        (sum(|count| count.total), sum(|count| count.in_catalogue))
    }
}

impl Catalogue {
    /// What this catalogue assesses of an image.
    pub fn assess(&self, inventory: &Inventory) -> Assessment {
        let mut counts: BTreeMap<Ecosystem, PackageCount> = BTreeMap::new();
        let release = self.release(inventory);
        for package in &inventory.packages {
            let ecosystem = package.ecosystem;
            let count = counts.entry(ecosystem).or_insert(PackageCount { ecosystem, total: 0, in_catalogue: 0 });
            count.total += 1;
            count.in_catalogue += u64::from(self.has_entries(package, release.as_deref()));
        }
        Assessment {
            system: self.assess_system(inventory),
            packages: counts.into_values().collect(),
            unidentified: inventory.unidentified,
            skipped: inventory.skipped.clone(),
            limits: inventory.limits.iter().copied().chain(self.limit()).collect(),
        }
    }

    fn assess_system(&self, inventory: &Inventory) -> SystemAssessment {
        let Some(system) = &inventory.system else { return SystemAssessment::NotIdentified };
        let name = system.name.clone();
        match self.system(system) {
            None if system.is_known() => SystemAssessment::NotInCatalogue { name },
            None => SystemAssessment::Unknown { name },
            Some(_) if inventory.has_list => SystemAssessment::Assessed { name },
            Some(_) => SystemAssessment::NoPackageList { name },
        }
    }
}
