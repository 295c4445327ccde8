//! Operations on one image: inspect, history, tag, remove, prune, and what a registry holds under its name.

use axum::response::Response;
use http::StatusCode;
use serde_json::{Value, json};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use super::{call::Call, filters::Filters, response, transfer, version::Version};
use crate::{
    events::Events,
    failure::{ApiResult, Failure},
    image_config::{ImageConfig, unix_seconds},
    remote::{
        access::{Intent, RemoteRepository},
        failure::RemoteError,
    },
    store::{
        images::{Removal, RemovalStep},
        state::{ImageRecord, State},
    },
};
use oci::{Content, Reference};

/// The first version without `VirtualSize` and `Container`.
const WITHOUT_VIRTUAL_SIZE: Version = Version(1, 44);

/// `GET /images/{name}/json`
pub(super) async fn inspect(call: &Call, name: &str) -> ApiResult<Response> {
    let state = call.context.store.state();
    let image = state.find(name)?;
    let config = configuration(call, image).await?;
    let id = &image.manifest.digest;
    let familiar = |references: Vec<Reference>| references.iter().map(Reference::familiar).collect::<Vec<_>>();
    let mut content = json!({
        "Id": id,
        "RepoTags": familiar(state.tags_of(id)),
        "RepoDigests": familiar(state.digests_of(id)),
        "Parent": "",
        "Comment": config.history.iter().flatten().next_back().map_or("", |last| last.comment.as_str()),
        "Created": config.created.as_deref().unwrap_or("0001-01-01T00:00:00Z"),
        "DockerVersion": config.docker_version.as_deref().unwrap_or_default(),
        "Author": config.author.as_deref().unwrap_or_default(),
        "Config": config.config.clone().unwrap_or_else(|| json!({})),
        "Architecture": config.platform.architecture,
        "Os": config.platform.os,
        "Size": image.size(),
        "GraphDriver": { "Name": "oci", "Data": {} },
        "RootFS": { "Type": "layers", "Layers": config.rootfs.diff_ids },
        "Metadata": { "LastTagTime": rfc3339(image.tagged_at) },
        "Descriptor": image.manifest,
    });
    if let Some(variant) = &config.platform.variant {
        content["Variant"] = json!(variant);
    }
    if call.version < WITHOUT_VIRTUAL_SIZE {
        content["VirtualSize"] = json!(image.size());
    }
    Ok(response::json(StatusCode::OK, &content))
}

/// `GET /images/{name}/history`, the newest first
pub(super) async fn history(call: &Call, name: &str) -> ApiResult<Response> {
    let state = call.context.store.state();
    let image = state.find(name)?;
    let config = configuration(call, image).await?;
    let mut layers = image.layers.iter();
    let mut entries: Vec<Value> = config
        .history
        .iter()
        .flatten()
        .map(|entry| {
            let layer = if entry.empty_layer { None } else { layers.next() };
            json!({
                "Id": "<missing>",
                "Created": unix_seconds(entry.created.as_deref()),
                "CreatedBy": entry.created_by,
                "Tags": null,
                "Size": layer.map_or(0, |layer| layer.size),
                "Comment": entry.comment,
            })
        })
        .collect();
    entries.reverse();
    if let Some(newest) = entries.first_mut() {
        let id = &image.manifest.digest;
        newest["Id"] = json!(id);
        newest["Tags"] = json!(state.tags_of(id).iter().map(Reference::familiar).collect::<Vec<_>>());
    }
    Ok(response::json(StatusCode::OK, &entries))
}

