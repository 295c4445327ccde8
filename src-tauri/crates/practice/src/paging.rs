//! Pages of a list, and the opaque tokens that lead from one to the next. A token remembers the last item seen, so that
//! what is added or removed meanwhile shifts nothing, and what was asked, so that it fits no other question.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// A page of a list.
#[derive(Debug)]
pub(crate) struct Page<T> {
    pub(crate) items: Vec<T>,
    /// Leads to the next page, if there is one.
    pub(crate) next: Option<String>,
}

/// The token was not made for this question.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct BadToken;

#[derive(Serialize, Deserialize)]
struct Token {
    question: String,
    last: String,
    /// How many items came before; used when the last one is gone.
    seen: usize,
}

/// The page after `token`. `question` is what makes two calls one listing: operation and filters. `key` names an item.
pub(crate) fn page<T>(
    items: Vec<T>,
    question: &str,
    token: Option<&str>,
    size: usize,
    key: impl Fn(&T) -> String,
) -> Result<Page<T>, BadToken> {
    let question = hex::encode(&Sha256::digest(question.as_bytes())[..8]);
    let from = match token.map(read).transpose()? {
        None => 0,
        Some(token) if token.question != question => return Err(BadToken),
        Some(token) => {
            let found = items.iter().position(|item| key(item) == token.last);
            found.map_or(token.seen, |at| at + 1)
        }
    };
    let more = items.len() > from.saturating_add(size);
    let items: Vec<_> = items.into_iter().skip(from).take(size).collect();
    let last = items.last().filter(|_| more).map(&key);
    let next = last.map(|last| write(&Token { question, last, seen: from + size }));
    Ok(Page { items, next })
}

fn read(text: &str) -> Result<Token, BadToken> {
    let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| BadToken)?;
    serde_json::from_slice(&bytes).map_err(|_| BadToken)
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
    fn a_token_fits_only_its_own_question() {
        let first = page(vec![1, 2, 3], "a", None, 2, i32::to_string).unwrap();
        let token = first.next.as_deref();
        assert_eq!(page(vec![1, 2, 3], "a", token, 2, i32::to_string).unwrap().items, [3]);
        assert_eq!(page(vec![1, 2, 3], "b", token, 2, i32::to_string).unwrap_err(), BadToken);
        assert_eq!(page(vec![1, 2, 3], "a", Some("nonsense"), 2, i32::to_string).unwrap_err(), BadToken);
    }

    #[test]
    fn what_is_removed_between_two_pages_hides_nothing() {
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
        fn no_token_that_was_made_up_is_taken_or_makes_the_reader_panic(text in "[A-Za-z0-9_=-]{0,60}|\\PC{0,20}") {
            prop_assert_eq!(page(vec![1, 2, 3], "a", Some(&text), 2, i32::to_string).unwrap_err(), BadToken);
        }

        #[test]
        fn a_token_says_nothing_that_shifts_when_the_list_changes(
            before in prop::collection::btree_set(0..100u32, 3..20),
            gone in prop::collection::btree_set(0..100u32, 0..20),
            new in prop::collection::btree_set(0..100u32, 0..20),
        ) {
            let items: Vec<_> = before.iter().copied().collect();
            let first = page(items, "q", None, 2, u32::to_string).unwrap();
            let last = *first.items.last().unwrap();
            // The last one that was seen stands; others come and go around it.
            let after: Vec<_> =
                before.iter().filter(|n| **n == last || !gone.contains(n)).chain(&new).copied().collect::<std::collections::BTreeSet<_>>()
                    .into_iter().collect();
            let rest = page(after.clone(), "q", first.next.as_deref(), 100, u32::to_string).unwrap();
            prop_assert_eq!(rest.items, after.into_iter().filter(|n| *n > last).collect::<Vec<_>>());
        }
    }
}
