//! The services' enumerations. A value that this version does not know is kept as received.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// How severe a finding is. Ordered: `Critical` is the greatest.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Severity {
    /// Not rated, or rated with a value that this version does not know (`UNDEFINED` in basic scanning).
    #[default]
    Untriaged,
    /// No risk by itself.
    Informational,
    /// Low.
    Low,
    /// Medium.
    Medium,
    /// High.
    High,
    /// Critical.
    Critical,
}

impl Severity {
    /// All severities, the most severe first.
    pub const ALL: [Self; 6] =
        [Self::Critical, Self::High, Self::Medium, Self::Low, Self::Informational, Self::Untriaged];

    /// The severity with the service's spelling; an unknown value is [`Severity::Untriaged`].
    pub fn from_service(value: &str) -> Self {
        Self::ALL.into_iter().find(|severity| severity.as_str() == value).unwrap_or_default()
    }

    /// The service's spelling.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Critical => "CRITICAL",
            Self::High => "HIGH",
            Self::Medium => "MEDIUM",
            Self::Low => "LOW",
            Self::Informational => "INFORMATIONAL",
            Self::Untriaged => "UNTRIAGED",
        }
    }
}

/// The service that reported a finding.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Source {
    /// ECR's `DescribeImageScanFindings`: a copy with fewer fields.
    Ecr,
    /// Inspector's `ListFindings`: the original, which takes precedence over ECR's copy.
    Inspector,
}

impl Source {
    /// The spelling in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ecr => "ECR",
            Self::Inspector => "INSPECTOR",
        }
    }
}

macro_rules! open_enum {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $text:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$variant_doc])* $variant,)+
            /// A value that this version does not know, as received.
            Other(String),
        }

        impl $name {
            /// The service's spelling.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $text,)+
                    Self::Other(text) => text,
                }
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                match text {
                    $($text => Self::$variant,)+
                    other => Self::Other(other.to_owned()),
                }
            }
        }

        #[cfg(feature = "bindings")]
        impl specta::Type for $name {
            fn definition(types: &mut specta::Types) -> specta::datatype::DataType {
                <String as specta::Type>::definition(types)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
                Ok(Self::from(text.as_ref()))
            }
        }
    };
}

open_enum! {
    /// The status of a finding.
    Status {
        /// The vulnerability is present.
        Active = "ACTIVE",
        /// A suppression rule hides it.
        Suppressed = "SUPPRESSED",
        /// The vulnerability is no longer present.
        Closed = "CLOSED",
    }
}

open_enum! {
    /// The type of a finding.
    Kind {
        /// A package with a known vulnerability: the only type that image scans report.
        PackageVulnerability = "PACKAGE_VULNERABILITY",
        /// An open network path.
        NetworkReachability = "NETWORK_REACHABILITY",
        /// A weakness in code.
        CodeVulnerability = "CODE_VULNERABILITY",
    }
}

open_enum! {
    /// Whether a version without the vulnerability exists. If that is unknown, the finding has no value.
    FixAvailable {
        /// For every package of the finding.
        Yes = "YES",
        /// For none.
        No = "NO",
        /// For some.
        Partial = "PARTIAL",
    }
}

open_enum! {
    /// Whether an exploit is public. If that is unknown, the finding has no value.
    ExploitAvailable {
        /// An exploit is public.
        Yes = "YES",
        /// No exploit is known.
        No = "NO",
    }
}
