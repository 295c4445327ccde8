//! The two languages, and the system's language.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// A language of the lab.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// Korean.
    Ko,
    /// English.
    En,
}

impl Lang {
    /// Both languages.
    pub const ALL: [Self; 2] = [Self::Ko, Self::En];

    /// Korean on a Korean system, English elsewhere.
    pub fn of_system() -> Self {
        match sys_locale::get_locale() {
            Some(locale) if locale.to_lowercase().starts_with("ko") => Self::Ko,
            _ => Self::En,
        }
    }

    /// The BCP 47 code: `ko` or `en`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Ko => "ko",
            Self::En => "en",
        }
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// A language code that is neither `ko` nor `en`.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("the lab speaks `ko` and `en`, not `{0}`")]
pub struct UnknownLang(String);

impl FromStr for Lang {
    type Err = UnknownLang;

    fn from_str(code: &str) -> Result<Self, Self::Err> {
        match code {
            "ko" => Ok(Self::Ko),
            "en" => Ok(Self::En),
            other => Err(UnknownLang(other.to_owned())),
        }
    }
}
