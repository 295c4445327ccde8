//! What can be asked of the findings, and the shape of the answer. Answering is left to `index`.
//!
//! A filter looks at **instances**: one row per finding and package that it names (a finding that names no package is
//! one instance). A finding is matched when one of its instances is. [`View::Unique`] shows the matched instances
//! gathered by vulnerability: by its id, or by the title when it has none.

use serde::{Deserialize, Serialize};

use crate::{ExploitAvailable, FindingsError, FixAvailable, ScanId, Severity, Status, Timestamp};

/// A question: which findings, how shown.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Query {
    /// Of which scans.
    pub scope: Scope,
    /// Which of their instances.
    pub filter: Filter,
    /// Every word of it, separated by white space, must occur in the id, title, description, package name or file path,
    /// in any of them, anywhere, in any case. Nothing in it is syntax.
    pub text: String,
    /// What a row is.
    pub view: View,
    /// The first counts most. Ties, and an empty list, keep the order in which the findings came.
    pub sort: Vec<Sort>,
    /// From 0.
    pub page: usize,
    /// Rows in a page: 1 to 1000, others are moved there. 0 is [`PAGE_SIZE`].
    pub page_size: usize,
}

/// How many rows a page has when the query does not say.
pub const PAGE_SIZE: usize = 50;

/// Which scans are looked at.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Scope {
    /// One scan.
    Scan(ScanId),
    /// The last finished scan of each image that fits; with neither, of every image.
    #[serde(rename_all = "camelCase")]
    Latest {
        /// Only of this repository.
        repository: Option<String>,
        /// Only of this digest.
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

/// Conditions, joined; groups may lie within groups, to a depth of [`Filter::MAX_DEPTH`].
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Filter {
    /// How.
    pub join: Join,
    /// Single conditions.
    pub tokens: Vec<Token>,
    /// Groups of conditions.
    pub groups: Vec<Filter>,
}

impl Filter {
    /// How deep groups may lie.
    pub const MAX_DEPTH: usize = 16;

    /// All of these must hold.
    pub fn all(tokens: impl IntoIterator<Item = Token>) -> Self {
        Self { join: Join::And, tokens: tokens.into_iter().collect(), groups: Vec::new() }
    }

    /// One of these must hold.
    pub fn any(tokens: impl IntoIterator<Item = Token>) -> Self {
        Self { join: Join::Or, tokens: tokens.into_iter().collect(), groups: Vec::new() }
    }
}

/// How conditions are joined. Without conditions everything matches, either way.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Join {
    /// All must hold.
    #[default]
    And,
    /// One must hold.
    Or,
}

/// One condition.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Token {
    /// What is looked at. `None`: the text fields of [`Query::text`]; only `:`, `!:`, `=` and `!=` are known there, and
    /// `=` means `:`.
    #[serde(default)]
    pub property: Option<Property>,
    /// How it is compared.
    pub operator: Operator,
    /// With what. Texts compare in any case. The empty text is equal to what is missing. Times are RFC 3339, or a day
    /// (`2024-05-01`) that stands for all of that day in UTC.
    pub value: String,
}

impl Token {
    /// A condition on a property.
    pub fn new(property: Property, operator: Operator, value: impl Into<String>) -> Self {
        Self { property: Some(property), operator, value: value.into() }
    }
}

/// Comparisons, spelled as Cloudscape's property filter spells them. What is missing is equal to nothing but the empty
/// text, contains nothing, and is neither less nor greater than anything.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Operator {
    /// Equal. Of several values: one is.
    #[serde(rename = "=")]
    Equals,
    /// Not equal: none is.
    #[serde(rename = "!=")]
    NotEquals,
    /// Contains. Of several values: one does.
    #[serde(rename = ":")]
    Contains,
    /// Contains not: none does.
    #[serde(rename = "!:")]
    NotContains,
    /// Starts with.
    #[serde(rename = "^")]
    StartsWith,
    /// Starts not with.
    #[serde(rename = "!^")]
    NotStartsWith,
    /// Less.
    #[serde(rename = "<")]
    Less,
    /// Less or equal.
    #[serde(rename = "<=")]
    LessOrEqual,
    /// Greater.
    #[serde(rename = ">")]
    Greater,
    /// Greater or equal.
    #[serde(rename = ">=")]
    GreaterOrEqual,
}

