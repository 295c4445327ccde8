//! The life of a scan: which phase it is in, from when it was queued, when the scanner was done, and the clock. Nothing
//! has to happen for a phase to come: it is worked out when someone looks.

use std::time::Duration;

use crate::{
    clock::Clock,
    moment::Moment,
    state::{Outcome, Scan},
};

/// From push to `PENDING`: until then there is no scan to speak of.
const UNTIL_PENDING: Duration = Duration::from_secs(25);
/// From push to `ACTIVE`.
const UNTIL_ACTIVE: Duration = Duration::from_secs(40);
/// From push to the first findings.
const UNTIL_FINDINGS: Duration = Duration::from_secs(55);
/// Between two batches of findings.
const BETWEEN_BATCHES: Duration = Duration::from_secs(8);
/// How many batches findings come in.
const BATCHES: u32 = 4;
/// From activating Inspector to its being active.
pub(crate) const ACTIVATION: Duration = Duration::from_secs(20);
/// From deactivating it to its being inactive.
pub(crate) const DEACTIVATION: Duration = Duration::from_secs(10);
/// From the end of an image to the closing of its findings.
pub(crate) const UNTIL_CLOSED: Duration = Duration::from_secs(15);
/// From the end of an image to its findings' being forgotten.
pub(crate) const UNTIL_FORGOTTEN: Duration = Duration::from_mins(10);
/// A basic scan takes this long.
const BASIC: Duration = Duration::from_secs(20);

/// Where a scan stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Phase {
    /// Not taken note of.
    Unknown,
    /// Waiting for its turn.
    Pending,
    /// The scanner is at it, or its findings are on their way: `arrived` of [`BATCHES`] are there.
    Arriving { arrived: u32 },
    /// All findings are there.
    Complete { at: Moment },
    /// It will never have findings.
    Stopped { outcome: Outcome, at: Moment },
    /// The image is too old.
    Expired,
}

impl Phase {
    /// Where the scan stands at this time.
    pub(crate) fn of(scan: &Scan, clock: &Clock, now: Moment) -> Self {
        if scan.expired_at.is_some() {
            return Self::Expired;
        }
        let after = |wait| scan.queued_at + clock.scaled(wait);
        // Where nothing waits, a scan that is queued is a scan that is pending.
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
        if done.outcome != Outcome::Scanned {
            return Self::Stopped { outcome: done.outcome.clone(), at: done.at.max(after(UNTIL_ACTIVE)) };
        }
        let first = done.at.max(after(UNTIL_FINDINGS));
        let complete = first + clock.scaled(BETWEEN_BATCHES * (BATCHES - 1));
        if now >= complete {
            return Self::Complete { at: complete };
        }
        if now < first {
            return Self::Arriving { arrived: 0 };
        }
        let interval = clock.scaled(BETWEEN_BATCHES).as_millis().max(1);
        Self::Arriving { arrived: 1 + (now.since(first).as_millis() / interval) as u32 }
    }

    /// How many of so many findings are there.
    pub(crate) fn visible(&self, findings: usize) -> usize {
        match self {
            Self::Complete { .. } => findings,
            Self::Arriving { arrived } => (findings * *arrived as usize).div_ceil(BATCHES as usize),
            _ => 0,
        }
    }
}

/// When the first findings of a scan that is done came, or will come.
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
    use crate::{Speed, state::Done};

    fn scan(done_after: Option<u64>, outcome: Outcome) -> (Scan, Moment) {
        let start = Moment::of_date("2026-01-01").unwrap();
        let mut scan = Scan::queued(start);
        scan.done = done_after.map(|seconds| Done { at: start + Duration::from_secs(seconds), outcome });
        (scan, start)
    }

    fn phase(scan: &Scan, start: Moment, second: u64) -> Phase {
        Phase::of(scan, &Clock::system(Speed::Real), start + Duration::from_secs(second))
    }

    #[test]
    fn a_scan_goes_from_unknown_over_pending_and_batches_to_complete() {
        let (scan, start) = scan(Some(1), Outcome::Scanned);
        assert_eq!(phase(&scan, start, 24), Phase::Unknown);
        assert_eq!(phase(&scan, start, 25), Phase::Pending);
        assert_eq!(phase(&scan, start, 40), Phase::Arriving { arrived: 0 });
        let seen: Vec<_> = [55, 63, 71].map(|second| phase(&scan, start, second).visible(10)).to_vec();
        assert_eq!(seen, [3, 5, 8]);
        assert_eq!(phase(&scan, start, 79), Phase::Complete { at: start + Duration::from_secs(79) });
        assert_eq!(phase(&scan, start, 900), Phase::Complete { at: start + Duration::from_secs(79) });
    }

    #[test]
    fn a_slow_scanner_delays_the_findings_and_a_failing_one_ends_the_scan() {
        let (slow, start) = scan(Some(100), Outcome::Scanned);
        assert_eq!(phase(&slow, start, 100).visible(4), 1);
        assert_eq!(phase(&slow, start, 124), Phase::Complete { at: start + Duration::from_secs(124) });
        let outcome = Outcome::Failed { description: "broken".into() };
        let (failed, start) = scan(Some(1), outcome.clone());
        assert_eq!(phase(&failed, start, 30), Phase::Pending);
        assert_eq!(phase(&failed, start, 40), Phase::Stopped { outcome, at: start + Duration::from_secs(40) });
    }

    #[test]
    fn where_nothing_waits_a_scan_is_complete_when_the_scanner_is_done() {
        let clock = Clock::system(Speed::Instant);
        let (waiting, start) = scan(None, Outcome::Scanned);
        assert_eq!(Phase::of(&waiting, &clock, start), Phase::Pending);
        let (done, start) = scan(Some(1), Outcome::Scanned);
        let at = start + Duration::from_secs(1);
        assert_eq!(Phase::of(&done, &clock, at), Phase::Complete { at });
    }
}
