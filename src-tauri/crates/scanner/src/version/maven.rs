//! Maven versions, ordered by the POM reference's "Version Order Specification" as Maven itself implements it.
//!
//! No crate implements these rules, so they are implemented here. A version is a list of items: numbers, qualifiers, a
//! qualifier joined with a number (`rc1`), and after a hyphen or a change from digits to letters a nested list. An item that
//! one version lacks compares as empty, which equals `0`, `ga`, `final` and `release`.
//!
//! Where specification and implementation differ, Maven's `ComparableVersion` is followed, because it selects versions:
//! the specification says `1-sp-1 < 1-ga-1 = 1-1`, Maven `1-ga-1 < 1-sp-1 < 1-1`.
//!
//! Sources: <https://maven.apache.org/pom.html#version-order-specification>,
//! <https://github.com/apache/maven-resolver/issues/1014>

use std::{cmp::Ordering, fmt, str::FromStr};

use crate::version::error::VersionError;

/// The longest version that is parsed, as in Maven: lists nest as deep as a version is long.
const MAX_LENGTH: usize = 256;

/// A version of a Maven artifact.
#[derive(Debug, Clone)]
pub struct MavenVersion {
    text: String,
    items: Vec<Item>,
}

#[derive(Debug, Clone)]
enum Item {
    Number(Number),
    Qualifier(Qualifier),
    /// `rc1`, `rc-1`
    Joined(Qualifier, Number),
    List(Vec<Item>),
}

/// The digits without leading zeros; empty for zero.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Number(String);

/// A qualifier: known ones compare by rank, unknown ones follow in alphabetical order.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Qualifier {
    rank: u8,
    unknown: String,
}

const RELEASE: u8 = 5;
const UNKNOWN: u8 = 7;

impl FromStr for MavenVersion {
    type Err = VersionError;

    fn from_str(text: &str) -> Result<Self, VersionError> {
        if text.is_empty() || text.len() > MAX_LENGTH || text.contains(char::is_whitespace) {
            return Err(VersionError::Version(text.to_owned()));
        }
        Ok(Self { text: text.to_owned(), items: Parser::default().parse(&text.to_lowercase()) })
    }
}

impl fmt::Display for MavenVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Ord for MavenVersion {
    fn cmp(&self, other: &Self) -> Ordering {
        compare_lists(&self.items, &other.items)
    }
}

impl PartialOrd for MavenVersion {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// `1.0` is `1` and `1.ga`.
impl PartialEq for MavenVersion {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for MavenVersion {}

/// Parses a version into items. A nested list is the last item of the list that contains it.
#[derive(Default)]
struct Parser {
    closed: Vec<Vec<Item>>,
    list: Vec<Item>,
    token: String,
    in_digits: bool,
    joined: bool,
}

impl Parser {
    fn parse(mut self, text: &str) -> Vec<Item> {
        let mut letters = text.chars().peekable();
        while let Some(letter) = letters.next() {
            match letter {
                '.' => {
                    self.finish_or_zero();
                }
                '-' if !self.token.is_empty()
                    && !self.in_digits
                    && letters.peek().is_some_and(char::is_ascii_digit) =>
                {
                    // `rc-1` equals `rc1`: the digit that follows continues the token.
                    self.joined = true;
                }
                '-' => {
                    self.finish_or_zero();
                    self.open();
                }
                digit if digit.is_ascii_digit() => {
                    if !self.in_digits && !self.token.is_empty() {
                        self.joined = true;
                        self.open();
                    }
                    self.in_digits = true;
                    self.token.push(digit);
                }
                letter => {
                    if self.in_digits && !self.token.is_empty() {
                        self.finish();
                        // Letters after digits always start a nested list.
                        self.open();
                    }
                    self.in_digits = false;
                    self.token.push(letter);
                }
            }
        }
        if !self.token.is_empty() {
            // A qualifier at the end starts a nested list even after a dot.
            if !self.in_digits {
                self.open();
            }
            self.finish();
        }
        self.nest()
    }

    /// An empty token counts as zero.
    fn finish_or_zero(&mut self) {
        if self.token.is_empty() {
            self.list.push(Item::Number(Number(String::new())));
            self.joined = false;
        } else {
            self.finish();
        }
    }

    fn finish(&mut self) {
        let token = std::mem::take(&mut self.token);
        let digits = token.find(|letter: char| letter.is_ascii_digit());
        self.list.push(match digits {
            Some(at) if self.joined => Item::Joined(Qualifier::new(&token[..at], true), Number::new(&token[at..])),
            _ if self.in_digits => Item::Number(Number::new(&token)),
            _ => Item::Qualifier(Qualifier::new(&token, false)),
        });
        self.joined = false;
    }

