//! The error of everything that starts or selects a cloud or an engine.

use lab::{LabError, Problem};

/// Why a backend could not be opened.
#[derive(Debug, thiserror::Error)]
#[error("{}", .problem.code)]
pub struct LaunchError {
    /// What failed, why, and what to do.
    pub problem: Box<Problem>,
    /// Whether the request cannot be fulfilled as it is, as opposed to a failure while it was carried out.
    pub misuse: bool,
}

impl LaunchError {
    pub(crate) fn misuse(problem: Problem) -> Self {
        Self { problem: Box::new(problem), misuse: true }
    }

    pub(crate) fn fault(problem: Problem) -> Self {
        Self { problem: Box::new(problem), misuse: false }
    }
}

impl From<LaunchError> for LabError {
    fn from(error: LaunchError) -> Self {
        Self::Problem(error.problem)
    }
}
