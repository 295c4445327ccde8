//! A fault and its kinds. How a fault is written is left to `grammar`, when it applies to `injector`.

use std::time::Duration;

use crate::service::Service;

/// A fault of one operation, or of every operation of a service. Written as `ecr:CreateRepository=throttle*3`,
/// `registry:*=expired-token@30s` or `inspector2:ListFindings=slow:5s`: an operation or `*`, a kind, and optionally a
/// number of times and a duration. Without either it lasts until it is removed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub(super) service: Service,
    /// `None` for every operation of the service.
    pub(super) operation: Option<&'static str>,
    pub(super) kind: FaultKind,
    pub(super) times: Option<u32>,
    pub(super) duration: Option<Duration>,
}

/// What goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// Too many requests.
    Throttle,
    /// The caller has no permission for the operation.
    AccessDenied,
    /// The caller's credentials have expired.
    ExpiredCredentials,
    /// The caller's credentials are unknown.
    InvalidCredentials,
    /// The service fails.
    ServerError,
    /// The response is delayed by this time.
    Slow(Duration),
    /// The operation is carried out, and the connection closed in the middle of the response.
    Cut,
    /// The operation is carried out, and the response cannot be parsed.
    Malformed,
    /// The registry's token has expired.
    ExpiredToken,
}

impl Fault {
    pub(super) fn applies_to(&self, service: Service, operation: &str) -> bool {
        self.service == service && self.operation.is_none_or(|own| own == operation)
    }
}
