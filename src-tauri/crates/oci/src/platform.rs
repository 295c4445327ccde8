//! Platforms: how they are written, which spellings mean the same one, and which images run on which platform.
//! `oci-spec` has a type too, which reads the names into closed sets and cannot give every name back.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// What an image runs on, by Go's names.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Platform {
    /// The processor: `amd64`, `arm64`.
    #[serde(default)]
    pub architecture: String,
    /// The operating system: `linux`.
    #[serde(default)]
    pub os: String,
    /// The processor's variant: `v8` for `arm64`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub variant: Option<String>,
}

/// Why a text is no platform, in Docker's words.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidPlatform {
    /// It is not of the form `os/architecture/variant`.
    #[error("\"{0}\" is an invalid OS and architecture specification")]
    Format(String),
    /// It is not the JSON of a platform.
    #[error("failed to parse platform: {0}")]
    Json(String),
    /// The operating system or the architecture is missing.
    #[error("both OS and Architecture must be provided")]
    Incomplete,
}

impl Platform {
    /// Linux on this machine's processor: images for other systems do not run here.
    pub fn host() -> Self {
        Self { os: "linux".to_owned(), architecture: host_architecture().to_owned(), variant: None }.normalized()
    }

    /// The one spelling of this platform: `x86_64` becomes `amd64`, `arm64` becomes `arm64/v8`, `arm` becomes `arm/v7`.
    #[must_use]
    pub fn normalized(&self) -> Self {
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

    /// Whether an image for `image` runs on this platform, and how well it fits: 0 is an exact match.
    pub(crate) fn distance(&self, image: &Self) -> Option<usize> {
        let (own, image) = (self.normalized(), image.normalized());
        if own.os != image.os || own.architecture != image.architecture {
            return None;
        }
        if own.variant == image.variant {
            return Some(0);
        }
        // Later 32-bit ARM processors run what was made for earlier ones.
        let generation = |platform: &Self| -> Option<usize> {
            platform.variant.as_deref()?.strip_prefix('v')?.parse().ok().filter(|_| platform.architecture == "arm")
        };
        generation(&own)?.checked_sub(generation(&image)?)
    }

    /// Whether an image for `image` runs on this platform.
    pub fn runs(&self, image: &Self) -> bool {
        self.distance(image).is_some()
    }

    /// Parses the JSON that a push is given.
    ///
    /// # Errors
    ///
    /// [`InvalidPlatform`], in Docker's words.
    pub fn from_json(json: &str) -> Result<Self, InvalidPlatform> {
        let platform = serde_json::from_str::<Self>(json).map_err(|error| InvalidPlatform::Json(error.to_string()))?;
        if platform.os.is_empty() || platform.architecture.is_empty() {
            return Err(InvalidPlatform::Incomplete);
        }
        Ok(platform)
    }
}

impl From<&oci_spec::image::Platform> for Platform {
    fn from(platform: &oci_spec::image::Platform) -> Self {
        Self {
            architecture: platform.architecture().to_string(),
            os: platform.os().to_string(),
            variant: platform.variant().clone(),
        }
    }
}

impl From<&Platform> for oci_spec::image::Platform {
    fn from(platform: &Platform) -> Self {
        let mut result = Self::default();
        result.set_architecture(platform.architecture.as_str().into());
        result.set_os(platform.os.as_str().into());
        result.set_variant(platform.variant.clone());
        result
    }
}

/// This machine's processor, by Go's name.
pub fn host_architecture() -> &'static str {
    match std::env::consts::ARCH {
        "x86_64" => "amd64",
        "aarch64" => "arm64",
        "x86" => "386",
        "powerpc64" => "ppc64le",
        other => other,
    }
}

/// Parses `os/architecture` or `os/architecture/variant`; one word alone is an operating system or a processor.
impl FromStr for Platform {
    type Err = InvalidPlatform;

    fn from_str(text: &str) -> Result<Self, InvalidPlatform> {
        let word = |word: &str| {
            !word.is_empty()
                && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.'))
        };
        let parts: Vec<&str> = text.split('/').collect();
        let invalid = || InvalidPlatform::Format(text.to_owned());
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
            assert!(platform(one).runs(&platform(other)) && platform(other).runs(&platform(one)), "{one} {other}");
        }
        assert!(platform("linux/arm/v7").runs(&platform("linux/arm/v6")));
        assert!(!platform("linux/arm/v6").runs(&platform("linux/arm/v7")));
        assert!(!platform("linux/amd64").runs(&platform("linux/arm64")));
        assert!(!platform("windows/amd64").runs(&platform("linux/amd64")));
    }

    #[test]
    fn nonsense_is_refused() {
        for text in ["", "/", "linux/", "a/b/c/d", "linux/am d64"] {
            assert_eq!(text.parse::<Platform>(), Err(InvalidPlatform::Format(text.to_owned())), "{text}");
        }
        assert!(Platform::from_json("linux/amd64").is_err());
        assert!(Platform::from_json(r#"{"os":"linux"}"#).is_err());
    }
}
