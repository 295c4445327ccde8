//! Computing digests, by either hash function of the OCI specifications.

use sha2::{Digest as _, Sha256, Sha512};

use crate::digest::Digest;

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
