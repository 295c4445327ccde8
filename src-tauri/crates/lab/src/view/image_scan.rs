//! The state of an image's scan, from what ECR and Inspector report; what their codes mean is left to `scan_status`. "Not scanned" and "not read" are states of their own: neither
//! means that an image has no vulnerabilities.

use findings::Timestamp;
use serde::Serialize;

use crate::{
    cloud::coverage::ImageCoverage,
    model::{
        assessed_text::AssessedText,
        assessment::Statement,
        outcome::FindingsReason,
        problem::{LabError, Problem},
        scan_status::ScanStatus,
    },
};

/// Our reasons, where a service gives none.
const IMAGE_INDEX: &str = "IMAGE_INDEX";
const BASIC_SCAN: &str = "BASIC_SCAN";

/// The state of an image's scan, and its reason.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ImageScan {
    /// The state.
    pub state: ScanState,
    /// The service's word for the reason, if it gives one: `SCAN_FREQUENCY_MANUAL`. `IMAGE_INDEX` and `BASIC_SCAN` are ours.
    pub reason: Option<String>,
    /// What the scan assessed; `None` if the service does not state it, or was not asked: ECR states it of one image at a time.
    #[serde(skip)]
    pub assessment: Option<Statement>,
    /// What the scan assessed, in sentences; `None` if that is not stated.
    pub assessed: Option<AssessedText>,
    /// When it was last scanned.
    pub last_scanned_at: Option<Timestamp>,
    /// Why the state could not be read.
    pub problem: Option<Problem>,
}

/// Whether the findings of an image are known.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ScanState {
    /// It was scanned: what is not found is not there, as far as the scanner can tell.
    Scanned,
    /// Its scan has begun or is about to: more may be found.
    InProgress,
    /// It is not scanned.
    NotScanned,
    /// It is no longer watched, and its findings are closed: that says nothing of what it contains.
    NoLongerWatched,
    /// Whether it is scanned could not be read, or its findings cannot be.
    NotRead,
    /// The scanner does not support it.
    Unsupported,
    /// Its scan failed.
    Failed,
}

impl ScanState {
    /// Every state.
    pub const ALL: [Self; 7] = [
        Self::Scanned,
        Self::InProgress,
        Self::NotScanned,
        Self::NoLongerWatched,
        Self::NotRead,
        Self::Unsupported,
        Self::Failed,
    ];

    /// The id of its text.
    pub const fn message_id(self) -> &'static str {
        match self {
            Self::Scanned => "explore-state-scanned",
            Self::InProgress => "explore-state-in-progress",
            Self::NotScanned => FindingsReason::NotScanned.message_id(),
            Self::NoLongerWatched => FindingsReason::NoLongerWatched.message_id(),
            Self::NotRead => FindingsReason::NotRead.message_id(),
            Self::Unsupported => FindingsReason::Unsupported.message_id(),
            Self::Failed => FindingsReason::Failed.message_id(),
        }
    }
}

impl ScanState {
    /// The state of an image with this status, whose scan was completed at some time, or was not.
    fn of(status: ScanStatus, completed: bool) -> Self {
        match status {
            ScanStatus::Ended | ScanStatus::OnPush if completed => Self::Scanned,
            ScanStatus::Ended | ScanStatus::UnderWay => Self::InProgress,
            ScanStatus::OnPush
            | ScanStatus::NotScanned
            | ScanStatus::Expired
            | ScanStatus::NotKnown
            | ScanStatus::Unsupported
            | ScanStatus::Failed => match status.reason() {
                FindingsReason::NotScanned => Self::NotScanned,
                FindingsReason::NoLongerWatched => Self::NoLongerWatched,
                FindingsReason::NotRead => Self::NotRead,
                FindingsReason::Unsupported => Self::Unsupported,
                FindingsReason::Failed => Self::Failed,
            },
        }
    }
}

impl ImageScan {
    fn new(state: ScanState, reason: Option<String>) -> Self {
        Self { state, reason, assessment: None, assessed: None, last_scanned_at: None, problem: None }
    }

    /// The state according to Inspector's coverage. An image that Inspector does not list is not scanned.
    pub(crate) fn covered(row: Option<ImageCoverage>, is_index: bool) -> Self {
        match row {
            None if is_index => Self::new(ScanState::Unsupported, Some(IMAGE_INDEX.to_owned())),
            None => Self::new(ScanState::NotScanned, None),
            Some(ImageCoverage { reason, last_scanned_at }) => {
                let status = ScanStatus::of(&reason);
                // Inspector says of a scan that it was successful, and does not always say when.
                let completed = status == ScanStatus::Ended || last_scanned_at.is_some();
                let state = ScanState::of(status, completed);
                Self { last_scanned_at, ..Self::new(state, Some(reason)) }
            }
        }
    }

    /// The state where Inspector's coverage could not be read.
    pub(crate) fn unread(error: &LabError) -> Self {
        let problem = match error {
            LabError::Problem(problem) => Some((**problem).clone()),
            LabError::Cancelled | LabError::ConsentNeeded(_) => None,
        };
        Self { problem, ..Self::new(ScanState::NotRead, None) }
    }

    /// An image in a registry with basic scanning, whose results are not read.
    pub(crate) fn basic() -> Self {
        Self::new(ScanState::NotRead, Some(BASIC_SCAN.to_owned()))
    }

