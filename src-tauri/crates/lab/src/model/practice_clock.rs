//! How far the clock of the practice cloud was moved forward, and how that is said. Moving it is left to the practice cloud.

use std::time::Duration;

use i18n::Message;
use serde::Serialize;

/// How far the clock of the practice cloud is ahead of this machine's.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PracticeClock {
    /// In seconds; `None` if it could not be read.
    pub ahead_seconds: Option<u64>,
}

/// The units in which it is said, the largest first, with their seconds.
const UNITS: [(&str, u64); 4] = [
    ("practice-clock-days", 24 * 3600),
    ("practice-clock-hours", 3600),
    ("practice-clock-minutes", 60),
    ("practice-clock-seconds", 1),
];

impl PracticeClock {
    /// It was moved by this much.
    pub const fn moved_by(ahead: Duration) -> Self {
        Self { ahead_seconds: Some(ahead.as_secs()) }
    }

    /// How far it was moved could not be read.
    pub const UNKNOWN: Self = Self { ahead_seconds: None };

    /// What is said of it, in the largest unit that does not round; `None` if it was not moved.
    pub fn message(self) -> Option<Message> {
        match self.ahead_seconds {
            None => Some(Message::new("practice-clock-unknown")),
            Some(0) => None,
            Some(seconds) => {
                let (id, unit) = UNITS.into_iter().find(|(_, unit)| seconds % unit == 0)?;
                Some(Message::new(id).with("count", seconds / unit))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use i18n::{Lang, Localizer};

    use super::*;

    #[test]
    fn it_is_said_exactly_and_what_is_not_known_is_not_zero() {
        let says = |clock: PracticeClock| clock.message().map(|message| Localizer::new(Lang::En).text(&message));
        let moved = |seconds| says(PracticeClock::moved_by(Duration::from_secs(seconds))).unwrap();
        assert_eq!(says(PracticeClock::moved_by(Duration::ZERO)), None);
        assert_eq!(moved(24 * 3600), "The practice clock was moved 1 day forward.");
        assert_eq!(moved(15 * 24 * 3600), "The practice clock was moved 15 days forward.");
        assert_eq!(moved(36 * 3600), "The practice clock was moved 36 hours forward.");
        assert_eq!(moved(90), "The practice clock was moved 90 seconds forward.");
        assert!(says(PracticeClock::UNKNOWN).unwrap().contains("could not be read"));
    }
}
