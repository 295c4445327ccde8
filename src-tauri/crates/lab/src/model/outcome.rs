//! The outcome of a run: what its report shows, and what programs read.

use std::collections::BTreeMap;

use findings::{Comparison, DiffCounts};
use i18n::Message;
use serde::{Deserialize, Serialize};

use super::{
    assessed_text::AssessedText, assessment::Statement, finding_counts::FindingCounts, resource::ResourceKind,
    step::StepId,
};

/// The outcome of a run, as far as it has come.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RunOutcome {
    /// Every step up to the comparison is done, as is every other that was started, and every item of their last checks is met.
    pub ok: bool,
    /// The steps whose results no longer hold, because an earlier step was undone since.
    pub stale: Vec<StepId>,
    /// The plan's repositories, in its order. Their outcome is kept after they are deleted.
    pub repositories: Vec<RepositoryOutcome>,
    /// What the scans of their images assessed, in sentences, by the repositories' names; where a scan states it.
    pub assessed: BTreeMap<String, AssessedText>,
    /// The vulnerable image against the patched one.
    pub comparison: Option<ComparisonOutcome>,
    /// What clean-up did, read back.
    pub receipt: Option<Receipt>,
}

/// The state of a repository, and of the lesson's image in it. What was not read is `None`, never a zero or a "no".
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RepositoryOutcome {
    /// Its name.
    pub name: String,
    /// Where images are pushed to.
    pub uri: Option<String>,
    /// The digest of the lesson's image, `sha256:…`.
    pub digest: Option<String>,
    /// Its manifest's media type.
    pub media_type: Option<String>,
    /// Whether the registry's scanning configuration watches the repository; `None` until it was read.
    pub watched: Option<bool>,
    /// The findings of the lesson's image; `None` where there are none to count, for `findings_reason`.
    pub findings: Option<FindingCounts>,
    /// Why there are no findings; `None` exactly where there are.
    pub findings_reason: Option<FindingsReason>,
    /// Whether `CVE-2021-44228` is among the findings; `None` without findings, and where it is not and not all of the image was
    /// assessed.
    pub log4shell: Option<bool>,
    /// What the scan assessed; `None` without a scan, and where the service does not state it.
    pub assessment: Option<Statement>,
    /// When it was last read, Inspector no longer watched the image: the findings, if there are any here, are those from before, and
    /// are closed there.
    pub no_longer_watched: bool,
}

/// Why the findings of an image are not known.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FindingsReason {
    /// No rule of the scanning configuration matches the repository: the image is not scanned.
    NotScanned,
    /// The image is no longer watched: the time for which it is scanned again is over, and its findings are closed.
    NoLongerWatched,
    /// They were not read: the scan has not been waited for, or reading was interrupted.
    NotRead,
    /// The scanner does not support the image.
    Unsupported,
    /// The scan failed.
    Failed,
}

impl FindingsReason {
    /// Every reason.
    pub const ALL: [Self; 5] =
        [Self::NotScanned, Self::NoLongerWatched, Self::NotRead, Self::Unsupported, Self::Failed];

    /// The id of the text that states it.
    pub const fn message_id(self) -> &'static str {
        match self {
            Self::NotScanned => "report-reason-not-scanned",
            Self::NoLongerWatched => "report-reason-no-longer-watched",
            Self::NotRead => "report-reason-not-read",
            Self::Unsupported => "report-reason-unsupported",
            Self::Failed => "report-reason-failed",
        }
    }
}

