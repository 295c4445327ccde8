//! Faults on demand: what shall go wrong, for which operation, how often or for how long. How a fault looks on the wire
//! is left to `wire`.

mod grammar;
mod operations;

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, SystemTime},
};

use http::{header::AUTHORIZATION, request::Parts};

pub use self::grammar::FaultSyntaxError;
pub(crate) use self::operations::{OPERATIONS, Service};
use crate::clock::Clock;

/// Something that shall go wrong. Written as `ecr:CreateRepository=throttle*3`, `registry:*=expired-token@30s`,
/// `inspector2:ListFindings=slow:5s`: an operation or `*`, a kind, and optionally how often and for how long.
/// Without either it duration until it is removed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    service: Service,
    /// `None` for every operation of the service.
    operation: Option<&'static str>,
    kind: FaultKind,
    times: Option<u32>,
    duration: Option<Duration>,
}

/// What goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// Too many requests.
    Throttle,
    /// The caller may not do that.
    AccessDenied,
    /// The caller's credentials have expired.
    ExpiredCredentials,
    /// The caller's credentials are not known.
    InvalidCredentials,
    /// The service fails.
    ServerError,
    /// The answer comes this much later.
    Slow(Duration),
    /// The operation is done, and the connection cut in the middle of the answer.
    Cut,
    /// The operation is done, and the answer cannot be read.
    Malformed,
    /// The registry's token has expired.
    ExpiredToken,
}

/// The faults of a running practice cloud. All clones are one list.
#[derive(Clone, Debug)]
pub struct Faults {
    clock: Clock,
    active: Arc<Mutex<Vec<Active>>>,
}

/// A fault that is in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActiveFault {
    /// The fault, as it was added.
    pub fault: Fault,
    /// How many requests it has affected.
    pub hits: u32,
    /// When it ends by itself, if it does.
    pub expires_at: Option<SystemTime>,
}

#[derive(Debug)]
struct Active {
    fault: Fault,
    hits: u32,
    expires_at: Option<SystemTime>,
}

impl Faults {
    pub(crate) fn new(clock: Clock, faults: Vec<Fault>) -> Self {
        let new = Self { clock, active: Arc::default() };
        for fault in faults {
            new.add(fault);
        }
        new
    }

    /// Adds a fault; its time begins now. Of several that fit a request, the oldest strikes.
    pub fn add(&self, fault: Fault) {
        let expires_at = fault.duration.map(|duration| self.clock.now() + duration);
        self.active().push(Active { fault, hits: 0, expires_at });
    }

    /// Removes every fault that equals this one. `false` if there was none.
    pub fn remove(&self, fault: &Fault) -> bool {
        let mut active = self.active();
        let before = active.len();
        active.retain(|active| active.fault != *fault);
        active.len() < before
    }

    /// Removes all.
    pub fn clear(&self) {
        self.active().clear();
    }

    /// Those in force, oldest first.
    pub fn list(&self) -> Vec<ActiveFault> {
        self.active()
            .iter()
            .map(|Active { fault, hits, expires_at }| ActiveFault {
                fault: fault.clone(),
                hits: *hits,
                expires_at: *expires_at,
            })
            .collect()
    }

    /// What strikes this call, if anything does. Each call counts.
    pub(crate) fn strike(&self, service: Service, operation: &str) -> Option<FaultKind> {
        self.strike_if(service, operation, |_| true)
    }

    /// What strikes this request to a registry, if anything does. Only a token that is sent can have expired: clients
    /// first ask without one, to hear which kind is wanted.
    pub(crate) fn strike_request(&self, service: Service, operation: &str, request: &Parts) -> Option<FaultKind> {
        let has_token = request.headers.contains_key(AUTHORIZATION);
        let expires = |kind| matches!(kind, FaultKind::ExpiredToken | FaultKind::ExpiredCredentials);
        self.strike_if(service, operation, |kind| has_token || !expires(kind))
    }

    fn strike_if(&self, service: Service, operation: &str, fits: impl Fn(FaultKind) -> bool) -> Option<FaultKind> {
        let mut active = self.active();
        let struck =
            active.iter_mut().find(|active| active.fault.fits(service, operation) && fits(active.fault.kind))?;
        struck.hits += 1;
        Some(struck.fault.kind)
    }

    /// Without those that are over.
    fn active(&self) -> MutexGuard<'_, Vec<Active>> {
        let now = self.clock.now();
        let mut active = self.active.lock().unwrap_or_else(PoisonError::into_inner);
        active.retain(|active| {
            active.fault.times.is_none_or(|times| active.hits < times)
                && active.expires_at.is_none_or(|expires_at| now < expires_at)
        });
        active
    }
}

impl Fault {
    fn fits(&self, service: Service, operation: &str) -> bool {
        self.service == service && self.operation.is_none_or(|own| own == operation)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_strikes_as_often_as_it_says() {
        let faults = Faults::new(Clock::manual().0, vec!["ecr:CreateRepository=throttle*2".parse().unwrap()]);
        assert_eq!(faults.strike(Service::Ecr, "DescribeRegistry"), None);
        assert_eq!(faults.strike(Service::Sts, "CreateRepository"), None);
        for _ in 0..2 {
            assert_eq!(faults.strike(Service::Ecr, "CreateRepository"), Some(FaultKind::Throttle));
        }
        assert_eq!(faults.strike(Service::Ecr, "CreateRepository"), None);
        assert!(faults.list().is_empty());
    }

    #[test]
    fn a_fault_ends_with_its_time() {
        let (clock, hands) = Clock::manual();
        let faults = Faults::new(clock, vec!["registry:*=expired-token@30s".parse().unwrap()]);
        hands.advance(Duration::from_secs(29));
        assert_eq!(faults.strike(Service::Registry, "GetBlob"), Some(FaultKind::ExpiredToken));
        hands.advance(Duration::from_secs(1));
        assert_eq!(faults.strike(Service::Registry, "GetBlob"), None);
    }

    #[test]
    fn faults_can_be_taken_back() {
        let faults = Faults::new(Clock::manual().0, Vec::new());
        let fault: Fault = "sts:*=server-error".parse().unwrap();
        faults.add(fault.clone());
        assert_eq!(faults.list().len(), 1);
        assert!(faults.remove(&fault));
        assert!(!faults.remove(&fault));
        assert_eq!(faults.strike(Service::Sts, "GetCallerIdentity"), None);
    }
}
