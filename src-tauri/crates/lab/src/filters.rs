//! Which repositories a scanning filter matches, by ECR's rule: without `*` a substring of the name, with `*` the whole
//! name. Used for previews, and for showing a person what a filter would watch.

/// Whether ECR accepts it as a filter: 1 to 255 of `a-z0-9*._-/`, the first and the last of `a-z0-9*`.
pub fn is_valid(filter: &str) -> bool {
    let edge = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'*';
    let bytes = filter.as_bytes();
    (1..=255).contains(&bytes.len())
        && bytes.first().is_some_and(|byte| edge(*byte))
        && bytes.last().is_some_and(|byte| edge(*byte))
        && bytes.iter().all(|byte| edge(*byte) || matches!(byte, b'.' | b'_' | b'-' | b'/'))
}

/// Whether a filter matches a repository's name.
pub fn matches(filter: &str, name: &str) -> bool {
    if filter.contains('*') { matches_whole(filter, name) } else { name.contains(filter) }
}

/// Where in a name the filter's own letters are, as ranges of bytes, in order; `None` if it does not match.
pub(crate) fn spans(filter: &str, name: &str) -> Option<Vec<(usize, usize)>> {
    if !filter.contains('*') {
        return name.find(filter).map(|at| vec![(at, at + filter.len())]);
    }
    if !matches(filter, name) {
        return None;
    }
    let mut parts: Vec<&str> = filter.split('*').collect();
    let last = parts.pop().unwrap_or_default();
    let (mut spans, mut from) = (Vec::new(), 0);
    for part in parts {
        // The filter matches, so the first part is at the start of the name, where the search finds it first.
        let at = from + name[from..].find(part)?;
        from = at + part.len();
        spans.push((at, from));
    }
    spans.push((name.len() - last.len(), name.len()));
    spans.retain(|(start, end)| start < end);
    Some(spans)
}

/// Matches the whole text; `*` in the pattern is any number of characters, including none.
pub(crate) fn matches_whole(pattern: &str, text: &str) -> bool {
    let Some((first, rest_of_pattern)) = pattern.split_once('*') else { return pattern == text };
    let Some(mut rest) = text.strip_prefix(first) else { return false };
    let (middle, last) = rest_of_pattern.rsplit_once('*').unwrap_or(("", rest_of_pattern));
    for part in middle.split('*') {
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn filters_match_as_amazons_table_says() {
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
    }

    #[test]
    fn the_lessons_filter_also_matches_unintended_names() {
        for name in ["eks-security-prod", "product-x", "nonprod-y"] {
            assert!(matches("prod", name), "{name}");
        }
        assert!(!matches("prod", "eks-security-sandbox"));
    }

    #[test]
    fn a_filter_begins_and_ends_with_a_letter_a_digit_or_a_star() {
        for filter in ["prod", "*", "a/b*", "0", "team.a_b-c/*"] {
            assert!(is_valid(filter), "{filter}");
        }
        for filter in ["", "-a", "a-", "A", "a b", "/a", "é", &"a".repeat(256)] {
            assert!(!is_valid(filter), "{filter}");
        }
    }

    /// A slow reference implementation that tries every possibility.
    fn reference_match(pattern: &[u8], text: &[u8]) -> bool {
        match pattern.split_first() {
            None => text.is_empty(),
            Some((b'*', rest)) => (0..=text.len()).any(|at| reference_match(rest, &text[at..])),
            Some((byte, rest)) => text.first() == Some(byte) && reference_match(rest, &text[1..]),
        }
    }

    proptest! {
        #[test]
        fn a_filter_matches_as_the_reference_implementation_does(filter in "[ab*]{1,6}", name in "[ab]{0,8}") {
            let expected = if filter.contains('*') {
                reference_match(filter.as_bytes(), name.as_bytes())
            } else {
                reference_match(format!("*{filter}*").as_bytes(), name.as_bytes())
            };
            prop_assert_eq!(matches(&filter, &name), expected, "{} on {}", filter, name);
            prop_assert_eq!(spans(&filter, &name).is_some(), expected, "{} on {}", filter, name);
            if let Some(spans) = spans(&filter, &name) {
                let letters: String = spans.iter().map(|(start, end)| &name[*start..*end]).collect();
                prop_assert_eq!(letters, filter.replace('*', ""), "{} on {}", filter, name);
                prop_assert!(spans.windows(2).all(|pair| pair[0].1 <= pair[1].0), "{:?}", spans);
            }
        }
    }
}
