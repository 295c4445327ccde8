//! The address of content: `sha256:` and 64 hex digits. Other algorithms are refused: ECR and Docker use none.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::StorageError;

const PREFIX: &str = "sha256:";

/// A checked `sha256:<64 lower-case hex>`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Digest(String);

impl Digest {
    /// The digest of these bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self::from_hasher(Sha256::new_with_prefix(bytes))
    }

    /// The whole text, `sha256:` included.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The 64 hex digits.
    pub fn hex(&self) -> &str {
        &self.0[PREFIX.len()..]
    }

    pub(crate) fn from_hasher(hasher: Sha256) -> Self {
        Self(format!("{PREFIX}{}", hex::encode(hasher.finalize())))
    }

    pub(crate) fn from_hex(hex: &str) -> Result<Self, StorageError> {
        format!("{PREFIX}{hex}").parse()
    }
}

impl FromStr for Digest {
    type Err = StorageError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let is_hex = |hex: &str| hex.len() == 64 && hex.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        match text.strip_prefix(PREFIX) {
            Some(hex) if is_hex(hex) => Ok(Self(text.to_owned())),
            _ => Err(StorageError::InvalidDigest { value: text.to_owned() }),
        }
    }
}

impl TryFrom<String> for Digest {
    type Error = StorageError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Digest> for String {
    fn from(digest: Digest) -> Self {
        digest.0
    }
}

impl AsRef<str> for Digest {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_digest_of_nothing_is_the_known_one() {
        let empty = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(Digest::of(b"").as_str(), empty);
        assert_eq!(Digest::from_hex(&empty[7..]).unwrap().hex(), &empty[7..]);
    }

    proptest! {
        #[test]
        fn only_the_canonical_spelling_is_a_digest(text in "(sha256|sha512|SHA256)?:?[0-9a-fA-Fg./]{0,66}") {
            let canonical = text.strip_prefix("sha256:").is_some_and(|hex| {
                hex.len() == 64 && hex.chars().all(|c| c.is_ascii_digit() || ('a'..='f').contains(&c))
            });
            prop_assert_eq!(text.parse::<Digest>().is_ok(), canonical);
        }

        #[test]
        fn every_digest_survives_text_and_json(bytes in prop::collection::vec(any::<u8>(), 0..64)) {
            let digest = Digest::of(&bytes);
            prop_assert_eq!(&digest.to_string().parse::<Digest>().unwrap(), &digest);
            let json = serde_json::to_string(&digest).unwrap();
            prop_assert_eq!(serde_json::from_str::<Digest>(&json).unwrap(), digest);
        }
    }
}
