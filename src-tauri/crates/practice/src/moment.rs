//! A point in time: stored as milliseconds since 1970, sent in AWS's JSON as seconds with a fraction.

use std::{
    ops::Add,
    time::{Duration, SystemTime},
};

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Milliseconds since 1970.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Moment(u64);

impl Moment {
    /// The format that the services send: seconds since 1970, with a fraction.
    pub(crate) fn to_json(self) -> Value {
        Value::from(self.seconds())
    }

    pub(crate) fn seconds(self) -> f64 {
        self.0 as f64 / 1000.0
    }

    /// The time since `earlier`; zero if that is later.
    pub(crate) fn since(self, earlier: Self) -> Duration {
        Duration::from_millis(self.0.saturating_sub(earlier.0))
    }

    /// Parses a date like `2021-12-10`.
    pub(crate) fn of_date(text: &str) -> Option<Self> {
        const DATE: &[time::format_description::FormatItem<'_>] =
            time::macros::format_description!("[year]-[month]-[day]");
        let date = time::Date::parse(text.get(..10)?, DATE).ok()?;
        Some(Self::from(SystemTime::from(date.midnight().assume_utc())))
    }
}

impl From<SystemTime> for Moment {
    fn from(time: SystemTime) -> Self {
        Self(time.duration_since(SystemTime::UNIX_EPOCH).map_or(0, |since| since.as_millis() as u64))
    }
}

impl From<Moment> for SystemTime {
    fn from(moment: Moment) -> Self {
        SystemTime::UNIX_EPOCH + Duration::from_millis(moment.0)
    }
}

impl Add<Duration> for Moment {
    type Output = Self;

    fn add(self, duration: Duration) -> Self {
        Self(self.0.saturating_add(duration.as_millis() as u64))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_fractions_survive_the_wire() {
        let moment = Moment::of_date("2021-12-10").unwrap();
        assert_eq!(moment.to_json().to_string(), "1639094400.0");
        assert_eq!((moment + Duration::from_millis(250)).to_json().to_string(), "1639094400.25");
        assert_eq!(Moment::from(SystemTime::from(moment)), moment);
        assert_eq!(Moment::of_date("soon"), None);
    }
}
