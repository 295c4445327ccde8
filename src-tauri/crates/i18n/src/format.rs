//! How values are written for people: one function for each kind of value, for the command line, reports and exports. Both
//! languages write them in the same way. The window implements the same rules (`ui/src/i18n/format.ts`); both are tested
//! with `tests/fixtures/formats.json`.

use std::{borrow::Cow, fmt::Write as _};

/// What is written where there is no value: never a zero.
pub const NONE: &str = "–";

/// A count, its digits grouped: `1,234`.
pub fn count(value: usize) -> String {
    let digits = value.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A score from 0 to 10, with one decimal: `9.8`, `10.0`.
pub fn score(value: f64) -> String {
    format!("{value:.1}")
}

/// A probability or share from 0 to 1 as a percentage: `97.5%`, and with two decimals below one percent: `0.04%`. Only a
/// certainty is written as 100.0%, and only zero as a zero.
pub fn percent(value: f64) -> String {
    let percent = value * 100.0;
    match percent {
        percent if percent > 0.0 && percent < 0.005 => "<0.01%".to_owned(),
        percent if percent > 0.0 && percent < 0.995 => format!("{percent:.2}%"),
        percent if (99.95..100.0).contains(&percent) => "99.9%".to_owned(),
        percent => format!("{percent:.1}%"),
    }
}

/// A size in decimal units, as Docker writes it: `57.3 MB`. 1 kB is 1,000 bytes.
pub fn bytes(value: u64) -> String {
    const UNITS: [&str; 4] = ["kB", "MB", "GB", "TB"];
    if value < 1000 {
        return format!("{value} B");
    }
    let mut amount = value as f64 / 1000.0;
    let mut unit = 0;
    // What would be rounded to 1000.0 is one of the next unit.
    while amount >= 999.95 && unit + 1 < UNITS.len() {
        amount /= 1000.0;
        unit += 1;
    }
    format!("{amount:.1} {}", UNITS[unit])
}

/// A point in time: `2026-05-01 12:30:05 UTC`. `timestamp` is RFC 3339 in UTC; other text stays as it is.
pub fn moment(timestamp: &str) -> String {
    match timestamp.strip_suffix('Z').and_then(|time| time.split_once('T')) {
        Some((date, time)) => format!("{date} {} UTC", time.split('.').next().unwrap_or(time)),
        None => timestamp.to_owned(),
    }
}

/// A text from outside without what could control a terminal or disguise a line: control characters, except for line breaks and
/// tabs, and bidirectional overrides.
pub fn plain(text: &str) -> Cow<'_, str> {
    // Most texts are ASCII, and bytes are read several at once.
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\n' | b'\t')) {
        return text.into();
    }
    if text.chars().any(is_unprintable) {
        text.chars().filter(|letter| !is_unprintable(*letter)).collect::<String>().into()
    } else {
        text.into()
    }
}

/// Whether [`plain`] leaves the character out.
pub fn is_unprintable(letter: char) -> bool {
    match letter {
        '\n' | '\t' => false,
        '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => true,
        letter => letter.is_control(),
    }
}

/// JSON in which is escaped what [`plain`] leaves out and JSON allows as it is: a reader of the JSON gets the original text.
pub fn plain_json(json: &str) -> Cow<'_, str> {
    // Below, serializers escape by themselves; outside of strings there are only line breaks.
    let is_escaped = |letter: char| letter >= '\u{7f}' && is_unprintable(letter);
    if !json.chars().any(is_escaped) {
        return json.into();
    }
    let mut out = String::with_capacity(json.len());
    for letter in json.chars() {
        if is_escaped(letter) {
            // Writing to a string cannot fail.
            let _ = write!(out, "\\u{:04x}", u32::from(letter));
        } else {
            out.push(letter);
        }
    }
    out.into()
}

/// What `format` writes for the value, or [`NONE`] without one.
pub fn or_none<T>(value: Option<T>, format: impl FnOnce(T) -> String) -> String {
    value.map_or_else(|| NONE.to_owned(), format)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The cases of `tests/fixtures/formats.json`: a value, and how it is written.
    #[derive(serde::Deserialize)]
    struct Cases {
        count: Vec<(usize, String)>,
        score: Vec<(f64, String)>,
        percent: Vec<(f64, String)>,
        bytes: Vec<(u64, String)>,
        moment: Vec<(String, String)>,
    }

    #[test]
    fn every_shared_case_is_written_as_in_the_window() {
        let cases: Cases = serde_json::from_str(include_str!("../../../../tests/fixtures/formats.json")).unwrap();
        for (value, expected) in &cases.count {
            assert_eq!(count(*value), *expected);
        }
        for (value, expected) in &cases.score {
            assert_eq!(score(*value), *expected);
        }
        for (value, expected) in &cases.percent {
            assert_eq!(percent(*value), *expected);
        }
        for (value, expected) in &cases.bytes {
            assert_eq!(bytes(*value), *expected);
        }
        for (value, expected) in &cases.moment {
            assert_eq!(moment(value), *expected);
        }
    }

    #[test]
    fn what_could_control_a_terminal_is_left_out() {
        assert_eq!(plain("a\u{1b}[2J\u{9b}b\r\n\tc\u{7f}\u{202e}d\u{2066}e\u{200f}"), "a[2Jb\n\tcde");
        assert!(matches!(plain("한글 – “text”"), Cow::Borrowed(_)));
    }

    #[test]
    fn what_is_missing_is_not_a_zero() {
        assert_eq!(or_none(None, score), "–");
        assert_eq!(or_none(Some(0.0), score), "0.0");
    }
}
