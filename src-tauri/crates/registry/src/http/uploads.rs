//! Pushing blobs: monolithic (`POST?digest=`, or `POST` and `PUT`), in one stream (`POST`, `PATCH`, `PUT`), in chunks
//! (`PATCH` with `Content-Range`), or by mounting.

use std::mem;

use axum::{body::Body, response::Response};
use http::{
    HeaderValue, StatusCode,
    header::{CONTENT_LENGTH, CONTENT_RANGE, LOCATION, RANGE},
    request::Parts,
};

use super::{
    range,
    response::{self, CONTENT_DIGEST, EndpointResult, Failure, UPLOAD_UUID},
    service::{PatchStatus, Registry, header_text, query, run_to_completion},
};
use crate::{
    error::StorageError,
    hooks::{Action, Refusal},
    storage::upload::{Upload, UploadId},
};
use oci::Digest;

/// `POST /v2/<name>/blobs/uploads/`
pub(super) async fn begin(registry: &Registry, name: &str, request: &Parts, body: &mut Body) -> EndpointResult {
    if let Some(digest) = query(request, "mount").next() {
        let digest = digest.parse()?;
        let from = query(request, "from").next();
        if mount(registry, name, from.as_deref(), &digest).await? {
            return Ok(stored(name, &digest));
        }
    } else if let Some(digest) = query(request, "digest").next() {
        return monolithic(registry, name, digest.parse()?, mem::take(body)).await;
    }
    let id = registry.storage.begin_upload(name)?;
    Ok(progress(StatusCode::ACCEPTED, name, id, 0))
}

/// `GET <location>`
pub(super) async fn status(registry: &Registry, name: &str, id: &str) -> EndpointResult {
    let id = parse(id)?;
    let upload = registry.storage.upload(name, id).await?;
    Ok(progress(StatusCode::NO_CONTENT, name, id, upload.offset()))
}

/// `PATCH <location>`
pub(super) async fn append(
    registry: &Registry,
    name: &str,
    id: &str,
    request: &Parts,
    body: &mut Body,
) -> EndpointResult {
    let id = parse(id)?;
    let mut upload = registry.storage.upload(name, id).await?;
    let promised = promised_length(request, name, id, &upload)?;
    let status = match registry.options.patch_status {
        PatchStatus::Accepted202 => StatusCode::ACCEPTED,
        PatchStatus::EcrExact201 => StatusCode::CREATED,
    };
    let (registry, name, body) = (registry.clone(), name.to_owned(), mem::take(body));
    run_to_completion(async move {
        receive(&registry, &name, id, &mut upload, promised, body).await?;
        Ok(progress(status, &name, id, upload.offset()))
    })
    .await
}

/// `PUT <location>?digest=`, with the rest of the content or without
pub(super) async fn finish(
    registry: &Registry,
    name: &str,
    id: &str,
    request: &Parts,
    body: &mut Body,
) -> EndpointResult {
    let id = parse(id)?;
    let digest: Digest = query(request, "digest").next().unwrap_or_default().parse()?;
    let mut upload = registry.storage.upload(name, id).await?;
    let promised = promised_length(request, name, id, &upload)?;
    let (registry, name, body) = (registry.clone(), name.to_owned(), mem::take(body));
    run_to_completion(async move {
        receive(&registry, &name, id, &mut upload, promised, body).await?;
        drop(upload);
        registry.storage.finish_upload(&name, id, &digest).await?;
        Ok(stored(&name, &digest))
    })
    .await
}

/// `DELETE <location>`
pub(super) fn cancel(registry: &Registry, name: &str, id: &str) -> EndpointResult {
    if registry.storage.cancel_upload(name, parse(id)?) {
        Ok(response::empty(StatusCode::NO_CONTENT, []))
    } else {
        Err(StorageError::UploadUnknown.into())
    }
}

