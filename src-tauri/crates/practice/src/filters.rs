//! Which repositories a filter of a scanning rule matches, and which tags an exclusion filter matches.

/// Whether a filter matches a repository. Without `*` it may match any part of the name, with `*` it must match the
/// whole name.
pub(crate) fn matches(filter: &str, name: &str) -> bool {
    if filter.contains('*') { wildcard(filter, name) } else { name.contains(filter) }
}

/// Whether a pattern matches the whole text; `*` matches any sequence of characters, even an empty one.
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

/// `^[a-z0-9*](?:[._\-/a-z0-9*]?[a-z0-9*]+)*$`, 1 to 255 characters. Unlike a repository name, a filter cannot contain
/// two adjacent separators.
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
    fn filters_match_as_in_the_documentations_table() {
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
    fn filters_are_validated() {
        for filter in ["prod", "*", "a/b*", "0", "team.a_b-c/*"] {
            assert!(is_valid(filter), "{filter}");
        }
        for filter in ["", "-a", "a-", "A", "a b", "/a", "a--b", "a./b", &"a".repeat(256)] {
            assert!(!is_valid(filter), "{filter}");
        }
    }

    proptest! {
        #[test]
        fn filters_built_by_the_grammar_are_valid(filter in "[a-z0-9*](([._/-])?[a-z0-9*]{1,3}){0,5}") {
            prop_assert!(is_valid(&filter));
        }

        #[test]
        fn a_filter_with_any_other_character_is_invalid(head in "[a-z0-9*]{0,3}", bad in "[^a-z0-9*._/-]", tail in "[a-z0-9*]{0,3}") {
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
        fn a_star_matches_as_in_a_naive_implementation(pattern in "[ab*]{1,6}", name in "[ab]{0,7}") {
            fn naive(pattern: &[u8], text: &[u8]) -> bool {
                match pattern.split_first() {
                    None => text.is_empty(),
                    Some((b'*', rest)) => (0..=text.len()).any(|at| naive(rest, &text[at..])),
                    Some((byte, rest)) => text.first() == Some(byte) && naive(rest, &text[1..]),
                }
            }
            prop_assert_eq!(wildcard(&pattern, &name), naive(pattern.as_bytes(), name.as_bytes()));
        }
    }
}
