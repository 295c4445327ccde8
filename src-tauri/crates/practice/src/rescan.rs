//! How long an image is watched: continuous scanning ends when the re-scan durations since its last push, and since its last pull or
//! use, are over. What its findings become is left to `observe`.

use std::time::Duration;

use crate::{
    moment::Moment,
    state::{State, inspector::Rescan, repository::Scan, scanning::ScanFrequency},
};

/// The mode in which pulls count, instead of uses in a cluster.
pub(crate) const PULLS_COUNT: &str = "LAST_PULL_DATE";

/// When the watching of an image has ended; `None` while it has not.
pub(crate) fn ended_at(scan: &Scan, frequency: ScanFrequency, rescan: &Rescan, now: Moment) -> Option<Moment> {
    scan.expired_at.or_else(|| ends_at(scan, frequency, rescan).filter(|end| now >= *end))
}

/// Records which images have expired under the current re-scan durations: longer ones do not revive them.
pub(crate) fn expire(state: &mut State, now: Moment) {
    let names: Vec<_> = state.repositories.keys().cloned().collect();
    for name in names {
        let Some((frequency, _)) = state.watch(&name) else { continue };
        let rescan = &state.inspector.rescan;
        for scan in state.repositories.get_mut(&name).into_iter().flat_map(|repository| repository.scans.values_mut()) {
            scan.expired_at = ended_at(scan, frequency, rescan, now);
        }
    }
}

/// When the watching of an image that has not expired ends; `None` if it does not. The practice cloud has no clusters: an image is in
/// use nowhere, and only its push counts, unless pulls do.
fn ends_at(scan: &Scan, frequency: ScanFrequency, rescan: &Rescan) -> Option<Moment> {
    if frequency != ScanFrequency::ContinuousScan {
        return None;
    }
    let pushed = scan.pushed_at.map_or(scan.queued_at, |pushed| pushed.max(scan.queued_at));
    let by_push = pushed + days(&rescan.push_duration)?;
    let pulled = scan.pulled_at.filter(|_| rescan.pull_mode == PULLS_COUNT);
    let by_pull = pulled.zip(days(&rescan.pull_duration)).map(|(pulled, days)| pulled + days);
    Some(by_pull.map_or(by_push, |by_pull| by_pull.max(by_push)))
}

/// Parses a duration like `DAYS_14`; `None` for `LIFETIME`.
fn days(text: &str) -> Option<Duration> {
    let days: u64 = text.strip_prefix("DAYS_")?.parse().ok()?;
    Some(Duration::from_hours(24 * days))
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: Duration = Duration::from_hours(24);

    #[test]
    fn pulls_count_in_their_mode_only_and_a_lifetime_does_not_end() {
        let start = Moment::of_date("2026-01-01").unwrap();
        let scan = Scan { pulled_at: Some(start + 10 * DAY), ..Scan::queued(start) };
        let by = |push: &str, pull: &str, mode: &str| {
            let rescan = Rescan {
                push_duration: push.into(),
                pull_duration: pull.into(),
                pull_mode: mode.into(),
                updated_at: None,
            };
            ends_at(&scan, ScanFrequency::ContinuousScan, &rescan)
        };
        assert_eq!(by("DAYS_14", "DAYS_14", "LAST_IN_USE_AT"), Some(start + 14 * DAY));
        assert_eq!(by("DAYS_14", "DAYS_14", "LAST_PULL_DATE"), Some(start + 24 * DAY));
        assert_eq!(by("DAYS_14", "DAYS_3", "LAST_PULL_DATE"), Some(start + 14 * DAY));
        assert_eq!(by("LIFETIME", "DAYS_3", "LAST_PULL_DATE"), None);
        let rescan = Rescan::default();
        assert_eq!(ends_at(&scan, ScanFrequency::ScanOnPush, &rescan), None);
        let pushed = Scan { pushed_at: Some(start + 5 * DAY), ..scan.clone() };
        assert_eq!(ends_at(&pushed, ScanFrequency::ContinuousScan, &rescan), Some(start + 19 * DAY));
        let (frequency, end) = (ScanFrequency::ContinuousScan, start + 19 * DAY);
        assert_eq!(ended_at(&pushed, frequency, &rescan, end), Some(end));
        assert_eq!(ended_at(&pushed, frequency, &rescan, start + 18 * DAY), None);
    }
}
