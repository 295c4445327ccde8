//! What names a manifest within its repository: the last part of `/v2/<name>/manifests/<reference>`.

use std::{fmt, str::FromStr};

use crate::{
    digest::{Digest, InvalidDigest},
    grammar::is_tag,
};

/// A tag or a digest.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum TagOrDigest {
    /// A tag, which can be moved to another manifest.
    Tag(String),
    /// A digest, which cannot.
    Digest(Digest),
}

/// The text is neither a tag nor a digest.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidTagOrDigest {
    /// It has no colon and is not a tag.
    #[error("{value:?} is not a valid tag")]
    Tag {
        /// The text.
        value: String,
    },
    /// It has a colon and is not a digest.
    #[error(transparent)]
    Digest(#[from] InvalidDigest),
}

impl FromStr for TagOrDigest {
    type Err = InvalidTagOrDigest;

    /// A colon makes a digest: no tag has one.
    fn from_str(text: &str) -> Result<Self, InvalidTagOrDigest> {
        if text.contains(':') {
            return Ok(Self::Digest(text.parse()?));
        }
        if is_tag(text) {
            Ok(Self::Tag(text.to_owned()))
        } else {
            Err(InvalidTagOrDigest::Tag { value: text.to_owned() })
        }
    }
}

impl From<Digest> for TagOrDigest {
    fn from(digest: Digest) -> Self {
        Self::Digest(digest)
    }
}

impl fmt::Display for TagOrDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tag(tag) => f.write_str(tag),
            Self::Digest(digest) => digest.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn it_reads_back_as_it_is_written(tag in "[A-Za-z0-9_][A-Za-z0-9_.-]{0,20}", hex in "[0-9a-f]{64}") {
            for text in [tag, format!("sha256:{hex}")] {
                prop_assert_eq!(text.parse::<TagOrDigest>().unwrap().to_string(), text);
            }
        }

        #[test]
        fn no_text_makes_the_reader_panic(text in "[a-zA-Z0-9./:_-]{0,40}|\\PC{0,20}") {
            let _ = text.parse::<TagOrDigest>();
        }
    }
}
