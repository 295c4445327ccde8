//! Pages of a list, and the opaque tokens that lead to the next page. A token contains the last item returned, so that
//! items added or removed meanwhile shift nothing, a hash of the query, so that it is not accepted for another query, and
//! a hash of both, so that it is not accepted once it was altered.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// A page of a list.
#[derive(Debug)]
pub(crate) struct Page<T> {
    pub(crate) items: Vec<T>,
    /// The token of the next page, if there is one.
    pub(crate) next: Option<String>,
}

/// The token is not valid for this query.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct BadToken;

#[derive(Serialize, Deserialize)]
struct Token {
    query: String,
    last: String,
    /// The number of items before it; used if the last item no longer exists.
    seen: usize,
    /// The hash of the other members.
    check: String,
}

/// The page after `token`. `query` identifies the listing by operation and filters; `key` identifies an item.
pub(crate) fn page<T>(
    items: Vec<T>,
    query: &str,
    token: Option<&str>,
    size: usize,
    key: impl Fn(&T) -> String,
) -> Result<Page<T>, BadToken> {
    let query = hash(query);
    let from = match token.map(read).transpose()? {
        None => 0,
        Some(token) if token.query != query => return Err(BadToken),
        Some(token) => {
            let position = items.iter().position(|item| key(item) == token.last);
            position.map_or(token.seen, |at| at + 1)
        }
    };
    let more = items.len() > from.saturating_add(size);
    let items: Vec<_> = items.into_iter().skip(from).take(size).collect();
    let last = items.last().filter(|_| more).map(&key);
    let next = last.map(|last| write(&Token::new(query, last, from.saturating_add(size))));
    Ok(Page { items, next })
}

impl Token {
    fn new(query: String, last: String, seen: usize) -> Self {
        let check = hash(&format!("{query} {seen} {last}"));
        Self { query, last, seen, check }
    }
}

/// Reads a token that [`write`] has written: every other text is rejected, also one with the same content.
fn read(text: &str) -> Result<Token, BadToken> {
    let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| BadToken)?;
    let token: Token = serde_json::from_slice(&bytes).map_err(|_| BadToken)?;
    let genuine = Token::new(token.query, token.last, token.seen);
    if write(&genuine) == text { Ok(genuine) } else { Err(BadToken) }
}

fn hash(text: &str) -> String {
    hex::encode(&Sha256::digest(text.as_bytes())[..8])
}

fn write(token: &Token) -> String {
    URL_SAFE_NO_PAD.encode(serde_json::to_vec(token).expect("texts and a number have a JSON form"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn walk(items: &[u32], size: usize) -> Vec<u32> {
        let (mut seen, mut token) = (Vec::new(), None);
        for _ in 0..=items.len() {
            let page = page(items.to_vec(), "q", token.as_deref(), size, u32::to_string).unwrap();
            seen.extend(page.items);
            token = page.next;
            if token.is_none() {
                break;
            }
        }
        seen
    }

    #[test]
    fn a_token_is_valid_only_for_its_own_query() {
        let first = page(vec![1, 2, 3], "a", None, 2, i32::to_string).unwrap();
        let token = first.next.as_deref();
        assert_eq!(page(vec![1, 2, 3], "a", token, 2, i32::to_string).unwrap().items, [3]);
        assert_eq!(page(vec![1, 2, 3], "b", token, 2, i32::to_string).unwrap_err(), BadToken);
        assert_eq!(page(vec![1, 2, 3], "a", Some("nonsense"), 2, i32::to_string).unwrap_err(), BadToken);
    }

    #[test]
    fn a_removal_between_two_pages_hides_no_other_item() {
        let first = page(vec![1, 2, 3, 4], "a", None, 2, i32::to_string).unwrap();
        let rest = page(vec![2, 3, 4], "a", first.next.as_deref(), 2, i32::to_string).unwrap();
        assert_eq!(rest.items, [3, 4]);
    }

    proptest! {
        #[test]
        fn the_pages_together_are_the_list(items in prop::collection::btree_set(any::<u32>(), 0..40), size in 1..10usize) {
            let items: Vec<_> = items.into_iter().collect();
            prop_assert_eq!(walk(&items, size), items);
        }

        #[test]
        fn an_invented_token_is_rejected_without_a_panic(text in "[A-Za-z0-9_=-]{0,60}|\\PC{0,20}") {
            prop_assert_eq!(page(vec![1, 2, 3], "a", Some(&text), 2, i32::to_string).unwrap_err(), BadToken);
        }

        #[test]
        fn an_altered_token_is_rejected(at in any::<prop::sample::Index>(), character in "[A-Za-z0-9_=-]", cut: bool) {
            let token = page(vec![1, 2, 3], "a", None, 2, i32::to_string).unwrap().next.unwrap();
            let at = at.index(token.len());
            let end = if cut { "" } else { &token[at + 1..] };
            let altered = format!("{}{character}{end}", &token[..at]);
            prop_assume!(altered != token);
            prop_assert_eq!(page(vec![1, 2, 3], "a", Some(&altered), 2, i32::to_string).unwrap_err(), BadToken);
        }

        #[test]
        fn pages_do_not_shift_when_the_list_changes(
            before in prop::collection::btree_set(0..100u32, 3..20),
            removed in prop::collection::btree_set(0..100u32, 0..20),
            added in prop::collection::btree_set(0..100u32, 0..20),
        ) {
            let items: Vec<_> = before.iter().copied().collect();
            let first = page(items, "q", None, 2, u32::to_string).unwrap();
            let last = *first.items.last().unwrap();
            // The last returned item stays; others are added and removed around it.
            let after: Vec<_> =
                before.iter().filter(|n| **n == last || !removed.contains(n)).chain(&added).copied().collect::<std::collections::BTreeSet<_>>()
                    .into_iter().collect();
            let rest = page(after.clone(), "q", first.next.as_deref(), 100, u32::to_string).unwrap();
            prop_assert_eq!(rest.items, after.into_iter().filter(|n| *n > last).collect::<Vec<_>>());
        }
    }
}
