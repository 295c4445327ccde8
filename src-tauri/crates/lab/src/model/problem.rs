//! An error that reaches a person: what failed, why, what to do.

use i18n::Message;
use serde::{Deserialize, Serialize};

use super::{code::Code, consent::RunPreview};

/// What failed, why, and what to do. Never holds a secret.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Problem {
    /// For programs: `access-denied`.
    pub code: Code,
    /// What failed and why.
    pub message: Message,
    /// What to do.
    pub hint: Message,
    /// What the service or the engine returned, verbatim, without secrets.
    pub details: Option<String>,
    /// Whether trying again, with nothing changed, may help.
    pub retryable: bool,
}

impl Problem {
    /// A problem that trying again does not help. `code` also names its texts: `problem-<code>` and `problem-<code>-hint`.
    pub fn new(code: Code) -> Self {
        Self {
            code,
            message: Message::new(format!("problem-{code}")),
            hint: Message::new(format!("problem-{code}-hint")),
            details: None,
            retryable: false,
        }
    }

    /// With a value for a variable of its message and its hint.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<i18n::Arg>) -> Self {
        let value = value.into();
        self.message = self.message.with(name, value.clone());
        self.hint = self.hint.with(name, value);
        self
    }

    /// With the details that the service or the engine returned, without what could control a terminal, and at most
    /// [`MAX_DETAILS`] of them.
    #[must_use]
    pub fn details(mut self, details: impl Into<String>) -> Self {
        self.details = Some(capped(&details.into()));
        self
    }

    /// Trying again may help.
    #[must_use]
    pub fn retryable(mut self) -> Self {
        self.retryable = true;
        self
    }
}

/// The most bytes of another program's message that are kept: a proxy may return a whole page.
pub(crate) const MAX_DETAILS: usize = 2048;

/// A message of another program, without what could control a terminal, and shortened to [`MAX_DETAILS`].
pub(crate) fn capped(text: &str) -> String {
    let text = i18n::format::plain(text);
    if text.len() <= MAX_DETAILS {
        return text.into_owned();
    }
    let end = text.floor_char_boundary(MAX_DETAILS - '…'.len_utf8());
    format!("{}…", &text[..end])
}

/// Why the lab could not do what was requested.
#[derive(Debug, thiserror::Error)]
pub enum LabError {
    /// Something a person can do something about.
    #[error("{}: {}", .0.code, .0.details.as_deref().unwrap_or_default())]
    Problem(Box<Problem>),
    /// The user stopped it.
    #[error("cancelled")]
    Cancelled,
    /// The step was not started: the user has not agreed to these changes yet.
    #[error("consent needed")]
    ConsentNeeded(Box<RunPreview>),
}

impl LabError {
    /// The problem to show to the user.
    pub fn into_problem(self) -> Problem {
        match self {
            Self::Problem(problem) => *problem,
            Self::Cancelled => Problem::new(Code::Cancelled).retryable(),
            Self::ConsentNeeded(_) => Problem::new(Code::ConsentNeeded).retryable(),
        }
    }
}

impl LabError {
    /// Whether a permission is missing, or a policy denies the call.
    pub(crate) fn is_denied(&self) -> bool {
        let denials = [Code::AccessDenied, Code::DeniedByOrganization, Code::DeniedByRegistryPolicy];
        matches!(self, Self::Problem(problem) if denials.contains(&problem.code))
    }

    /// A state that our own code rules out, or a task that panicked: nothing that a person brought about.
    pub(crate) fn defect(error: impl std::fmt::Display) -> Self {
        Problem::new(Code::Defect).details(error.to_string()).retryable().into()
    }
}

/// The store of the findings failed: a full disk, a damaged file.
impl From<findings::FindingsError> for LabError {
    fn from(error: findings::FindingsError) -> Self {
        Problem::new(Code::FindingsStore).details(error.to_string()).retryable().into()
    }
}

impl From<Problem> for LabError {
    fn from(problem: Problem) -> Self {
        Self::Problem(Box::new(problem))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_with_a_code_of_another_version_keeps_its_texts() {
        let stored = r#"{
            "code": "retired-code",
            "message": {"id": "problem-retired-code", "args": {"name": "app"}},
            "hint": {"id": "problem-retired-code-hint", "args": {}},
            "details": "HTTP 418",
            "retryable": true
        }"#;
        let problem: Problem = serde_json::from_str(stored).unwrap();
        assert_eq!(problem.code, Code::Unknown);
        assert_eq!(problem.message, Message::new("problem-retired-code").with("name", "app"));
        assert_eq!((problem.details.as_deref(), problem.retryable), (Some("HTTP 418"), true));
    }

    #[test]
    fn details_are_capped_and_cannot_control_a_terminal() {
        let problem =
            Problem::new(Code::ServiceError).details("\u{1b}[2J\u{9b}1m\u{202e}".to_owned() + &"가".repeat(5000));
        let details = problem.details.unwrap();
        assert!(details.len() <= MAX_DETAILS && details.len() > MAX_DETAILS - 4, "{}", details.len());
        assert!(details.starts_with("[2J1m가") && details.ends_with("가…"), "{details}");
    }

    #[test]
    fn codes_are_stored_as_in_version_0_1_0() {
        assert_eq!(serde_json::to_string(&Code::AccessDenied).unwrap(), r#""access-denied""#);
        for code in Code::ALL {
            assert_eq!(serde_json::to_string(code).unwrap(), format!("\"{code}\""));
            assert_eq!(serde_json::from_str::<Code>(&format!("\"{code}\"")).unwrap(), *code);
        }
    }
}
