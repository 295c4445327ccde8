//! The temporary credentials of role sessions. They are in memory only, so a restart invalidates all of them.

use std::{collections::HashMap, time::Duration};

use parking_lot::Mutex;

use crate::{clock::Clock, moment::Moment, permissions::principal::Principal};

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

impl Sessions {
    pub(crate) fn new(clock: Clock) -> Self {
        Self { clock, sessions: Mutex::default() }
    }

    /// Starts a session of this length.
    pub(crate) fn start(&self, principal: Principal, length: Duration) -> Session {
        let random = || uuid::Uuid::new_v4().simple().to_string();
        let session = Session {
            access_key: format!("ASIAPRACTICE{}", random()[..8].to_ascii_uppercase()),
            secret_key: format!("{}{}", random(), &random()[..8]),
            token: [random(), random(), random()].concat(),
            expires_at: self.clock.moment() + length,
            principal,
        };
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
