//! Listing images.

use axum::response::Response;
use http::StatusCode;
use serde_json::{Value, json};

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
    let filters = Filters::parse(call.query("filters"), &["reference", "dangling", "label"])?;
    let dangling = filters.flag("dangling")?;
    let state = call.context.store.state();
    let mut images: Vec<Value> = state
        .images
        .values()
        .filter(|image| filters.labels(&image.labels))
        .filter_map(|image| summary(&state, image, &filters, dangling))
        .collect();
    images.sort_by_key(|image| std::cmp::Reverse(image["Created"].as_i64()));
    if call.version < WITHOUT_VIRTUAL_SIZE {
        for image in &mut images {
            image["VirtualSize"] = image["Size"].clone();
        }
    }
    Ok(response::json(StatusCode::OK, &images))
}

/// `None` if the filters exclude the image.
fn summary(state: &State, image: &ImageRecord, filters: &Filters, dangling: Option<bool>) -> Option<Value> {
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
    Some(json!({
        "Id": id,
        "ParentId": "",
        "RepoTags": tags,
        "RepoDigests": digests,
        "Created": unix_seconds(image.created.as_deref()),
        "Size": image.size(),
        "SharedSize": -1,
        "Labels": image.labels,
        "Containers": -1,
    }))
}
