//! How images are named: the grammar of repository names and tags, and the reference that ends a manifest's path.

use std::{fmt, str::FromStr};

use crate::{Digest, StorageError};

/// A tag or a digest: what `/manifests/<reference>` names.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Reference {
    /// A tag that can move.
    Tag(String),
    /// A digest that cannot.
    Digest(Digest),
}

/// `Ok` for a repository name of the distribution specification, at most 255 characters long.
pub fn check_name(name: &str) -> Result<(), StorageError> {
    if !name.is_empty() && name.len() <= 255 && name.split('/').all(is_component) {
        Ok(())
    } else {
        Err(StorageError::InvalidName { value: name.to_owned() })
    }
}

/// `Ok` for a tag of the distribution specification.
pub fn check_tag(tag: &str) -> Result<(), StorageError> {
    let word = |b: u8| b.is_ascii_alphanumeric() || b == b'_';
    let bytes = tag.as_bytes();
    let ok = bytes.len() <= 128
        && bytes.first().is_some_and(|b| word(*b))
        && bytes.iter().all(|b| word(*b) || matches!(b, b'.' | b'-'));
    if ok { Ok(()) } else { Err(StorageError::InvalidTag { value: tag.to_owned() }) }
}

impl FromStr for Reference {
    type Err = StorageError;

    /// A colon makes a digest: no tag has one.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.contains(':') {
            return text.parse().map(Self::Digest);
        }
        check_tag(text).map(|()| Self::Tag(text.to_owned()))
    }
}

impl From<Digest> for Reference {
    fn from(digest: Digest) -> Self {
        Self::Digest(digest)
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tag(tag) => f.write_str(tag),
            Self::Digest(digest) => digest.fmt(f),
        }
    }
}

/// `[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*`
fn is_component(component: &str) -> bool {
    let alphanumeric = |b: &u8| b.is_ascii_lowercase() || b.is_ascii_digit();
    let bytes = component.as_bytes();
    let ends_well = bytes.first().is_some_and(alphanumeric) && bytes.last().is_some_and(alphanumeric);
    ends_well && bytes.split(alphanumeric).all(|gap| matches!(gap, b"" | b"." | b"_" | b"__") || only_dashes(gap))
}

fn only_dashes(gap: &[u8]) -> bool {
    gap.iter().all(|b| *b == b'-')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_follow_the_specification() {
        for name in ["a", "docker/library/neo4j", "a.b", "a_b", "a__b", "a-----b", "0/1", "eks-security-prod"] {
            assert!(check_name(name).is_ok(), "{name}");
        }
        for name in ["", "/", "a/", "/a", "a//b", "A", "a..b", "a___b", "a._b", "-a", "a-", ".a", "a/../b", "a b", "é"]
        {
            assert!(check_name(name).is_err(), "{name}");
        }
        assert!(check_name(&"a".repeat(255)).is_ok());
        assert!(check_name(&"a".repeat(256)).is_err());
    }

    #[test]
    fn tags_follow_the_specification() {
        for tag in ["latest", "4.4.0", "_", "A-b.c_", &"t".repeat(128)] {
            assert!(check_tag(tag).is_ok(), "{tag}");
        }
        for tag in ["", ".a", "-a", "a/b", "a:b", "a b", &"t".repeat(129)] {
            assert!(check_tag(tag).is_err(), "{tag}");
        }
    }

    proptest! {
        #[test]
        fn names_built_by_the_grammar_are_taken(
            name in "[a-z0-9]{1,4}((\\.|_|__|-{1,3})[a-z0-9]{1,3}){0,2}(/[a-z0-9]{1,4}((\\.|_|__|-{1,3})[a-z0-9]{1,3}){0,2}){0,3}"
        ) {
            prop_assert!(check_name(&name).is_ok());
        }

        #[test]
        fn a_name_with_a_foreign_character_is_refused(head in "[a-z0-9]{0,3}", bad in "[^a-z0-9./_-]", tail in "[a-z0-9]{0,3}") {
            let name = format!("{head}{bad}{tail}");
            prop_assert!(check_name(&name).is_err());
        }

        #[test]
        fn a_reference_reads_back_as_it_is_written(tag in "[A-Za-z0-9_][A-Za-z0-9_.-]{0,20}", hex in "[0-9a-f]{64}") {
            for text in [tag, format!("sha256:{hex}")] {
                prop_assert_eq!(text.parse::<Reference>().unwrap().to_string(), text);
            }
        }

        #[test]
        fn no_text_makes_a_reader_panic_or_a_path_that_leaves_its_folder(text in "[a-zA-Z0-9./:_-]{0,40}|\\PC{0,20}") {
            let inside = |text: &str| !text.split('/').any(|part| matches!(part, "" | "." | ".."));
            prop_assert!(check_name(&text).is_err() || inside(&text));
            prop_assert!(check_tag(&text).is_err() || (inside(&text) && !text.contains('/')));
            let _ = text.parse::<Reference>();
        }
    }
}
