//! The filters of findings that the account keeps. What they select is left to `suppression`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::moment::Moment;

/// A filter that the account keeps.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SavedFilter {
    pub(crate) name: String,
    pub(crate) action: FilterAction,
    /// The JSON that the caller sent; it was validated.
    pub(crate) criteria: Value,
    #[serde(default)]
    pub(crate) description: Option<String>,
    /// Why findings are suppressed.
    #[serde(default)]
    pub(crate) reason: Option<String>,
    #[serde(default)]
    pub(crate) tags: BTreeMap<String, String>,
    pub(crate) created_at: Moment,
    pub(crate) updated_at: Moment,
}

/// What a filter does with the findings that it selects.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum FilterAction {
    None,
    Suppress,
}

impl FilterAction {
    pub(crate) const NAMES: [&str; 2] = ["NONE", "SUPPRESS"];

    pub(crate) fn parse(text: &str) -> Option<Self> {
        [Self::None, Self::Suppress].into_iter().find(|action| action.as_str() == text)
    }

    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::None => Self::NAMES[0],
            Self::Suppress => Self::NAMES[1],
        }
    }
}
