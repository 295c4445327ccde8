//! What becomes of a scanning configuration that another user has changed while the lab used it.

use serde::{Deserialize, Serialize};

/// What becomes of a configuration that another user has changed while the lab used it, as a person chooses.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ConfigurationChoice {
    /// The one before the lab takes the place of the present one.
    Restore,
    /// The present one stays, without the lab's filter.
    Keep,
}

impl ConfigurationChoice {
    /// Their names on a command line.
    pub const NAMES: [&str; 2] = ["restore", "keep"];

    /// The choice with this name.
    pub fn by_name(name: &str) -> Option<Self> {
        let at = Self::NAMES.iter().position(|other| *other == name)?;
        Some([Self::Restore, Self::Keep][at])
    }
}