    fn open(&mut self) {
        if !self.list.is_empty() {
            self.closed.push(std::mem::take(&mut self.list));
        }
    }

    fn nest(self) -> Vec<Item> {
        let innermost = normalize(self.list);
        self.closed.into_iter().rev().fold(innermost, |inner, mut outer| {
            outer.push(Item::List(inner));
            normalize(outer)
        })
    }
}

/// Removes zeros and empty lists at the end and before qualifiers.
fn normalize(mut items: Vec<Item>) -> Vec<Item> {
    for at in (0..items.len()).rev() {
        let empty = match &items[at] {
            Item::Number(number) => number.is_zero(),
            Item::List(inner) => inner.is_empty(),
            Item::Qualifier(_) | Item::Joined(..) => false,
        };
        let before_qualifier = match items.get(at + 1) {
            None | Some(Item::Qualifier(_)) => true,
            Some(Item::List(inner)) => matches!(inner.first(), Some(Item::Qualifier(_) | Item::Joined(..))),
            Some(Item::Number(_) | Item::Joined(..)) => false,
        };
        if empty && before_qualifier {
            items.remove(at);
        }
    }
    match &mut items[..] {
        [Item::List(inner)] => std::mem::take(inner),
        _ => items,
    }
}

fn compare_lists(one: &[Item], other: &[Item]) -> Ordering {
    let longest = one.len().max(other.len());
    let compared = (0..longest).map(|at| match (one.get(at), other.get(at)) {
        (Some(one), Some(other)) => compare(one, other),
        (Some(one), None) => with_empty(one),
        (None, Some(other)) => with_empty(other).reverse(),
        (None, None) => Ordering::Equal,
    });
    first_unequal(compared)
}

/// Numbers are greater than lists and qualifiers, which compare by their contents.
fn compare(one: &Item, other: &Item) -> Ordering {
    match (one, other) {
        (Item::Number(one), Item::Number(other)) => one.cmp(other),
        (Item::Number(_), _) => Ordering::Greater,
        (_, Item::Number(_)) => Ordering::Less,
        (Item::Qualifier(one), Item::Qualifier(other)) => one.cmp(other),
        (Item::Joined(one, number), Item::Joined(other, other_number)) => {
            one.cmp(other).then_with(|| number.cmp(other_number))
        }
        (Item::Joined(joined, number), Item::Qualifier(plain)) => joined.cmp(plain).then_with(|| {
            // `x1` is greater than `x`, but `ga0` equals `ga`.
            if joined.is_release() { number.with_zero() } else { Ordering::Greater }
        }),
        (Item::Qualifier(_), Item::Joined(..)) | (Item::Qualifier(_) | Item::Joined(..), Item::List(_)) => {
            compare(other, one).reverse()
        }
        (Item::List(list), Item::Qualifier(_) | Item::Joined(..)) => match list.split_first() {
            None => with_empty(other).reverse(),
            Some((first, rest)) => compare(first, other).then_with(|| first_unequal(rest.iter().map(with_empty))),
        },
        (Item::List(one), Item::List(other)) => compare_lists(one, other),
    }
}

fn with_empty(item: &Item) -> Ordering {
    match item {
        Item::Number(number) => number.with_zero(),
        Item::Qualifier(qualifier) => qualifier.with_release(),
        Item::Joined(qualifier, number) => qualifier.with_release().then_with(|| number.with_zero()),
        Item::List(list) => first_unequal(list.iter().map(with_empty)),
    }
}

fn first_unequal(mut compared: impl Iterator<Item = Ordering>) -> Ordering {
    compared.find(|ordering| ordering.is_ne()).unwrap_or(Ordering::Equal)
}

impl Number {
    fn new(digits: &str) -> Self {
        Self(digits.trim_start_matches('0').to_owned())
    }

    fn is_zero(&self) -> bool {
        self.0.is_empty()
    }

    fn with_zero(&self) -> Ordering {
        if self.is_zero() { Ordering::Equal } else { Ordering::Greater }
    }

    /// Compares numbers of any length.
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.len().cmp(&other.0.len()).then_with(|| self.0.cmp(&other.0))
    }
}

impl Qualifier {
    fn new(letters: &str, before_number: bool) -> Self {
        let rank = match letters {
            "a" if before_number => 0,
            "b" if before_number => 1,
            "m" if before_number => 2,
            "alpha" => 0,
            "beta" => 1,
            "milestone" => 2,
            "rc" | "cr" => 3,
            "snapshot" => 4,
            "" | "ga" | "final" | "release" => RELEASE,
            "sp" => 6,
            _ => UNKNOWN,
        };
        let unknown = if rank == UNKNOWN { letters.to_owned() } else { String::new() };
        Self { rank, unknown }
    }

