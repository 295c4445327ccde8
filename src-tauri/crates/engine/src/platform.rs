//! Platforms: how they are written, which one is meant, and which entry of an index fits.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::{failure::Failure, manifest::IndexEntry};

/// What an image runs on, by Go's names.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Platform {
    #[serde(default)]
    pub(crate) architecture: String,
    #[serde(default)]
    pub(crate) os: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) variant: Option<String>,
}

impl Platform {
    /// Linux on this machine's processor: images for other systems are never what is wanted.
    pub(crate) fn host() -> Self {
        Self { os: "linux".to_owned(), architecture: host_architecture().to_owned(), variant: None }.normalized()
    }

    /// The spellings that mean one platform, made one: `x86_64` is `amd64`, `arm64` is `arm64/v8`, `arm` is `arm/v7`.
    pub(crate) fn normalized(&self) -> Self {
        let variant = self.variant.as_deref().filter(|variant| !variant.is_empty()).map(str::to_lowercase);
        let architecture = self.architecture.to_lowercase();
        let (architecture, variant) = match (architecture.as_str(), variant.as_deref()) {
            ("x86_64" | "x86-64" | "amd64", Some("v1") | None) => ("amd64", None),
            ("x86_64" | "x86-64", _) => ("amd64", variant),
            ("i386" | "386", _) => ("386", None),
            ("aarch64" | "arm64", Some("8" | "v8") | None) => ("arm64", Some("v8".to_owned())),
            ("aarch64", _) => ("arm64", variant),
            ("armhf", _) | ("arm", Some("7") | None) => ("arm", Some("v7".to_owned())),
            ("armel", _) => ("arm", Some("v6".to_owned())),
            ("arm", Some(digits @ ("5" | "6" | "8"))) => ("arm", Some(format!("v{digits}"))),
            (other, _) => (other, variant),
        };
        Self { os: self.os.to_lowercase(), architecture: architecture.to_owned(), variant }
    }

    /// Whether an image for `other` runs here, and how well: less is better.
    fn distance(&self, other: &Self) -> Option<usize> {
        let (wanted, other) = (self.normalized(), other.normalized());
        if wanted.os != other.os || wanted.architecture != other.architecture {
            return None;
        }
        if wanted.variant == other.variant {
            return Some(0);
        }
        // Later 32-bit ARM processors run what was made for earlier ones.
        let generation = |platform: &Self| -> Option<usize> {
            platform.variant.as_deref()?.strip_prefix('v')?.parse().ok().filter(|_| platform.architecture == "arm")
        };
        generation(&wanted)?.checked_sub(generation(&other)?)
    }

    pub(crate) fn fits(&self, other: &Self) -> bool {
        self.distance(other).is_some()
    }

    /// The entry of an index that fits best.
    pub(crate) fn choose<'a>(&self, entries: &'a [IndexEntry]) -> Result<&'a IndexEntry, Failure> {
        let fitting = entries.iter().filter_map(|entry| Some((self.distance(entry.platform.as_ref()?)?, entry)));
        fitting.min_by_key(|(distance, _)| *distance).map(|(_, entry)| entry).ok_or_else(|| {
            Failure::not_found(format!("no matching manifest for {} in the manifest list entries", self.normalized()))
        })
    }

    /// The JSON that a push takes.
    pub(crate) fn from_json(json: &str) -> Result<Self, Failure> {
        let platform = serde_json::from_str::<Self>(json)
            .map_err(|error| Failure::bad_request(format!("failed to parse platform: {error}")))?;
        if platform.os.is_empty() || platform.architecture.is_empty() {
            return Err(Failure::bad_request("both OS and Architecture must be provided"));
        }
        Ok(platform)
    }
}

/// This machine's processor by Go's name.
pub(crate) fn host_architecture() -> &'static str {
    match std::env::consts::ARCH {
        "x86_64" => "amd64",
        "aarch64" => "arm64",
        "x86" => "386",
        "powerpc64" => "ppc64le",
        other => other,
    }
}

/// `os/architecture` or `os/architecture/variant`; one word alone is an operating system or a processor.
impl FromStr for Platform {
    type Err = Failure;

    fn from_str(text: &str) -> Result<Self, Failure> {
        let word = |word: &str| {
            !word.is_empty()
                && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.'))
        };
        let parts: Vec<&str> = text.split('/').collect();
        let invalid = || Failure::bad_request(format!("\"{text}\" is an invalid OS and architecture specification"));
        if !parts.iter().all(|part| word(part)) {
            return Err(invalid());
        }
        let platform = |os: &str, architecture: &str, variant: Option<&&str>| Self {
            os: os.to_owned(),
            architecture: architecture.to_owned(),
            variant: variant.map(|variant| (*variant).to_owned()),
        };
        Ok(match parts[..] {
            [os @ ("linux" | "windows" | "darwin" | "freebsd")] => platform(os, host_architecture(), None),
            [architecture] => platform("linux", architecture, None),
            [os, architecture] => platform(os, architecture, None),
            [os, architecture, ref variant] => platform(os, architecture, Some(variant)),
            _ => return Err(invalid()),
        })
    }
}

impl fmt::Display for Platform {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.os, self.architecture)?;
        self.variant.as_ref().map_or(Ok(()), |variant| write!(f, "/{variant}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn platform(text: &str) -> Platform {
        text.parse().unwrap()
    }

    #[test]
    fn spellings_of_one_platform_are_one() {
        for (one, other) in
            [("linux/x86_64", "linux/amd64"), ("linux/arm64", "linux/arm64/v8"), ("aarch64", "linux/arm64")]
        {
            assert!(platform(one).fits(&platform(other)) && platform(other).fits(&platform(one)), "{one} {other}");
        }
        assert!(platform("linux/arm/v7").fits(&platform("linux/arm/v6")));
        assert!(!platform("linux/arm/v6").fits(&platform("linux/arm/v7")));
        assert!(!platform("linux/amd64").fits(&platform("linux/arm64")));
        assert!(!platform("windows/amd64").fits(&platform("linux/amd64")));
    }

    #[test]
    fn nonsense_is_refused() {
        for text in ["", "/", "linux/", "a/b/c/d", "linux/am d64"] {
            assert_eq!(text.parse::<Platform>().unwrap_err().status, http::StatusCode::BAD_REQUEST, "{text}");
        }
        assert!(Platform::from_json("linux/amd64").is_err());
        assert!(Platform::from_json(r#"{"os":"linux"}"#).is_err());
    }
}
