//! The policies in force, which can be changed at any time, and what was asked of them.

use std::{collections::BTreeSet, sync::Arc};

use parking_lot::RwLock;

use crate::permissions::policy::Policy;

/// The policies in force, and the account's alias and roles. By default the practice user may do everything, as an
/// administrator. Clones share their state.
#[derive(Clone, Debug, Default)]
pub struct Permissions {
    state: Arc<RwLock<State>>,
}

#[derive(Debug, Default)]
struct State {
    settings: PermissionSettings,
    used: BTreeSet<(String, String)>,
}

/// Who may do what. By default the practice user may do everything.
#[derive(Clone, Debug, Default)]
pub struct PermissionSettings {
    /// The account's alias.
    pub alias: Option<String>,
    /// What the practice user is allowed; `None` for everything.
    pub user: Option<Policy>,
    /// The roles that can be assumed.
    pub roles: Vec<Role>,
    /// The registry's own policy.
    pub registry: Option<Policy>,
    /// The organization's service control policy.
    pub organization: Option<Policy>,
    /// Whether the organization's delegated administrator turns Inspector on and off, and the account may not.
    pub inspector_managed: bool,
}

/// A role that the practice user can assume, if their own policy allows it.
#[derive(Clone, Debug)]
pub struct Role {
    /// The name, without the path.
    pub name: String,
    /// The path: `/`, or for example `/teams/security/`.
    pub path: String,
    /// What its sessions are allowed; `None` for everything.
    pub policy: Option<Policy>,
    /// The token with which a web identity can assume it, if it can.
    pub web_identity_token: Option<String>,
}

impl Role {
    /// A role without a path that may do everything.
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), path: "/".to_owned(), policy: None, web_identity_token: None }
    }
}

impl Permissions {
    pub(crate) fn new(settings: PermissionSettings) -> Self {
        Self { state: Arc::new(RwLock::new(State { settings, used: BTreeSet::new() })) }
    }

    /// Changes them. Calls that are being answered may still be decided by the previous ones.
    pub fn change(&self, change: impl FnOnce(&mut PermissionSettings)) {
        change(&mut self.state.write().settings);
    }

    /// The permissions that calls have needed since the start or the last [`forget_used`](Self::forget_used), granted or
    /// not: action and resource of each.
    pub fn used(&self) -> BTreeSet<(String, String)> {
        self.state.read().used.clone()
    }

    /// Forgets what calls have needed.
    pub fn forget_used(&self) {
        self.state.write().used.clear();
    }

    pub(crate) fn record(&self, action: &str, resource: &str) {
        self.state.write().used.insert((action.to_owned(), resource.to_owned()));
    }

    pub(crate) fn read<T>(&self, read: impl FnOnce(&PermissionSettings) -> T) -> T {
        read(&self.state.read().settings)
    }
}