/// `false` if the client has to upload the blob: there is no source, it may not be read, or it lacks the blob.
async fn mount(registry: &Registry, name: &str, from: Option<&str>, digest: &Digest) -> Result<bool, StorageError> {
    match from.filter(|_| registry.options.blob_mounting) {
        Some(from) if registry.hooks.repository(from, Action::Pull).is_ok() => {
            registry.storage.mount_blob(from, name, digest).await
        }
        _ => Ok(false),
    }
}

async fn monolithic(registry: &Registry, name: &str, digest: Digest, body: Body) -> EndpointResult {
    let (registry, name) = (registry.clone(), name.to_owned());
    run_to_completion(async move {
        registry.storage.ingest_stream(&name, body.into_data_stream(), &digest).await?;
        Ok(stored(&name, &digest))
    })
    .await
}

/// A body of another length than its `Content-Range` promised cannot be removed again: the upload is cancelled.
async fn receive(
    registry: &Registry,
    name: &str,
    id: UploadId,
    upload: &mut Upload,
    promised: Option<u64>,
    body: Body,
) -> Result<(), Failure> {
    let received = upload.receive(body.into_data_stream()).await?;
    match promised {
        Some(promised) if promised != received => {
            registry.storage.cancel_upload(name, id);
            Err(size_invalid(promised, received))
        }
        _ => Ok(()),
    }
}

/// The length that a `Content-Range` promises. Refuses a chunk that does not start where the last one ended, and a location
/// that a later one has replaced.
fn promised_length(request: &Parts, name: &str, id: UploadId, upload: &Upload) -> Result<Option<u64>, Failure> {
    let offset = upload.offset();
    let outdated = query(request, STATE).next().is_some_and(|state| state != offset.to_string());
    let Some(header) = header_text(request, &CONTENT_RANGE) else {
        return if outdated { Err(out_of_order(name, id, offset)) } else { Ok(None) };
    };
    let range =
        range::of_chunk(header).filter(|range| range.start == offset).ok_or_else(|| out_of_order(name, id, offset))?;
    let promised = range.end - range.start;
    match header_text(request, &CONTENT_LENGTH).and_then(|length| length.parse::<u64>().ok()) {
        Some(length) if length != promised => Err(size_invalid(promised, length)),
        _ => Ok(Some(promised)),
    }
}

/// The query parameter of a location: how much had been received when it was issued.
const STATE: &str = "_state";

fn location(name: &str, id: UploadId, offset: u64) -> String {
    format!("/v2/{name}/blobs/uploads/{id}?{STATE}={offset}")
}

/// `0-<last>`, also if nothing was received: registries do so, and Docker requires a range.
fn received_range(offset: u64) -> String {
    format!("0-{}", offset.saturating_sub(1))
}

fn progress(status: StatusCode, name: &str, id: UploadId, offset: u64) -> Response {
    let headers =
        [(LOCATION, location(name, id, offset)), (RANGE, received_range(offset)), (UPLOAD_UUID, id.to_string())];
    response::empty(status, headers)
}

fn stored(name: &str, digest: &Digest) -> Response {
    let headers = [(LOCATION, format!("/v2/{name}/blobs/{digest}")), (CONTENT_DIGEST, digest.to_string())];
    response::empty(StatusCode::CREATED, headers)
}

fn parse(id: &str) -> Result<UploadId, StorageError> {
    UploadId::try_parse(id).map_err(|_| StorageError::UploadUnknown)
}

fn out_of_order(name: &str, id: UploadId, offset: u64) -> Failure {
    let value = |text: String| HeaderValue::try_from(text).expect("names and numbers are header values");
    Refusal::new(StatusCode::RANGE_NOT_SATISFIABLE, "RANGE_INVALID", format!("the upload continues at byte {offset}"))
        .header(LOCATION, value(location(name, id, offset)))
        .header(RANGE, value(received_range(offset)))
        .header(UPLOAD_UUID, value(id.to_string()))
        .into()
}

fn size_invalid(promised: u64, received: u64) -> Failure {
    let message = format!("Content-Range promised {promised} bytes, not {received}");
    Refusal::new(StatusCode::BAD_REQUEST, "SIZE_INVALID", message).into()
}
