//! Decides whether a caller may do something, and says why not in the words of AWS.
//!
//! As in AWS a denial in any policy wins; the organization's policy has to allow what an account's user does; and then
//! either the identity's own policy or the registry's has to allow it.

use std::collections::BTreeMap;

use crate::{
    cloud::Cloud,
    config::ACCOUNT,
    permissions::{
        denial::{Denial, Reason},
        policy::{Policy, PolicyRequest, Verdict},
        principal::Principal,
        required::Needed,
        settings::PermissionSettings,
    },
};

/// Succeeds if the caller has all these permissions.
pub(crate) fn authorize(cloud: &Cloud, caller: &Principal, needed: &[Needed]) -> Result<(), Denial> {
    needed.iter().try_for_each(|needed| {
        cloud.permissions.record(&needed.action, &needed.resource);
        let context = with_global_keys(cloud, caller, needed.context.clone());
        let principals = caller.names();
        let request = PolicyRequest {
            action: &needed.action,
            resource: &needed.resource,
            context: &context,
            principals: &principals,
        };
        cloud.permissions.read(|settings| decide(settings, caller, &request)).map_err(|reason| Denial {
            caller: caller.arn(),
            action: needed.action.clone(),
            resource: needed.resource.clone(),
            reason,
        })
    })
}

fn decide(settings: &PermissionSettings, caller: &Principal, request: &PolicyRequest<'_>) -> Result<(), Reason> {
    let verdict = |policy: Option<&Policy>| policy.map_or(Verdict::Silent, |policy| policy.verdict(request));
    let organization = settings.organization.as_ref().map_or(Verdict::Allowed, |policy| policy.verdict(request));
    let registry =
        if request.action.starts_with("ecr:") { verdict(settings.registry.as_ref()) } else { Verdict::Silent };
    let identity = identity_policy(settings, caller).map_or(Verdict::Allowed, |policy| policy.verdict(request));
    match (organization, registry, identity) {
        (Verdict::Denied, ..) => Err(Reason::Organization),
        (_, Verdict::Denied, _) => Err(Reason::Resource),
        (_, _, Verdict::Denied) => Err(Reason::Identity),
        (Verdict::Silent, ..) => Err(Reason::NoOrganization),
        (_, Verdict::Allowed, _) | (_, _, Verdict::Allowed) => Ok(()),
        (_, Verdict::Silent, Verdict::Silent) => Err(Reason::NoIdentity),
    }
}

/// The caller's own policy; `None` if it may do everything.
fn identity_policy<'a>(settings: &'a PermissionSettings, caller: &Principal) -> Option<&'a Policy> {
    match caller {
        Principal::User => settings.user.as_ref(),
        Principal::Role { role, .. } => {
            settings.roles.iter().find(|candidate| candidate.name == *role).and_then(|role| role.policy.as_ref())
        }
    }
}

/// The keys that every request has.
fn with_global_keys(
    cloud: &Cloud,
    caller: &Principal,
    mut context: BTreeMap<String, Vec<String>>,
) -> BTreeMap<String, Vec<String>> {
    let mut add = |key: &str, value: String| {
        context.insert(key.to_owned(), vec![value]);
    };
    add("aws:requestedregion", cloud.names.region.clone());
    add("aws:principalaccount", ACCOUNT.to_owned());
    add(
        "aws:principalarn",
        match caller {
            Principal::User => caller.arn(),
            Principal::Role { arn, .. } => arn.clone(),
        },
    );
    context
}

/// A simulated decision, as `SimulatePrincipalPolicy` reports it. It reads the identity's policy and the organization's, not
/// the registry's, as in AWS when no resource policy is given.
pub(crate) struct Simulated {
    /// `allowed`, `explicitDeny` or `implicitDeny`.
    pub(crate) decision: &'static str,
    /// The ids of the statements that apply.
    pub(crate) matched: Vec<String>,
    /// Whether the organization's policy allows it; `None` without one.
    pub(crate) organization: Option<bool>,
}

/// Simulates the decision for the policy of a user or a role.
pub(crate) fn simulate(
    settings: &PermissionSettings,
    policy: Option<&Policy>,
    request: &PolicyRequest<'_>,
) -> Simulated {
    let identity = policy.map_or(Verdict::Allowed, |policy| policy.verdict(request));
    let organization = settings.organization.as_ref().map(|policy| policy.verdict(request));
    let decision = match (identity, organization) {
        (Verdict::Denied, _) | (_, Some(Verdict::Denied)) => "explicitDeny",
        (Verdict::Silent, _) | (_, Some(Verdict::Silent)) => "implicitDeny",
        (Verdict::Allowed, Some(Verdict::Allowed) | None) => "allowed",
    };
    Simulated {
        decision,
        matched: policy.map(|policy| policy.matched(request)).unwrap_or_default(),
        organization: organization.map(|verdict| verdict == Verdict::Allowed),
    }
}