    fn is_release(&self) -> bool {
        self.rank == RELEASE
    }

    fn with_release(&self) -> Ordering {
        self.rank.cmp(&RELEASE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn order(one: &str, other: &str, expected: Ordering) {
        let (a, b): (MavenVersion, MavenVersion) = (one.parse().unwrap(), other.parse().unwrap());
        assert_eq!(a.cmp(&b), expected, "{one} and {other}: {a:?} {b:?}");
        assert_eq!(b.cmp(&a), expected.reverse(), "{other} and {one}");
    }

    #[test]
    fn the_examples_of_the_specification_are_ordered() {
        for (one, other) in [
            ("1", "1.1"),
            ("1-snapshot", "1"),
            ("1", "1-sp"),
            ("1-foo2", "1-foo10"),
            ("1.foo", "1-1"),
            ("1-foo", "1-1"),
            ("1-1", "1.1"),
            ("1-ga", "1-sp"),
            ("1-ga.1", "1-sp.1"),
            // Maven differs from the specification here.
            ("1-ga-1", "1-sp-1"),
            ("1-sp-1", "1-1"),
        ] {
            order(one, other, Ordering::Less);
        }
        for equal in [&["1.foo", "1-foo"][..], &["1.ga", "1-ga", "1-0", "1.0", "1"], &["1-a1", "1-alpha-1"]] {
            for pair in equal.windows(2) {
                order(pair[0], pair[1], Ordering::Equal);
            }
        }
        for (one, other) in [
            ("1.0.0", "1"),
            ("1.ga", "1"),
            ("1.final", "1"),
            ("1.", "1"),
            ("1-", "1"),
            ("1.0.0-foo.0.0", "1-foo"),
            ("1.0.0-0.0.0", "1"),
        ] {
            order(one, other, Ordering::Equal);
        }
    }

    #[test]
    fn qualifiers_follow_the_order_of_the_specification() {
        let qualifiers = [
            "1-alpha2snapshot",
            "1-alpha2",
            "1-alpha-123",
            "1-beta-2",
            "1-beta123",
            "1-m2",
            "1-m11",
            "1-rc",
            "1-cr2",
            "1-rc123",
            "1-SNAPSHOT",
            "1",
            "1-sp",
            "1-sp2",
            "1-sp123",
            "1-abc",
            "1-def",
            "1-pom-1",
            "1-1-snapshot",
            "1-1",
            "1-2",
            "1-123",
        ];
        for (at, one) in qualifiers.iter().enumerate() {
            for other in &qualifiers[at + 1..] {
                order(one, other, Ordering::Less);
            }
        }
    }

    #[test]
    fn numbers_follow_their_natural_order() {
        let numbers = [
            "2.0", "2.0.a", "2-1", "2.0.2", "2.0.123", "2.1.0", "2.1-a", "2.1b", "2.1-c", "2.1-1", "2.1.0.1", "2.2",
            "2.123", "11.a2", "11.a11", "11.b2", "11.b11", "11.m2", "11.m11", "11", "11.a", "11b", "11c", "11m",
        ];
        for (at, one) in numbers.iter().enumerate() {
            for other in &numbers[at + 1..] {
                order(one, other, Ordering::Less);
            }
        }
        order("1.99999999999999999999999999", "1.100000000000000000000000000", Ordering::Less);
        order("1.007", "1.7", Ordering::Equal);
    }

    #[test]
    fn real_versions_follow_the_order_of_their_releases() {
        for (one, other) in [
            ("4.1.70.Final", "4.1.71.Final"),
            ("4.1.70.Final", "4.1.115"),
            ("2.0-beta9", "2.14.1"),
            ("2.14.1", "2.15.0"),
            ("9.4.43.v20210629", "9.4.47"),
            ("9.4.43.v20210629", "9.4.51.v20230217"),
            ("2.0.0alpha1", "2.0.0-alpha4"),
            ("12.0.0alpha0", "12.0.0.beta0"),
            ("2.13.0", "2.13.2.1"),
            ("4.4.48", "2026.01"),
        ] {
            order(one, other, Ordering::Less);
        }
        order("4.1.115.Final", "4.1.115", Ordering::Equal);
    }

    #[test]
    fn invalid_versions_are_rejected() {
        for text in ["", "1 0", &"1-".repeat(200)] {
            assert!(text.parse::<MavenVersion>().is_err());
        }
        assert!("1-".repeat(128).parse::<MavenVersion>().is_ok());
    }
}
