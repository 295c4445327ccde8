//! Repositories: creating, describing, deleting.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    api::{
        ecr::{
            check::{self, Tag},
            mutability::{self, Exclusion},
            repository_scanning::ImageScanning,
            stored,
        },
        input,
    },
    cloud::Cloud,
    config::ACCOUNT,
    json::without_nulls,
    lifecycle::close::close_repository,
    names::Names,
    paging,
    state::repository::{Encryption, Repository},
    wire::error::{ApiError, ApiResult},
};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Create {
    registry_id: Option<String>,
    repository_name: Option<String>,
    #[serde(default)]
    tags: Vec<Tag>,
    image_tag_mutability: Option<String>,
    image_tag_mutability_exclusion_filters: Option<Vec<Exclusion>>,
    image_scanning_configuration: Option<ImageScanning>,
    encryption_configuration: Option<EncryptionInput>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct EncryptionInput {
    encryption_type: Option<String>,
    kms_key: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Describe {
    registry_id: Option<String>,
    repository_names: Option<Vec<String>>,
    next_token: Option<String>,
    max_results: Option<i64>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Delete {
    registry_id: Option<String>,
    repository_name: Option<String>,
    #[serde(default)]
    force: bool,
}

/// The quota of repositories in a region.
const LIMIT: usize = 100_000;

pub(super) async fn create(cloud: &Cloud, input: Create) -> ApiResult {
    check::registry_id(input.registry_id.as_deref())?;
    let name = check::name(input.repository_name)?;
    let tags = check::tags(input.tags)?;
    check::tag_count(&tags)?;
    let (mutability, exclusions) =
        mutability::validated(input.image_tag_mutability.as_deref(), input.image_tag_mutability_exclusion_filters)?;
    let repository = Repository {
        created_at: cloud.clock.moment(),
        mutability,
        exclusions,
        tags,
        encryption: encryption(input.encryption_configuration)?,
        scan_on_push: input.image_scanning_configuration.unwrap_or_default().scan_on_push,
        ..Repository::default()
    };
    if !cloud.store.read(|state| state.repositories.contains_key(&name)) {
        // Removes what an earlier repository of this name may have left in the registry.
        cloud.storage.delete_repository(&name).await?;
    }
    let response = cloud
        .store
        .change(|state| {
            if state.repositories.contains_key(&name) {
                return Err(already_exists(&name));
            }
            if state.repositories.len() >= LIMIT {
                return Err(ApiError::new(
                    "LimitExceededException",
                    format!("There are {LIMIT} repositories already."),
                ));
            }
            let mut repository = repository;
            repository.watched_since = state.watch(&name).map(|_| repository.created_at);
            let response = json!({ "repository": to_json(&cloud.names, &name, &repository) });
            state.repositories.insert(name.clone(), repository);
            Ok::<_, ApiError>(response)
        })
        .await?;
    cloud.storage.create_repository(&name).await?;
    Ok(response)
}

pub(super) async fn describe(cloud: &Cloud, input: Describe) -> ApiResult {
    check::registry_id(input.registry_id.as_deref())?;
    if let Some(names) = input.repository_names {
        input::count("repositoryNames", &names, 1..=100)?;
        if input.next_token.is_some() || input.max_results.is_some() {
            return Err(ApiError::parameter(
                "repositoryNames",
                "must not be used together with maxResults or nextToken",
            ));
        }
        return named(cloud, &names);
    }
    let size = input::page_size(input.max_results, 100)?;
    let all: Vec<(String, Value)> = cloud.store.read(|state| {
        state
            .repositories
            .iter()
            .map(|(name, repository)| (name.clone(), to_json(&cloud.names, name, repository)))
            .collect()
    });
    let page = paging::page(all, "DescribeRepositories", input.next_token.as_deref(), size, |(name, _)| name.clone())
        .map_err(check::next_token)?;
    let repositories: Vec<_> = page.items.into_iter().map(|(_, repository)| repository).collect();
    Ok(without_nulls(json!({ "repositories": repositories, "nextToken": page.next })))
}

/// Deletes immediately and irrevocably.
pub(super) async fn delete(cloud: &Cloud, input: Delete) -> ApiResult {
    check::registry_id(input.registry_id.as_deref())?;
    let name = check::name(input.repository_name)?;
    cloud.store.read(|state| check::repository_exists(state, &name))?;
    let images = cloud.images(&name).await?;
    if !images.is_empty() && !input.force {
        return Err(ApiError::new(
            "RepositoryNotEmptyException",
            format!(
                "The repository with name '{name}' in registry with id '{ACCOUNT}' cannot be deleted because it still \
                 contains images"
            ),
        ));
    }
    let now = cloud.clock.moment();
    let response = cloud
        .store
        .change(|state| {
            let repository = stored::repository(state, &name)?;
            let response = json!({ "repository": to_json(&cloud.names, &name, repository) });
            close_repository(state, &name, &images, now);
            Ok::<_, ApiError>(response)
        })
        .await?;
    cloud.storage.delete_repository(&name).await?;
    Ok(response)
}

/// Describes these repositories, or fails for the first that does not exist.
fn named(cloud: &Cloud, names: &[String]) -> ApiResult {
    names.iter().try_for_each(|name| check::checked_name("repositoryNames", name))?;
    cloud.store.read(|state| {
        let repositories = names.iter().map(|name| {
            let repository = stored::repository(state, name)?;
            Ok(to_json(&cloud.names, name, repository))
        });
        Ok(json!({ "repositories": repositories.collect::<Result<Vec<_>, ApiError>>()? }))
    })
}

fn to_json(names: &Names, name: &str, repository: &Repository) -> Value {
    without_nulls(json!({
        "repositoryArn": names.repository_arn(name),
        "registryId": ACCOUNT,
        "repositoryName": name,
        "repositoryUri": names.repository_uri(name),
        "createdAt": repository.created_at.to_json(),
        "imageTagMutability": repository.mutability.as_str(),
        "imageTagMutabilityExclusionFilters": mutability::to_json(repository),
        "imageScanningConfiguration": { "scanOnPush": repository.scan_on_push },
        "encryptionConfiguration": repository.encryption,
    }))
}

fn already_exists(name: &str) -> ApiError {
    let message = format!("The repository with name '{name}' already exists in the registry with id '{ACCOUNT}'");
    ApiError::new("RepositoryAlreadyExistsException", message)
}

/// Nothing is really encrypted here; a key of the account's own is recorded and returned.
fn encryption(input: Option<EncryptionInput>) -> Result<Encryption, ApiError> {
    let Some(input) = input else { return Ok(Encryption::default()) };
    let encryption_type = input::required("encryptionType", input.encryption_type)?;
    match (encryption_type.as_str(), &input.kms_key) {
        ("AES256", Some(_)) => Err(ApiError::parameter("kmsKey", "must be null for AES256")),
        ("AES256" | "KMS" | "KMS_DSSE", _) => Ok(Encryption { encryption_type, kms_key: input.kms_key }),
        _ => Err(ApiError::parameter("encryptionType", "must satisfy enum value set: [AES256, KMS, KMS_DSSE]")),
    }
}
