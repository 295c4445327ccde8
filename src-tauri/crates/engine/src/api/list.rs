//! Listing images.

use axum::response::Response;
use http::StatusCode;
use serde_json::{Value, json};
use time::OffsetDateTime;

use super::{
    call::Call,
    filters::{Filters, matches_any},
    response,
    version::Version,
};
use crate::{
    failure::ApiResult,
    image_config::unix_seconds,
    store::state::{ImageRecord, State},
};
use oci::Reference;

/// The first version without `VirtualSize`.
const WITHOUT_VIRTUAL_SIZE: Version = Version(1, 44);

/// `GET /images/json`, the newest first
pub(super) fn list(call: &Call) -> ApiResult<Response> {
    let filters =
        Filters::parse(call.query("filters"), &["before", "dangling", "label", "reference", "since", "until"])?;
    let dangling = filters.flag("dangling")?;
    let state = call.context.store.state();
    let (before, since) = (filters.created("before", &state)?, filters.created("since", &state)?);
    let until = filters.until(OffsetDateTime::now_utc())?;
    let is_in_time = |image: &ImageRecord| {
        let created = image.created_at();
        before.iter().all(|other| created < *other)
            && since.iter().all(|other| created > *other)
            && until.is_none_or(|until| created <= until)
    };
    let images = state.images.values().filter(|image| filters.labels(&image.labels) && is_in_time(image));
    let mut images: Vec<Value> = images.filter_map(|image| summary(call, &state, image, &filters, dangling)).collect();
    images.sort_by_key(|image| std::cmp::Reverse(image["Created"].as_i64()));
    Ok(response::json(StatusCode::OK, &images))
}

/// An image with all its names.
pub(super) fn summary_of(call: &Call, state: &State, image: &ImageRecord) -> Value {
    summary(call, state, image, &Filters::default(), None).unwrap_or_default()
}

/// `None` if the filters exclude the image.
fn summary(
    call: &Call,
    state: &State,
    image: &ImageRecord,
    filters: &Filters,
    dangling: Option<bool>,
) -> Option<Value> {
    let id = &image.manifest.digest;
    let patterns = filters.values("reference");
    let shown = |references: Vec<Reference>| -> Vec<String> {
        let matching = references.iter().filter(|reference| patterns.is_empty() || matches_any(patterns, reference));
        matching.map(Reference::familiar).collect()
    };
    let (all_tags, tags, digests) = (state.tags_of(id).len(), shown(state.tags_of(id)), shown(state.digests_of(id)));
    let named = patterns.is_empty() || !tags.is_empty() || !digests.is_empty();
    if !named || dangling.is_some_and(|dangling| dangling != (all_tags == 0)) {
        return None;
    }
    let mut summary = json!({
        "Id": id,
        "ParentId": "",
        "RepoTags": tags,
        "RepoDigests": digests,
        "Created": unix_seconds(image.created.as_deref()),
        "Size": image.size(),
        "SharedSize": -1,
        "Labels": image.labels,
        "Containers": -1,
    });
    if call.version < WITHOUT_VIRTUAL_SIZE {
        summary["VirtualSize"] = json!(image.size());
    }
    Some(summary)
}
