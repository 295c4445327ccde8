//! Tag mutability: for all tags, or for all except those that wildcard filters exclude.

use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::{
    api::{
        ecr::{check, stored},
        input,
    },
    cloud::Cloud,
    config::ACCOUNT,
    json::without_nulls,
    state::repository::{Mutability, Repository},
    wire::error::{ApiError, ApiResult},
};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Put {
    registry_id: Option<String>,
    repository_name: Option<String>,
    image_tag_mutability: Option<String>,
    image_tag_mutability_exclusion_filters: Option<Vec<Exclusion>>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Exclusion {
    filter_type: Option<String>,
    filter: Option<String>,
}

pub(super) async fn put(cloud: &Cloud, input: Put) -> ApiResult {
    check::registry_id(input.registry_id.as_deref())?;
    let name = check::name(input.repository_name)?;
    let requested = input::required("imageTagMutability", input.image_tag_mutability)?;
    let (mutability, exclusions) = validated(Some(&requested), input.image_tag_mutability_exclusion_filters)?;
    let filters = stored::change_repository(cloud, &name, |repository| {
        (repository.mutability, repository.exclusions) = (mutability, exclusions);
        Ok(to_json(repository))
    })
    .await?;
    Ok(without_nulls(json!({
        "registryId": ACCOUNT,
        "repositoryName": name,
        "imageTagMutability": mutability.as_str(),
        "imageTagMutabilityExclusionFilters": filters,
    })))
}

const FILTERS: &str = "imageTagMutabilityExclusionFilters";

/// Validates the setting. Exclusion filters are required by the settings with exclusions, and only allowed there.
pub(super) fn validated(
    mutability: Option<&str>,
    exclusions: Option<Vec<Exclusion>>,
) -> Result<(Mutability, Vec<String>), ApiError> {
    let mutability = match mutability {
        None => Mutability::default(),
        Some(text) => Mutability::parse(text).ok_or_else(|| {
            let allowed = Mutability::ALL.map(Mutability::as_str).join(", ");
            ApiError::parameter("imageTagMutability", &format!("must satisfy enum value set: [{allowed}]"))
        })?,
    };
    match exclusions {
        None if mutability.takes_exclusions() => Err(ApiError::parameter(FILTERS, "must not be null")),
        None => Ok((mutability, Vec::new())),
        Some(_) if !mutability.takes_exclusions() => {
            Err(ApiError::parameter(FILTERS, &format!("must be null for {}", mutability.as_str())))
        }
        Some(filters) => {
            input::count(FILTERS, &filters, 1..=5)?;
            Ok((mutability, filters.into_iter().map(validated_exclusion).collect::<Result<_, _>>()?))
        }
    }
}

/// A repository's filters as they are sent; null if there are none.
pub(super) fn to_json(repository: &Repository) -> serde_json::Value {
    if repository.exclusions.is_empty() {
        return serde_json::Value::Null;
    }
    repository.exclusions.iter().map(|filter| json!({ "filterType": "WILDCARD", "filter": filter })).collect()
}

fn validated_exclusion(exclusion: Exclusion) -> Result<String, ApiError> {
    if input::required("filterType", exclusion.filter_type)? != "WILDCARD" {
        return Err(ApiError::parameter("filterType", "must satisfy enum value set: [WILDCARD]"));
    }
    let filter = input::required("filter", exclusion.filter)?;
    let allowed = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'*' | b'-');
    // The documentation allows two wildcards.
    let ok = (1..=128).contains(&filter.len()) && filter.bytes().all(allowed) && filter.matches('*').count() <= 2;
    if ok {
        Ok(filter)
    } else {
        Err(ApiError::parameter("filter", "must satisfy regular expression '^[0-9a-zA-Z._*-]{1,128}'"))
    }
}
