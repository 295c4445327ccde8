//! Where in a text there is something to mask. Each function returns `None` if there is nothing to replace.

use std::{collections::BTreeSet, ops::Range, sync::LazyLock};

use regex::Regex;

use crate::{
    mask::{self, Masks},
    principal::{Arn, arns},
};

/// The id of an access key (`AKIA…`, `ASIA…`) or of a principal (`AIDA…`, `AROA…`).
static KEY_ID: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?:AKIA|ASIA|AIDA|AROA|AGPA|AIPA|ANPA|ANVA|ABIA|ACCA|APKA|ASCA)[A-Z0-9]{12,124}"));

static EMAIL: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*\.\p{L}{2,}"));

/// The domain of a version that follows an `@`, as in `package@1.2.rc`.
static VERSION: LazyLock<Regex> = LazyLock::new(|| pattern(r"^v?\d+\.\d"));

/// An account id, also as the console groups it: `1234-5678-9012`.
static ACCOUNT: LazyLock<Regex> = LazyLock::new(|| pattern(r"\d{12,}|\d{4}-\d{4}-\d{4}"));

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("the patterns are constants that the tests compile")
}

/// Masks the accounts, users, roles and sessions of ARNs.
pub(crate) fn replace_arns(text: &str, masks: &Masks) -> Option<String> {
    replaced(text, arns(text), |arn| {
        let arn = Arn::parse(arn)?;
        let mut masked = arn.prefix.to_owned();
        if mask::is_account_id(arn.account) {
            masked.push_str(&mask::account(arn.account));
        } else {
            masked.push_str(arn.account);
        }
        masked.push(':');
        for (hide, piece) in arn.pieces() {
            if hide && !piece.is_empty() {
                masked.push_str(&masks.name(piece));
            } else {
                masked.push_str(piece);
            }
        }
        Some(masked)
    })
}

/// Masks the ids of access keys and principals.
pub(crate) fn replace_key_ids(text: &str, masks: &Masks) -> Option<String> {
    let words = KEY_ID.find_iter(text).map(|hit| hit.range()).filter(|range| is_word(text, range));
    replaced(text, words, |id| Some(masks.key_id(id)))
}

/// Masks what looks like an e-mail address.
pub(crate) fn replace_emails(text: &str, masks: &Masks) -> Option<String> {
    if !text.contains('@') {
        return None;
    }
    replaced(text, EMAIL.find_iter(text).map(|hit| hit.range()), |email| {
        let is_version = email.split_once('@').is_none_or(|(_, domain)| VERSION.is_match(domain));
        (!is_version).then(|| masks.name(email))
    })
}

/// Masks account ids: the known ones wherever they are, others where they are no part of a longer word.
pub(crate) fn replace_accounts(text: &str, masks: &Masks, kept: &BTreeSet<String>) -> Option<String> {
    let accounts = ACCOUNT.find_iter(text).filter_map(|hit| {
        let digits: String = hit.as_str().chars().filter(char::is_ascii_digit).collect();
        let is_known = || masks.accounts().any(|account| account == digits);
        let is_other = || is_word(text, &hit.range()) && !kept.contains(&digits);
        (digits.len() == 12 && (is_known() || is_other())).then(|| hit.range())
    });
    replaced(text, accounts, |account| {
        Some(mask::account(&account.chars().filter(char::is_ascii_digit).collect::<String>()))
    })
}

/// Replaces a name where it is a whole word.
pub(crate) fn replace_word(text: &str, name: &str, instead: &str) -> Option<String> {
    let hits = text.match_indices(name).map(|(at, _)| at..at + name.len()).filter(|range| is_word(text, range));
    replaced(text, hits, |_| Some(instead.to_owned()))
}

/// Replaces a folder where it is a whole path or the beginning of one.
pub(crate) fn replace_folder(text: &str, folder: &str, instead: &str) -> Option<String> {
    let folder = folder.trim_end_matches(['/', '\\']);
    let hits = text.match_indices(folder).map(|(at, _)| at..at + folder.len()).filter(|range| {
        let follows = text[range.end..].chars().next();
        let precedes = text[..range.start].chars().next_back();
        let joins = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '-');
        !follows.is_some_and(joins) && !precedes.is_some_and(|letter| joins(letter) || letter == '.')
    });
    replaced(text, hits, |_| Some(instead.to_owned()))
}

/// Whether neither a letter nor a digit precedes or follows the range.
fn is_word(text: &str, range: &Range<usize>) -> bool {
    let precedes = text[..range.start].chars().next_back();
    let follows = text[range.end..].chars().next();
    !precedes.is_some_and(char::is_alphanumeric) && !follows.is_some_and(char::is_alphanumeric)
}

/// The text with every found part replaced for which `mask` returns a replacement.
fn replaced(
    text: &str,
    hits: impl Iterator<Item = Range<usize>>,
    mask: impl Fn(&str) -> Option<String>,
) -> Option<String> {
    let mut result = String::new();
    let mut end = 0;
    for range in hits {
        if let Some(instead) = mask(&text[range.clone()]) {
            result.push_str(&text[end..range.start]);
            result.push_str(&instead);
            end = range.end;
        }
    }
    if end == 0 {
        return None;
    }
    result.push_str(&text[end..]);
    Some(result)
}