    pub(crate) fn is_basic(&self) -> bool {
        self.reason.as_deref() == Some(BASIC_SCAN)
    }

    /// The state once ECR has reported a scan, which settles what the coverage did not.
    pub(crate) fn observed(self, status: &str, description: &str, completed: bool) -> Self {
        let state = ScanState::of(ScanStatus::described(status, description), completed);
        // The coverage's reason is the more precise one, unless it contradicts.
        let reason = if self.state == state { self.reason } else { Some(status.to_owned()) };
        let assessment = Statement::parse(description);
        let assessed = assessment.as_ref().map(AssessedText::of);
        Self { state, reason, assessment, assessed, problem: None, ..self }
    }

    /// Whether what was not found is not there, as far as the scanner can tell: the scan has ended, and looked everywhere.
    pub fn is_complete(&self) -> bool {
        self.state == ScanState::Scanned && !self.assessment.as_ref().is_some_and(Statement::is_partial)
    }

    /// Whether the scan used a catalogue that covers only the lab.
    pub(crate) fn is_of_lab_only(&self) -> bool {
        self.assessment.as_ref().is_some_and(Statement::is_of_lab_only)
    }

    /// The state once ECR has reported that there is no scan.
    pub(crate) fn unobserved(self) -> Self {
        match self.state {
            ScanState::Scanned | ScanState::NotRead if !self.is_basic() => {
                Self::new(ScanState::NotScanned, self.reason)
            }
            _ => self,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn covered(reason: &str, was_scanned: bool) -> ScanState {
        let last_scanned_at = was_scanned.then(|| Timestamp::from_epoch_millis(0));
        ImageScan::covered(Some(ImageCoverage { reason: reason.to_owned(), last_scanned_at }), false).state
    }

    #[test]
    fn only_an_image_whose_scan_ended_counts_as_scanned() {
        for (reason, was_scanned, state) in [
            ("SUCCESSFUL", true, ScanState::Scanned),
            ("SCAN_FREQUENCY_SCAN_ON_PUSH", true, ScanState::Scanned),
            ("SCAN_FREQUENCY_SCAN_ON_PUSH", false, ScanState::NotScanned),
            ("SCAN_FREQUENCY_MANUAL", false, ScanState::NotScanned),
            ("SCAN_ELIGIBILITY_EXPIRED", true, ScanState::NoLongerWatched),
            ("PENDING_INITIAL_SCAN", false, ScanState::InProgress),
            ("UNSUPPORTED_OS", false, ScanState::Unsupported),
            ("INVALID_ARTIFACT", false, ScanState::Failed),
            ("IMAGE_SIZE_EXCEEDED", false, ScanState::Unsupported),
            ("A_NEW_REASON", true, ScanState::NotRead),
        ] {
            assert_eq!(covered(reason, was_scanned), state, "{reason}");
        }
        assert_eq!(ImageScan::covered(None, false).state, ScanState::NotScanned);
        assert_eq!(ImageScan::covered(None, true).state, ScanState::Unsupported);
    }

    #[test]
    fn what_ecr_reports_of_the_scan_goes_before_the_coverage() {
        let covered = || ImageScan::covered(None, false);
        for (status, completed, state) in [
            ("ACTIVE", true, ScanState::Scanned),
            ("ACTIVE", false, ScanState::InProgress),
            ("COMPLETE", true, ScanState::Scanned),
            ("PENDING", false, ScanState::InProgress),
            ("UNSUPPORTED_IMAGE", false, ScanState::Unsupported),
            ("FAILED", false, ScanState::Failed),
            ("SCAN_ELIGIBILITY_EXPIRED", false, ScanState::NoLongerWatched),
            ("FINDINGS_UNAVAILABLE", true, ScanState::NotRead),
            ("A_NEW_STATUS", true, ScanState::NotRead),
        ] {
            let observed = covered().observed(status, "", completed);
            assert_eq!((observed.state, observed.problem), (state, None), "{status}");
        }
        let unsupported = "UnsupportedImageError: The operating system and/or package manager are not supported.";
        for (description, state) in [(unsupported, ScanState::Unsupported), ("The layer is broken.", ScanState::Failed)]
        {
            assert_eq!(covered().observed("FAILED", description, false).state, state, "{description}");
        }
        let unread = ImageScan::unread(&LabError::Cancelled);
        assert_eq!((unread.state, unread.unobserved().state), (ScanState::NotRead, ScanState::NotScanned));
    }

    #[test]
    fn a_run_and_the_explorer_give_every_status_the_same_reason() {
        let of_ecr = aws_sdk_ecr::types::ScanStatus::values().iter().chain(&["IMAGE_SIZE_EXCEEDED"]);
        let of_inspector = aws_sdk_inspector2::types::ScanStatusReason::values();
        for code in of_ecr.clone().chain(of_inspector).chain(&["A_NEW_STATUS"]) {
            let reason = ScanStatus::of(code).reason();
            for state in [covered(code, false), ImageScan::covered(None, false).observed(code, "", false).state] {
                // Only there a scan says that its findings come, or have come.
                if matches!(state, ScanState::Scanned | ScanState::InProgress) {
                    assert_eq!(reason, FindingsReason::NotRead, "{code}");
                } else {
                    assert_eq!(state.message_id(), reason.message_id(), "{code}");
                }
            }
        }
    }
}