/// `POST /images/{name}/tag`
pub(super) async fn tag(call: &Call, name: &str) -> ApiResult<Response> {
    let Some(repository) = call.query("repo") else {
        return Err(Failure::bad_request("the parameter \"repo\" is missing: which name is the image to get?"));
    };
    let mut target = Reference::parse(repository)?;
    if let Some(tag) = call.query("tag") {
        target = target.with(tag)?;
    }
    if target.digest.is_some() {
        return Err(Failure::bad_request("refusing to create a tag with a digest reference"));
    }
    let target = target.or_latest();
    let image = call.context.store.tag(name, target.clone()).await?;
    call.context.events.image("tag", image.manifest.digest.as_str(), &target.familiar(), &image.labels);
    let mut response = Response::default();
    *response.status_mut() = StatusCode::CREATED;
    Ok(response)
}

/// `DELETE /images/{name}`
pub(super) async fn remove(call: &Call, name: &str) -> ApiResult<Response> {
    let removal = call.context.store.remove(name, call.flag("force").unwrap_or(false)).await?;
    record_removal(&call.context.events, &removal);
    Ok(response::json(StatusCode::OK, &removal.steps))
}

/// `POST /images/prune`
pub(super) async fn prune(call: &Call) -> ApiResult<Response> {
    let filters = Filters::parse(call.query("filters"), &["dangling", "label", "label!", "until"])?;
    let dangling_only = filters.flag("dangling")?.unwrap_or(true);
    let until = filters.until(OffsetDateTime::now_utc())?;
    let is_chosen = move |state: &State, image: &ImageRecord| {
        (!dangling_only || state.tags_of(&image.manifest.digest).is_empty())
            && filters.labels(&image.labels)
            && until.is_none_or(|until| image.created_at() <= until)
    };
    let (removals, freed) = call.context.store.prune(is_chosen).await?;
    for removal in &removals {
        record_removal(&call.context.events, removal);
    }
    call.context.events.pruned(freed);
    let steps: Vec<_> = removals.into_iter().flat_map(|removal| removal.steps).collect();
    let steps = if steps.is_empty() { Value::Null } else { json!(steps) };
    Ok(response::json(StatusCode::OK, &json!({ "ImagesDeleted": steps, "SpaceReclaimed": freed })))
}

fn record_removal(events: &Events, Removal { id, labels, steps }: &Removal) {
    for step in steps {
        match step {
            RemovalStep::Untagged(_) => events.image("untag", id.as_str(), id.as_str(), labels),
            RemovalStep::Deleted(deleted) if deleted == id.as_str() => {
                events.image("delete", id.as_str(), id.as_str(), labels);
            }
            // Its blobs are no images.
            RemovalStep::Deleted(_) => {}
        }
    }
}

/// `GET /distribution/{name}/json`
pub(super) async fn distribution(call: &Call, name: &str) -> ApiResult<Response> {
    let reference = Reference::parse(name)?.or_latest();
    let credentials = transfer::credentials(&call.parts.headers)?;
    let refused = |error: RemoteError| error.into_pull_failure(&reference);
    let registry =
        RemoteRepository::connect(&call.context.network, &reference.repository, Intent::Pull, &credentials).await;
    let registry = registry.map_err(refused)?;
    let manifest = registry.manifest(&reference.tag_or_digest()).await.map_err(refused)?;
    let platforms = match manifest.content() {
        Content::Index { entries, .. } => entries.iter().filter_map(|entry| entry.platform.clone()).collect(),
        Content::Image { config, .. } => {
            let config = registry.small_blob(config).await.map_err(refused)?;
            vec![ImageConfig::parse(&config)?.platform]
        }
    };
    Ok(response::json(StatusCode::OK, &json!({ "Descriptor": manifest.blob(), "Platforms": platforms })))
}

async fn configuration(call: &Call, image: &ImageRecord) -> ApiResult<ImageConfig> {
    ImageConfig::parse(&call.context.store.document(&image.config.digest).await?)
}

fn rfc3339(unix_seconds: i64) -> Value {
    let time = OffsetDateTime::from_unix_timestamp(unix_seconds).ok();
    time.and_then(|time| time.format(&Rfc3339).ok()).map_or(Value::Null, Value::String)
}
