//! What a status of a scan means: ECR's, or Inspector's reason for its coverage. The one place that decides it, for the run, the
//! explorer and the window alike.

use super::outcome::FindingsReason;

/// What a status says about the findings of an image.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ScanStatus {
    /// There are findings to read, once the service says when the scan was completed.
    Ended,
    /// The image is scanned when it is pushed only: whether it was depends on when that was.
    OnPush,
    /// The scan has begun, or is about to.
    UnderWay,
    /// The image is not scanned.
    NotScanned,
    /// The image is no longer watched: the time for which it is scanned again is over, and its findings are closed.
    Expired,
    /// The scanner does not support the image.
    Unsupported,
    /// The scan failed.
    Failed,
    /// The findings cannot be read, or this version does not know the status: nothing may be concluded from it.
    NotKnown,
}

impl ScanStatus {
    /// The meaning of a status or a reason. Those that the two services share mean the same.
    pub(crate) fn of(code: &str) -> Self {
        match code {
            "ACTIVE" | "COMPLETE" | "SUCCESSFUL" => Self::Ended,
            "SCAN_FREQUENCY_SCAN_ON_PUSH" => Self::OnPush,
            "PENDING" | "IN_PROGRESS" | "PENDING_INITIAL_SCAN" | "PENDING_REVIVAL_SCAN" | "SCAN_IN_PROGRESS" => {
                Self::UnderWay
            }
            "IMAGE_SIZE_EXCEEDED" => Self::Unsupported,
            _ if code.starts_with("UNSUPPORTED_") => Self::Unsupported,
            "FAILED"
            | "ACCESS_DENIED"
            | "ACCESS_DENIED_TO_ENCRYPTION_KEY"
            | "INTEGRATION_CONNECTION_LOST"
            | "INTERNAL_ERROR"
            | "INVALID_ARTIFACT" => Self::Failed,
            // Of the scan: ECR's own, and those of Inspector that begin with what was limited.
            _ if code.ends_with("LIMIT_EXCEEDED") => Self::Failed,
            "SCAN_ELIGIBILITY_EXPIRED" => Self::Expired,
            "DEEP_INSPECTION_NO_INVENTORY"
            | "EC2_INSTANCE_STOPPED"
            | "EXCLUDED_BY_TAG"
            | "IMAGE_ARCHIVED"
            | "NO_INVENTORY"
            | "NO_RESOURCES_FOUND"
            | "NO_SCAN_CONFIGURATION_ASSOCIATED"
            | "PENDING_DISABLE"
            | "RESOURCE_STOPPED"
            | "RESOURCE_TERMINATED"
            | "RESOURCE_UNMANAGED"
            | "SCAN_FREQUENCY_MANUAL"
            | "STALE_INVENTORY"
            | "UNMANAGED_EC2_INSTANCE" => Self::NotScanned,
            // `FINDINGS_UNAVAILABLE`, and what is new since.
            _ => Self::NotKnown,
        }
    }

    /// The meaning of a status of ECR with its description: only there basic scanning says that it does not support an image.
    pub(crate) fn described(status: &str, description: &str) -> Self {
        match Self::of(status) {
            Self::Failed if description.starts_with("UnsupportedImageError") => Self::Unsupported,
            other => other,
        }
    }

    /// Why an image of this status has no findings. Where findings exist, or may exist, they were not read.
    pub(crate) fn reason(self) -> FindingsReason {
        match self {
            Self::Unsupported => FindingsReason::Unsupported,
            Self::Failed => FindingsReason::Failed,
            Self::NotScanned | Self::OnPush => FindingsReason::NotScanned,
            Self::Expired => FindingsReason::NoLongerWatched,
            Self::Ended | Self::UnderWay | Self::NotKnown => FindingsReason::NotRead,
        }
    }
}

#[cfg(test)]
mod tests {
    use aws_sdk_ecr::types::ScanStatus as Ecr;
    use aws_sdk_inspector2::types::ScanStatusReason;

    use super::*;

    /// Every status of ECR's model; the last one is in botocore's, and not yet in the SDK's.
    fn of_ecr() -> Vec<&'static str> {
        [Ecr::values(), &["IMAGE_SIZE_EXCEEDED"]].concat()
    }

    #[test]
    fn every_status_of_the_services_models_has_a_meaning() {
        let unknown = |codes: &[&'static str]| {
            codes.iter().copied().filter(|code| ScanStatus::of(code) == ScanStatus::NotKnown).collect::<Vec<_>>()
        };
        assert_eq!(unknown(&of_ecr()), ["FINDINGS_UNAVAILABLE"]);
        assert_eq!(unknown(ScanStatusReason::values()), Vec::<&str>::new());
        assert_eq!(ScanStatus::of("A_NEW_STATUS"), ScanStatus::NotKnown);
    }

    #[test]
    fn what_has_no_findings_is_never_taken_for_a_scan_that_ended() {
        let ended = |codes: &[&'static str]| {
            codes.iter().copied().filter(|code| ScanStatus::of(code) == ScanStatus::Ended).collect::<Vec<_>>()
        };
        assert_eq!(ended(&of_ecr()), ["ACTIVE", "COMPLETE"]);
        assert_eq!(ended(ScanStatusReason::values()), ["SUCCESSFUL"]);
        for code in of_ecr().iter().chain(ScanStatusReason::values()) {
            let unsupported = code.starts_with("UNSUPPORTED_") || *code == "IMAGE_SIZE_EXCEEDED";
            assert_eq!(ScanStatus::of(code).reason() == FindingsReason::Unsupported, unsupported, "{code}");
            let expired = *code == "SCAN_ELIGIBILITY_EXPIRED";
            assert_eq!(ScanStatus::of(code).reason() == FindingsReason::NoLongerWatched, expired, "{code}");
        }
    }
}
