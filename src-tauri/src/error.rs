//! What the web side is told when something failed: what, why, what to do.

use findings::FindingsError;
use lab::{LabError, Problem};
use serde::Serialize;
use words::Message;

/// What failed, why, and what to do. Never holds a secret.
#[derive(Clone, Debug, PartialEq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct IpcError {
    /// For programs, in kebab case: `access-denied`; `cancelled` when the user stopped it.
    pub code: String,
    /// What failed and why.
    pub message: Message,
    /// What to do.
    pub hint: Message,
    /// What the other side said, word for word, with secrets taken out.
    pub details: Option<String>,
    /// Whether trying again, with nothing changed, may help.
    pub retryable: bool,
}

impl From<Problem> for IpcError {
    fn from(problem: Problem) -> Self {
        let Problem { code, message, hint, details, retryable } = problem;
        Self { code, message, hint, details, retryable }
    }
}

impl From<LabError> for IpcError {
    fn from(error: LabError) -> Self {
        match error {
            LabError::Problem(problem) => (*problem).into(),
            LabError::Cancelled => Problem::new("cancelled").retryable().into(),
        }
    }
}

impl From<FindingsError> for IpcError {
    fn from(error: FindingsError) -> Self {
        Problem::new("findings").details(error.to_string()).retryable().into()
    }
}

/// What every command answers.
pub type Answer<T> = Result<T, IpcError>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_crosses_as_code_message_and_hint() {
        let error = IpcError::from(Problem::new("in-use").with("path", "/data").details("locked"));
        let json = serde_json::to_value(&error).unwrap();
        assert_eq!(
            json,
            serde_json::json!({
                "code": "in-use",
                "message": {"id": "problem-in-use", "args": {"path": "/data"}},
                "hint": {"id": "problem-in-use-hint", "args": {"path": "/data"}},
                "details": "locked",
                "retryable": false,
            })
        );
    }

    #[test]
    fn being_cancelled_is_told_by_its_code() {
        assert_eq!(IpcError::from(LabError::Cancelled).code, "cancelled");
    }
}
