//! Watches a scan by ECR's status, Inspector's coverage and both counts of findings. A scan is stable when the counts have
//! stopped changing, not when a status says so.

use std::time::Duration;

use crate::{
    aws::Aws,
    clock::Clock,
    cloud::{
        inspector,
        scan::{self, EcrScan},
    },
    context::Job,
    model::{
        access::Pace,
        code::Code,
        problem::{LabError, Problem},
        progress::{Event, ScanPhase, ScanView},
        scan_status::ScanStatus,
    },
};

/// What was counted when a scan was stable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Counted {
    pub(crate) ecr: usize,
    pub(crate) inspector: usize,
}

/// How many polls in a row may fail before the failure is returned.
const FAILURES: u32 = 8;

/// Polls the scan of an image until its counts have stopped changing.
///
/// # Errors
///
/// Problem `scan-stopped` when it will have no findings, `scan-given-up` when it took too long, `image-not-there` when the image
/// does not appear; the error of a poll, when it is not retryable or lasts.
pub(crate) async fn watch(
    job: &Job<'_>,
    clock: &dyn Clock,
    repository: &str,
    digest: &str,
) -> Result<Counted, LabError> {
    let aws = job.context.aws().await?;
    let pace = job.context.access.pace;
    let started = clock.now();
    let elapsed = || clock.now().saturating_sub(started);
    let mut tracker = PhaseTracker::new(pace);
    let mut failures = 0;
    loop {
        match observe(aws, repository, digest).await {
            Ok(observation) => {
                failures = 0;
                let elapsed = elapsed();
                let phase = tracker.phase(elapsed, &observation);
                job.progress.event(Event::Scan {
                    scan: observation.view(repository, elapsed, phase, tracker.final_in(elapsed, phase)),
                });
                match phase {
                    ScanPhase::Stable => {
                        return Ok(Counted { ecr: observation.ecr_count(), inspector: observation.inspector });
                    }
                    ScanPhase::Stopped => return Err(observation.stopped(repository)),
                    ScanPhase::GivenUp => return Err(observation.given_up(repository, elapsed)),
                    ScanPhase::NotKnown | ScanPhase::Pending | ScanPhase::Arriving => {}
                }
            }
            Err(LabError::Problem(problem)) if problem.retryable && failures < FAILURES => {
                failures += 1;
                if elapsed() >= pace.give_up {
                    return Err(LabError::Problem(problem));
                }
            }
            Err(error) => return Err(error),
        }
        // A service that throttles is polled less often.
        clock.sleep(pace.poll * (1 << failures.min(3))).await;
    }
}

async fn observe(aws: &Aws, repository: &str, digest: &str) -> Result<Observation, LabError> {
    let (ecr, coverage, inspector) = futures::try_join!(
        scan::observe(aws, repository, digest),
        inspector::coverage(aws, repository, Some(digest)),
        inspector::count(aws, repository, digest),
    )?;
    Ok(Observation { ecr, coverage, inspector })
}

/// The result of one poll.
#[derive(Clone, Debug)]
struct Observation {
    ecr: EcrScan,
    coverage: Option<String>,
    inspector: usize,
}

impl Observation {
    fn ecr_count(&self) -> usize {
        if let EcrScan::Reported { count, .. } = &self.ecr { *count } else { 0 }
    }

    fn status(&self) -> Option<&str> {
        if let EcrScan::Reported { status, .. } = &self.ecr { Some(status) } else { None }
    }

    /// Whether there is a scan that has findings, or may have some later. Of others, no findings does not mean that there are none.
    fn counts(&self) -> bool {
        self.status().is_some_and(|status| matches!(ScanStatus::of(status), ScanStatus::Ended | ScanStatus::UnderWay))
    }

    fn view(&self, repository: &str, elapsed: Duration, phase: ScanPhase, final_in: Option<Duration>) -> ScanView {
        ScanView {
            repository: repository.to_owned(),
            elapsed: elapsed.as_secs_f64(),
            phase,
            status: self.status().map(str::to_owned),
            coverage: self.coverage.clone(),
            ecr: self.counts().then(|| self.ecr_count()),
            inspector: self.counts().then_some(self.inspector),
            final_in: final_in.map(|left| left.as_secs_f64()),
        }
    }

    fn stopped(&self, repository: &str) -> LabError {
        let coverage = self.coverage.as_deref().unwrap_or("-");
        match &self.ecr {
            EcrScan::NoImage => Problem::new(Code::ImageNotThere).with("repository", repository).retryable().into(),
            EcrScan::NotFound => stopped(repository, "ScanNotFound", coverage).into(),
            EcrScan::Reported { status, .. } if ScanStatus::of(status) == ScanStatus::Expired => {
                let problem = Problem::new(Code::NoLongerWatched).with("repository", repository);
                problem.with("status", status).with("coverage", coverage).into()
            }
            EcrScan::Reported { status, description, .. } => {
                stopped(repository, status, coverage).details(description.clone()).into()
            }
        }
    }

