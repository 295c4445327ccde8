//! Which repositories a scanning rule means, and which tags an exclusion filter means.

use crate::state::{Rule, ScanFrequency};

/// Whether a scanning filter matches a repository: without `*` anywhere in the name, with `*` the whole name.
pub(crate) fn matches(filter: &str, name: &str) -> bool {
    if filter.contains('*') { wildcard(filter, name) } else { name.contains(filter) }
}

/// `*` stands for any run of characters, also none; the whole text must match.
pub(crate) fn wildcard(pattern: &str, text: &str) -> bool {
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = text.strip_prefix(first) else { return false };
    let mut parts: Vec<_> = parts.collect();
    let Some(last) = parts.pop() else { return rest.is_empty() };
    for part in parts {
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    rest.ends_with(last)
}

/// How often the rules have a repository scanned, and the filters that say so; `None` when no rule means it. Continuous
/// goes before on push.
pub(crate) fn applied(rules: &[Rule], name: &str) -> Option<(ScanFrequency, Vec<String>)> {
    let matched =
        |rule: &Rule| -> Vec<String> { rule.filters.iter().filter(|filter| matches(filter, name)).cloned().collect() };
    [ScanFrequency::ContinuousScan, ScanFrequency::ScanOnPush].into_iter().find_map(|frequency| {
        let rules = rules.iter().filter(|rule| rule.frequency == frequency);
        let filters: Vec<_> = rules.flat_map(matched).collect();
        (!filters.is_empty()).then_some((frequency, filters))
    })
}

/// `^[a-z0-9*](?:[._\-/a-z0-9*]?[a-z0-9*]+)*$`, 1 to 255 characters: no two separators side by side, though names of
/// repositories may have them.
pub(crate) fn is_valid(filter: &str) -> bool {
    let word = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'*';
    let separated = filter.split(['.', '_', '-', '/']).all(|part| !part.is_empty() && part.bytes().all(word));
    (1..=255).contains(&filter.len()) && separated
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn filters_match_as_the_documentation_tables_them() {
        const NAMES: [&str; 5] = ["prod", "repo-prod", "prod-repo", "repo-prod-repo", "prodrepo"];
        let table = [
            ("prod", [true, true, true, true, true]),
            ("*prod", [true, true, false, false, false]),
            ("prod*", [true, false, true, false, true]),
            ("*prod*", [true, true, true, true, true]),
            ("prod*repo", [false, false, true, false, true]),
        ];
        for (filter, row) in table {
            for (name, expected) in NAMES.iter().zip(row) {
                assert_eq!(matches(filter, name), expected, "{filter} on {name}");
            }
        }
        assert!(matches("prod", "eks-security-prod") && matches("prod", "nonprod-y"));
    }

    #[test]
    fn continuous_scanning_goes_before_scanning_on_push() {
        let rule =
            |frequency, filter: &str| Rule { frequency, filters: vec![filter.to_owned(), "never-here".to_owned()] };
        let rules = [rule(ScanFrequency::ScanOnPush, "*"), rule(ScanFrequency::ContinuousScan, "prod")];
        assert_eq!(applied(&rules, "prod"), Some((ScanFrequency::ContinuousScan, vec!["prod".into()])));
        assert_eq!(applied(&rules, "sandbox"), Some((ScanFrequency::ScanOnPush, vec!["*".into()])));
        assert_eq!(applied(&rules[1..], "sandbox"), None);
    }

    #[test]
    fn filters_begin_and_end_well() {
        for filter in ["prod", "*", "a/b*", "0", "team.a_b-c/*"] {
            assert!(is_valid(filter), "{filter}");
        }
        for filter in ["", "-a", "a-", "A", "a b", "/a", "a--b", "a./b", &"a".repeat(256)] {
            assert!(!is_valid(filter), "{filter}");
        }
    }

    proptest! {
        #[test]
        fn filters_built_by_the_grammar_are_taken(filter in "[a-z0-9*](([._/-])?[a-z0-9*]{1,3}){0,5}") {
            prop_assert!(is_valid(&filter));
        }

        #[test]
        fn a_filter_with_a_foreign_character_is_refused(head in "[a-z0-9*]{0,3}", bad in "[^a-z0-9*._/-]", tail in "[a-z0-9*]{0,3}") {
            let filter = format!("{head}{bad}{tail}");
            prop_assert!(!is_valid(&filter));
        }

        #[test]
        fn without_a_star_a_filter_is_a_substring(filter in "[ab]{1,3}", name in "[ab]{0,8}") {
            prop_assert_eq!(matches(&filter, &name), name.contains(&filter));
        }

        #[test]
        fn a_name_made_from_a_pattern_matches_it(parts in prop::collection::vec("[ab-]{0,3}", 2..5), fill in "[abc]{0,4}") {
            prop_assert!(matches(&parts.join("*"), &parts.join(&fill)));
        }

        #[test]
        fn a_star_means_what_it_means_to_a_slow_reader(pattern in "[ab*]{1,6}", name in "[ab]{0,7}") {
            fn slow(pattern: &[u8], text: &[u8]) -> bool {
                match pattern.split_first() {
                    None => text.is_empty(),
                    Some((b'*', rest)) => (0..=text.len()).any(|at| slow(rest, &text[at..])),
                    Some((byte, rest)) => text.first() == Some(byte) && slow(rest, &text[1..]),
                }
            }
            prop_assert_eq!(wildcard(&pattern, &name), slow(pattern.as_bytes(), name.as_bytes()));
        }
    }
}
