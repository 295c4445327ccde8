//! The filters that narrow a list of images.

use std::collections::BTreeMap;

use oci::Reference;
use serde::Deserialize;
use time::OffsetDateTime;

use super::moment;
use crate::{
    failure::{ApiResult, Failure},
    store::state::State,
};

/// The parameter `filters`: a JSON object of lists of values by name, or of objects whose keys are the values.
#[derive(Debug, Default)]
pub(super) struct Filters(BTreeMap<String, Vec<String>>);

impl Filters {
    pub(super) fn parse(json: Option<&str>, allowed: &[&str]) -> ApiResult<Self> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Values {
            List(Vec<String>),
            Keys(BTreeMap<String, bool>),
        }
        let Some(json) = json else { return Ok(Self::default()) };
        let parsed: Option<BTreeMap<String, Values>> =
            serde_json::from_str(json).map_err(|error| Failure::bad_request(format!("invalid filters: {error}")))?;
        let mut filters = BTreeMap::new();
        for (name, values) in parsed.unwrap_or_default() {
            if !allowed.contains(&name.as_str()) {
                return Err(Failure::bad_request(format!("invalid filter '{name}'")));
            }
            let values = match values {
                Values::List(values) => values,
                Values::Keys(keys) => keys.into_iter().filter(|(_, on)| *on).map(|(value, _)| value).collect(),
            };
            filters.insert(name, values);
        }
        Ok(Self(filters))
    }

    pub(super) fn values(&self, name: &str) -> &[String] {
        self.0.get(name).map_or(&[], Vec::as_slice)
    }

    pub(super) fn flag(&self, name: &str) -> ApiResult<Option<bool>> {
        match self.values(name).iter().map(|value| value.to_lowercase()).collect::<Vec<_>>().as_slice() {
            [] => Ok(None),
            [value] if matches!(value.as_str(), "1" | "true") => Ok(Some(true)),
            [value] if matches!(value.as_str(), "0" | "false") => Ok(Some(false)),
            other => Err(Failure::bad_request(format!("invalid filter '{name}={other:?}'"))),
        }
    }

    /// Whether these labels have all of `label`, given as `key` or `key=value`, and none of `label!`.
    pub(super) fn labels(&self, labels: &BTreeMap<String, String>) -> bool {
        let has = |label: &String| match label.split_once('=') {
            Some((key, value)) => labels.get(key).is_some_and(|own| own == value),
            None => labels.contains_key(label),
        };
        self.values("label").iter().all(has) && !self.values("label!").iter().any(has)
    }

    /// The moment of `until`; images that were created later are left out.
    pub(super) fn until(&self, now: OffsetDateTime) -> ApiResult<Option<OffsetDateTime>> {
        match self.values("until") {
            [] => Ok(None),
            [moment] => moment::parse(moment, now).map(Some),
            _ => Err(Failure::bad_request("more than one until filter specified")),
        }
    }

    /// The creation times of the images that a filter names, `before` or `since`.
    pub(super) fn created(&self, name: &str, state: &State) -> ApiResult<Vec<OffsetDateTime>> {
        self.values(name).iter().map(|image| Ok(state.find(image)?.created_at())).collect()
    }
}

pub(super) fn matches_any(patterns: &[String], reference: &Reference) -> bool {
    let (whole, name) = (reference.familiar(), reference.repository.familiar());
    patterns.iter().any(|pattern| matches_pattern(pattern, &whole) || matches_pattern(pattern, &name))
}

/// Matches as Go's `path.Match` does: `*` and `?` do not match a slash, `[a-z]` matches one character of a set.
fn matches_pattern(pattern: &str, text: &str) -> bool {
    let pattern: Vec<char> = pattern.chars().collect();
    let text: Vec<char> = text.chars().collect();
    let (mut at, mut on, mut star) = (0, 0, None);
    loop {
        match pattern.get(at) {
            Some('*') => {
                star = Some((at, on));
                at += 1;
                continue;
            }
            None if on == text.len() => return true,
            Some(_) if on < text.len() => {
                if let Some(next) = step(&pattern, at, text[on]) {
                    (at, on) = (next, on + 1);
                    continue;
                }
            }
            _ => {}
        }
        // Backtrack: the last star matches one more character, if it may.
        match star {
            Some((star_at, taken)) if taken < text.len() && text[taken] != '/' => {
                star = Some((star_at, taken + 1));
                (at, on) = (star_at + 1, taken + 1);
            }
            _ => return false,
        }
    }
}

/// Where the pattern continues after this character, if the character matches.
fn step(pattern: &[char], at: usize, character: char) -> Option<usize> {
    match pattern[at] {
        '?' => (character != '/').then_some(at + 1),
        '\\' => (pattern.get(at + 1) == Some(&character)).then_some(at + 2),
        '[' => {
            let end = at + 1 + pattern[at + 1..].iter().position(|c| *c == ']')?;
            let set = &pattern[at + 1..end];
            let (negated, set) = if set.first() == Some(&'^') { (true, &set[1..]) } else { (false, set) };
            let mut in_set = false;
            let mut rest = set;
            while let [first, tail @ ..] = rest {
                rest = match tail {
                    ['-', last, tail @ ..] => {
                        in_set |= (*first..=*last).contains(&character);
                        tail
                    }
                    tail => {
                        in_set |= *first == character;
                        tail
                    }
                };
            }
            (in_set != negated && character != '/').then_some(end + 1)
        }
        literal => (literal == character).then_some(at + 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_as_in_gos_path_match() {
        for (pattern, text, expected) in [
            ("neo4j", "neo4j", true),
            ("neo4j:*", "neo4j:4.4.0", true),
            ("*neo*", "neo4j", true),
            ("*", "a/b", false),
            ("*/*", "a/b", true),
            ("a/*b*c", "a/xbxbyc", true),
            ("a?c", "abc", true),
            ("a?c", "a/c", false),
            ("a[b-d]e", "ace", true),
            ("a[^b-d]e", "ace", false),
            ("a[", "a[", false),
            ("\\*", "*", true),
            ("", "", true),
            ("", "a", false),
            ("a*", "", false),
        ] {
            assert_eq!(matches_pattern(pattern, text), expected, "{pattern} {text}");
        }
    }

    #[test]
    fn both_spellings_of_filters_are_read() {
        for json in [r#"{"reference":["a"]}"#, r#"{"reference":{"a":true,"b":false}}"#] {
            assert_eq!(Filters::parse(Some(json), &["reference"]).unwrap().values("reference"), ["a"]);
        }
        assert!(Filters::parse(Some(r#"{"other":["a"]}"#), &["reference"]).is_err());
        assert!(Filters::parse(Some("nonsense"), &["reference"]).is_err());
        assert!(Filters::parse(Some(r#"{"dangling":["maybe"]}"#), &["dangling"]).unwrap().flag("dangling").is_err());
    }
}
