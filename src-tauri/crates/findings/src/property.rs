//! What findings can be filtered and sorted by: the properties, their kinds and the operators of each kind.

use serde::{Deserialize, Serialize};

/// A comparison, spelled as in Cloudscape's property filter. A missing value equals only the empty text, contains
/// nothing, and is neither less nor greater than anything.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Operator {
    /// Equal. Of several values: at least one is.
    #[serde(rename = "=")]
    Equals,
    /// Not equal. Of several values: none is.
    #[serde(rename = "!=")]
    NotEquals,
    /// Contains. Of several values: at least one does.
    #[serde(rename = ":")]
    Contains,
    /// Does not contain. Of several values: none does.
    #[serde(rename = "!:")]
    NotContains,
    /// Starts with.
    #[serde(rename = "^")]
    StartsWith,
    /// Does not start with.
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
    /// All operators.
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

    /// The operators of text, in the order in which the window offers them.
    const TEXT: &'static [Self] = &[
        Self::Contains,
        Self::NotContains,
        Self::Equals,
        Self::NotEquals,
        Self::StartsWith,
        Self::NotStartsWith,
        Self::Less,
        Self::LessOrEqual,
        Self::Greater,
        Self::GreaterOrEqual,
    ];

    /// The operators of choices, in the order in which the window offers them.
    const EQUALITY: &'static [Self] = &[Self::Equals, Self::NotEquals];

    /// The operators of numbers and times, in the order in which the window offers them.
    const ORDER: &'static [Self] =
        &[Self::Equals, Self::NotEquals, Self::Less, Self::LessOrEqual, Self::Greater, Self::GreaterOrEqual];

    /// The operator's symbol.
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

    /// The operator without its negation, and whether it was negated.
    pub(crate) fn positive(self) -> (Self, bool) {
        match self {
            Self::NotEquals => (Self::Equals, true),
            Self::NotContains => (Self::Contains, true),
            Self::NotStartsWith => (Self::StartsWith, true),
            other => (other, false),
        }
    }
}

/// The type of a property's values: it decides their order and the operators.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum PropertyKind {
    /// Text, in natural order: digits in it sort as numbers (`CVE-2021-999` before `CVE-2021-1000`).
    Text,
    /// Several texts; sorted as if joined by commas.
    Texts,
    /// One of few texts, such as `YES` and `NO`: only equal or not. Sorted as text.
    Choice,
    /// [`Severity`](crate::vocabulary::Severity), in its own order.
    Severity,
    /// A number.
    Number,
    /// A time.
    Time,
    /// The number of instances or findings in a row of [`View::Unique`](crate::query::View::Unique): for sorting, not
    /// for filters.
    Count,
}

impl PropertyKind {
    /// The operators that a filter may use, in the order in which the window offers them.
    pub fn operators(self) -> &'static [Operator] {
        match self {
            Self::Text | Self::Texts | Self::Severity => Operator::TEXT,
            Self::Choice => Operator::EQUALITY,
            Self::Number | Self::Time => Operator::ORDER,
            Self::Count => &[],
        }
    }
}

/// A property with its kind and operators, for the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct PropertyInfo {
    /// The property.
    pub property: Property,
    /// The type of its values.
    pub kind: PropertyKind,
    /// The operators that a filter may use, in the order in which the window offers them.
    pub operators: &'static [Operator],
}

macro_rules! properties {
    ($($(#[$doc:meta])* $name:ident: $kind:ident,)+) => {
        /// A value of findings to filter and sort by.
        #[cfg_attr(feature = "bindings", derive(specta::Type))]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub enum Property {
            $($(#[$doc])* $name,)+
        }

        impl Property {
            /// All properties, in the order in which the window offers them.
            pub const ALL: &[Self] = &[$(Self::$name,)+];

            /// The type of its values.
            pub fn kind(self) -> PropertyKind {
                match self {
                    $(Self::$name => PropertyKind::$kind,)+
                }
            }

            /// The property with its kind and operators.
            pub fn info(self) -> PropertyInfo {
                PropertyInfo { property: self, kind: self.kind(), operators: self.kind().operators() }
            }
        }
    };
}

properties! {
    /// The service's rating.
    Severity: Severity,
    /// The vulnerability's id, usually a CVE.
    VulnerabilityId: Text,
    /// The finding's title.
    Title: Text,
    /// The package's name.
    Package: Text,
    /// The package's full installed version.
    PackageVersion: Text,
    /// The first version without the vulnerability.
    FixedIn: Text,
    /// `YES`, `NO`, `PARTIAL`, or missing.
    FixAvailable: Choice,
    /// `YES`, `NO`, or missing.
    ExploitAvailable: Choice,
    /// `YES` if CISA lists it as exploited, otherwise `NO`.
    Kev: Choice,
    /// Inspector's score.
    Score: Number,
    /// The probability of exploitation, 0 to 1.
    Epss: Number,
    /// Inspector's risk score.
    RiskScore: Number,
    /// The vendor's own rating.
    VendorSeverity: Text,
    /// The publisher of the vulnerability's description.
    VulnerabilitySource: Text,
    /// Weaknesses, such as `CWE-502`.
    Cwe: Texts,
    /// Ids of related vulnerabilities.
    RelatedId: Texts,
    /// The package's manager.
    PackageManager: Text,
    /// The package's architecture.
    PackageArch: Text,
    /// The package's path in the image.
    FilePath: Text,
    /// The digest of the layer that added the package.
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
    /// `ACTIVE`, `SUPPRESSED`, `CLOSED`.
    Status: Text,
    /// The type of finding.
    Type: Text,
    /// The services that reported it.
    SeenBy: Texts,
    /// The account.
    Account: Text,
    /// The Region.
    Region: Text,
    /// When the scanner first observed it. In a unique row: the earliest.
    FirstObservedAt: Time,
    /// When the scanner last observed it.
    LastObservedAt: Time,
    /// When it was last updated.
    UpdatedAt: Time,
    /// When the vendor published it.
    VendorCreatedAt: Time,
    /// When the vendor last updated it.
    VendorUpdatedAt: Time,
    /// The number of instances in a unique row.
    InstanceCount: Count,
    /// The number of findings in a unique row.
    FindingCount: Count,
}
