//! The address of content: `sha256:` and 64 hexadecimal digits, or `sha512:` and 128. Other algorithms are refused, although
//! `oci-spec` parses them: content is verified and stored by these two.

use std::{cmp::Ordering, fmt, str::FromStr};

use oci_spec::image::DigestAlgorithm;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256, Sha512};

/// A digest in its canonical spelling: `sha256:` and 64 lower-case hexadecimal digits, or `sha512:` and 128.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Digest(oci_spec::image::Digest);

/// The text is not the canonical spelling of a SHA-256 or SHA-512 digest.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{value:?} is not a sha256 or sha512 digest")]
pub struct InvalidDigest {
    /// The text.
    pub value: String,
}

impl Digest {
    /// The SHA-256 digest of these bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self::from_hasher(Sha256::new_with_prefix(bytes))
    }

    /// The digest of these bytes by this hash function.
    pub fn of_by(algorithm: Algorithm, bytes: &[u8]) -> Self {
        let mut hasher = Hasher::new(algorithm);
        hasher.update(bytes);
        hasher.finish()
    }

    /// The digest of everything that was hashed.
    ///
    /// # Panics
    ///
    /// Never: a SHA-256 hash has 32 bytes.
    pub fn from_hasher(hasher: Sha256) -> Self {
        let text = format!("sha256:{}", hex::encode(hasher.finalize()));
        Self(text.parse().expect("a SHA-256 hash has 32 bytes"))
    }

    /// The digest with these hexadecimal digits: SHA-256's are 64, SHA-512's are 128.
    ///
    /// # Errors
    ///
    /// If they are not so many lower-case hexadecimal digits.
    pub fn from_hex(hex: &str) -> Result<Self, InvalidDigest> {
        let algorithm = if hex.len() == 128 { Algorithm::Sha512 } else { Algorithm::Sha256 };
        format!("{}:{hex}", algorithm.as_str()).parse()
    }

    /// Its hash function.
    pub fn algorithm(&self) -> Algorithm {
        match self.0.algorithm() {
            DigestAlgorithm::Sha512 => Algorithm::Sha512,
            _ => Algorithm::Sha256,
        }
    }

    /// The whole text, the name of the hash function included.
    pub fn as_str(&self) -> &str {
        self.0.as_ref()
    }

    /// The hexadecimal digits, 64 or 128.
    pub fn hex(&self) -> &str {
        self.0.digest()
    }

    /// The first twelve hexadecimal digits, by which Docker names images and layers to people.
    pub fn short(&self) -> &str {
        &self.hex()[..12]
    }
}

/// The hash function of a digest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Algorithm {
    /// SHA-256, which everything uses that pushes to ECR.
    #[default]
    Sha256,
    /// SHA-512, which the OCI specifications allow too.
    Sha512,
}

impl Algorithm {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Sha256, Self::Sha512];

    /// Its name in a digest.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Sha256 => "sha256",
            Self::Sha512 => "sha512",
        }
    }
}

/// Computes a digest, piece by piece.
#[derive(Clone, Debug)]
pub struct Hasher(State);

#[derive(Clone, Debug)]
enum State {
    Sha256(Sha256),
    Sha512(Sha512),
}

impl Hasher {
    /// A hasher of no bytes yet.
    pub fn new(algorithm: Algorithm) -> Self {
        Self(match algorithm {
            Algorithm::Sha256 => State::Sha256(Sha256::new()),
            Algorithm::Sha512 => State::Sha512(Sha512::new()),
        })
    }

    /// Adds the next bytes.
    pub fn update(&mut self, bytes: &[u8]) {
        match &mut self.0 {
            State::Sha256(hasher) => hasher.update(bytes),
            State::Sha512(hasher) => hasher.update(bytes),
        }
    }

    /// The digest of all the bytes.
    ///
    /// # Panics
    ///
    /// Never: a hash has as many bytes as its digest.
    pub fn finish(self) -> Digest {
        let text = match self.0 {
            State::Sha256(hasher) => format!("sha256:{}", hex::encode(hasher.finalize())),
            State::Sha512(hasher) => format!("sha512:{}", hex::encode(hasher.finalize())),
        };
        text.parse().expect("a hash has as many bytes as its digest")
    }
}

/// Whether the text has no other characters than lower-case hexadecimal digits.
pub fn is_hex(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

impl TryFrom<&oci_spec::image::Digest> for Digest {
    type Error = InvalidDigest;

    fn try_from(digest: &oci_spec::image::Digest) -> Result<Self, InvalidDigest> {
        match digest.algorithm() {
            DigestAlgorithm::Sha256 | DigestAlgorithm::Sha512 => Ok(Self(digest.clone())),
            _ => Err(InvalidDigest { value: digest.to_string() }),
        }
    }
}

impl FromStr for Digest {
    type Err = InvalidDigest;

    fn from_str(text: &str) -> Result<Self, InvalidDigest> {
        let digest: oci_spec::image::Digest = text.parse().map_err(|_| InvalidDigest { value: text.to_owned() })?;
        Self::try_from(&digest)
    }
}

impl TryFrom<String> for Digest {
    type Error = InvalidDigest;

    fn try_from(text: String) -> Result<Self, InvalidDigest> {
        text.parse()
    }
}

impl From<Digest> for String {
    fn from(digest: Digest) -> Self {
        digest.to_string()
    }
}

impl From<Digest> for oci_spec::image::Digest {
    fn from(digest: Digest) -> Self {
        digest.0
    }
}

impl AsRef<str> for Digest {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

impl Ord for Digest {
    fn cmp(&self, other: &Self) -> Ordering {
        self.as_str().cmp(other.as_str())
    }
}

impl PartialOrd for Digest {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_digest_of_no_bytes_is_the_published_one() {
        let empty = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(Digest::of(b"").as_str(), empty);
        assert_eq!(Digest::from_hex(&empty[7..]).unwrap().hex(), &empty[7..]);
        assert_eq!(Digest::of(b"").short(), "e3b0c44298fc");
    }

    #[test]
    fn both_hash_functions_have_their_published_digest_of_no_bytes() {
        let empty = "sha512:cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce47d0d13c5d85f2b0ff8318d2877eec2f\
                     63b931bd47417a81a538327af927da3e";
        let digest = Digest::of_by(Algorithm::Sha512, b"");
        assert_eq!((digest.as_str(), digest.algorithm()), (empty, Algorithm::Sha512));
        assert_eq!(Digest::from_hex(&empty[7..]).unwrap(), digest);
        assert_eq!(Digest::of_by(Algorithm::Sha256, b"").algorithm(), Algorithm::Sha256);
    }

    #[test]
    fn other_algorithms_are_refused_by_name() {
        let sha384 = format!("sha384:{}", "0".repeat(96));
        assert!(sha384.parse::<oci_spec::image::Digest>().is_ok());
        assert_eq!(sha384.parse::<Digest>(), Err(InvalidDigest { value: sha384.clone() }));
        assert!(format!("sha512:{}", "0".repeat(64)).parse::<Digest>().is_err());
        assert_eq!("".parse::<Digest>().unwrap_err().to_string(), "\"\" is not a sha256 or sha512 digest");
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
