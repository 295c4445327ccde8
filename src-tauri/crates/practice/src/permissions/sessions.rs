//! Temporary credentials. Those of roles are in memory only, so a restart invalidates all of them; those of the practice user are
//! in the account's state.

use std::{collections::HashMap, time::Duration};

use parking_lot::Mutex;

use crate::{clock::Clock, moment::Moment, permissions::principal::Principal, state::UserSession};

/// The longest session of a user.
pub(crate) const LONGEST_USER_SESSION: Duration = Duration::from_hours(36);

/// The sessions that were started.
#[derive(Debug)]
pub(crate) struct Sessions {
    clock: Clock,
    /// By access key.
    sessions: Mutex<HashMap<String, Session>>,
}

/// The credentials of a session, and whose they are.
#[derive(Clone, Debug)]
pub(crate) struct Session {
    pub(crate) access_key: String,
    pub(crate) secret_key: String,
    pub(crate) token: String,
    pub(crate) expires_at: Moment,
    pub(crate) principal: Principal,
}

impl Session {
    /// New credentials.
    pub(crate) fn random(principal: Principal, expires_at: Moment) -> Self {
        let random = || uuid::Uuid::new_v4().simple().to_string();
        Self {
            access_key: format!("ASIAPRACTICE{}", random()[..8].to_ascii_uppercase()),
            secret_key: format!("{}{}", random(), &random()[..8]),
            token: [random(), random(), random()].concat(),
            expires_at,
            principal,
        }
    }

    /// The stored credentials of the practice user.
    pub(crate) fn of_user(access_key: &str, stored: UserSession) -> Self {
        let UserSession { secret_key, token, expires_at } = stored;
        Self { access_key: access_key.to_owned(), secret_key, token, expires_at, principal: Principal::UserSession }
    }
}

impl Sessions {
    pub(crate) fn new(clock: Clock) -> Self {
        Self { clock, sessions: Mutex::default() }
    }

    /// Starts a session of this length.
    pub(crate) fn start(&self, principal: Principal, length: Duration) -> Session {
        let session = Session::random(principal, self.clock.moment() + length);
        self.sessions.lock().insert(session.access_key.clone(), session.clone());
        session
    }

    /// The session of an access key, expired or not.
    pub(crate) fn find(&self, access_key: &str) -> Option<Session> {
        self.sessions.lock().get(access_key).cloned()
    }

    /// Whether a session has expired.
    pub(crate) fn is_expired(&self, session: &Session) -> bool {
        session.expires_at <= self.clock.moment()
    }
}
