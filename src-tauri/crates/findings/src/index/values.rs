//! The distinct values of a column, sorted, and which of them a condition matches.

use std::cmp::Ordering;

use memchr::memmem::Finder;
use time::format_description::BorrowedFormatItem;
use time::macros::format_description;
use time::{Date, Duration, Time};

use crate::error::FindingsError;
use crate::property::{Operator, Property, PropertyKind};
use crate::query::Token;
use crate::timestamp::Timestamp;
use crate::vocabulary::Severity;

/// A text and its lower-case form, which is kept only if it differs.
pub(crate) struct Text {
    original: Box<str>,
    folded: Option<Box<str>>,
}

impl Text {
    pub(crate) fn new(original: impl Into<Box<str>>) -> Self {
        let original = original.into();
        let folded = fold(&original);
        let folded = (folded != *original).then(|| folded.into_boxed_str());
        Self { original, folded }
    }

    pub(crate) fn original(&self) -> &str {
        &self.original
    }

    pub(crate) fn folded(&self) -> &str {
        self.folded.as_deref().unwrap_or(&self.original)
    }
}

/// The text in lower case, converted letter by letter: the result must not depend on adjacent letters, or a part of a word
/// would not match the word.
pub(crate) fn fold(text: &str) -> String {
    if text.is_ascii() { text.to_ascii_lowercase() } else { text.chars().flat_map(char::to_lowercase).collect() }
}

/// A sort key for natural order, in which runs of digits compare as numbers.
pub(crate) fn natural_key(folded: &str) -> Vec<u8> {
    let mut key = Vec::with_capacity(folded.len() + 8);
    let mut rest = folded.as_bytes();
    while let Some(&byte) = rest.first() {
        if !byte.is_ascii_digit() {
            key.push(byte);
            rest = &rest[1..];
            continue;
        }
        let length = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let (run, after) = rest.split_at(length);
        let zeros = run.iter().take_while(|byte| **byte == b'0').count();
        let number = &run[zeros..];
        // The number of digits is compared first, after a byte that sorts as digits do among other letters.
        key.push(b'0');
        key.push(u8::try_from(number.len()).unwrap_or(u8::MAX));
        key.extend_from_slice(number);
        rest = after;
    }
    key
}

/// The distinct values of a column. A row's code is 0 for a missing value, otherwise the value's position plus one: codes
/// compare as the values do.
pub(crate) enum Values {
    Texts(Vec<Text>),
    Sets(Vec<Vec<Text>>),
    Numbers(Vec<f64>),
}

impl Values {
    pub(crate) fn len(&self) -> usize {
        match self {
            Self::Texts(values) => values.len(),
            Self::Sets(values) => values.len(),
            Self::Numbers(values) => values.len(),
        }
    }

    pub(crate) fn text(&self, code: usize) -> Option<&Text> {
        match self {
            Self::Texts(values) => values.get(code.wrapping_sub(1)),
            Self::Sets(_) | Self::Numbers(_) => None,
        }
    }

    /// The code of the text with exactly this spelling.
    pub(crate) fn code_of(&self, text: &str) -> Option<usize> {
        let Self::Texts(values) = self else { return None };
        if values.len() <= LINEAR {
            return values.iter().position(|value| value.original() == text).map(|position| position + 1);
        }
        let wanted = natural_key(&fold(text));
        let start = values.partition_point(|value| natural_key(value.folded()) < wanted);
        let same_key = values[start..].iter().take_while(|value| natural_key(value.folded()) == wanted);
        same_key.map(Text::original).position(|original| original == text).map(|position| start + position + 1)
    }

    pub(crate) fn number(&self, code: usize) -> Option<f64> {
        match self {
            Self::Numbers(values) => values.get(code.wrapping_sub(1)).copied(),
            Self::Texts(_) | Self::Sets(_) => None,
        }
    }

    /// For each code, whether the condition holds.
    pub(crate) fn matching(&self, property: Property, token: &Token) -> Result<Vec<bool>, FindingsError> {
        let (operator, negated) = token.operator.positive();
        let mut matching = vec![operator == Operator::Equals && token.value.is_empty()];
        if matching[0] {
            matching.resize(self.len() + 1, false);
        } else {
            self.match_present(property, operator, &token.value, &mut matching)?;
        }
        if negated {
            for matches in &mut matching {
                *matches = !*matches;
            }
        }
        Ok(matching)
    }

