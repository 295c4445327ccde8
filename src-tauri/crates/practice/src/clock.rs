//! The practice clock: the system's, or one that a test controls, and how far it was moved forward. What a client compares with its
//! own clock (signatures, credentials, tokens) and the waits of a request run on the clock that was not moved.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, SystemTime},
};

use tokio::sync::watch;

use crate::{moment::Moment, speed::Speed};

/// How much faster than the real service [`Speed::Fast`] is.
const FAST: u32 = 20;

/// How much faster than the real service [`Speed::Steady`] is.
const STEADY: u32 = 5;

/// The practice clock. All clones are moved together.
#[derive(Clone, Debug)]
pub struct Clock {
    manual: Option<Arc<watch::Sender<SystemTime>>>,
    /// How far it was moved forward, in seconds.
    ahead: Arc<AtomicU64>,
    speed: Speed,
}

/// Advances a manual clock.
#[derive(Clone, Debug)]
pub struct ClockControl(Arc<watch::Sender<SystemTime>>);

impl Clock {
    /// The system's clock, with waits scaled by the speed.
    pub fn system(speed: Speed) -> Self {
        Self { manual: None, ahead: Arc::default(), speed }
    }

    /// A clock that stops until it is advanced, and the control that advances it. Waits are as long as the real
    /// service's.
    pub fn manual() -> (Self, ClockControl) {
        let time = Arc::new(watch::Sender::new(SystemTime::now()));
        let clock = Self { manual: Some(Arc::clone(&time)), ahead: Arc::default(), speed: Speed::Real };
        (clock, ClockControl(time))
    }

    /// The current time.
    pub fn now(&self) -> SystemTime {
        self.manual.as_ref().map_or_else(SystemTime::now, |time| *time.borrow()) + self.ahead()
    }

    /// How far the clock was moved forward.
    pub fn ahead(&self) -> Duration {
        Duration::from_secs(self.ahead.load(Ordering::Acquire))
    }

    /// Moves the clock to so many seconds ahead. Never backward: less than it is ahead already is ignored.
    pub(crate) fn set_ahead(&self, seconds: u64) {
        self.ahead.fetch_max(seconds, Ordering::AcqRel);
    }

    /// The same clock without having been moved, which it never is.
    pub(crate) fn unmoved(&self) -> Self {
        Self { ahead: Arc::default(), ..self.clone() }
    }

    /// How long a wait of the real service takes on this clock.
    pub fn scaled(&self, real: Duration) -> Duration {
        match self.speed {
            Speed::Real => real,
            Speed::Fast => real / FAST,
            Speed::Steady => real / STEADY,
            Speed::Instant => Duration::ZERO,
        }
    }

    /// Waits on this clock, whether it is moved meanwhile or not.
    pub async fn sleep(&self, duration: Duration) {
        match &self.manual {
            None => tokio::time::sleep(duration).await,
            Some(time) => {
                let until = *time.borrow() + duration;
                let mut changes = time.subscribe();
                // The sender lives as long as this clock, so the wait cannot fail.
                let _ = changes.wait_for(|now| *now >= until).await;
            }
        }
    }

    pub(crate) fn moment(&self) -> Moment {
        self.now().into()
    }
}

impl ClockControl {
    /// Advances the clock.
    pub fn advance(&self, by: Duration) {
        self.0.send_modify(|now| *now += by);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_manual_clock_wakes_its_sleepers_when_it_is_advanced_far_enough() {
        let (clock, control) = Clock::manual();
        let start = clock.now();
        let sleeper = tokio::spawn({
            let clock = clock.clone();
            async move {
                clock.sleep(Duration::from_secs(10)).await;
                clock.now()
            }
        });
        tokio::task::yield_now().await;
        control.advance(Duration::from_secs(9));
        tokio::task::yield_now().await;
        assert!(!sleeper.is_finished());
        control.advance(Duration::from_secs(1));
        assert_eq!(sleeper.await.unwrap(), start + Duration::from_secs(10));
    }

    #[test]
    fn a_clock_is_moved_forward_only_and_with_all_its_clones() {
        let (clock, _control) = Clock::manual();
        let (start, clone) = (clock.now(), clock.clone());
        let unmoved = clock.unmoved();
        clock.set_ahead(60);
        clock.set_ahead(59);
        assert_eq!((clone.ahead(), clone.now()), (Duration::from_mins(1), start + Duration::from_mins(1)));
        assert_eq!((unmoved.ahead(), unmoved.now()), (Duration::ZERO, start));
    }

    #[test]
    fn each_speed_scales_the_waits() {
        let minute = Duration::from_mins(1);
        assert_eq!(Clock::system(Speed::Real).scaled(minute), minute);
        assert_eq!(Clock::system(Speed::Fast).scaled(minute), Duration::from_secs(3));
        assert_eq!(Clock::system(Speed::Steady).scaled(minute), Duration::from_secs(12));
        assert_eq!(Clock::system(Speed::Instant).scaled(minute), Duration::ZERO);
    }
}
