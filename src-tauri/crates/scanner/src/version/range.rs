//! Ranges of versions, such as `>=2.4,<2.12.2`, or `*` for all.

use std::str::FromStr;

use crate::version::error::VersionError;

/// A range of versions in the ordering of `V`: all its conditions must hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Range<V> {
    conditions: Vec<(Comparison, V)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Comparison {
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Equal,
}

/// The operators, longer ones first: `<=` starts with `<`.
const OPERATORS: [(&str, Comparison); 5] = [
    ("<=", Comparison::LessOrEqual),
    (">=", Comparison::GreaterOrEqual),
    ("<", Comparison::Less),
    (">", Comparison::Greater),
    ("=", Comparison::Equal),
];

impl<V: PartialOrd> Range<V> {
    /// Whether a version is in the range.
    pub fn contains(&self, version: &V) -> bool {
        self.conditions.iter().all(|(comparison, bound)| match comparison {
            Comparison::Less => version < bound,
            Comparison::LessOrEqual => version <= bound,
            Comparison::Greater => version > bound,
            Comparison::GreaterOrEqual => version >= bound,
            Comparison::Equal => version == bound,
        })
    }
}

impl<V> Range<V> {
    /// Parses a range, and each of its versions with this function.
    pub(crate) fn parse(text: &str, version: impl Fn(&str) -> Result<V, VersionError>) -> Result<Self, VersionError> {
        if text == "*" {
            return Ok(Self { conditions: Vec::new() });
        }
        let condition = |part: &str| {
            let part = part.trim();
            let operator =
                OPERATORS.iter().find_map(|(operator, comparison)| Some((part.strip_prefix(operator)?, *comparison)));
            let (bound, comparison) = operator.ok_or_else(|| VersionError::Range(text.to_owned()))?;
            Ok((comparison, version(bound.trim())?))
        };
        Ok(Self { conditions: text.split(',').map(condition).collect::<Result<_, VersionError>>()? })
    }
}

impl<V: FromStr<Err = VersionError>> FromStr for Range<V> {
    type Err = VersionError;

    fn from_str(text: &str) -> Result<Self, VersionError> {
        Self::parse(text, str::parse)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::version::debian::DebianVersion;
    use crate::version::maven::MavenVersion;

    #[test]
    fn operators_include_or_exclude_their_versions() {
        let range: Range<MavenVersion> = ">=2.4,<2.12.2".parse().unwrap();
        let contains = |version: &str| range.contains(&version.parse().unwrap());
        assert!(contains("2.4") && contains("2.12.1") && contains("2.12.2-rc1"));
        assert!(!contains("2.4-beta1") && !contains("2.12.2") && !contains("3"));
        let one: Range<MavenVersion> = "=12.0.0".parse().unwrap();
        assert!(one.contains(&"12".parse().unwrap()) && !one.contains(&"12.0.1".parse().unwrap()));
        let to: Range<MavenVersion> = "<=1.0".parse().unwrap();
        assert!(to.contains(&"1".parse().unwrap()) && !to.contains(&"1.0.1".parse().unwrap()));
        let all: Range<MavenVersion> = "*".parse().unwrap();
        assert!(all.contains(&"0-alpha".parse().unwrap()));
    }

    #[test]
    fn a_condition_needs_an_operator_and_a_version() {
        for text in ["2.4", "", ">=", "<1,,", "=>1 2", "<1 || >2"] {
            assert!(text.parse::<Range<DebianVersion>>().is_err(), "{text}");
        }
    }
}
