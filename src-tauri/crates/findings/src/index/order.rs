//! Sorting one page of items without sorting all of them.

use std::cmp::Ordering;
use std::ops::Range;

/// An item's distance from the first place by one sort key; missing values are farthest.
pub(crate) type Key<'a> = Box<dyn Fn(u32) -> u32 + 'a>;

/// The distance of a code in ascending or descending order.
pub(crate) fn distance(code: usize, descending: bool) -> u32 {
    let code = code as u32;
    match (code, descending) {
        (0, _) => u32::MAX,
        (code, false) => code,
        (code, true) => u32::MAX - code,
    }
}

/// The items in a range of the order given by the keys. Equal items are ordered by number.
pub(crate) fn in_order(items: impl Iterator<Item = u32>, keys: &[Key<'_>], range: Range<usize>) -> Vec<u32> {
    let Some((first, rest)) = keys.split_first() else {
        return items.skip(range.start).take(range.len()).collect();
    };
    let (second, rest) = rest.split_first().map_or((None, rest), |(second, rest)| (Some(second), rest));
    // The first two keys are packed into one number; further keys are compared only on ties.
    let mut keyed: Vec<(u64, u32)> =
        items.map(|item| (u64::from(first(item)) << 32 | second.map_or(0, |key| u64::from(key(item))), item)).collect();
    let compare = |a: &(u64, u32), b: &(u64, u32)| {
        let by_rest = || rest.iter().map(|key| key(a.1).cmp(&key(b.1))).find(|order| order.is_ne());
        a.0.cmp(&b.0).then_with(|| by_rest().unwrap_or(Ordering::Equal)).then(a.1.cmp(&b.1))
    };
    let (start, end) = (range.start.min(keyed.len()), range.end.min(keyed.len()));
    if start == end {
        return Vec::new();
    }
    if end < keyed.len() {
        keyed.select_nth_unstable_by(end - 1, compare);
        keyed.truncate(end);
    }
    if start > 0 {
        keyed.select_nth_unstable_by(start, compare);
    }
    keyed[start..].sort_unstable_by(compare);
    keyed[start..].iter().map(|(_, item)| *item).collect()
}
