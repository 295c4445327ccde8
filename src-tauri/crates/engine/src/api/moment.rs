//! Points in time as Docker's clients send them: `until`, `since`.

use time::{
    Duration, OffsetDateTime, PrimitiveDateTime, format_description::well_known::Rfc3339, macros::format_description,
};

use crate::failure::{ApiResult, Failure};

/// A duration before `now` as Go writes it (`1h30m`), seconds since 1970 (`1796035557.5`), or a date with or without a time. A time
/// without a zone is in UTC; Docker takes the zone of its own machine.
///
/// # Errors
///
/// 400 for anything else.
pub(super) fn parse(text: &str, now: OffsetDateTime) -> ApiResult<OffsetDateTime> {
    let before = || go_duration(text).and_then(|duration| now.checked_sub(duration));
    let moment = unix(text).or_else(before).or_else(|| date(text));
    moment.ok_or_else(|| Failure::bad_request(format!("failed to parse value as time or duration: {text:?}")))
}

fn unix(text: &str) -> Option<OffsetDateTime> {
    let (seconds, fraction) = text.split_once('.').unwrap_or((text, ""));
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if seconds.is_empty() || fraction.len() > 9 || !is_number(fraction) {
        return None;
    }
    let nanoseconds: i64 = format!("{fraction:0<9}").parse().ok()?;
    let moment = OffsetDateTime::from_unix_timestamp(seconds.parse().ok()?).ok()?;
    moment.checked_add(Duration::nanoseconds(nanoseconds))
}

/// As Go's `time.ParseDuration` reads it.
fn go_duration(text: &str) -> Option<Duration> {
    let (sign, mut rest) = match text.strip_prefix('-') {
        Some(rest) => (-1.0, rest),
        None => (1.0, text.strip_prefix('+').unwrap_or(text)),
    };
    let mut seconds = 0.0;
    if rest.is_empty() {
        return None;
    }
    while !rest.is_empty() {
        let unit_at = rest.find(|c: char| !c.is_ascii_digit() && c != '.')?;
        let (number, tail) = rest.split_at(unit_at);
        let unit_end = tail.find(|c: char| c.is_ascii_digit() || c == '.').unwrap_or(tail.len());
        let (unit, tail) = tail.split_at(unit_end);
        let unit = match unit {
            "h" => 3600.0,
            "m" => 60.0,
            "s" => 1.0,
            "ms" => 1e-3,
            "us" | "µs" | "μs" => 1e-6,
            "ns" => 1e-9,
            _ => return None,
        };
        seconds += number.parse::<f64>().ok()? * unit;
        rest = tail;
    }
    Duration::checked_seconds_f64(sign * seconds)
}

fn date(text: &str) -> Option<OffsetDateTime> {
    let local = text.strip_suffix('Z').unwrap_or(text);
    let with_time = |format| PrimitiveDateTime::parse(local, format).ok();
    OffsetDateTime::parse(text, &Rfc3339).ok().or_else(|| {
        let time = with_time(format_description!("[year]-[month]-[day]T[hour]:[minute]:[second]"))
            .or_else(|| with_time(format_description!("[year]-[month]-[day]T[hour]:[minute]")));
        let day = || time::Date::parse(local, format_description!("[year]-[month]-[day]")).ok();
        time.or_else(|| day().map(time::Date::midnight)).map(PrimitiveDateTime::assume_utc)
    })
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    #[test]
    fn every_spelling_of_dockers_clients_is_read() {
        let now = datetime!(2026-03-04 12:00 UTC);
        for (text, expected) in [
            ("24h", datetime!(2026-03-03 12:00 UTC)),
            ("1h30m", datetime!(2026-03-04 10:30 UTC)),
            ("1.5h", datetime!(2026-03-04 10:30 UTC)),
            ("-1h", datetime!(2026-03-04 13:00 UTC)),
            ("0s", now),
            ("1500ms", datetime!(2026-03-04 11:59:58.5 UTC)),
            ("1772625600", now),
            ("1772625600.500000000", datetime!(2026-03-04 12:00:00.5 UTC)),
            ("2026-03-04T12:00:00Z", now),
            ("2026-03-04T21:00:00+09:00", now),
            ("2026-03-04T12:00:00.25Z", datetime!(2026-03-04 12:00:00.25 UTC)),
            ("2026-03-04T12:00:00", now),
            ("2026-03-04T12:00", now),
            ("2026-03-04", datetime!(2026-03-04 0:00 UTC)),
        ] {
            assert_eq!(parse(text, now).unwrap(), expected, "{text}");
        }
        for text in ["", "soon", "h", "1", "1x", "1h 30m", ".", "1e300h", "99999999999999999999", "2026-13-01"] {
            assert_eq!(parse(text, now).is_ok(), text == "1", "{text}");
        }
    }
}