impl RepositoryOutcome {
    /// One of which nothing was read yet.
    pub fn unread(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            uri: None,
            digest: None,
            media_type: None,
            watched: None,
            findings: None,
            findings_reason: Some(FindingsReason::NotRead),
            log4shell: None,
            assessment: None,
            no_longer_watched: false,
        }
    }

    /// Records whether the registry's scanning configuration watches it. Without findings, that is also the reason.
    pub(crate) fn set_watched(&mut self, watched: bool) {
        self.watched = Some(watched);
        match self.findings_reason {
            Some(FindingsReason::NotRead) if !watched => self.findings_reason = Some(FindingsReason::NotScanned),
            Some(FindingsReason::NotScanned) if watched => self.findings_reason = Some(FindingsReason::NotRead),
            _ => {}
        }
    }

    /// Records which image it holds. The findings of another image are not those of this one.
    pub(crate) fn set_image(&mut self, digest: &str, media_type: &str) {
        if self.digest.as_deref().is_some_and(|present| present != digest) {
            self.set_no_longer_watched(false);
            let is_of_former = matches!(
                self.findings_reason,
                None | Some(FindingsReason::Unsupported | FindingsReason::Failed | FindingsReason::NoLongerWatched)
            );
            if is_of_former {
                self.set_unknown(FindingsReason::NotRead);
            }
            self.assessment = None;
        }
        self.digest = Some(digest.to_owned());
        self.media_type = Some(media_type.to_owned());
    }

    /// Records the findings of its image.
    pub(crate) fn set_findings(&mut self, counts: FindingCounts, log4shell: bool) {
        self.no_longer_watched = false;
        (self.findings, self.findings_reason, self.log4shell) = (Some(counts), None, Some(log4shell));
    }

    /// Records what the scan assessed. What it did not may have what was not found.
    pub(crate) fn set_assessment(&mut self, assessment: Option<Statement>) {
        if assessment.as_ref().is_some_and(Statement::is_partial) && self.log4shell == Some(false) {
            self.log4shell = None;
        }
        self.assessment = assessment;
    }

    /// Records whether its image is no longer watched. Findings that were read before stay, as those from before.
    pub(crate) fn set_no_longer_watched(&mut self, ended: bool) {
        self.no_longer_watched = ended;
        match self.findings_reason {
            Some(FindingsReason::NotRead) if ended => self.findings_reason = Some(FindingsReason::NoLongerWatched),
            Some(FindingsReason::NoLongerWatched) if !ended => self.findings_reason = Some(FindingsReason::NotRead),
            _ => {}
        }
    }

    /// Records why the findings of its image are not known.
    pub(crate) fn set_unknown(&mut self, reason: FindingsReason) {
        (self.findings, self.findings_reason, self.log4shell) = (None, Some(reason), None);
        self.assessment = None;
    }
}

/// As it is stored. Version 0.1.0 stored zeros and `false` where nothing had been read, and no reason.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct StoredRepositoryOutcome {
    #[serde(default)]
    name: String,
    #[serde(default)]
    uri: Option<String>,
    #[serde(default)]
    digest: Option<String>,
    #[serde(default)]
    media_type: Option<String>,
    #[serde(default)]
    watched: Option<bool>,
    #[serde(default)]
    findings: Option<FindingCounts>,
    #[serde(default)]
    findings_reason: StoredReason,
    #[serde(default)]
    log4shell: Option<bool>,
    #[serde(default)]
    assessment: Option<Statement>,
    #[serde(default)]
    no_longer_watched: bool,
}

/// The reason as it is stored.
#[derive(Default)]
enum StoredReason {
    /// Version 0.1.0 wrote none.
    #[default]
    Absent,
    Present(Option<FindingsReason>),
}

impl<'de> Deserialize<'de> for StoredReason {
    fn deserialize<D: serde::Deserializer<'de>>(stored: D) -> Result<Self, D::Error> {
        Option::deserialize(stored).map(Self::Present)
    }
}

impl<'de> Deserialize<'de> for RepositoryOutcome {
    fn deserialize<D: serde::Deserializer<'de>>(stored: D) -> Result<Self, D::Error> {
        StoredRepositoryOutcome::deserialize(stored).map(Self::from)
    }
}

impl From<StoredRepositoryOutcome> for RepositoryOutcome {
    fn from(stored: StoredRepositoryOutcome) -> Self {
        let StoredRepositoryOutcome {
            name,
            uri,
            digest,
            media_type,
            watched,
            findings,
            findings_reason,
            log4shell,
            assessment,
            no_longer_watched,
        } = stored;
        // Its `false` meant "not known" too, until the repository was created.
        let (is_former, findings_reason) = match findings_reason {
            StoredReason::Absent => (true, None),
            StoredReason::Present(reason) => (false, reason),
        };
        let watched = if is_former && uri.is_none() { None } else { watched };
        let mut outcome = Self { uri, digest, media_type, ..Self::unread(name) };
        if let Some(watched) = watched {
            outcome.set_watched(watched);
        }
        match findings {
            // The lesson's images all have findings: with none, version 0.1.0 had not read any.
            Some(counts) if !is_former || counts.total > 0 => {
                outcome.set_findings(counts, log4shell.unwrap_or_default());
                outcome.set_assessment(assessment);
            }
            _ => {
                outcome.findings_reason = findings_reason.or(outcome.findings_reason);
                outcome.assessment = assessment;
            }
        }
        outcome.no_longer_watched = no_longer_watched;
        outcome
    }
}

/// The vulnerable image against the patched one: by vulnerability, and by pair of a vulnerability and a package.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ComparisonOutcome {
    /// Pairs of a vulnerability and a package that are gone.
    pub fixed: usize,
    /// Pairs that are new.
    pub new: usize,
    /// Pairs in both images.
    pub remaining: usize,
    /// Vulnerabilities, whatever their packages: those of the vulnerable image are fixed or remaining. `None` if version 0.1.0
    /// stored the comparison.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vulnerabilities: Option<DiffCounts>,
    /// `CVE-2021-44228` was in the vulnerable image and is not in the fixed one.
    pub log4shell_fixed: bool,
}

