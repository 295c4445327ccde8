//! Content digests. SHA-256 only, as registries and Docker use it.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

const PREFIX: &str = "sha256:";

/// `sha256:` and 64 lower-case hexadecimal digits.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub(crate) struct Digest(String);

#[derive(Debug, thiserror::Error)]
#[error("invalid checksum digest format")]
pub(crate) struct InvalidDigest;

impl Digest {
    pub(crate) fn of(content: &[u8]) -> Self {
        Self::from_hash(&Sha256::digest(content))
    }

    /// From the 32 bytes of the hash.
    pub(crate) fn from_hash(hash: &[u8]) -> Self {
        Self(format!("{PREFIX}{}", hex::encode(hash)))
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    pub(crate) fn hex(&self) -> &str {
        &self.0[PREFIX.len()..]
    }

    /// The first twelve digits, as progress lines name layers.
    pub(crate) fn short(&self) -> &str {
        &self.hex()[..12]
    }
}

pub(crate) fn is_hex(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

impl FromStr for Digest {
    type Err = InvalidDigest;

    fn from_str(text: &str) -> Result<Self, InvalidDigest> {
        Self::try_from(text.to_owned())
    }
}

impl TryFrom<String> for Digest {
    type Error = InvalidDigest;

    fn try_from(text: String) -> Result<Self, InvalidDigest> {
        match text.strip_prefix(PREFIX) {
            Some(digits) if digits.len() == 64 && is_hex(digits) => Ok(Self(text)),
            _ => Err(InvalidDigest),
        }
    }
}

impl From<Digest> for String {
    fn from(digest: Digest) -> Self {
        digest.0
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
