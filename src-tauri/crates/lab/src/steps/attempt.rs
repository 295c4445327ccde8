//! Whether a pull or a push that failed is known to have had no effect. Only then is its intention forgotten: what has the
//! name or the tag afterwards is another user's.

use crate::model::{code::Code, problem::LabError};

/// Whether a pull that failed has certainly not given its name. An engine gives it at the very end: one that reports a failure has
/// not, whatever the failure is. Of one that has fallen silent that is not known.
pub(super) fn pull_had_no_effect(error: &LabError) -> bool {
    match error {
        LabError::Problem(problem) => !matches!(
            problem.code,
            Code::EngineLost | Code::EngineSilent | Code::EngineUnreadable | Code::Defect | Code::Unknown
        ),
        LabError::Cancelled | LabError::ConsentNeeded(_) => false,
    }
}

/// Whether a push that failed has certainly not put its manifest in the repository. A registry's refusal says so; after a broken
/// connection, or an error of the registry's own, the manifest may have arrived.
pub(super) fn push_had_no_effect(error: &LabError) -> bool {
    match error {
        LabError::Problem(problem) => matches!(
            problem.code,
            Code::AccessDenied
                | Code::CredentialsExpired
                | Code::CredentialsInvalid
                | Code::EngineDiskFull
                | Code::EngineLosesPlatform
                | Code::EngineNotRunning
                | Code::ImageNotInRegistry
                | Code::ImageNotLocal
                | Code::PlatformMissing
                | Code::PullDenied
                | Code::ReferenceInvalid
                | Code::RegistryCertificate
                | Code::RegistryDenied
                | Code::RegistryInsecure
                | Code::RegistryLogin
                | Code::RegistryRateLimited
                | Code::RepositoryMissing
                | Code::TagImmutable
                | Code::Throttled
                | Code::TokenExpired
        ),
        LabError::Cancelled | LabError::ConsentNeeded(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::problem::Problem;

    fn failed(code: Code) -> LabError {
        Problem::new(code).into()
    }

    #[test]
    fn only_a_definite_refusal_shows_that_nothing_was_done() {
        for code in [Code::AccessDenied, Code::RegistryDenied, Code::RegistryRateLimited, Code::TagImmutable] {
            assert!(push_had_no_effect(&failed(code)) && pull_had_no_effect(&failed(code)), "{code}");
        }
        // The engine knows that its pull has failed; of a push only the registry knows.
        for code in [Code::RegistryUnreachable, Code::RegistryFailed, Code::TransferFailed] {
            assert!(!push_had_no_effect(&failed(code)) && pull_had_no_effect(&failed(code)), "{code}");
        }
        for code in [Code::EngineLost, Code::EngineSilent, Code::EngineUnreadable, Code::Unknown] {
            assert!(!push_had_no_effect(&failed(code)) && !pull_had_no_effect(&failed(code)), "{code}");
        }
        assert!(!push_had_no_effect(&LabError::Cancelled) && !pull_had_no_effect(&LabError::Cancelled));
    }
}
