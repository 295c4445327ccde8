//! A scan's report, as it is stored: all data of ECR's and Inspector's responses except for the image's own.

use scanner::{Assessment, Summary};
use serde::{Deserialize, Serialize};

use crate::moment::Moment;

/// The findings of one image.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Report {
    /// The catalogue it was matched against.
    pub(crate) catalogue: String,
    /// The imported advisories that were used too.
    #[serde(default)]
    pub(crate) imported: Option<ImportedAdvisories>,
    /// `amd64`
    pub(crate) architecture: String,
    /// `DEBIAN_11`
    pub(crate) platform: Option<String>,
    /// The image's author, if its configuration names one.
    pub(crate) author: Option<String>,
    /// What was assessed: only there, no finding is a statement.
    pub(crate) assessment: Assessment,
    pub(crate) findings: Vec<Finding>,
}

/// Advisories that were imported.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ImportedAdvisories {
    /// Identifies their content.
    pub(crate) id: String,
    /// The date of the import.
    pub(crate) date: String,
    /// How many packages and releases they are about.
    pub(crate) entries: u64,
}

impl ImportedAdvisories {
    pub(crate) fn of(summary: &Summary) -> Self {
        Self { id: summary.id.clone(), date: summary.date.clone(), entries: summary.entries }
    }
}

impl Report {
    /// Notes which findings are new since a former scan of the same image, and since when the others are known.
    pub(crate) fn compare(&mut self, former: &Self, now: Moment) {
        for finding in &mut self.findings {
            let same = former.findings.iter().find(|other| other.key == finding.key);
            finding.since = same.map_or(Some(now), |other| other.since);
        }
    }
}

/// One vulnerability of one image.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Finding {
    /// Identifies the finding in its image.
    pub(crate) key: String,
    /// When a re-scan found it; `None` if the first scan did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) since: Option<Moment>,
    /// `CVE-2021-44228`, or Inspector's id for an operating system out of support.
    pub(crate) vulnerability: Option<String>,
    pub(crate) title: String,
    pub(crate) description: String,
    /// `CRITICAL` to `INFORMATIONAL`, or `UNTRIAGED`.
    pub(crate) severity: String,
    pub(crate) cvss: Vec<Cvss>,
    pub(crate) vendor_severity: Option<String>,
    pub(crate) source: Option<String>,
    pub(crate) source_url: Option<String>,
    /// Dates like `2021-12-10`.
    pub(crate) published: Option<String>,
    pub(crate) updated: Option<String>,
    pub(crate) references: Vec<String>,
    pub(crate) related: Vec<String>,
    pub(crate) packages: Vec<AffectedPackage>,
    /// `YES`, `NO` or `PARTIAL`.
    pub(crate) fix_available: String,
    pub(crate) exploit_available: String,
    pub(crate) last_exploit: Option<String>,
    pub(crate) epss: Option<f64>,
    pub(crate) kev: Option<Kev>,
    pub(crate) cwes: Vec<String>,
    pub(crate) remediation: String,
    pub(crate) remediation_url: Option<String>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Cvss {
    pub(crate) score: f64,
    pub(crate) vector: String,
    pub(crate) version: String,
    pub(crate) source: String,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct AffectedPackage {
    pub(crate) name: String,
    pub(crate) version: String,
    pub(crate) epoch: Option<i32>,
    pub(crate) release: Option<String>,
    pub(crate) arch: Option<String>,
    /// `OS` or `JAR`.
    pub(crate) manager: String,
    pub(crate) file_path: Option<String>,
    pub(crate) layer: Option<String>,
    pub(crate) fixed_in: Option<String>,
    /// The command or instruction that updates it.
    pub(crate) remediation: Option<String>,
}

/// The entry in CISA's catalogue of known exploited vulnerabilities.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Kev {
    pub(crate) added: Option<String>,
    pub(crate) due: Option<String>,
    pub(crate) action: Option<String>,
}

impl Finding {
    /// The score that the severity is based on.
    pub(crate) fn score(&self) -> Option<f64> {
        self.cvss.first().map(|cvss| cvss.score)
    }

    /// Whether it affects a package of the operating system; basic scanning reports no other findings.
    pub(crate) fn is_of_system(&self) -> bool {
        self.packages.iter().any(|package| package.manager == "OS")
    }
}
