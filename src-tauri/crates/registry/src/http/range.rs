//! The `Range` of a blob that a client requests, and the `Content-Range` of a chunk that it sends.

use std::ops::Range;

/// The bytes of a blob to serve.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum ByteRange {
    /// All of them: there is no range, one that may be ignored, or several, which are not supported.
    Whole,
    /// This range, which is not empty.
    Part(Range<u64>),
    /// The requested range has no byte of the blob.
    Unsatisfiable,
}

/// Parses a `Range` header by RFC 9110: a malformed one, or one in another unit, is ignored.
pub(super) fn requested(header: &str, size: u64) -> ByteRange {
    let Some((unit, spec)) = header.split_once('=') else { return ByteRange::Whole };
    if !unit.trim().eq_ignore_ascii_case("bytes") || spec.contains(',') {
        return ByteRange::Whole;
    }
    let Some((first, last)) = spec.split_once('-').map(|(first, last)| (first.trim(), last.trim())) else {
        return ByteRange::Whole;
    };
    match (number(first), number(last)) {
        (Some(first), _) if last.is_empty() => part(first, size, size),
        (Some(first), Some(last)) if first <= last => part(first, last.saturating_add(1), size),
        (None, Some(length)) if first.is_empty() => part(size.saturating_sub(length), size, size),
        _ => ByteRange::Whole,
    }
}

/// Parses the `Content-Range` of a chunk, `<first>-<last>`; also in the form of RFC 9110, `bytes <first>-<last>/<size>`.
pub(super) fn of_chunk(header: &str) -> Option<Range<u64>> {
    let spec = header.trim();
    let spec = spec.strip_prefix("bytes").map_or(spec, |rest| rest.trim_start_matches(['=', ' ']));
    let spec = spec.split('/').next().unwrap_or(spec);
    let (first, last) = spec.split_once('-')?;
    let (first, last) = (number(first.trim())?, number(last.trim())?);
    (first <= last).then(|| first..last.saturating_add(1))
}

fn part(start: u64, end: u64, size: u64) -> ByteRange {
    let end = end.min(size);
    if start < end { ByteRange::Part(start..end) } else { ByteRange::Unsatisfiable }
}

/// Digits only: `u64::from_str` also takes a plus sign. A number that is too large becomes the largest.
fn number(text: &str) -> Option<u64> {
    let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| text.parse().unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_malformed_foreign_or_multiple_range_is_ignored() {
        for header in [
            "",
            "bytes",
            "bytes=",
            "bytes=-",
            "bytes=a-b",
            "bytes=5-4",
            "bytes=+1-2",
            "lines=0-1",
            "bytes=0-1,3-4",
            "bytes=1",
        ] {
            assert_eq!(requested(header, 10), ByteRange::Whole, "{header}");
        }
    }

    #[test]
    fn ends_beyond_all_numbers_are_the_end() {
        assert_eq!(requested("bytes=3-99999999999999999999999", 10), ByteRange::Part(3..10));
        assert_eq!(requested("bytes=-18446744073709551615", 10), ByteRange::Part(0..10));
        assert_eq!(requested("bytes=99999999999999999999999-", 10), ByteRange::Unsatisfiable);
    }

    #[test]
    fn the_range_of_a_chunk_is_read_in_both_spellings() {
        assert_eq!(of_chunk("0-9"), Some(0..10));
        assert_eq!(of_chunk("bytes 5-9/*"), Some(5..10));
        assert_eq!(of_chunk("bytes=5-9/20"), Some(5..10));
        for header in ["", "9-0", "a-b", "5-", "-5"] {
            assert_eq!(of_chunk(header), None, "{header}");
        }
    }

    proptest! {
        #[test]
        fn a_range_gives_the_bytes_it_names(size in 0u64..40, first in 0u64..50, last in 0u64..50) {
            let all: Vec<u64> = (0..size).collect();
            let check = |header: String, named: Vec<u64>| match requested(&header, size) {
                ByteRange::Part(range) => assert_eq!(range.collect::<Vec<_>>(), named, "{header} of {size}"),
                ByteRange::Unsatisfiable => assert!(named.is_empty(), "{header} of {size}"),
                ByteRange::Whole => assert!(first > last, "{header} of {size}"),
            };
            check(format!("bytes={first}-{last}"), all.iter().copied().filter(|b| (first..=last).contains(b)).collect());
            if first <= last {
                check(format!("bytes={first}-"), all.iter().copied().filter(|b| *b >= first).collect());
                check(format!("Bytes = -{last}"), all.iter().copied().filter(|b| b + last >= size).collect());
            }
        }

        #[test]
        fn no_header_names_bytes_outside_the_blob(header in "(bytes=)?[0-9, -]{0,24}", size in 0u64..1000) {
            if let ByteRange::Part(range) = requested(&header, size) {
                prop_assert!(range.start < range.end && range.end <= size);
            }
            let _ = of_chunk(&header);
        }
    }
}
