//! `docker system df`: how many bytes the images take.

use std::collections::HashMap;

use axum::response::Response;
use http::StatusCode;
use oci::{Blob, Digest};
use serde_json::{Value, json};

use super::{call::Call, list, response};
use crate::{
    failure::{ApiResult, Failure},
    store::state::{ImageRecord, State},
};

/// The kinds of objects that take space, and their members of the response.
const KINDS: [(&str, &str); 4] =
    [("image", "Images"), ("container", "Containers"), ("volume", "Volumes"), ("build-cache", "BuildCache")];

/// `GET /system/df?type=`
pub(super) fn disk_usage(call: &Call) -> ApiResult<Response> {
    let requested: Vec<&str> =
        call.query.iter().filter(|(key, _)| key == "type").map(|(_, value)| value.as_str()).collect();
    if let Some(other) = requested.iter().find(|requested| KINDS.iter().all(|(kind, _)| kind != *requested)) {
        return Err(Failure::bad_request(format!("unknown object type: {other}")));
    }
    let mut content = json!({});
    for (kind, member) in KINDS {
        if !requested.is_empty() && !requested.contains(&kind) {
            continue;
        }
        // There are no containers, volumes and builds here.
        content[member] = json!([]);
        if kind == "image" {
            let state = call.context.store.state();
            let (layers_size, images) = images(call, &state);
            content["LayersSize"] = json!(layers_size);
            content[member] = images;
        }
        if kind == "build-cache" {
            content["BuilderSize"] = json!(0);
        }
    }
    Ok(response::json(StatusCode::OK, &content))
}

/// The bytes of all layers, each counted once, and the images with the bytes that they share.
fn images(call: &Call, state: &State) -> (u64, Value) {
    let mut users: HashMap<&Digest, (u64, usize)> = HashMap::new();
    for layer in state.images.values().flat_map(|image| image.distinct_layers()) {
        users.entry(&layer.digest).or_insert((layer.size, 0)).1 += 1;
    }
    let is_shared = |layer: &&Blob| users.get(&layer.digest).is_some_and(|(_, users)| *users > 1);
    let summary = |image: &ImageRecord| {
        let mut summary = list::summary_of(call, state, image);
        let shared = image.distinct_layers().into_iter().filter(is_shared).map(|layer| layer.size);
        summary["SharedSize"] = json!(shared.sum::<u64>());
        summary["Containers"] = json!(0);
        summary
    };
    (users.values().map(|(size, _)| size).sum(), state.images.values().map(summary).collect())
}
