//! The error that a command returns to the web side: what failed, why, and what to do.

use findings::FindingsError;
use i18n::Message;
use lab::{Code, LabError, Problem};
use serde::Serialize;

/// What failed, why, and what to do. Never holds a secret.
#[derive(Clone, Debug, PartialEq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct IpcError {
    /// For programs: `access-denied`; `cancelled` when the user stopped it.
    pub code: Code,
    /// What failed and why.
    pub message: Message,
    /// What to do.
    pub hint: Message,
    /// The other side's original message, with secrets removed.
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
        error.into_problem().into()
    }
}

impl From<FindingsError> for IpcError {
    fn from(error: FindingsError) -> Self {
        let problem = match &error {
            // The user's to mend: trying again with the same would fail again.
            FindingsError::BadValue { value, .. } => Problem::new(Code::FilterValue).with("value", value),
            FindingsError::TooDeep => Problem::new(Code::FilterTooDeep),
            _ => Problem::new(Code::Findings).retryable(),
        };
        problem.details(error.to_string()).into()
    }
}

/// The result of a command.
pub type IpcResult<T> = Result<T, IpcError>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_crosses_as_code_message_and_hint() {
        let error = IpcError::from(Problem::new(Code::InUse).with("path", "/data").details("locked"));
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
    fn a_value_that_cannot_be_compared_has_another_code_than_a_database_error() {
        let bad = FindingsError::BadValue { property: findings::Property::Score, value: "abc".to_owned() };
        let error = IpcError::from(bad);
        assert_eq!((error.code, error.retryable), (Code::FilterValue, false));
        assert_eq!(error.message, Message::new("problem-filter-value").with("value", "abc"));
        assert_eq!(IpcError::from(FindingsError::NoScan(7)).code, Code::Findings);
    }

    #[test]
    fn cancelling_has_a_code_of_its_own() {
        assert_eq!(IpcError::from(LabError::Cancelled).code, Code::Cancelled);
    }
}
