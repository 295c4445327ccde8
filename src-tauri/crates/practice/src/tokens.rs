//! The tokens of the registries. They are in memory only, so a restart invalidates all of them.

use std::{collections::HashMap, time::Duration};

use parking_lot::Mutex;

use crate::{clock::Clock, moment::Moment};

/// How long a token is valid.
pub(crate) const LIFETIME: Duration = Duration::from_hours(12);

/// The tokens that were issued.
#[derive(Debug)]
pub(crate) struct Tokens {
    clock: Clock,
    expiries: Mutex<HashMap<String, Moment>>,
}

/// Whether a token is accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TokenStatus {
    Valid,
    Expired,
    Unknown,
}

impl Tokens {
    pub(crate) fn new(clock: Clock) -> Self {
        Self { clock, expiries: Mutex::default() }
    }

    /// A new token and its expiry. Earlier tokens stay valid.
    pub(crate) fn issue(&self) -> (String, Moment) {
        let now = self.clock.moment();
        let expiry = now + LIFETIME;
        let token: String = (0..4).map(|_| uuid::Uuid::new_v4().simple().to_string()).collect();
        let mut expiries = self.expiries.lock();
        // Kept for as long again, so that a late client receives "expired" rather than "unknown".
        expiries.retain(|_, expiry| *expiry + LIFETIME > now);
        expiries.insert(token.clone(), expiry);
        (token, expiry)
    }

    pub(crate) fn status(&self, token: &str) -> TokenStatus {
        match self.expiries.lock().get(token) {
            Some(expiry) if *expiry > self.clock.moment() => TokenStatus::Valid,
            Some(_) => TokenStatus::Expired,
            None => TokenStatus::Unknown,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_tokens_are_valid_at_once_for_twelve_hours() {
        let (clock, control) = Clock::manual();
        let tokens = Tokens::new(clock);
        let (first, _) = tokens.issue();
        control.advance(Duration::from_hours(11));
        let (second, _) = tokens.issue();
        assert_eq!([tokens.status(&first), tokens.status(&second)], [TokenStatus::Valid; 2]);
        control.advance(Duration::from_hours(1));
        assert_eq!([tokens.status(&first), tokens.status(&second)], [TokenStatus::Expired, TokenStatus::Valid]);
        assert_eq!(tokens.status("guessed"), TokenStatus::Unknown);
    }
}
