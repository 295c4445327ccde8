//! Image references, parsed by Docker's rules: `neo4j` is short for `docker.io/library/neo4j:latest`.

use std::{fmt, str::FromStr};

use crate::{
    digest::{Digest, is_hex},
    grammar::{LONGEST_NAME, is_component, is_host, is_meant_as_host, is_tag},
    tag_or_digest::TagOrDigest,
};

const DEFAULT_HOST: &str = "docker.io";

/// A repository on a registry.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Repository {
    /// The registry's host, with its port if it has one.
    pub host: String,
    /// The repository's name on that registry.
    pub path: String,
}

/// A repository, with a tag, a digest, both or neither.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The repository.
    pub repository: Repository,
    /// The tag.
    pub tag: Option<String>,
    /// The digest. With both a tag and a digest, the digest counts.
    pub digest: Option<Digest>,
}

/// Why a text is no reference, in Docker's words.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
pub enum InvalidReference {
    /// It does not follow the grammar.
    #[error("invalid reference format")]
    Format,
    /// It follows the grammar but for its capital letters.
    #[error("invalid reference format: repository name ({0}) must be lowercase")]
    Uppercase(String),
    /// Host and repository together are too long.
    #[error("invalid reference format: repository name must not be more than {LONGEST_NAME} characters")]
    TooLong,
    /// It could be taken for an image's id.
    #[error("invalid repository name ({0}), cannot specify 64-byte hexadecimal strings")]
    LooksLikeId(String),
    /// What follows the `@` is not a digest.
    #[error("invalid checksum digest format")]
    Digest,
}

impl Reference {
    /// Parses `[host[:port]/]path[:tag][@digest]`. A tag is not added: see [`or_latest`](Self::or_latest).
    ///
    /// # Errors
    ///
    /// [`InvalidReference`], in Docker's words.
    pub fn parse(text: &str) -> Result<Self, InvalidReference> {
        let (rest, digest) = match text.split_once('@') {
            Some((rest, digest)) => (rest, Some(digest.parse().map_err(|_| InvalidReference::Digest)?)),
            None => (text, None),
        };
        let after_slash = rest.rfind('/').map_or(0, |slash| slash + 1);
        let (name, tag) = match rest[after_slash..].rfind(':') {
            Some(colon) => (&rest[..after_slash + colon], Some(&rest[after_slash + colon + 1..])),
            None => (rest, None),
        };
        if tag.is_some_and(|tag| !is_tag(tag)) {
            return Err(InvalidReference::Format);
        }
        Ok(Self { repository: Repository::parse(name)?, tag: tag.map(str::to_owned), digest })
    }

    /// The same reference with this tag, or with this digest if it has a colon.
    ///
    /// # Errors
    ///
    /// [`InvalidReference`], if it is neither.
    pub fn with(mut self, tag_or_digest: &str) -> Result<Self, InvalidReference> {
        if tag_or_digest.contains(':') {
            self.digest = Some(tag_or_digest.parse().map_err(|_| InvalidReference::Digest)?);
        } else if is_tag(tag_or_digest) {
            self.tag = Some(tag_or_digest.to_owned());
        } else {
            return Err(InvalidReference::Format);
        }
        Ok(self)
    }

    /// The same reference, with the tag `latest` if it has neither tag nor digest.
    #[must_use]
    pub fn or_latest(mut self) -> Self {
        if self.tag.is_none() && self.digest.is_none() {
            self.tag = Some("latest".to_owned());
        }
        self
    }

    /// What names the manifest in the repository: the digest, or else the tag, or else `latest`.
    pub fn tag_or_digest(&self) -> TagOrDigest {
        match (&self.digest, &self.tag) {
            (Some(digest), _) => TagOrDigest::Digest(digest.clone()),
            (None, Some(tag)) => TagOrDigest::Tag(tag.clone()),
            (None, None) => TagOrDigest::Tag("latest".to_owned()),
        }
    }

    /// As Docker shows it to people: without `docker.io/library/`.
    pub fn familiar(&self) -> String {
        self.with_name(self.repository.familiar())
    }

    fn with_name(&self, mut name: String) -> String {
        if let Some(tag) = &self.tag {
            name.push(':');
            name.push_str(tag);
        }
        if let Some(digest) = &self.digest {
            name.push('@');
            name.push_str(digest.as_str());
        }
        name
    }
}

/// In full: `docker.io/library/neo4j:latest`.
impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.with_name(self.repository.to_string()))
    }
}

impl FromStr for Reference {
    type Err = InvalidReference;

    fn from_str(text: &str) -> Result<Self, InvalidReference> {
        Self::parse(text)
    }
}

impl Repository {
    /// Parses `[host[:port]/]path`.
    fn parse(name: &str) -> Result<Self, InvalidReference> {
        if name.len() == 64 && is_hex(name) {
            return Err(InvalidReference::LooksLikeId(name.to_owned()));
        }
        let (host, path) = match name.split_once('/') {
            Some((first, rest)) if is_meant_as_host(first) => (first, rest),
            _ => (DEFAULT_HOST, name),
        };
        let host = if host == "index.docker.io" { DEFAULT_HOST } else { host };
        let path = if host == DEFAULT_HOST && !path.contains('/') && !path.is_empty() {
            format!("library/{path}")
        } else {
            path.to_owned()
        };
        if !is_host(host) {
            return Err(InvalidReference::Format);
        }
        if !path.split('/').all(is_component) {
            let lower = path.to_lowercase();
            let only_case = lower != path && lower.split('/').all(is_component);
            return Err(if only_case { InvalidReference::Uppercase(path) } else { InvalidReference::Format });
        }
        if host.len() + 1 + path.len() > LONGEST_NAME {
            return Err(InvalidReference::TooLong);
        }
        Ok(Self { host: host.to_owned(), path })
    }

