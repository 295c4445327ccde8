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
    /// A new one, twelve random hexadecimal digits.
    pub(crate) fn fresh() -> Self {
        let mut name = uuid::Uuid::new_v4().simple().to_string();
        name.truncate(12);
        Self(name)
    }
}
