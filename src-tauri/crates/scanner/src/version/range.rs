//! Ranges of versions, as `>=2.4,<2.12.2`.

use std::str::FromStr;

use super::VersionError;

/// Versions between two bounds, in the ordering of `V`.
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

/// The longer signs first: `<=` begins with `<`.
const SIGNS: [(&str, Comparison); 5] = [
    ("<=", Comparison::LessOrEqual),
    (">=", Comparison::GreaterOrEqual),
    ("<", Comparison::Less),
    (">", Comparison::Greater),
    ("=", Comparison::Equal),
];

impl<V: Ord> Range<V> {
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

impl<V: FromStr<Err = VersionError>> FromStr for Range<V> {
    type Err = VersionError;

    fn from_str(text: &str) -> Result<Self, VersionError> {
        let condition = |part: &str| {
            let part = part.trim();
            let sign = SIGNS.iter().find_map(|(sign, comparison)| Some((part.strip_prefix(sign)?, *comparison)));
            let (version, comparison) = sign.ok_or_else(|| VersionError::Range(text.to_owned()))?;
            Ok((comparison, version.trim().parse()?))
        };
        Ok(Self { conditions: text.split(',').map(condition).collect::<Result<_, VersionError>>()? })
    }
}

#[cfg(test)]
mod tests {
    use super::super::MavenVersion;
    use super::*;

    #[test]
    fn bounds_belong_to_a_range_or_not_as_their_signs_say() {
        let range: Range<MavenVersion> = ">=2.4,<2.12.2".parse().unwrap();
        let contains = |version: &str| range.contains(&version.parse().unwrap());
        assert!(contains("2.4") && contains("2.12.1") && contains("2.12.2-rc1"));
        assert!(!contains("2.4-beta1") && !contains("2.12.2") && !contains("3"));
        let one: Range<MavenVersion> = "=12.0.0".parse().unwrap();
        assert!(one.contains(&"12".parse().unwrap()) && !one.contains(&"12.0.1".parse().unwrap()));
        let to: Range<MavenVersion> = "<=1.0".parse().unwrap();
        assert!(to.contains(&"1".parse().unwrap()) && !to.contains(&"1.0.1".parse().unwrap()));
    }

    #[test]
    fn what_has_no_sign_or_no_version_is_no_range() {
        for text in ["2.4", "", ">=", "<1,,", "=>1 2", "<1 || >2"] {
            assert!(text.parse::<Range<super::super::DebianVersion>>().is_err(), "{text}");
        }
    }
}
