//! The life of a scan. Its phase is computed on request from the time it was queued, the time the scanner completed it,
//! and the clock: nothing has to run for a phase to begin.

use std::time::Duration;

use crate::{
    clock::Clock,
    moment::Moment,
    state::repository::{Scan, ScanOutcome},
};

/// From the push to `PENDING`: until then the services report no scan.
const UNTIL_PENDING: Duration = Duration::from_secs(25);
/// From the push to `ACTIVE`.
const UNTIL_ACTIVE: Duration = Duration::from_secs(40);
/// From the push to the first findings.
const UNTIL_FINDINGS: Duration = Duration::from_secs(55);
/// From one batch of findings to the next.
const BETWEEN_BATCHES: Duration = Duration::from_secs(8);
/// The number of batches in which findings arrive.
const BATCHES: u32 = 4;
/// From the activation of Inspector to its completion.
pub(crate) const ACTIVATION: Duration = Duration::from_secs(20);
/// From the deactivation of Inspector to its completion.
pub(crate) const DEACTIVATION: Duration = Duration::from_secs(10);
/// From the deletion of an image to the closing of its findings.
pub(crate) const UNTIL_CLOSED: Duration = Duration::from_secs(15);
/// From the restoration of an archived image to its completion: 20 minutes at most, by the user guide.
pub(crate) const RESTORATION: Duration = Duration::from_mins(10);
/// From the start of a lifecycle policy's preview to its completion.
pub(crate) const PREVIEW: Duration = Duration::from_secs(10);
/// From one evaluation of a lifecycle policy to the next: 24 hours at most, by the user guide.
pub(crate) const BETWEEN_EVALUATIONS: Duration = Duration::from_hours(1);
/// The duration of a basic scan.
const BASIC: Duration = Duration::from_secs(20);

/// The phase of a scan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Phase {
    /// Not reported yet.
    Unknown,
    /// Queued.
    Pending,
    /// The scanner is running, or its findings are arriving: `arrived` of [`BATCHES`] batches have.
    Arriving { arrived: u32 },
    /// All findings have arrived.
    Complete { at: Moment },
    /// The scan ended without findings.
    Stopped { outcome: ScanOutcome, at: Moment },
    /// The image is no longer watched: `at` its re-scan durations were over. It was scanned at `scanned_at`, if ever.
    Expired { at: Moment, scanned_at: Option<Moment> },
}

impl Phase {
    /// The phase of the scan at this time, if the image is watched.
    pub(crate) fn of(scan: &Scan, clock: &Clock, now: Moment) -> Self {
        let after = |wait| scan.queued_at + clock.scaled(wait);
        // At instant speed a queued scan is pending at once.
        if now < after(UNTIL_PENDING) {
            return Self::Unknown;
        }
        let Some(done) = &scan.done else {
            return if now < after(UNTIL_ACTIVE) || after(UNTIL_ACTIVE) == scan.queued_at {
                Self::Pending
            } else {
                Self::Arriving { arrived: 0 }
            };
        };
        if now < after(UNTIL_ACTIVE) {
            return Self::Pending;
        }
        if done.outcome != ScanOutcome::Scanned {
            return Self::Stopped { outcome: done.outcome.clone(), at: done.at.max(after(UNTIL_ACTIVE)) };
        }
        let first = done.at.max(after(UNTIL_FINDINGS));
        let complete = first + clock.scaled(BETWEEN_BATCHES * (BATCHES - 1));
        if now >= complete {
            return Self::Complete { at: done.rescanned_at.map_or(complete, |again| again.max(complete)) };
        }
        if now < first {
            return Self::Arriving { arrived: 0 };
        }
        let interval = clock.scaled(BETWEEN_BATCHES).as_millis().max(1);
        Self::Arriving { arrived: 1 + (now.since(first).as_millis() / interval) as u32 }
    }

    /// When all findings arrived, if they have.
    pub(crate) fn completed_at(&self) -> Option<Moment> {
        if let Self::Complete { at } = self { Some(*at) } else { None }
    }

    /// How many of this many findings have arrived.
    pub(crate) fn visible(&self, findings: usize) -> usize {
        match self {
            Self::Complete { .. } => findings,
            Self::Arriving { arrived } => (findings * *arrived as usize).div_ceil(BATCHES as usize),
            _ => 0,
        }
    }
}

/// When the first findings of a completed scan arrive.
pub(crate) fn first_findings(scan: &Scan, clock: &Clock) -> Option<Moment> {
    let done = scan.done.as_ref()?;
    Some(done.at.max(scan.queued_at + clock.scaled(UNTIL_FINDINGS)))
}

/// When a basic scan is complete.
pub(crate) fn basic_complete(started: Moment, done: Moment, clock: &Clock) -> Moment {
    done.max(started + clock.scaled(BASIC))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{speed::Speed, state::repository::Completion};

    fn scan(done_after: Option<u64>, outcome: ScanOutcome) -> (Scan, Moment) {
        let start = Moment::of_date("2026-01-01").unwrap();
        let mut scan = Scan::queued(start);
        scan.done = done_after.map(|seconds| Completion {
            at: start + Duration::from_secs(seconds),
            outcome,
            imported: None,
            rescanned_at: None,
        });
        (scan, start)
    }

    fn phase(scan: &Scan, start: Moment, second: u64) -> Phase {
        Phase::of(scan, &Clock::system(Speed::Real), start + Duration::from_secs(second))
    }

    #[test]
    fn a_scan_proceeds_from_unknown_through_pending_and_batches_to_complete() {
        let (scan, start) = scan(Some(1), ScanOutcome::Scanned);
        assert_eq!(phase(&scan, start, 24), Phase::Unknown);
        assert_eq!(phase(&scan, start, 25), Phase::Pending);
        assert_eq!(phase(&scan, start, 40), Phase::Arriving { arrived: 0 });
        let visible: Vec<_> = [55, 63, 71].map(|second| phase(&scan, start, second).visible(10)).to_vec();
        assert_eq!(visible, [3, 5, 8]);
        assert_eq!(phase(&scan, start, 79), Phase::Complete { at: start + Duration::from_secs(79) });
        assert_eq!(phase(&scan, start, 900), Phase::Complete { at: start + Duration::from_secs(79) });
    }

    #[test]
    fn a_slow_scanner_delays_the_findings_and_a_failing_one_ends_the_scan() {
        let (slow, start) = scan(Some(100), ScanOutcome::Scanned);
        assert_eq!(phase(&slow, start, 100).visible(4), 1);
        assert_eq!(phase(&slow, start, 124), Phase::Complete { at: start + Duration::from_secs(124) });
        let outcome = ScanOutcome::Failed { description: "broken".into() };
        let (failed, start) = scan(Some(1), outcome.clone());
        assert_eq!(phase(&failed, start, 30), Phase::Pending);
        assert_eq!(phase(&failed, start, 40), Phase::Stopped { outcome, at: start + Duration::from_secs(40) });
    }

    #[test]
    fn at_instant_speed_a_scan_is_complete_when_the_scanner_is_done() {
        let clock = Clock::system(Speed::Instant);
        let (waiting, start) = scan(None, ScanOutcome::Scanned);
        assert_eq!(Phase::of(&waiting, &clock, start), Phase::Pending);
        let (done, start) = scan(Some(1), ScanOutcome::Scanned);
        let at = start + Duration::from_secs(1);
        assert_eq!(Phase::of(&done, &clock, at), Phase::Complete { at });
    }
}