    /// Whether the host's port, if it has one, can be connected to. Docker's grammar admits any number.
    pub fn has_valid_port(&self) -> bool {
        match self.host.rsplit_once(':') {
            Some((_, port)) if !self.host.ends_with(']') => port.parse::<u16>().is_ok(),
            _ => true,
        }
    }

    /// As Docker shows it to people: without `docker.io/library/`.
    pub fn familiar(&self) -> String {
        if self.host != DEFAULT_HOST {
            return self.to_string();
        }
        self.path.strip_prefix("library/").filter(|rest| !rest.contains('/')).unwrap_or(&self.path).to_owned()
    }
}

impl fmt::Display for Repository {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.host, self.path)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn full(text: &str) -> String {
        Reference::parse(text).unwrap().or_latest().to_string()
    }

    #[test]
    fn short_names_are_completed_as_docker_completes_them() {
        assert_eq!(full("neo4j"), "docker.io/library/neo4j:latest");
        assert_eq!(full("a/b:1"), "docker.io/a/b:1");
        assert_eq!(full("index.docker.io/neo4j"), "docker.io/library/neo4j:latest");
        assert_eq!(full("localhost/x"), "localhost/x:latest");
        assert_eq!(full("localhost:5000"), "docker.io/library/localhost:5000");
        assert_eq!(full("127.0.0.1:5000/a/b:c"), "127.0.0.1:5000/a/b:c");
        assert_eq!(full("[::1]:5000/a"), "[::1]:5000/a:latest");
        assert_eq!(full("Host/a"), "Host/a:latest");
        let digest = format!("sha256:{}", "a".repeat(64));
        assert_eq!(full(&format!("r.io/a:b@{digest}")), format!("r.io/a:b@{digest}"));
    }

    #[test]
    fn familiar_names_leave_out_what_goes_without_saying() {
        for (text, familiar) in [
            ("docker.io/library/neo4j:4", "neo4j:4"),
            ("docker.io/bitnami/neo4j", "bitnami/neo4j"),
            ("public.ecr.aws/docker/library/neo4j:4.4.0", "public.ecr.aws/docker/library/neo4j:4.4.0"),
        ] {
            assert_eq!(Reference::parse(text).unwrap().familiar(), familiar);
        }
    }

    #[test]
    fn what_is_no_reference_is_refused_in_dockers_words() {
        for text in ["", ":", "/", "a//b", "a/", "-a", "a..b", "a___b", "a:", "a:-x", "a b", "r.io/", "r_.io/a"] {
            assert_eq!(Reference::parse(text), Err(InvalidReference::Format), "{text}");
        }
        assert_eq!(
            Reference::parse("A:1").unwrap_err().to_string(),
            "invalid reference format: repository name (library/A) must be lowercase"
        );
        assert_eq!(Reference::parse("a@sha256:12").unwrap_err(), InvalidReference::Digest);
        assert!(matches!(Reference::parse(&"a".repeat(64)), Err(InvalidReference::LooksLikeId(_))));
        assert_eq!(Reference::parse(&format!("r.io/{}", "a".repeat(252))), Err(InvalidReference::TooLong));
        assert_eq!(Reference::parse(&format!("a:{}", "b".repeat(129))), Err(InvalidReference::Format));
    }

    proptest! {
        #[test]
        fn any_text_is_refused_or_read_and_then_reads_back_as_itself(text in "[a-zA-Z0-9._:/@\\[\\]-]{0,80}|\\PC{0,40}") {
            if let Ok(reference) = Reference::parse(&text) {
                prop_assert_eq!(&Reference::parse(&reference.to_string()).unwrap(), &reference);
                prop_assert_eq!(&Reference::parse(&reference.familiar()).unwrap(), &reference);
            }
        }

        #[test]
        fn what_the_grammar_makes_is_read(
            host in "[a-z0-9]{1,8}(-[a-z0-9]{1,4})?\\.[a-z]{2,5}(:[0-9]{1,5})?",
            path in "[a-z0-9]{1,6}((\\.|_|__|-{1,3})[a-z0-9]{1,6}){0,2}(/[a-z0-9]{1,6}){0,3}",
            tag in "[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,127}",
            digest in proptest::option::of("[0-9a-f]{64}"),
        ) {
            let digest = digest.map(|hex| format!("@sha256:{hex}")).unwrap_or_default();
            let text = format!("{host}/{path}:{tag}{digest}");
            let reference = Reference::parse(&text).unwrap();
            prop_assert_eq!(reference.repository.host.as_str(), if host == "index.docker.io" { "docker.io" } else { &host });
            prop_assert_eq!(reference.tag.as_deref(), Some(tag.as_str()));
        }
    }
}