    fn given_up(&self, repository: &str, elapsed: Duration) -> LabError {
        let status = match &self.ecr {
            EcrScan::Reported { status, .. } => status,
            EcrScan::NotFound => "ScanNotFound",
            EcrScan::NoImage => "ImageNotFound",
        };
        let problem = Problem::new(Code::ScanGivenUp).with("repository", repository).with("status", status);
        problem.with("seconds", elapsed.as_secs()).with("found", self.ecr_count()).retryable().into()
    }
}

fn stopped(repository: &str, status: &str, coverage: &str) -> Problem {
    Problem::new(Code::ScanStopped).with("repository", repository).with("status", status).with("coverage", coverage)
}

/// Derives the phase of a scan from one observation after the other.
struct PhaseTracker {
    pace: Pace,
    /// The last counts, and since when they have not changed.
    still: Option<(usize, usize, Duration)>,
    /// When they are final, if they do not change until then; `None`: no status says that the scan is complete.
    final_at: Option<Duration>,
}

impl PhaseTracker {
    fn new(pace: Pace) -> Self {
        Self { pace, still: None, final_at: None }
    }

    fn phase(&mut self, at: Duration, observation: &Observation) -> ScanPhase {
        let phase = match &observation.ecr {
            // Right after a push it may not exist yet.
            EcrScan::NoImage if at >= self.pace.give_up / 30 => ScanPhase::Stopped,
            EcrScan::NotFound if at >= self.pace.give_up / 15 && observation.is_not_covered() => ScanPhase::Stopped,
            EcrScan::NoImage | EcrScan::NotFound => ScanPhase::NotKnown,
            EcrScan::Reported { status, completed, count, .. } => match status.as_str() {
                "PENDING" | "IN_PROGRESS" => ScanPhase::Pending,
                "ACTIVE" | "COMPLETE" => self.count(at, *count, observation.inspector, *completed),
                _ => ScanPhase::Stopped,
            },
        };
        let ended = matches!(phase, ScanPhase::Stable | ScanPhase::Stopped);
        if !ended && at >= self.pace.give_up { ScanPhase::GivenUp } else { phase }
    }

    /// A status that sounds final comes before the findings do: only counts that stand still end the wait. Where the two
    /// services differ, one of them lags, and is given three times as long.
    fn count(&mut self, at: Duration, ecr: usize, inspector: usize, completed: bool) -> ScanPhase {
        let since = match self.still {
            Some((known_ecr, known_inspector, since)) if (known_ecr, known_inspector) == (ecr, inspector) => since,
            _ => at,
        };
        self.still = Some((ecr, inspector, since));
        let needed = if ecr == inspector { self.pace.stable_after } else { self.pace.stable_after * 3 };
        self.final_at = completed.then_some(since + needed);
        if completed && at.saturating_sub(since) >= needed { ScanPhase::Stable } else { ScanPhase::Arriving }
    }

    /// How long the counts still have to stand still at this time.
    fn final_in(&self, at: Duration, phase: ScanPhase) -> Option<Duration> {
        self.final_at.filter(|_| phase == ScanPhase::Arriving).map(|until| until.saturating_sub(at))
    }
}

