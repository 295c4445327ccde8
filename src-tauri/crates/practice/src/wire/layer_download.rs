//! Downloads of layers from the URLs that `GetDownloadUrlForLayer` gives. A refusal has the form of S3's.

use std::sync::Arc;

use axum::{body::Body, response::Response};
use http::{HeaderValue, Request, StatusCode, Uri, header::CONTENT_TYPE, request::Parts};
use registry::{AllowAll, Options, PatchStatus};
use tower::ServiceExt;

use crate::{
    cloud::Cloud,
    layer_urls::{PATH, Refused, verify},
};

/// Sends layers to any client that has a signed URL.
#[derive(Clone)]
pub(super) struct LayerDownloads {
    cloud: Arc<Cloud>,
    registry: axum::Router,
}

impl LayerDownloads {
    pub(super) fn new(cloud: Arc<Cloud>) -> Self {
        let options = Options { patch_status: PatchStatus::Accepted202, blob_mounting: false, read_only: true };
        let registry = registry::router(cloud.storage.clone(), Arc::new(AllowAll), options);
        Self { cloud, registry }
    }

    /// Whether the request is for a layer.
    pub(super) fn serves(request: &Parts) -> bool {
        request.uri.path().starts_with(PATH)
    }

    pub(super) async fn respond(&self, mut request: Parts) -> Response {
        let blob = match verify(&self.cloud, &request.uri) {
            Ok(blob) => blob,
            Err(Refused::Signature) => {
                return refused("SignatureDoesNotMatch", "The signature of the URL does not match.");
            }
            Err(Refused::Expired) => return refused("AccessDenied", "Request has expired"),
        };
        match blob.parse::<Uri>() {
            Ok(uri) => request.uri = uri,
            Err(_) => return refused("SignatureDoesNotMatch", "The URL is not one of a layer."),
        }
        match self.registry.clone().oneshot(Request::from_parts(request, Body::empty())).await {
            Ok(response) => response,
            Err(never) => match never {},
        }
    }
}

fn refused(code: &str, message: &str) -> Response {
    let body = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>{code}</Code><Message>{message}</Message></Error>"
    );
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = StatusCode::FORBIDDEN;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/xml"));
    response
}
