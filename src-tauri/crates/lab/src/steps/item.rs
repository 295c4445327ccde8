//! Items of a check.

use i18n::Message;

use crate::model::{
    problem::LabError,
    step::{Check, CheckStatus},
};

/// An item that is being checked.
pub(super) struct Item {
    id: String,
    title: Message,
}

impl Item {
    /// An item whose title is the text `check-<id>`.
    pub(super) fn new(id: &str) -> Self {
        Self::titled(id, Message::new(format!("check-{id}")))
    }

    /// An item with a title of its own.
    pub(super) fn titled(id: impl Into<String>, title: Message) -> Self {
        Self { id: id.into(), title }
    }

    pub(super) fn met(self, detail: Message) -> Check {
        self.with(CheckStatus::Met, detail, None)
    }

    /// Met, with something to know all the same.
    pub(super) fn met_with(self, detail: Message, hint: Message) -> Check {
        self.with(CheckStatus::Met, detail, Some(hint))
    }

    pub(super) fn not_met(self, detail: Message, hint: Message) -> Check {
        self.with(CheckStatus::NotMet, detail, Some(hint))
    }

    /// Something else has to be known before this can be decided.
    pub(super) fn unknown(self, detail: Message, hint: Message) -> Check {
        self.with(CheckStatus::Unknown, detail, Some(hint))
    }

    /// It could not be read.
    pub(super) fn unread(self, error: &LabError) -> Check {
        let (detail, hint) = detail_and_hint(error);
        self.with(CheckStatus::Unknown, detail, hint)
    }

    /// The error itself is the result.
    pub(super) fn failed(self, error: &LabError) -> Check {
        let (detail, hint) = detail_and_hint(error);
        self.with(CheckStatus::NotMet, detail, hint)
    }

    fn with(self, outcome: CheckStatus, detail: Message, hint: Option<Message>) -> Check {
        Check { id: self.id, outcome, title: self.title, detail, hint }
    }
}

fn detail_and_hint(error: &LabError) -> (Message, Option<Message>) {
    match error {
        LabError::Problem(problem) => (problem.message.clone(), Some(problem.hint.clone())),
        LabError::Cancelled | LabError::ConsentNeeded(_) => (Message::new("check-cancelled"), None),
    }
}