    fn match_present(
        &self,
        property: Property,
        operator: Operator,
        value: &str,
        matching: &mut Vec<bool>,
    ) -> Result<(), FindingsError> {
        let bad_value = || FindingsError::BadValue { property, value: value.to_owned() };
        match self {
            Self::Texts(values) if property.kind() == PropertyKind::Severity && is_order(operator) => {
                let wanted = Severity::ALL.into_iter().find(|s| s.as_str().eq_ignore_ascii_case(value));
                let wanted = wanted.ok_or_else(bad_value)?;
                matching.extend(
                    values.iter().map(|text| holds(operator, Severity::from_service(text.original()).cmp(&wanted))),
                );
            }
            Self::Texts(values) if is_order(operator) => {
                // The values are sorted in this order, so two cuts decide for all of them.
                let wanted = natural_key(&fold(value));
                let cut = |is_before: fn(&[u8], &[u8]) -> bool| {
                    values.partition_point(|text| is_before(&natural_key(text.folded()), &wanted))
                };
                let (less, equal) = (cut(|key, wanted| key < wanted), cut(|key, wanted| key <= wanted));
                matching.extend((0..values.len()).map(|position| {
                    let at_least = i32::from(position >= less) + i32::from(position >= equal);
                    holds(operator, at_least.cmp(&1))
                }));
            }
            Self::Texts(values) => {
                let matches = text_matcher(operator, value);
                matching.extend(values.iter().map(matches));
            }
            Self::Sets(values) => {
                let matches = text_matcher(operator, value);
                matching.extend(values.iter().map(|set| set.iter().any(&matches)));
            }
            Self::Numbers(values) if property.kind() == PropertyKind::Time => {
                let (from, to) = parse_time(value).ok_or_else(bad_value)?;
                matching.extend(values.iter().map(|&millis| {
                    let (before, after) = (millis < from, millis >= to);
                    holds(operator, if before { Ordering::Less } else { i32::from(after).cmp(&0) })
                }));
            }
            Self::Numbers(values) => {
                let wanted =
                    value.trim().parse::<f64>().ok().filter(|wanted| !wanted.is_nan()).ok_or_else(bad_value)?;
                matching.extend(
                    values.iter().map(|number| number.partial_cmp(&wanted).is_some_and(|order| holds(operator, order))),
                );
            }
        }
        Ok(())
    }
}

/// The number of values up to which they are compared one after the other. Severities, which are not in natural order, are fewer.
const LINEAR: usize = 16;

fn is_order(operator: Operator) -> bool {
    matches!(operator, Operator::Less | Operator::LessOrEqual | Operator::Greater | Operator::GreaterOrEqual)
}

fn holds(operator: Operator, order: Ordering) -> bool {
    match operator {
        Operator::Equals => order.is_eq(),
        Operator::Less => order.is_lt(),
        Operator::LessOrEqual => order.is_le(),
        Operator::Greater => order.is_gt(),
        Operator::GreaterOrEqual => order.is_ge(),
        Operator::NotEquals
        | Operator::Contains
        | Operator::NotContains
        | Operator::StartsWith
        | Operator::NotStartsWith => false,
    }
}

fn text_matcher(operator: Operator, value: &str) -> impl Fn(&Text) -> bool {
    let wanted = fold(value);
    let key = natural_key(&wanted);
    let finder = Finder::new(wanted.as_bytes()).into_owned();
    move |text| match operator {
        Operator::Equals => text.folded() == wanted,
        Operator::Contains => finder.find(text.folded().as_bytes()).is_some(),
        Operator::StartsWith => text.folded().starts_with(&wanted),
        ordering => holds(ordering, natural_key(text.folded()).cmp(&key)),
    }
}

const DAY: &[BorrowedFormatItem<'_>] = format_description!("[year]-[month]-[day]");

/// The range of milliseconds that the text denotes: the first, and the first after it.
fn parse_time(text: &str) -> Option<(f64, f64)> {
    let text = text.trim();
    if let Ok(day) = Date::parse(text, DAY) {
        let from = day.with_time(Time::MIDNIGHT).assume_utc();
        let to = from.checked_add(Duration::DAY)?;
        let millis = |time: time::OffsetDateTime| (time.unix_timestamp_nanos() / 1_000_000) as f64;
        return Some((millis(from), millis(to)));
    }
    let millis = Timestamp::parse(text)?.epoch_millis() as f64;
    Some((millis, millis + 1.0))
}
