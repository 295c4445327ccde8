//! The passwords of the registries: in memory only, so a restart ends them all.

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use crate::{clock::Clock, moment::Moment};

/// How long a token is good.
pub(crate) const LIFETIME: Duration = Duration::from_hours(12);

#[derive(Debug)]
pub(crate) struct Tokens {
    clock: Clock,
    expiries: Mutex<HashMap<String, Moment>>,
}

/// What a password is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    Good,
    Expired,
    Unknown,
}

impl Tokens {
    pub(crate) fn new(clock: Clock) -> Self {
        Self { clock, expiries: Mutex::default() }
    }

    /// A new password, with when it ends. Those that stood before stay good.
    pub(crate) fn issue(&self) -> (String, Moment) {
        let now = self.clock.moment();
        let expiry = now + LIFETIME;
        let password: String = (0..4).map(|_| uuid::Uuid::new_v4().simple().to_string()).collect();
        let mut expiries = self.expiries();
        // Kept for as long again, so that a late client hears "expired" and not "unknown".
        expiries.retain(|_, expiry| *expiry + LIFETIME > now);
        expiries.insert(password.clone(), expiry);
        (password, expiry)
    }

    pub(crate) fn standing(&self, password: &str) -> Standing {
        match self.expiries().get(password) {
            Some(expiry) if *expiry > self.clock.moment() => Standing::Good,
            Some(_) => Standing::Expired,
            None => Standing::Unknown,
        }
    }

    fn expiries(&self) -> MutexGuard<'_, HashMap<String, Moment>> {
        self.expiries.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_tokens_are_good_at_once_for_twelve_hours() {
        let (clock, hands) = Clock::manual();
        let tokens = Tokens::new(clock);
        let (first, _) = tokens.issue();
        hands.advance(Duration::from_hours(11));
        let (second, _) = tokens.issue();
        assert_eq!([tokens.standing(&first), tokens.standing(&second)], [Standing::Good; 2]);
        hands.advance(Duration::from_hours(1));
        assert_eq!([tokens.standing(&first), tokens.standing(&second)], [Standing::Expired, Standing::Good]);
        assert_eq!(tokens.standing("guessed"), Standing::Unknown);
    }
}
