//! An error that reaches a person: what failed, why, what to do.

use i18n::Message;
use serde::{Deserialize, Serialize};

/// What failed, why, and what to do. Never holds a secret.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Problem {
    /// For programs, in kebab case: `access-denied`.
    pub code: String,
    /// What failed and why.
    pub message: Message,
    /// What to do.
    pub hint: Message,
    /// What the service or the engine said, word for word, with secrets taken out.
    pub details: Option<String>,
    /// Whether trying again, with nothing changed, may help.
    pub retryable: bool,
}

impl Problem {
    /// A problem that trying again does not help. `code` also names its texts: `problem-<code>` and `problem-<code>-hint`.
    pub fn new(code: &str) -> Self {
        Self {
            code: code.to_owned(),
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

    /// With what the other side said.
    #[must_use]
    pub fn details(mut self, details: impl Into<String>) -> Self {
        self.details = Some(details.into());
        self
    }

    /// Trying again may help.
    #[must_use]
    pub fn retryable(mut self) -> Self {
        self.retryable = true;
        self
    }
}

/// Why the lab could not do what it was asked for.
#[derive(Debug, thiserror::Error)]
pub enum LabError {
    /// Something a person can do something about.
    #[error("{}: {}", .0.code, .0.details.as_deref().unwrap_or_default())]
    Problem(Box<Problem>),
    /// The user stopped it.
    #[error("cancelled")]
    Cancelled,
}

impl From<Problem> for LabError {
    fn from(problem: Problem) -> Self {
        Self::Problem(Box::new(problem))
    }
}
