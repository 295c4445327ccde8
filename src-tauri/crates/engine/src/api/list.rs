//! Listing images.

use axum::response::Response;
use http::StatusCode;
use serde_json::{Value, json};

use super::{
    answer,
    call::Call,
    filters::{Filters, fits_any},
    version::Version,
};
use crate::{
    failure::Outcome,
    image_config::unix_seconds,
    store::state::{ImageRecord, State},
};
use oci::Reference;

/// From this version on there is no `VirtualSize`.
const SLIM: Version = Version(1, 44);

/// `GET /images/json`, the newest first
pub(super) fn list(call: &Call) -> Outcome<Response> {
    let filters = Filters::parse(call.query("filters"), &["reference", "dangling", "label"])?;
    let dangling = filters.flag("dangling")?;
    let state = call.context.store.state();
    let mut images: Vec<Value> = state
        .images
        .values()
        .filter(|image| filters.labels(image))
        .filter_map(|image| summary(&state, image, &filters, dangling))
        .collect();
    images.sort_by_key(|image| std::cmp::Reverse(image["Created"].as_i64()));
    if call.version < SLIM {
        for image in &mut images {
            image["VirtualSize"] = image["Size"].clone();
        }
    }
    Ok(answer::json(StatusCode::OK, &images))
}

/// Nothing for an image that the filters leave out.
fn summary(state: &State, image: &ImageRecord, filters: &Filters, dangling: Option<bool>) -> Option<Value> {
    let id = &image.manifest.digest;
    let patterns = filters.values("reference");
    let shown = |references: Vec<Reference>| -> Vec<String> {
        let fitting = references.iter().filter(|reference| patterns.is_empty() || fits_any(patterns, reference));
        fitting.map(Reference::familiar).collect()
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
