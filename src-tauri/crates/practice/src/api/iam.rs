//! IAM: the account's alias, its roles, and the simulation of policies.

use std::collections::BTreeMap;

use url::form_urlencoded::byte_serialize;

use crate::{
    cloud::Cloud,
    config::ACCOUNT,
    names::user_arn,
    permissions::{
        decision::{Simulated, authorize, simulate},
        policy::{Policy, PolicyRequest},
        principal::{Principal, role_id},
        required::Needed,
        settings::Role,
    },
    wire::{
        error::ApiError,
        query::{Form, element, parent},
    },
};

/// The account's alias. An account has at most one.
pub(crate) fn list_account_aliases(cloud: &Cloud, caller: &Principal) -> Result<String, ApiError> {
    authorize(cloud, caller, &[Needed::new("iam:ListAccountAliases", "*")])?;
    let alias = cloud.permissions.read(|settings| settings.alias.clone());
    let members = alias.map(|alias| element("member", &alias)).unwrap_or_default();
    Ok(element("IsTruncated", "false") + &parent("AccountAliases", &members))
}

/// A role, whose path the ARN of its sessions does not contain.
pub(crate) fn get_role(cloud: &Cloud, caller: &Principal, form: &Form) -> Result<String, ApiError> {
    let name = form.get("RoleName").unwrap_or_default();
    let role = cloud.permissions.read(|settings| settings.roles.iter().find(|role| role.name == name).cloned());
    let arn = role.as_ref().map_or_else(|| format!("arn:aws:iam::{ACCOUNT}:role/{name}"), Role::arn);
    authorize(cloud, caller, &[Needed::new("iam:GetRole", arn)])?;
    let role =
        role.ok_or_else(|| ApiError::new("NoSuchEntity", format!("The role with name {name} cannot be found.")))?;
    let trust = serde_json::json!({ "Version": "2012-10-17", "Statement": [{
        "Effect": "Allow",
        "Principal": { "AWS": format!("arn:aws:iam::{ACCOUNT}:root") },
        "Action": "sts:AssumeRole",
    }] });
    let members = [
        element("Path", &role.path),
        element("RoleName", &role.name),
        element("RoleId", &role_id(&role.name)),
        element("Arn", &role.arn()),
        element("CreateDate", "2025-01-01T00:00:00Z"),
        element("AssumeRolePolicyDocument", &byte_serialize(trust.to_string().as_bytes()).collect::<String>()),
        element("MaxSessionDuration", "3600"),
    ];
    Ok(parent("Role", &members.concat()))
}

/// What the policy of a user or a role allows. Only the identity's own policy and the organization's are read: neither the
/// registry's nor a session's.
pub(crate) fn simulate_principal_policy(cloud: &Cloud, caller: &Principal, form: &Form) -> Result<String, ApiError> {
    let source = form.get("PolicySourceArn").unwrap_or_default();
    authorize(cloud, caller, &[Needed::new("iam:SimulatePrincipalPolicy", source)])?;
    let actions = form.list("ActionNames");
    if actions.is_empty() {
        return Err(ApiError::new("InvalidInput", "ActionNames must not be empty."));
    }
    let resources = form.list("ResourceArns");
    let resources = if resources.is_empty() { vec!["*"] } else { resources };
    let policy = policy_of(cloud, source)?;
    let context = context(form);
    let principals = [source.to_owned()];
    let mut members = String::new();
    for action in actions {
        for resource in &resources {
            let request = PolicyRequest { action, resource, context: &context, principals: &principals };
            let simulated = cloud.permissions.read(|settings| simulate(settings, policy.as_ref(), &request));
            members.push_str(&parent("member", &result(&request, &simulated)));
        }
    }
    Ok(element("IsTruncated", "false") + &parent("EvaluationResults", &members))
}

/// The policy of a user's or a role's ARN. The ARN of a role's session is not accepted, as in AWS.
fn policy_of(cloud: &Cloud, source: &str) -> Result<Option<Policy>, ApiError> {
    if !source.starts_with("arn:aws:iam::") {
        let message = format!("Invalid Entity Arn: {source} does not clearly define entity type and name.");
        return Err(ApiError::new("InvalidInput", message));
    }
    cloud.permissions.read(|settings| {
        if source == user_arn() {
            return Ok(settings.user.clone());
        }
        let role = settings.roles.iter().find(|role| role.arn() == source);
        role.map(|role| role.policy.clone())
            .ok_or_else(|| ApiError::new("NoSuchEntity", format!("The entity {source} cannot be found.")))
    })
}

/// The values of condition keys that the caller gives.
fn context(form: &Form) -> BTreeMap<String, Vec<String>> {
    let entry = |number: usize| {
        let prefix = format!("ContextEntries.member.{number}");
        let key = form.get(&format!("{prefix}.ContextKeyName"))?.to_ascii_lowercase();
        let values = form.list(&format!("{prefix}.ContextKeyValues"));
        Some((key, values.into_iter().map(str::to_owned).collect()))
    };
    (1..).map_while(entry).collect()
}

fn result(request: &PolicyRequest<'_>, simulated: &Simulated) -> String {
    let matched = simulated.matched.iter().map(|id| parent("member", &element("SourcePolicyId", id)));
    let mut members = vec![
        element("EvalActionName", request.action),
        element("EvalResourceName", request.resource),
        element("EvalDecision", simulated.decision),
        parent("MatchedStatements", &matched.collect::<String>()),
        parent("MissingContextValues", ""),
    ];
    if let Some(allowed) = simulated.organization {
        let detail = element("AllowedByOrganizations", &allowed.to_string());
        members.push(parent("OrganizationsDecisionDetail", &detail));
    }
    members.concat()
}