impl Operator {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Equals,
        Self::NotEquals,
        Self::Contains,
        Self::NotContains,
        Self::StartsWith,
        Self::NotStartsWith,
        Self::Less,
        Self::LessOrEqual,
        Self::Greater,
        Self::GreaterOrEqual,
    ];

    /// Its symbol.
    pub fn symbol(self) -> &'static str {
        match self {
            Self::Equals => "=",
            Self::NotEquals => "!=",
            Self::Contains => ":",
            Self::NotContains => "!:",
            Self::StartsWith => "^",
            Self::NotStartsWith => "!^",
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
        }
    }

    /// The operator whose opposite this is, and whether it is one.
    pub(crate) fn positive(self) -> (Self, bool) {
        match self {
            Self::NotEquals => (Self::Equals, true),
            Self::NotContains => (Self::Contains, true),
            Self::NotStartsWith => (Self::StartsWith, true),
            other => (other, false),
        }
    }
}

/// What sort of values a property has: it decides the order and the operators.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PropertyKind {
    /// Text, in an order where numbers within count as numbers (`CVE-2021-999` before `CVE-2021-1000`).
    Text,
    /// Several texts; ordered as if joined by commas.
    Texts,
    /// [`Severity`]'s order; all operators.
    Severity,
    /// Number: `=`, `!=` and the order.
    Number,
    /// Time: `=`, `!=` and the order.
    Time,
    /// A count of instances or findings within a row of [`View::Unique`]: sorts, filters nothing.
    Count,
}

macro_rules! properties {
    ($($(#[$doc:meta])* $name:ident: $kind:ident,)+) => {
        /// What can be filtered and sorted by.
        #[cfg_attr(feature = "bindings", derive(specta::Type))]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub enum Property {
            $($(#[$doc])* $name,)+
        }

        impl Property {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$name,)+];

            /// What sort of values it has.
            pub fn kind(self) -> PropertyKind {
                match self {
                    $(Self::$name => PropertyKind::$kind,)+
                }
            }
        }
    };
}

properties! {
    /// The vulnerability's id, usually a CVE.
    VulnerabilityId: Text,
    /// The finding's title.
    Title: Text,
    /// The service's rating.
    Severity: Severity,
    /// `ACTIVE`, `SUPPRESSED`, `CLOSED`.
    Status: Text,
    /// The sort of finding.
    Type: Text,
    /// Inspector's score.
    Score: Number,
    /// The chance of exploitation, 0 to 1.
    Epss: Number,
    /// Inspector's risk score.
    RiskScore: Number,
    /// The vendor's own rating.
    VendorSeverity: Text,
    /// Who describes the vulnerability.
    VulnerabilitySource: Text,
    /// `YES`, `NO`, `PARTIAL`, or missing.
    FixAvailable: Text,
    /// `YES`, `NO`, or missing.
    ExploitAvailable: Text,
    /// `YES` when CISA lists it as exploited, else `NO`.
    Kev: Text,
    /// Weaknesses.
    Cwe: Texts,
    /// Ids that belong with the vulnerability.
    RelatedId: Texts,
    /// The services that showed it.
    SeenBy: Texts,
    /// The package's name.
    Package: Text,
    /// The package's installed version in full.
    PackageVersion: Text,
    /// The first version without the vulnerability.
    FixedIn: Text,
    /// The package's manager.
    PackageManager: Text,
    /// The package's architecture.
    PackageArch: Text,
    /// Where the package lies in the image.
    FilePath: Text,
    /// Digest of the layer that brought the package.
    Layer: Text,
    /// The image's repository.
    Repository: Text,
    /// The image's digest.
    Digest: Text,
    /// The image's tags.
    Tag: Texts,
    /// The image's architecture.
    Architecture: Text,
    /// The image's operating system.
    Platform: Text,
    /// The account.
    Account: Text,
    /// The region.
    Region: Text,
    /// First seen by the scanner. In a unique row: the earliest.
    FirstObservedAt: Time,
    /// Last seen by the scanner.
    LastObservedAt: Time,
    /// Last changed.
    UpdatedAt: Time,
    /// Published by the vendor.
    VendorCreatedAt: Time,
    /// Changed by the vendor.
    VendorUpdatedAt: Time,
    /// Instances in a unique row.
    InstanceCount: Count,
    /// Findings in a unique row.
    FindingCount: Count,
}

/// One key of an order. What is missing comes last, either way.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Sort {
    /// By what. A unique row counts by what it shows (see [`Row`]); what it does not show, by its most severe instance's.
    /// In [`View::Instances`] counts are all alike.
    pub by: Property,
    /// From the greatest down.
    #[serde(default)]
    pub descending: bool,
}

