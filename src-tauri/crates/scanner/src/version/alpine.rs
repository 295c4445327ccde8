//! Versions of Alpine's packages, in apk's ordering.
//!
//! `digits{.digits}{letter}{_suffix{digits}}{~hash}{-rdigits}`. No crate implements it. Numbers after the first that start with
//! a zero compare as fractions; the suffixes `alpha`, `beta`, `pre` and `rc` precede the version without a suffix, the
//! others follow it.
//!
//! Source: apk-tools, `doc/apk-package.5.scd`, "Package metadata", pkgver

use std::cmp::Ordering;
use std::str::FromStr;

use crate::version::error::VersionError;

/// A version of an Alpine package.
#[derive(Debug, Clone)]
pub struct AlpineVersion(Vec<Part>);

/// The longest version that is parsed.
const MAX_LENGTH: usize = 256;
const SUFFIXES: [&str; 9] = ["alpha", "beta", "pre", "rc", "cvs", "svn", "git", "hg", "p"];
/// The number of suffixes that precede the version without one.
const BEFORE_RELEASE: usize = 4;

/// A part of a version. Where two versions have different kinds at the same place, the kind that is listed first here is the
/// later version.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Digits(String),
    Letter(char),
    Suffix(usize),
    SuffixDigits(String),
    Hash(String),
    Revision(String),
    End,
}

impl FromStr for AlpineVersion {
    type Err = VersionError;

    fn from_str(text: &str) -> Result<Self, VersionError> {
        let parts = if text.len() <= MAX_LENGTH { parse(text) } else { None };
        parts.map(Self).ok_or_else(|| VersionError::Version(text.to_owned()))
    }
}

impl Ord for AlpineVersion {
    fn cmp(&self, other: &Self) -> Ordering {
        let pairs = self.0.iter().zip(&other.0).enumerate();
        let unequal = pairs.map(|(at, (one, other))| compare(one, other, at == 0)).find(|ordering| ordering.is_ne());
        unequal.unwrap_or(Ordering::Equal)
    }
}

impl PartialOrd for AlpineVersion {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for AlpineVersion {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for AlpineVersion {}

fn parse(text: &str) -> Option<Vec<Part>> {
    let (digits, mut rest) = digits(text);
    let mut parts = vec![Part::Digits(some(digits)?)];
    while let Some(more) = rest.strip_prefix('.') {
        let (number, after) = self::digits(more);
        parts.push(Part::Digits(some(number)?));
        rest = after;
    }
    if let Some(letter) = rest.chars().next().filter(char::is_ascii_lowercase) {
        parts.push(Part::Letter(letter));
        rest = &rest[1..];
    }
    while let Some(more) = rest.strip_prefix('_') {
        let end = more.find(|next: char| !next.is_ascii_lowercase()).unwrap_or(more.len());
        parts.push(Part::Suffix(SUFFIXES.iter().position(|suffix| *suffix == &more[..end])?));
        let (number, after) = self::digits(&more[end..]);
        parts.extend(some(number).map(Part::SuffixDigits));
        rest = after;
    }
    if let Some(more) = rest.strip_prefix('~') {
        let end = more.find(|next: char| !next.is_ascii_hexdigit()).unwrap_or(more.len());
        parts.push(Part::Hash(some(&more[..end])?));
        rest = &more[end..];
    }
    if let Some(more) = rest.strip_prefix("-r") {
        let (number, after) = self::digits(more);
        parts.push(Part::Revision(some(number)?));
        rest = after;
    }
    parts.push(Part::End);
    rest.is_empty().then_some(parts)
}

fn digits(text: &str) -> (&str, &str) {
    text.split_at(text.find(|next: char| !next.is_ascii_digit()).unwrap_or(text.len()))
}

fn some(text: &str) -> Option<String> {
    Some(text.to_owned()).filter(|text| !text.is_empty())
}

fn compare(one: &Part, other: &Part, is_first: bool) -> Ordering {
    match (one, other) {
        (Part::Digits(one), Part::Digits(other)) if !is_first && (one.starts_with('0') || other.starts_with('0')) => {
            one.cmp(other)
        }
        (Part::Digits(one), Part::Digits(other))
        | (Part::SuffixDigits(one), Part::SuffixDigits(other))
        | (Part::Revision(one), Part::Revision(other)) => number(one, other),
        (Part::Letter(one), Part::Letter(other)) => one.cmp(other),
        (Part::Suffix(one), Part::Suffix(other)) => one.cmp(other),
        (Part::Hash(one), Part::Hash(other)) => one.cmp(other),
        (Part::End, Part::End) => Ordering::Equal,
        (Part::Suffix(suffix), _) if *suffix < BEFORE_RELEASE => Ordering::Less,
        (_, Part::Suffix(suffix)) if *suffix < BEFORE_RELEASE => Ordering::Greater,
        _ => other.rank().cmp(&one.rank()),
    }
}

/// Compares numbers of any length.
fn number(one: &str, other: &str) -> Ordering {
    let (one, other) = (one.trim_start_matches('0'), other.trim_start_matches('0'));
    one.len().cmp(&other.len()).then_with(|| one.cmp(other))
}

impl Part {
    fn rank(&self) -> u8 {
        match self {
            Self::Digits(_) => 0,
            Self::Letter(_) => 1,
            Self::Suffix(_) => 2,
            Self::SuffixDigits(_) => 3,
            Self::Hash(_) => 4,
            Self::Revision(_) => 5,
            Self::End => 6,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_follow_the_rules_of_apk() {
        let ordered = [
            "0.9",
            "1.0_alpha",
            "1.0_alpha2",
            "1.0_alpha10",
            "1.0_beta",
            "1.0_pre1",
            "1.0_rc1",
            "1.0_rc1-r1",
            "1.0",
            "1.0-r0",
            "1.0-r2",
            "1.0-r10",
            "1.0_cvs20200101",
            "1.0_git1",
            "1.0_p1",
            "1.0_p1-r1",
            "1.0_p2",
            "1.0a",
            "1.0b",
            "1.0.1",
            "1.02",
            "1.1",
            "1.1.05",
            "1.1.1",
            "1.1.1k-r0",
            "1.1.1l-r0",
            "1.2",
            "1.10",
            "2.0",
            "10.0",
            "20230506",
        ];
        for (at, one) in ordered.iter().enumerate() {
            for other in &ordered[at + 1..] {
                let (a, b): (AlpineVersion, AlpineVersion) = (one.parse().unwrap(), other.parse().unwrap());
                assert_eq!((a.cmp(&b), b.cmp(&a)), (Ordering::Less, Ordering::Greater), "{one} and {other}");
            }
        }
        assert_eq!("1.0".parse::<AlpineVersion>().unwrap(), "01.0".parse().unwrap());
    }

    #[test]
    fn invalid_versions_are_rejected() {
        for text in ["", "a", "1.", "1.0_", "1.0_x", "1.0-1", "1.0-r", "1.0 ", "1.0ab", &"1.".repeat(200)] {
            assert!(text.parse::<AlpineVersion>().is_err(), "{text}");
        }
    }
}
