//! The clock that scans, activations, tokens and timed faults go by: the system's, or one that a test turns by hand.

use std::{
    sync::Arc,
    time::{Duration, SystemTime},
};

use tokio::sync::watch;

use crate::{moment::Moment, speed::Speed};

/// How much faster than the real service [`Speed::Fast`] is.
const FAST: u32 = 20;

/// The clock that scans, activations, tokens and timed faults go by.
#[derive(Clone, Debug)]
pub struct Clock {
    hands: Option<Arc<watch::Sender<SystemTime>>>,
    speed: Speed,
}

/// What turns a manual clock.
#[derive(Clone, Debug)]
pub struct ClockControl(Arc<watch::Sender<SystemTime>>);

impl Clock {
    /// The system's clock, with waits as long as the speed makes them.
    pub fn system(speed: Speed) -> Self {
        Self { hands: None, speed }
    }

    /// A clock that stands still until its hands are turned. Waits are as long as the real service's.
    pub fn manual() -> (Self, ClockControl) {
        let hands = Arc::new(watch::Sender::new(SystemTime::now()));
        (Self { hands: Some(Arc::clone(&hands)), speed: Speed::Real }, ClockControl(hands))
    }

    /// The time.
    pub fn now(&self) -> SystemTime {
        self.hands.as_ref().map_or_else(SystemTime::now, |hands| *hands.borrow())
    }

    /// How long a wait of the real service takes here.
    pub fn scaled(&self, real: Duration) -> Duration {
        match self.speed {
            Speed::Real => real,
            Speed::Fast => real / FAST,
            Speed::Instant => Duration::ZERO,
        }
    }

    /// Waits on this clock.
    pub async fn sleep(&self, duration: Duration) {
        match &self.hands {
            None => tokio::time::sleep(duration).await,
            Some(hands) => {
                let until = *hands.borrow() + duration;
                let mut turned = hands.subscribe();
                // The sender lives as long as this clock, so the wait cannot fail.
                let _ = turned.wait_for(|now| *now >= until).await;
            }
        }
    }

    pub(crate) fn moment(&self) -> Moment {
        self.now().into()
    }
}

impl ClockControl {
    /// Turns the clock on.
    pub fn advance(&self, by: Duration) {
        self.0.send_modify(|now| *now += by);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_manual_clock_wakes_its_sleepers_when_it_is_turned_far_enough() {
        let (clock, hands) = Clock::manual();
        let start = clock.now();
        let sleeper = tokio::spawn({
            let clock = clock.clone();
            async move {
                clock.sleep(Duration::from_secs(10)).await;
                clock.now()
            }
        });
        tokio::task::yield_now().await;
        hands.advance(Duration::from_secs(9));
        tokio::task::yield_now().await;
        assert!(!sleeper.is_finished());
        hands.advance(Duration::from_secs(1));
        assert_eq!(sleeper.await.unwrap(), start + Duration::from_secs(10));
    }

    #[test]
    fn each_speed_scales_the_waits() {
        let minute = Duration::from_mins(1);
        assert_eq!(Clock::system(Speed::Real).scaled(minute), minute);
        assert_eq!(Clock::system(Speed::Fast).scaled(minute), Duration::from_secs(3));
        assert_eq!(Clock::system(Speed::Instant).scaled(minute), Duration::ZERO);
    }
}
