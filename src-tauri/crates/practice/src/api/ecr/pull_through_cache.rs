//! The rules of the pull-through cache. They are stored; no image is pulled through them, since the practice cloud reaches no
//! other registry.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    api::{ecr::check, input},
    cloud::Cloud,
    config::ACCOUNT,
    json::without_nulls,
    paging,
    state::registry::PullThroughRule,
    wire::error::{ApiError, ApiResult},
};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Create {
    ecr_repository_prefix: Option<String>,
    upstream_registry_url: Option<String>,
    registry_id: Option<String>,
    upstream_registry: Option<String>,
    credential_arn: Option<String>,
    custom_role_arn: Option<String>,
    upstream_repository_prefix: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Update {
    registry_id: Option<String>,
    ecr_repository_prefix: Option<String>,
    credential_arn: Option<String>,
    custom_role_arn: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct One {
    registry_id: Option<String>,
    ecr_repository_prefix: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Describe {
    registry_id: Option<String>,
    ecr_repository_prefixes: Option<Vec<String>>,
    next_token: Option<String>,
    max_results: Option<i64>,
}

/// The rule for all repositories that no other rule is for.
const ROOT: &str = "ROOT";
/// The quota of rules in a registry.
const MAX_RULES: usize = 50;
/// The upstream registries with their addresses, and whether they need credentials.
const UPSTREAMS: [(&str, &str, bool); 7] = [
    ("ecr-public", "public.ecr.aws", false),
    ("quay", "quay.io", false),
    ("k8s", "registry.k8s.io", false),
    ("docker-hub", "registry-1.docker.io", true),
    ("github-container-registry", "ghcr.io", true),
    ("gitlab-container-registry", "registry.gitlab.com", true),
    ("chainguard", "cgr.dev", true),
];
const AZURE: &str = ".azurecr.io";

pub(super) async fn create(cloud: &Cloud, input: Create) -> ApiResult {
    check::registry_id(input.registry_id.as_deref())?;
    let prefix = prefix("ecrRepositoryPrefix", input.ecr_repository_prefix)?;
    let url = input::required("upstreamRegistryUrl", input.upstream_registry_url)?;
    let (upstream, needs_credentials) = upstream(&url, input.upstream_registry.as_deref())?;
    credentials(input.credential_arn.as_deref(), needs_credentials)?;
    custom_role(input.custom_role_arn.as_deref())?;
    let upstream_prefix = match input.upstream_repository_prefix {
        Some(text) => self::prefix("upstreamRepositoryPrefix", Some(text))?,
        None => ROOT.to_owned(),
    };
    let rule = PullThroughRule {
        upstream_url: url,
        upstream: upstream.to_owned(),
        upstream_prefix,
        credential_arn: input.credential_arn,
        custom_role_arn: input.custom_role_arn,
        created_at: cloud.clock.moment(),
        updated_at: None,
    };
    let mut response = to_json(&prefix, &rule);
    remove(&mut response, "updatedAt");
    cloud
        .store
        .change(|state| {
            let rules = &mut state.registry.pull_through;
            if rules.contains_key(&prefix) {
                let message = format!(
                    "A pull through cache rule with the ECR repository prefix '{prefix}' already exists in the registry with id \
                     '{ACCOUNT}'"
                );
                return Err(ApiError::new("PullThroughCacheRuleAlreadyExistsException", message));
            }
            if rules.len() >= MAX_RULES {
                let message = format!("There are {MAX_RULES} pull through cache rules already.");
                return Err(ApiError::new("LimitExceededException", message));
            }
            rules.insert(prefix, rule);
            Ok(())
        })
        .await?;
    Ok(response)
}

pub(super) async fn update(cloud: &Cloud, input: Update) -> ApiResult {
    check::registry_id(input.registry_id.as_deref())?;
    let prefix = prefix("ecrRepositoryPrefix", input.ecr_repository_prefix)?;
    credentials(input.credential_arn.as_deref(), false)?;
    custom_role(input.custom_role_arn.as_deref())?;
    if input.credential_arn.is_none() && input.custom_role_arn.is_none() {
        return Err(ApiError::parameter("credentialArn", "must not be null"));
    }
    let now = cloud.clock.moment();
    let rule = cloud
        .store
        .change(|state| {
            let rule = state.registry.pull_through.get_mut(&prefix).ok_or_else(|| not_found(&prefix))?;
            rule.credential_arn = input.credential_arn.or(rule.credential_arn.take());
            rule.custom_role_arn = input.custom_role_arn.or(rule.custom_role_arn.take());
            rule.updated_at = Some(now);
            Ok::<_, ApiError>(rule.clone())
        })
        .await?;
    let mut response = to_json(&prefix, &rule);
    for member in ["createdAt", "upstreamRegistry", "upstreamRegistryUrl"] {
        remove(&mut response, member);
    }
    Ok(response)
}

pub(super) async fn delete(cloud: &Cloud, input: One) -> ApiResult {
    check::registry_id(input.registry_id.as_deref())?;
    let prefix = prefix("ecrRepositoryPrefix", input.ecr_repository_prefix)?;
    let rule = cloud
        .store
        .change(|state| state.registry.pull_through.remove(&prefix).ok_or_else(|| not_found(&prefix)))
        .await?;
    let mut response = to_json(&prefix, &rule);
    for member in ["updatedAt", "upstreamRegistry"] {
        remove(&mut response, member);
    }
    Ok(response)
}

pub(super) async fn describe(cloud: &Cloud, input: Describe) -> ApiResult {
    check::registry_id(input.registry_id.as_deref())?;
    let size = input::page_size(input.max_results, 100)?;
    let rules = cloud.store.read(|state| state.registry.pull_through.clone());
    let rules: Vec<_> = match input.ecr_repository_prefixes.clone() {
        None => rules.into_iter().collect(),
        Some(prefixes) => {
            input::count("ecrRepositoryPrefixes", &prefixes, 1..=100)?;
            let named = prefixes.into_iter().map(|text| {
                let prefix = prefix("ecrRepositoryPrefixes", Some(text))?;
                let rule = rules.get(&prefix).cloned().ok_or_else(|| not_found(&prefix))?;
                Ok::<_, ApiError>((prefix, rule))
            });
            named.collect::<Result<_, _>>()?
        }
    };
    let query = format!("DescribePullThroughCacheRules {:?}", input.ecr_repository_prefixes);
    let token = input.next_token.as_deref();
    let page = paging::page(rules, &query, token, size, |(prefix, _)| prefix.clone()).map_err(check::next_token)?;
    let rules: Vec<_> = page.items.iter().map(|(prefix, rule)| to_json(prefix, rule)).collect();
    Ok(without_nulls(json!({ "pullThroughCacheRules": rules, "nextToken": page.next })))
}

/// Whether the rule could be used. Its secret cannot be read: the practice cloud has no Secrets Manager.
pub(super) async fn validate(cloud: &Cloud, input: One) -> ApiResult {
    check::registry_id(input.registry_id.as_deref())?;
    let prefix = prefix("ecrRepositoryPrefix", input.ecr_repository_prefix)?;
    let rule = cloud.store.read(|state| state.registry.pull_through.get(&prefix).cloned());
    let rule = rule.ok_or_else(|| not_found(&prefix))?;
    let mut response = to_json(&prefix, &rule);
    for member in ["createdAt", "updatedAt", "upstreamRegistry"] {
        remove(&mut response, member);
    }
    response["isValid"] = rule.credential_arn.is_none().into();
    if let Some(arn) = &rule.credential_arn {
        response["failure"] =
            format!("The practice cloud has no Secrets Manager: the secret {arn} was not read.").into();
    }
    Ok(response)
}

fn to_json(prefix: &str, rule: &PullThroughRule) -> Value {
    without_nulls(json!({
        "ecrRepositoryPrefix": prefix,
        "upstreamRegistryUrl": rule.upstream_url,
        "createdAt": rule.created_at.to_json(),
        "registryId": ACCOUNT,
        "credentialArn": rule.credential_arn,
        "customRoleArn": rule.custom_role_arn,
        "upstreamRepositoryPrefix": rule.upstream_prefix,
        "upstreamRegistry": rule.upstream,
        "updatedAt": rule.updated_at.unwrap_or(rule.created_at).to_json(),
    }))
}

fn remove(response: &mut Value, member: &str) {
    if let Value::Object(members) = response {
        members.remove(member);
    }
}

/// Validates a prefix of repositories: 2 to 30 characters of a name, or `ROOT`.
fn prefix(member: &str, input: Option<String>) -> Result<String, ApiError> {
    let text = input::required(member, input)?;
    let name = text.strip_suffix('/').unwrap_or(&text);
    if (2..=30).contains(&text.len()) && (text == ROOT || registry::check_name(name).is_ok()) {
        return Ok(text);
    }
    Err(ApiError::parameter(member, "must be ROOT, or 2 to 30 characters of a repository's name"))
}

/// The registry at this address, and whether it needs credentials.
fn upstream(url: &str, named: Option<&str>) -> Result<(&'static str, bool), ApiError> {
    let host = url.trim_start_matches("https://").trim_end_matches('/');
    let is_ecr = host.contains(".dkr.ecr.") && host.ends_with(".amazonaws.com");
    let listed = UPSTREAMS.into_iter().find(|(_, address, _)| *address == host);
    let upstream = match listed {
        Some((name, _, needs_credentials)) => Some((name, needs_credentials)),
        None if is_ecr => Some(("ecr", false)),
        None if host.len() > AZURE.len() && host.ends_with(AZURE) => Some(("azure-container-registry", true)),
        None => None,
    };
    match upstream {
        Some((name, _)) if named.is_some_and(|named| named != name) => {
            Err(ApiError::parameter("upstreamRegistry", &format!("must be {name} for {host}")))
        }
        Some(upstream) => Ok(upstream),
        None => {
            let message = format!("The upstream registry '{url}' is not supported");
            Err(ApiError::new("UnsupportedUpstreamRegistryException", message))
        }
    }
}

/// Validates the ARN of a secret. Whether there is such a secret is not known.
fn credentials(arn: Option<&str>, required: bool) -> Result<(), ApiError> {
    let Some(arn) = arn else {
        let missing = || ApiError::parameter("credentialArn", "must not be null for this upstream registry");
        return if required { Err(missing()) } else { Ok(()) };
    };
    let is_secret =
        arn.starts_with("arn:aws") && arn.contains(":secretsmanager:") && arn.contains(":secret:ecr-pullthroughcache/");
    if is_secret && (50..=612).contains(&arn.len()) {
        return Ok(());
    }
    Err(ApiError::parameter(
        "credentialArn",
        "must be the ARN of a secret whose name begins with ecr-pullthroughcache/",
    ))
}

fn custom_role(arn: Option<&str>) -> Result<(), ApiError> {
    match arn {
        Some(arn) if arn.len() > 2048 => {
            Err(ApiError::parameter("customRoleArn", "must have length between 0 and 2048"))
        }
        _ => Ok(()),
    }
}

fn not_found(prefix: &str) -> ApiError {
    let message = format!(
        "The pull through cache rule with the ECR repository prefix '{prefix}' does not exist in the registry with id \
         '{ACCOUNT}'"
    );
    ApiError::new("PullThroughCacheRuleNotFoundException", message)
}
