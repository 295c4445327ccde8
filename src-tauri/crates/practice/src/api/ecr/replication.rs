//! The replication of images to other registries: its configuration, and its status. The practice cloud has one registry, so
//! that no image ever arrives in another.

use std::collections::BTreeSet;

use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    api::{
        ecr::{
            account::NoInput,
            check::{self, ImageId},
        },
        input,
    },
    cloud::Cloud,
    config::ACCOUNT,
    moment::Moment,
    state::registry::{DeleteReplication, Destination, PrefixFilter, Replication, ReplicationRule},
    wire::error::{ApiError, ApiResult},
};

/// The most destinations of all rules together, by the user guide.
const MAX_DESTINATIONS: usize = 25;
/// Why no image is replicated: the code is our own.
const FAILURE: &str = "PracticeCloudHasNoOtherRegistry";

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Put {
    replication_configuration: Option<Configuration>,
}

#[derive(Deserialize)]
struct Configuration {
    rules: Option<Vec<RuleInput>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RuleInput {
    destinations: Option<Vec<DestinationInput>>,
    repository_filters: Option<Vec<FilterInput>>,
    delete_replication: Option<DeleteReplicationInput>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct DestinationInput {
    region: Option<String>,
    registry_id: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct FilterInput {
    filter: Option<String>,
    filter_type: Option<String>,
}

#[derive(Deserialize)]
struct DeleteReplicationInput {
    enabled: Option<bool>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Status {
    registry_id: Option<String>,
    repository_name: Option<String>,
    image_id: Option<ImageId>,
}

pub(super) async fn put(cloud: &Cloud, input: Put) -> ApiResult {
    let configuration = input::required("replicationConfiguration", input.replication_configuration)?;
    let rules = input::required("replicationConfiguration.rules", configuration.rules)?;
    input::count("replicationConfiguration.rules", &rules, 0..=25)?;
    let rules = rules.into_iter().map(|rule| validated(rule, cloud)).collect::<Result<Vec<_>, _>>()?;
    let destinations: BTreeSet<_> = rules.iter().flat_map(|rule| &rule.destinations).collect();
    if destinations.len() > MAX_DESTINATIONS {
        let constraint = format!("must have {MAX_DESTINATIONS} unique destinations at most");
        return Err(ApiError::parameter("replicationConfiguration", &constraint));
    }
    let response = json!({ "replicationConfiguration": { "rules": rules } });
    let since = cloud.clock.moment();
    cloud
        .store
        .change(|state| {
            state.registry.replication = Replication { rules, since };
            Ok::<_, ApiError>(())
        })
        .await?;
    Ok(response)
}

/// `DescribeRegistry`, whose only setting is the replication.
pub(super) async fn describe_registry(cloud: &Cloud, _: NoInput) -> ApiResult {
    let rules = cloud.store.read(|state| state.registry.replication.rules.clone());
    Ok(json!({ "registryId": ACCOUNT, "replicationConfiguration": { "rules": rules } }))
}

/// The status of an image for each destination of the rules that apply to it. Only images that were pushed after the rules
/// were put are replicated.
pub(super) async fn status(cloud: &Cloud, input: Status) -> ApiResult {
    check::registry_id(input.registry_id.as_deref())?;
    let name = check::name(input.repository_name)?;
    let id = input::required("imageId", input.image_id)?;
    id.check()?;
    cloud.store.read(|state| check::repository_exists(state, &name))?;
    let images = cloud.images(&name).await?;
    let image = id.find(&images).ok_or_else(|| check::image_not_found(&id, &name))?;
    let replication = cloud.store.read(|state| state.registry.replication.clone());
    let is_replicated = Moment::from(image.pushed_at) >= replication.since;
    let rules = replication.rules.iter().filter(|rule| is_replicated && rule.applies_to(&name));
    let destinations: BTreeSet<_> = rules.flat_map(|rule| &rule.destinations).collect();
    let status = |destination: &Destination| -> Value {
        json!({
            "region": destination.region,
            "registryId": destination.registry_id,
            "status": "FAILED",
            "failureCode": FAILURE,
        })
    };
    Ok(json!({
        "repositoryName": name,
        "imageId": ImageId { image_digest: Some(image.digest.to_string()), image_tag: id.image_tag },
        "replicationStatuses": destinations.into_iter().map(status).collect::<Vec<_>>(),
    }))
}

fn validated(rule: RuleInput, cloud: &Cloud) -> Result<ReplicationRule, ApiError> {
    let destinations = input::required("destinations", rule.destinations)?;
    input::count("destinations", &destinations, 0..=100)?;
    let destinations =
        destinations.into_iter().map(|destination| destination.validated(cloud)).collect::<Result<_, _>>()?;
    let repository_filters = match rule.repository_filters {
        Some(filters) => {
            input::count("repositoryFilters", &filters, 1..=100)?;
            filters.into_iter().map(FilterInput::validated).collect::<Result<_, _>>()?
        }
        None => Vec::new(),
    };
    let delete_replication = match rule.delete_replication {
        Some(DeleteReplicationInput { enabled }) => {
            Some(DeleteReplication { enabled: input::required("deleteReplication.enabled", enabled)? })
        }
        None => None,
    };
    Ok(ReplicationRule { destinations, repository_filters, delete_replication })
}

impl DestinationInput {
    fn validated(self, cloud: &Cloud) -> Result<Destination, ApiError> {
        let region = input::required("region", self.region)?;
        let registry_id = input::required("registryId", self.registry_id)?;
        let word = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        if !(2..=25).contains(&region.len()) || !region.bytes().all(word) {
            return Err(ApiError::parameter("region", "must satisfy regular expression '[0-9a-z-]{2,25}'"));
        }
        if !redaction::is_account_id(&registry_id) {
            return Err(ApiError::parameter("registryId", "must satisfy regular expression '[0-9]{12}'"));
        }
        if registry_id == ACCOUNT && region == cloud.names.region {
            return Err(ApiError::parameter("destinations", "must not be the registry itself"));
        }
        Ok(Destination { region, registry_id })
    }
}

impl FilterInput {
    fn validated(self) -> Result<PrefixFilter, ApiError> {
        let filter = input::required("filter", self.filter)?;
        let filter_type = input::required("filterType", self.filter_type)?;
        if filter_type != "PREFIX_MATCH" {
            return Err(ApiError::parameter("filterType", "must satisfy enum value set: [PREFIX_MATCH]"));
        }
        let word =
            |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'.' | b'_' | b'-' | b'/');
        let starts_well = filter.bytes().next().is_some_and(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
        if !(2..=256).contains(&filter.len()) || !filter.bytes().all(word) || !starts_well {
            return Err(ApiError::parameter("filter", "must be the beginning of a repository's name"));
        }
        Ok(PrefixFilter { filter, filter_type })
    }
}
