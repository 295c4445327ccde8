//! The faults in force: adding and removing them, and choosing the one that applies to a request.

use std::{collections::BTreeSet, sync::Arc, time::SystemTime};

use http::{header::AUTHORIZATION, request::Parts};
use parking_lot::{Mutex, MutexGuard};

use crate::{
    clock::Clock,
    faults::fault::{Fault, FaultKind},
    service::Service,
};

/// The faults of a running practice cloud. All clones share one list.
#[derive(Clone, Debug)]
pub struct Faults {
    clock: Clock,
    active: Arc<Mutex<Vec<ActiveFault>>>,
    calls: Arc<Mutex<BTreeSet<String>>>,
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

impl Faults {
    pub(crate) fn new(clock: Clock, faults: Vec<Fault>) -> Self {
        let new = Self { clock, active: Arc::default(), calls: Arc::default() };
        for fault in faults {
            new.add(fault);
        }
        new
    }

    /// Adds a fault, whose duration starts now. If several apply to a request, the oldest takes effect.
    pub fn add(&self, fault: Fault) {
        let expires_at = fault.duration.map(|duration| self.clock.now() + duration);
        self.active().push(ActiveFault { fault, hits: 0, expires_at });
    }

    /// Removes every fault that equals this one. Returns `false` if there was none.
    pub fn remove(&self, fault: &Fault) -> bool {
        let mut active = self.active();
        let before = active.len();
        active.retain(|active| active.fault != *fault);
        active.len() < before
    }

    /// Removes all faults.
    pub fn clear(&self) {
        self.active().clear();
    }

    /// The faults in force, oldest first.
    pub fn list(&self) -> Vec<ActiveFault> {
        self.active().clone()
    }

    /// Every operation that was called since the start or the last [`forget_calls`](Self::forget_calls), as faults name
    /// it: `ecr:CreateRepository`, `registry:PutManifest`.
    pub fn calls(&self) -> BTreeSet<String> {
        self.calls.lock().clone()
    }

    /// Forgets which operations were called.
    pub fn forget_calls(&self) {
        self.calls.lock().clear();
    }

    /// The fault to inject into this call, if one applies. Each call counts as a hit.
    pub(crate) fn inject(&self, service: Service, operation: &str) -> Option<FaultKind> {
        self.inject_if(service, operation, |_| true)
    }

    /// The fault to inject into this request to a registry, if one applies. Expiry applies only to requests that carry
    /// a token: clients send their first request without one, to learn which scheme the registry wants.
    pub(crate) fn inject_into_request(&self, service: Service, operation: &str, request: &Parts) -> Option<FaultKind> {
        let has_token = request.headers.contains_key(AUTHORIZATION);
        let is_expiry = |kind| matches!(kind, FaultKind::ExpiredToken | FaultKind::ExpiredCredentials);
        self.inject_if(service, operation, |kind| has_token || !is_expiry(kind))
    }

    fn inject_if(&self, service: Service, operation: &str, applies: impl Fn(FaultKind) -> bool) -> Option<FaultKind> {
        if !operation.is_empty() {
            self.calls.lock().insert(format!("{}:{operation}", service.as_str()));
        }
        let mut active = self.active();
        let injected = active
            .iter_mut()
            .find(|active| active.fault.applies_to(service, operation) && applies(active.fault.kind))?;
        injected.hits += 1;
        Some(injected.fault.kind)
    }

    /// The list, after dropping the faults that have ended.
    fn active(&self) -> MutexGuard<'_, Vec<ActiveFault>> {
        let now = self.clock.now();
        let mut active = self.active.lock();
        active.retain(|active| {
            active.fault.times.is_none_or(|times| active.hits < times)
                && active.expires_at.is_none_or(|expires_at| now < expires_at)
        });
        active
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_fault_applies_as_often_as_it_says() {
        let faults = Faults::new(Clock::manual().0, vec!["ecr:CreateRepository=throttle*2".parse().unwrap()]);
        assert_eq!(faults.inject(Service::Ecr, "DescribeRegistry"), None);
        assert_eq!(faults.inject(Service::Sts, "CreateRepository"), None);
        for _ in 0..2 {
            assert_eq!(faults.inject(Service::Ecr, "CreateRepository"), Some(FaultKind::Throttle));
        }
        assert_eq!(faults.inject(Service::Ecr, "CreateRepository"), None);
        assert!(faults.list().is_empty());
    }

    #[test]
    fn a_fault_ends_after_its_duration() {
        let (clock, control) = Clock::manual();
        let faults = Faults::new(clock, vec!["registry:*=expired-token@30s".parse().unwrap()]);
        control.advance(Duration::from_secs(29));
        assert_eq!(faults.inject(Service::Registry, "GetBlob"), Some(FaultKind::ExpiredToken));
        control.advance(Duration::from_secs(1));
        assert_eq!(faults.inject(Service::Registry, "GetBlob"), None);
    }

    #[test]
    fn faults_can_be_removed() {
        let faults = Faults::new(Clock::manual().0, Vec::new());
        let fault: Fault = "sts:*=server-error".parse().unwrap();
        faults.add(fault.clone());
        assert_eq!(faults.list().len(), 1);
        assert!(faults.remove(&fault));
        assert!(!faults.remove(&fault));
        assert_eq!(faults.inject(Service::Sts, "GetCallerIdentity"), None);
    }
}
