//! A request to the API, read as far as every endpoint needs it.

use http::request::Parts;

use super::version::Version;
use crate::context::Context;

/// A request, read as far as every endpoint needs it.
pub(super) struct Call {
    pub(super) context: Context,
    pub(super) version: Version,
    pub(super) parts: Parts,
    pub(super) query: Vec<(String, String)>,
}

impl Call {
    /// The last value of a query parameter; an empty value counts as none.
    pub(super) fn query(&self, name: &str) -> Option<&str> {
        let parameter = self.query.iter().rev().find(|(key, _)| key == name);
        parameter.map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
    }

    /// A boolean query parameter, parsed as Docker does: everything but 0, no, false and none is true.
    pub(super) fn flag(&self, name: &str) -> Option<bool> {
        let value = self.query(name)?.to_lowercase();
        Some(!matches!(value.trim(), "0" | "no" | "false" | "none"))
    }
}
