//! The closed words of the services, kept open: a word that the service invents tomorrow is kept as it came.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// How severe a finding is. Ordered: `Critical` is the greatest.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Severity {
    /// Not rated, or rated with a word that this version does not know (basic scanning says `UNDEFINED`).
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
    /// All of them, the most severe first.
    pub const ALL: [Self; 6] =
        [Self::Critical, Self::High, Self::Medium, Self::Low, Self::Informational, Self::Untriaged];

    /// As the service spells it; an unknown word is [`Severity::Untriaged`].
    pub fn from_service(word: &str) -> Self {
        Self::ALL.into_iter().find(|severity| severity.as_str() == word).unwrap_or_default()
    }

    /// As the service spells it.
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

/// Which service showed the finding.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Source {
    /// ECR's `DescribeImageScanFindings`: a copy with fewer members.
    Ecr,
    /// Inspector's `ListFindings`: the original. Where both speak, it is believed.
    Inspector,
}

impl Source {
    /// As it is written in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ecr => "ECR",
            Self::Inspector => "INSPECTOR",
        }
    }
}

macro_rules! open_words {
    ($(#[$doc:meta])* $name:ident { $($(#[$word_doc:meta])* $word:ident = $text:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$word_doc])* $word,)+
            /// A word that this version does not know, as it came.
            Other(String),
        }

        impl $name {
            /// As the service spells it.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$word => $text,)+
                    Self::Other(text) => text,
                }
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                match text {
                    $($text => Self::$word,)+
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

open_words! {
    /// Where a finding stands.
    Status {
        /// It holds.
        Active = "ACTIVE",
        /// A suppression rule hides it.
        Suppressed = "SUPPRESSED",
        /// It no longer holds.
        Closed = "CLOSED",
    }
}

open_words! {
    /// What sort of thing was found.
    Kind {
        /// A package with a known vulnerability: all that an image scan finds.
        PackageVulnerability = "PACKAGE_VULNERABILITY",
        /// An open network path.
        NetworkReachability = "NETWORK_REACHABILITY",
        /// A weakness in code.
        CodeVulnerability = "CODE_VULNERABILITY",
    }
}

open_words! {
    /// Whether a version without the vulnerability exists. Unknown is no value at all.
    FixAvailable {
        /// For every package of the finding.
        Yes = "YES",
        /// For none.
        No = "NO",
        /// For some.
        Partial = "PARTIAL",
    }
}

open_words! {
    /// Whether an exploit is public. Unknown is no value at all.
    ExploitAvailable {
        /// There is.
        Yes = "YES",
        /// None is known.
        No = "NO",
    }
}
