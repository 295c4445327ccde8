//! The tokens of the registries. They are in memory only, so a restart invalidates all of them.

use std::{collections::HashMap, time::Duration};

use parking_lot::Mutex;

use crate::{clock::Clock, moment::Moment, permissions::principal::Principal};

/// How long a token is valid.
pub(crate) const LIFETIME: Duration = Duration::from_hours(12);

/// The tokens that were issued.
#[derive(Debug)]
pub(crate) struct Tokens {
    clock: Clock,
    issued: Mutex<HashMap<String, Issued>>,
}

/// A token that was issued.
#[derive(Debug)]
struct Issued {
    expires_at: Moment,
    owner: Principal,
}

/// Whether a token is accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum TokenStatus {
    /// It is, as the token of this caller.
    Valid(Principal),
    Expired,
    Unknown,
}

impl Tokens {
    pub(crate) fn new(clock: Clock) -> Self {
        Self { clock, issued: Mutex::default() }
    }

    /// A new token for a caller, and its expiry. Earlier tokens stay valid.
    pub(crate) fn issue(&self, owner: Principal) -> (String, Moment) {
        let now = self.clock.moment();
        let expiry = now + LIFETIME;
        let token: String = (0..4).map(|_| uuid::Uuid::new_v4().simple().to_string()).collect();
        let mut issued = self.issued.lock();
        // Kept for as long again, so that a late client receives "expired" rather than "unknown".
        issued.retain(|_, issued| issued.expires_at + LIFETIME > now);
        issued.insert(token.clone(), Issued { expires_at: expiry, owner });
        (token, expiry)
    }

    pub(crate) fn status(&self, token: &str) -> TokenStatus {
        match self.issued.lock().get(token) {
            Some(issued) if issued.expires_at > self.clock.moment() => TokenStatus::Valid(issued.owner.clone()),
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
        let valid = || TokenStatus::Valid(Principal::User);
        let (first, _) = tokens.issue(Principal::User);
        control.advance(Duration::from_hours(11));
        let (second, _) = tokens.issue(Principal::User);
        assert_eq!([tokens.status(&first), tokens.status(&second)], [valid(), valid()]);
        control.advance(Duration::from_hours(1));
        assert_eq!([tokens.status(&first), tokens.status(&second)], [TokenStatus::Expired, valid()]);
        assert_eq!(tokens.status("guessed"), TokenStatus::Unknown);
    }
}
