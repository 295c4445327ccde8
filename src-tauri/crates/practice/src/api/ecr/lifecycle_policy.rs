//! Lifecycle policies of repositories, and their previews. What a policy does is left to `image_lifecycle`.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    api::{
        ecr::{
            check::{self, ImageId},
            images::Filter,
            repository_policy::OfRepository,
            stored,
        },
        input,
    },
    cloud::Cloud,
    config::ACCOUNT,
    image_lifecycle::{evaluation::evaluate, policy::LifecyclePolicy},
    json::without_nulls,
    moment::Moment,
    paging,
    state::image_lifecycle::{Action, Lifecycle, Preview, PreviewResult},
    timeline::PREVIEW,
    wire::error::{ApiError, ApiResult},
};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Policy {
    registry_id: Option<String>,
    repository_name: Option<String>,
    lifecycle_policy_text: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct GetPreview {
    registry_id: Option<String>,
    repository_name: Option<String>,
    image_ids: Option<Vec<ImageId>>,
    next_token: Option<String>,
    max_results: Option<i64>,
    #[serde(default)]
    filter: Filter,
}

pub(super) async fn put(cloud: &Cloud, input: Policy) -> ApiResult {
    check::registry_id(input.registry_id.as_deref())?;
    let name = check::name(input.repository_name)?;
    let text = input::required("lifecyclePolicyText", input.lifecycle_policy_text)?;
    validated(&text)?;
    let since = cloud.clock.moment();
    stored::change_repository(cloud, &name, |repository| {
        repository.lifecycle = Some(Lifecycle { text: text.clone(), since, last_evaluated_at: None });
        Ok(())
    })
    .await?;
    Ok(json!({ "registryId": ACCOUNT, "repositoryName": name, "lifecyclePolicyText": text }))
}

pub(super) async fn get(cloud: &Cloud, input: OfRepository) -> ApiResult {
    let name = input.checked_name()?;
    let lifecycle = cloud.store.read(|state| {
        let repository = stored::repository(state, &name)?;
        repository.lifecycle.clone().ok_or_else(|| policy_not_found(&name))
    })?;
    Ok(to_json(&name, &lifecycle))
}

pub(super) async fn delete(cloud: &Cloud, input: OfRepository) -> ApiResult {
    let name = input.checked_name()?;
    let deleted = stored::change_repository(cloud, &name, |repository| {
        repository.lifecycle.take().ok_or_else(|| policy_not_found(&name))
    });
    Ok(to_json(&name, &deleted.await?))
}

/// Evaluates a policy, or the repository's own one, as it would be now. Nothing is deleted or archived.
pub(super) async fn start_preview(cloud: &Cloud, input: Policy) -> ApiResult {
    check::registry_id(input.registry_id.as_deref())?;
    let name = check::name(input.repository_name)?;
    let own = cloud.store.read(|state| {
        let repository = stored::repository(state, &name)?;
        Ok::<_, ApiError>(repository.lifecycle.as_ref().map(|lifecycle| lifecycle.text.clone()))
    })?;
    let text = input.lifecycle_policy_text.or(own).ok_or_else(|| policy_not_found(&name))?;
    let policy = validated(&text)?;
    let images = cloud.images(&name).await?;
    let now = cloud.clock.moment();
    stored::change_repository(cloud, &name, |repository| {
        if repository.lifecycle_preview.as_ref().is_some_and(|preview| !is_complete(cloud, preview)) {
            let message = format!(
                "The previous lifecycle policy preview request of the repository with name '{name}' has not completed"
            );
            return Err(ApiError::new("LifecyclePolicyPreviewInProgressException", message));
        }
        let affected = evaluate(&policy, &images, &repository.archive, now);
        let result = |image: &registry::ImageRecord| {
            let affected = affected.iter().find(|affected| affected.digest == image.digest)?;
            Some(PreviewResult {
                digest: image.digest.to_string(),
                tags: image.tags.clone(),
                pushed_at: image.pushed_at.into(),
                rule_priority: affected.priority,
                action: affected.action,
                storage_class: repository.archive.status(image.digest.as_str(), now).storage_class()?,
            })
        };
        let results = images.iter().filter_map(result).collect();
        repository.lifecycle_preview = Some(Preview { text: text.clone(), started_at: now, results });
        Ok(())
    })
    .await?;
    Ok(json!({
        "registryId": ACCOUNT,
        "repositoryName": name,
        "lifecyclePolicyText": text,
        "status": "IN_PROGRESS",
    }))
}

pub(super) async fn get_preview(cloud: &Cloud, input: GetPreview) -> ApiResult {
    check::registry_id(input.registry_id.as_deref())?;
    let name = check::name(input.repository_name)?;
    input.filter.check()?;
    let size = page_size(input.max_results)?;
    let preview = cloud.store.read(|state| {
        let repository = stored::repository(state, &name)?;
        repository.lifecycle_preview.clone().ok_or_else(|| preview_not_found(&name))
    })?;
    if let Some(ids) = &input.image_ids {
        input::count("imageIds", ids, 1..=100)?;
        ids.iter().try_for_each(ImageId::check)?;
        if input.next_token.is_some() || input.max_results.is_some() {
            return Err(ApiError::parameter("imageIds", "must not be used together with maxResults or nextToken"));
        }
    }
    let is_complete = is_complete(cloud, &preview);
    let is_requested = |result: &PreviewResult| {
        let by_id = |ids: &Vec<ImageId>| ids.iter().any(|id| id.is_of(&result.digest, &result.tags));
        input.image_ids.as_ref().is_none_or(by_id) && input.filter.keeps_tags(!result.tags.is_empty())
    };
    let results: Vec<_> =
        preview.results.iter().filter(|_| is_complete).filter(|result| is_requested(result)).collect();
    let query = format!("GetLifecyclePolicyPreview {name} {} {:?}", preview.started_at.seconds(), input.filter);
    let token = input.next_token.as_deref();
    let page = paging::page(results, &query, token, size, |result| result.digest.clone()).map_err(check::next_token)?;
    Ok(without_nulls(json!({
        "registryId": ACCOUNT,
        "repositoryName": name,
        "lifecyclePolicyText": preview.text,
        "status": if is_complete { "COMPLETE" } else { "IN_PROGRESS" },
        "nextToken": page.next,
        "previewResults": page.items.into_iter().map(result_to_json).collect::<Vec<_>>(),
        "summary": is_complete.then(|| summary(&preview.results)),
    })))
}

fn validated(text: &str) -> Result<LifecyclePolicy, ApiError> {
    if !(100..=30_720).contains(&text.len()) {
        return Err(ApiError::parameter("lifecyclePolicyText", "must have length between 100 and 30720"));
    }
    LifecyclePolicy::parse(text).map_err(|reason| {
        ApiError::parameter("LifecyclePolicyText", &format!("Lifecycle policy validation failure: {reason}"))
    })
}

fn is_complete(cloud: &Cloud, preview: &Preview) -> bool {
    cloud.clock.moment() >= preview.started_at + cloud.clock.scaled(PREVIEW)
}

fn page_size(requested: Option<i64>) -> Result<usize, ApiError> {
    match requested {
        Some(requested) if !(1..=100).contains(&requested) => {
            Err(ApiError::parameter("maxResults", "must be between 1 and 100"))
        }
        other => input::page_size(other, 100),
    }
}

fn to_json(name: &str, lifecycle: &Lifecycle) -> Value {
    without_nulls(json!({
        "registryId": ACCOUNT,
        "repositoryName": name,
        "lifecyclePolicyText": lifecycle.text,
        "lastEvaluatedAt": lifecycle.last_evaluated_at.map(Moment::to_json),
    }))
}

fn result_to_json(result: &PreviewResult) -> Value {
    json!({
        "imageTags": result.tags,
        "imageDigest": result.digest,
        "imagePushedAt": result.pushed_at.to_json(),
        "action": match result.action {
            Action::Expire => json!({ "type": "EXPIRE" }),
            Action::Transition => json!({ "type": "TRANSITION", "targetStorageClass": "ARCHIVE" }),
        },
        "appliedRulePriority": result.rule_priority,
        "storageClass": result.storage_class.as_str(),
    })
}

fn summary(results: &[PreviewResult]) -> Value {
    let count = |action| results.iter().filter(|result| result.action == action).count();
    let archived = count(Action::Transition);
    let transitions = (archived > 0).then(|| json!({ "targetStorageClass": "ARCHIVE", "imageTotalCount": archived }));
    json!({
        "expiringImageTotalCount": count(Action::Expire),
        "transitioningImageTotalCounts": transitions.into_iter().collect::<Vec<_>>(),
    })
}

fn policy_not_found(name: &str) -> ApiError {
    not_found("LifecyclePolicyNotFoundException", "Lifecycle policy", name)
}

fn preview_not_found(name: &str) -> ApiError {
    not_found("LifecyclePolicyPreviewNotFoundException", "Lifecycle policy preview", name)
}

fn not_found(code: &'static str, what: &str, name: &str) -> ApiError {
    let message =
        format!("{what} does not exist for the repository with name '{name}' in the registry with id '{ACCOUNT}'");
    ApiError::new(code, message)
}