impl From<&Comparison> for ComparisonOutcome {
    fn from(comparison: &Comparison) -> Self {
        Self {
            fixed: comparison.fixed.total,
            new: comparison.new.total,
            remaining: comparison.remaining.total,
            vulnerabilities: Some(comparison.vulnerabilities),
            log4shell_fixed: comparison.log4shell_fixed,
        }
    }
}

/// What clean-up did, read back.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Receipt {
    /// The registry's scanning configuration is what it was before the lab.
    pub restored: bool,
    /// What this run created and deleted.
    pub deleted: Vec<Deleted>,
    /// What was left as it is, and why.
    pub kept: Vec<Kept>,
}

/// A resource that this run created and deleted.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Deleted {
    /// The kind of resource.
    pub kind: ResourceKind,
    /// Its name: a repository's, `repository:tag`, a local image's reference.
    pub name: String,
}

/// Something that was left as it is.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Kept {
    /// The kind of resource.
    pub kind: ResourceKind,
    /// Its name.
    pub what: String,
    /// Why.
    pub why: Message,
    /// Something is still to be done about it, so that the clean-up is not finished.
    #[serde(default)]
    pub open: bool,
}

impl Receipt {
    /// Whether nothing is left to be done.
    pub fn is_complete(&self) -> bool {
        self.kept.iter().all(|kept| !kept.open)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> RepositoryOutcome {
        serde_json::from_str(json).unwrap()
    }

    /// What version 0.1.0 stored of a repository whose image it had not read.
    fn former(watched: bool, total: usize) -> RepositoryOutcome {
        read(&format!(
            r#"{{"name":"any","uri":"host/any","digest":"sha256:1","mediaType":"m","watched":{watched},
                "findings":{{"total":{total},"unique":{total},"critical":{total},"high":0,"medium":0,"low":0,"informational":0,"untriaged":0}},
                "log4shell":{}}}"#,
            total > 0
        ))
    }

    #[test]
    fn zeros_of_the_former_version_are_read_as_not_known() {
        let not_scanned = former(false, 0);
        assert_eq!((not_scanned.watched, not_scanned.findings, not_scanned.log4shell), (Some(false), None, None));
        assert_eq!(not_scanned.findings_reason, Some(FindingsReason::NotScanned));
        assert_eq!(former(true, 0).findings_reason, Some(FindingsReason::NotRead));
        let scanned = former(true, 200);
        assert_eq!((scanned.findings.unwrap().total, scanned.log4shell), (200, Some(true)));
        assert_eq!(scanned.findings_reason, None);
    }

    #[test]
    fn before_a_repository_was_created_the_former_version_knew_nothing_of_its_scanning() {
        let outcome = read(r#"{"name":"any","watched":false,"findings":{"total":0},"log4shell":false}"#);
        assert_eq!(outcome, RepositoryOutcome::unread("any"));
    }

    #[test]
    fn what_is_stored_is_read_back_the_same() {
        let mut scanned = RepositoryOutcome::unread("any");
        scanned.set_watched(true);
        scanned.set_findings(FindingCounts::default(), false);
        for reason in FindingsReason::ALL {
            let mut unknown = scanned.clone();
            unknown.set_unknown(reason);
            assert_eq!(read(&serde_json::to_string(&unknown).unwrap()), unknown);
        }
        let mut unsupported = scanned.clone();
        unsupported.set_unknown(FindingsReason::Unsupported);
        let mut partial = scanned.clone();
        let statement = "What was assessed: Operating system: not assessed (no file identifies it). Packages: 0 found, 0 known to \
                         the catalogue, 0 unknown to it. JARs not identified: 0. Files skipped: 0. Limits reached: none. \
                         Catalogue: built-in 2026-11-23, which covers only the lab.";
        partial.set_assessment(Statement::parse(statement));
        assert!(partial.assessment.is_some());
        unsupported.set_assessment(partial.assessment.clone());
        assert_eq!(read(&serde_json::to_string(&unsupported).unwrap()), unsupported);
        assert_eq!(read(&serde_json::to_string(&partial).unwrap()), partial);
        assert_eq!((partial.findings.unwrap().total, partial.log4shell), (0, None));
        // A scan that was read and has no findings is a zero.
        assert_eq!(read(&serde_json::to_string(&scanned).unwrap()), scanned);
    }

    #[test]
    fn the_findings_of_another_image_are_not_those_of_the_present_one() {
        let mut outcome = RepositoryOutcome::unread("any");
        outcome.set_image("sha256:1", "m");
        outcome.set_findings(FindingCounts { total: 3, ..FindingCounts::default() }, true);
        outcome.set_image("sha256:1", "m");
        assert_eq!(outcome.findings.unwrap().total, 3);
        outcome.set_image("sha256:2", "m");
        assert_eq!((outcome.findings, outcome.findings_reason), (None, Some(FindingsReason::NotRead)));
    }
}
