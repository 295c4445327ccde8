//! Decides whether a caller may do something, and says why not in the words of AWS.
//!
//! As in AWS a denial in any policy wins; the organization's policy has to allow what an account's user does; and then
//! either the identity's own policy or one of the resource has to allow it: the registry's or the repository's.

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
        let of_resource = resource_policies(cloud, &request);
        cloud.permissions.read(|settings| decide(settings, &of_resource, caller, &request)).map_err(|reason| Denial {
            caller: caller.arn(),
            action: needed.action.clone(),
            resource: needed.resource.clone(),
            reason,
        })
    })
}

/// Whether a repository's policy would refuse the caller this action on it.
pub(crate) fn locks_out(cloud: &Cloud, caller: &Principal, policy: &Policy, action: &str, resource: &str) -> bool {
    let context = with_global_keys(cloud, caller, BTreeMap::new());
    let request = PolicyRequest { action, resource, context: &context, principals: &caller.names() };
    policy.verdict(&request) == Verdict::Denied
}

/// The policies of the registry and of the repository that a request is for. What was stored was valid.
fn resource_policies(cloud: &Cloud, request: &PolicyRequest<'_>) -> Vec<Policy> {
    if !request.action.starts_with("ecr:") {
        return Vec::new();
    }
    let repository = cloud.names.repository_of_arn(request.resource);
    let texts = cloud.store.read(|state| {
        let of_repository = repository.and_then(|name| state.repositories.get(name)?.policy.clone());
        [state.registry.policy.clone(), of_repository]
    });
    let configured = cloud.permissions.read(|settings| settings.registry.clone());
    texts.into_iter().flatten().filter_map(|text| text.parse().ok()).chain(configured).collect()
}

fn decide(
    settings: &PermissionSettings,
    of_resource: &[Policy],
    caller: &Principal,
    request: &PolicyRequest<'_>,
) -> Result<(), Reason> {
    let organization = settings.organization.as_ref().map_or(Verdict::Allowed, |policy| policy.verdict(request));
    let resource = resource_verdict(of_resource, caller, request);
    let identity = identity_policy(settings, caller).map_or(Verdict::Allowed, |policy| policy.verdict(request));
    match (organization, resource, identity) {
        (Verdict::Denied, ..) => Err(Reason::Organization),
        (_, Verdict::Denied, _) => Err(Reason::Resource),
        (_, _, Verdict::Denied) => Err(Reason::Identity),
        (Verdict::Silent, ..) => Err(Reason::NoOrganization),
        (_, Verdict::Allowed, _) | (_, _, Verdict::Allowed) => Ok(()),
        (_, Verdict::Silent, Verdict::Silent) => Err(Reason::NoIdentity),
    }
}

/// What the policies of the resource say. A statement for the whole account denies, but does not allow by itself: it leaves
/// that to the policies of the account's identities.
fn resource_verdict(policies: &[Policy], caller: &Principal, request: &PolicyRequest<'_>) -> Verdict {
    let own_names = caller.own_names();
    let as_itself = PolicyRequest { principals: &own_names, ..request.clone() };
    if policies.iter().any(|policy| policy.verdict(request) == Verdict::Denied) {
        Verdict::Denied
    } else if policies.iter().any(|policy| policy.verdict(&as_itself) == Verdict::Allowed) {
        Verdict::Allowed
    } else {
        Verdict::Silent
    }
}

/// The caller's own policy; `None` if it may do everything.
fn identity_policy<'a>(settings: &'a PermissionSettings, caller: &Principal) -> Option<&'a Policy> {
    match caller {
        Principal::User | Principal::UserSession => settings.user.as_ref(),
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
            Principal::User | Principal::UserSession => caller.arn(),
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