/// One page of the answer.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Page {
    /// The rows, in order.
    pub rows: Vec<Row>,
    /// How many rows there are in all pages.
    pub total: usize,
    /// What the filter matches, whichever the view.
    pub matched: Counts,
    /// The page's number, from 0, as asked.
    pub page: usize,
    /// The page's size, as used.
    pub page_size: usize,
}

/// The same matches counted three ways.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Counts {
    /// Findings: what the services count.
    pub findings: usize,
    /// Findings times their packages.
    pub instances: usize,
    /// Vulnerabilities: ids, or titles where there is no id.
    pub unique: usize,
}

/// A line of a list. In [`View::Unique`] it gathers the matched instances of one vulnerability: severity, score, EPSS
/// and `last_observed_at` are the greatest, `first_observed_at` the earliest, `kev` holds if it does for one, fix and
/// exploit are the greatest in the order `NO`, `PARTIAL`, `YES`; all else is the most severe instance's.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Row {
    /// The finding; in a unique row, its most severe. For [`Store::get`](crate::Store::get).
    pub arn: String,
    /// The scan that it belongs to.
    pub scan: ScanId,
    /// Which of the finding's packages, from 0.
    pub ordinal: usize,
    /// Instances gathered here; 1 in [`View::Instances`].
    pub instances: usize,
    /// Findings gathered here; 1 in [`View::Instances`].
    pub findings: usize,
    /// The names of the packages gathered here, each once, in order.
    pub packages: Vec<String>,
    /// Usually a CVE.
    pub vulnerability_id: Option<String>,
    /// One line.
    pub title: String,
    /// The service's rating.
    pub severity: Severity,
    /// Where it stands.
    pub status: Option<Status>,
    /// Inspector's score.
    pub score: Option<f64>,
    /// The chance of exploitation.
    pub epss: Option<f64>,
    /// Whether a fix exists.
    pub fix_available: Option<FixAvailable>,
    /// Whether an exploit is public.
    pub exploit_available: Option<ExploitAvailable>,
    /// Whether CISA lists it as exploited.
    pub kev: bool,
    /// The package's name.
    pub package: Option<String>,
    /// Its installed version in full.
    pub version: Option<String>,
    /// The first version without the vulnerability.
    pub fixed_in: Option<String>,
    /// Its manager.
    pub manager: Option<String>,
    /// Where it lies.
    pub file_path: Option<String>,
    /// The layer that brought it.
    pub layer: Option<String>,
    /// The image's repository.
    pub repository: Option<String>,
    /// The image's digest.
    pub digest: Option<String>,
    /// First seen by the scanner.
    pub first_observed_at: Option<Timestamp>,
    /// Last seen by the scanner.
    pub last_observed_at: Option<Timestamp>,
}

/// A value of a property and how many instances have it: what a filter box offers.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ValueCount {
    /// The value, as a [`Token`] would say it.
    pub value: String,
    /// Instances with it.
    pub instances: usize,
}

impl Query {
    /// Everything in one scan.
    pub fn of_scan(scan: ScanId) -> Self {
        Self { scope: Scope::Scan(scan), ..Self::default() }
    }
}

/// The page size as used.
pub(crate) fn effective_page_size(asked: usize) -> usize {
    if asked == 0 { PAGE_SIZE } else { asked.min(1000) }
}

/// Refuses what a property does not know.
pub(crate) fn check_operator(property: Property, operator: Operator) -> Result<(), FindingsError> {
    let textual = matches!(operator.positive().0, Operator::Contains | Operator::StartsWith);
    let known = match property.kind() {
        PropertyKind::Text | PropertyKind::Texts | PropertyKind::Severity => true,
        PropertyKind::Number | PropertyKind::Time => !textual,
        PropertyKind::Count => false,
    };
    if known { Ok(()) } else { Err(FindingsError::BadOperator { property, operator: operator.symbol() }) }
}
