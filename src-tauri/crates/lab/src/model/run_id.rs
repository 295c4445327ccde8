//! The name of a run.

use serde::{Deserialize, Serialize};

/// A run's name: what its repositories are tagged with.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RunId(pub String);

impl std::fmt::Display for RunId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl RunId {
    /// The number of its digits.
    const DIGITS: usize = 12;

    /// A new one, twelve random hexadecimal digits.
    pub(crate) fn fresh() -> Self {
        let mut name = uuid::Uuid::new_v4().simple().to_string();
        name.truncate(Self::DIGITS);
        Self(name)
    }

    /// One that a person has typed; `None` for what no run can be named.
    pub fn parse(text: &str) -> Option<Self> {
        let is_digit = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        (text.len() == Self::DIGITS && text.bytes().all(is_digit)).then(|| Self(text.to_owned()))
    }
}
