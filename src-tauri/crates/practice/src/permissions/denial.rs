//! A refused permission, in the words of AWS.

use std::fmt;

/// A refused permission. Its text is the message of AWS.
#[derive(Clone, Debug)]
pub(crate) struct Denial {
    pub(super) caller: String,
    pub(super) action: String,
    pub(super) resource: String,
    pub(super) reason: Reason,
}

/// Why a permission is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reason {
    /// The identity's policy denies it.
    Identity,
    /// The identity's policy does not allow it.
    NoIdentity,
    /// The organization's policy denies it.
    Organization,
    /// The organization's policy does not allow it.
    NoOrganization,
    /// The registry's policy denies it.
    Resource,
}

impl fmt::Display for Denial {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { caller, action, resource, reason } = self;
        write!(f, "User: {caller} is not authorized to perform: {action} on resource: {resource} ")?;
        match reason {
            Reason::Identity => write!(f, "with an explicit deny in an identity-based policy"),
            Reason::NoIdentity => write!(f, "because no identity-based policy allows the {action} action"),
            Reason::Organization => write!(f, "with an explicit deny in a service control policy"),
            Reason::NoOrganization => write!(f, "because no service control policy allows the {action} action"),
            Reason::Resource => write!(f, "with an explicit deny in a resource-based policy"),
        }
    }
}
