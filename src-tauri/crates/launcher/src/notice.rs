//! Messages to the user about how a backend was opened.

use i18n::Message;

/// A message to the user about how a backend was opened.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Notice {
    /// The message.
    pub message: Message,
    /// The reason, as a sentence of its own.
    pub why: Option<Message>,
}

impl From<Message> for Notice {
    fn from(message: Message) -> Self {
        Self { message, why: None }
    }
}

/// Says that a repository's state could not be read, and how to start with an empty cloud.
pub fn quarantined(repository: &practice::Quarantined) -> Message {
    let message = Message::new("place-practice-quarantined").with("name", &repository.repository);
    message.with("path", repository.folder.display().to_string())
}