impl Observation {
    /// Inspector knows of it and does not scan it.
    fn is_not_covered(&self) -> bool {
        !matches!(
            self.coverage.as_deref(),
            None | Some("PENDING_INITIAL_SCAN" | "SCAN_IN_PROGRESS" | "SUCCESSFUL" | "INTERNAL_ERROR")
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pace() -> Pace {
        Pace { poll: seconds(10), stable_after: seconds(60), give_up: seconds(900) }
    }

    fn seconds(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    fn reported(status: &str, completed: bool, ecr: usize, inspector: usize) -> Observation {
        let ecr = EcrScan::Reported { status: status.into(), description: String::new(), completed, count: ecr };
        Observation { ecr, coverage: Some("SUCCESSFUL".into()), inspector }
    }

    fn unknown(ecr: EcrScan, coverage: Option<&str>) -> Observation {
        Observation { ecr, coverage: coverage.map(str::to_owned), inspector: 0 }
    }

    #[test]
    fn a_scan_is_stable_only_when_its_counts_stopped_changing() {
        let mut tracker = PhaseTracker::new(pace());
        let observations = [
            (0, unknown(EcrScan::NotFound, None), ScanPhase::NotKnown),
            (30, reported("PENDING", false, 0, 0), ScanPhase::Pending),
            (40, reported("ACTIVE", false, 0, 0), ScanPhase::Arriving),
            (120, reported("ACTIVE", false, 0, 0), ScanPhase::Arriving),
            (130, reported("COMPLETE", true, 0, 0), ScanPhase::Stable),
        ];
        for (at, observation, expected) in observations {
            assert_eq!(tracker.phase(seconds(at), &observation), expected, "at {at}");
        }
    }

    #[test]
    fn changing_counts_restart_the_wait() {
        let mut tracker = PhaseTracker::new(pace());
        for (at, count) in [(0, 10), (50, 20), (100, 30), (150, 40)] {
            assert_eq!(tracker.phase(seconds(at), &reported("ACTIVE", true, count, count)), ScanPhase::Arriving);
        }
        assert_eq!(tracker.phase(seconds(209), &reported("ACTIVE", true, 40, 40)), ScanPhase::Arriving);
        assert_eq!(tracker.final_in(seconds(209), ScanPhase::Arriving), Some(seconds(1)));
        assert_eq!(tracker.phase(seconds(210), &reported("ACTIVE", true, 40, 40)), ScanPhase::Stable);
    }

    #[test]
    fn there_is_no_countdown_until_a_status_says_complete_and_none_at_the_end() {
        let mut tracker = PhaseTracker::new(pace());
        let phase = tracker.phase(seconds(40), &reported("ACTIVE", false, 0, 0));
        assert_eq!(tracker.final_in(seconds(40), phase), None);
        let phase = tracker.phase(seconds(50), &reported("ACTIVE", true, 7, 7));
        assert_eq!(tracker.final_in(seconds(50), phase), Some(seconds(60)));
        // Where the counts differ, it is three times as long.
        let phase = tracker.phase(seconds(60), &reported("ACTIVE", true, 9, 7));
        assert_eq!(tracker.final_in(seconds(60), phase), Some(seconds(180)));
        let phase = tracker.phase(seconds(240), &reported("ACTIVE", true, 9, 7));
        assert_eq!((tracker.final_in(seconds(240), phase), phase), (None, ScanPhase::Stable));
    }

    #[test]
    fn counts_that_differ_are_given_three_times_as_long() {
        let mut tracker = PhaseTracker::new(pace());
        assert_eq!(tracker.phase(seconds(0), &reported("ACTIVE", true, 40, 0)), ScanPhase::Arriving);
        assert_eq!(tracker.phase(seconds(179), &reported("ACTIVE", true, 40, 0)), ScanPhase::Arriving);
        assert_eq!(tracker.phase(seconds(180), &reported("ACTIVE", true, 40, 0)), ScanPhase::Stable);
    }

    #[test]
    fn a_scan_that_never_completes_is_given_up_on_and_not_called_stable() {
        let mut tracker = PhaseTracker::new(pace());
        assert_eq!(tracker.phase(seconds(0), &reported("ACTIVE", false, 5, 5)), ScanPhase::Arriving);
        assert_eq!(tracker.phase(seconds(899), &reported("ACTIVE", false, 5, 5)), ScanPhase::Arriving);
        assert_eq!(tracker.phase(seconds(900), &reported("ACTIVE", false, 5, 5)), ScanPhase::GivenUp);
    }

    #[test]
    fn without_a_scan_that_could_find_any_findings_are_not_counted() {
        let counts = |observation: Observation| {
            let view = observation.view("prod", seconds(0), ScanPhase::Stopped, None);
            (view.ecr, view.inspector)
        };
        for status in ["UNSUPPORTED_IMAGE", "FAILED", "SCAN_ELIGIBILITY_EXPIRED", "NEW_WORD"] {
            assert_eq!(counts(reported(status, true, 0, 0)), (None, None), "{status}");
        }
        for absent in [EcrScan::NotFound, EcrScan::NoImage] {
            assert_eq!(counts(unknown(absent, None)), (None, None));
        }
        assert_eq!(counts(reported("PENDING", false, 0, 0)), (Some(0), Some(0)));
        assert_eq!(counts(reported("ACTIVE", true, 3, 2)), (Some(3), Some(2)));
    }

    #[test]
    fn every_other_status_stops() {
        for status in
            ["FAILED", "UNSUPPORTED_IMAGE", "SCAN_ELIGIBILITY_EXPIRED", "FINDINGS_UNAVAILABLE", "NEW_WORD", ""]
        {
            assert_eq!(
                PhaseTracker::new(pace()).phase(seconds(0), &reported(status, true, 0, 0)),
                ScanPhase::Stopped,
                "{status}"
            );
        }
    }

    #[test]
    fn an_image_that_does_not_appear_and_one_that_is_not_covered_stop_after_a_while() {
        let phase = |at, observation: &Observation| PhaseTracker::new(pace()).phase(seconds(at), observation);
        let absent = unknown(EcrScan::NoImage, None);
        assert_eq!((phase(29, &absent), phase(30, &absent)), (ScanPhase::NotKnown, ScanPhase::Stopped));
        let manual = unknown(EcrScan::NotFound, Some("SCAN_FREQUENCY_MANUAL"));
        assert_eq!((phase(59, &manual), phase(60, &manual)), (ScanPhase::NotKnown, ScanPhase::Stopped));
        let waiting = unknown(EcrScan::NotFound, Some("PENDING_INITIAL_SCAN"));
        assert_eq!((phase(60, &waiting), phase(900, &waiting)), (ScanPhase::NotKnown, ScanPhase::GivenUp));
    }
}
