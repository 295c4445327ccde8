//! Queries over findings: which findings, and how they are listed. Evaluating a query is left to `index`.
//!
//! A filter applies to **instances**: one per finding and package that the finding names (a finding that names no
//! package is one instance). A finding matches if one of its instances does. [`View::Unique`] groups the matching
//! instances by vulnerability: by its id, or by the title if it has none.

use serde::{Deserialize, Serialize};

use crate::property::{Operator, Property};
use crate::scan::ScanId;

/// Which findings to list, and how.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Query {
    /// The scans to search.
    pub scope: Scope,
    /// The condition on their instances.
    pub filter: Filter,
    /// Free text. Each of its words, separated by white space, must occur in the id, title, description, package name or
    /// file path: anywhere, in any of them, regardless of case. No character has a special meaning.
    pub text: String,
    /// What a row is.
    pub view: View,
    /// The sort keys, the most significant first. Ties, and an empty list, keep the order in which the findings were
    /// added.
    pub sort: Vec<Sort>,
    /// The page's number, from 0.
    pub page: usize,
    /// Rows per page, from 1 to 1000; greater numbers are reduced to 1000. 0 means [`PAGE_SIZE`].
    pub page_size: usize,
}

/// Rows per page when the query does not say.
pub const PAGE_SIZE: usize = 50;

/// The scans that a query searches.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Scope {
    /// One scan.
    Scan(ScanId),
    /// These scans, each once, whatever their images are.
    Scans(Vec<ScanId>),
    /// The last finished scan of each matching image; with neither field, of every image.
    #[serde(rename_all = "camelCase")]
    Latest {
        /// Only images of this repository.
        repository: Option<String>,
        /// Only the image with this digest.
        digest: Option<String>,
    },
}

impl Default for Scope {
    fn default() -> Self {
        Self::Latest { repository: None, digest: None }
    }
}

/// What a row is.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum View {
    /// One row per finding and package.
    #[default]
    Instances,
    /// One row per vulnerability.
    Unique,
}

/// Joined conditions. Groups may be nested to a depth of [`Filter::MAX_DEPTH`].
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Filter {
    /// How the conditions and groups are joined.
    pub join: Join,
    /// Single conditions.
    pub tokens: Vec<Token>,
    /// Nested groups of conditions.
    pub groups: Vec<Filter>,
}

impl Filter {
    /// The greatest depth of nested groups.
    pub const MAX_DEPTH: usize = 16;

    /// A filter in which every condition must hold.
    pub fn all(tokens: impl IntoIterator<Item = Token>) -> Self {
        Self { join: Join::And, tokens: tokens.into_iter().collect(), groups: Vec::new() }
    }

    /// A filter in which at least one condition must hold.
    pub fn any(tokens: impl IntoIterator<Item = Token>) -> Self {
        Self { join: Join::Or, tokens: tokens.into_iter().collect(), groups: Vec::new() }
    }
}

/// How conditions are joined. Without conditions everything matches, whichever the join.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Join {
    /// All must hold.
    #[default]
    And,
    /// At least one must hold.
    Or,
}

/// One condition.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Token {
    /// The property to compare. `None` means the text fields of [`Query::text`], which support only `:`, `!:`, `=` and
    /// `!=`, with `=` equivalent to `:`.
    #[serde(default)]
    pub property: Option<Property>,
    /// The comparison.
    pub operator: Operator,
    /// The value to compare with. Texts compare regardless of case. The empty text equals a missing value. Times are
    /// RFC 3339, or a date (`2024-05-01`) for the whole of that day in UTC.
    pub value: String,
}

impl Token {
    /// A condition on a property.
    pub fn new(property: Property, operator: Operator, value: impl Into<String>) -> Self {
        Self { property: Some(property), operator, value: value.into() }
    }
}

/// One sort key. Missing values come last in both directions.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Sort {
    /// The property to sort by. A unique row sorts by the value that it shows (see [`Row`](crate::page::Row)), and
    /// by that of its most severe instance for a property that it does not show. In [`View::Instances`] sorting by a
    /// count has no effect.
    pub by: Property,
    /// Whether the greatest value comes first.
    #[serde(default)]
    pub descending: bool,
}

impl Query {
    /// A query for everything in one scan.
    pub fn of_scan(scan: ScanId) -> Self {
        Self { scope: Scope::Scan(scan), ..Self::default() }
    }
}

/// The page size that is used for a requested one.
pub(crate) fn effective_page_size(requested: usize) -> usize {
    if requested == 0 { PAGE_SIZE } else { requested.min(1000) }
}
