//! The second listener, which serves as public.ecr.aws: a read-only registry with the practice images. They are built
//! in the background; requests wait until they are ready.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::SystemTime,
};

use axum::{body::Body, response::Response};
use bytes::Bytes;
use http::{
    HeaderValue, Method, Request, StatusCode,
    header::{AUTHORIZATION, CONTENT_TYPE, WWW_AUTHENTICATE},
    request::Parts,
};
use oci::TagOrDigest;
use practice_images::{OciLayout, PracticeImage};
use registry::{Hooks, Options, PatchStatus, Refusal, Storage};
use tokio::sync::OnceCell;
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;

use crate::{
    cloud::Cloud,
    faults::fault::FaultKind,
    hooks::basic_password,
    names::PUBLIC,
    permissions::principal::Principal,
    service::Service,
    tokens::{LIFETIME, TokenStatus},
    wire::{
        guard::reject_web_page,
        injected_fault::{self, InjectedFault},
        response::{HttpResult, plain_text},
        target::registry_operation,
    },
};

/// The public registry.
#[derive(Debug)]
pub(crate) struct PublicRegistry {
    cloud: Arc<Cloud>,
    dir: PathBuf,
    router: OnceCell<axum::Router>,
}

impl PublicRegistry {
    pub(crate) fn new(cloud: Arc<Cloud>, dir: &Path) -> Self {
        Self { cloud, dir: dir.to_owned(), router: OnceCell::new() }
    }

    /// Builds the images ahead of the first request.
    pub(crate) async fn prepare(self: Arc<Self>, cancelled: CancellationToken) {
        tokio::select! {
            () = cancelled.cancelled() => {}
            built = self.router() => if let Err(error) = built {
                tracing::error!(error, "the practice images are not available");
            }
        }
    }

    pub(crate) async fn handle(&self, request: Request<Body>) -> HttpResult {
        let (parts, body) = request.into_parts();
        if let Some(rejection) = reject_web_page(&parts, &self.cloud.names) {
            return Ok(rejection);
        }
        let token = matches!(parts.uri.path(), "/token" | "/token/");
        let operation = if token { "Token" } else { registry_operation(&parts) };
        let fault = self.cloud.faults.inject_into_request(Service::Public, operation, &parts).map(InjectedFault::from);
        match fault {
            Some(InjectedFault::Refusal(kind)) => return Ok(injected_fault::refused(self.refusal(kind, operation))),
            Some(InjectedFault::Delay(duration)) => self.cloud.clock.sleep(duration).await,
            Some(InjectedFault::CorruptedBody(_)) | None => {}
        }
        let response = if token { self.token(&parts) } else { self.registry(parts, body).await };
        injected_fault::corrupt_if(fault, response).await
    }

    fn refusal(&self, kind: FaultKind, operation: &str) -> Refusal {
        match kind {
            FaultKind::ExpiredToken | FaultKind::ExpiredCredentials => expired(),
            other => injected_fault::refusal(other, operation, || self.challenge()),
        }
    }

    /// Issues a token, to any caller.
    fn token(&self, request: &Parts) -> Response {
        if request.method != Method::GET {
            return plain_text(StatusCode::METHOD_NOT_ALLOWED, "GET only\n");
        }
        // Credentials are not needed, but those that are sent must be valid: stale ones make a pull fail.
        if request.headers.contains_key(AUTHORIZATION) {
            let status = basic_password(request).map(|password| self.cloud.public_tokens.status(&password));
            match status {
                Some(TokenStatus::Valid(_)) => {}
                Some(TokenStatus::Expired) => return injected_fault::refused(expired()),
                Some(TokenStatus::Unknown) | None => {
                    return injected_fault::refused(Refusal::new(
                        StatusCode::UNAUTHORIZED,
                        "UNAUTHORIZED",
                        "Not Authorized",
                    ));
                }
            }
        }
        let (token, _) = self.cloud.public_tokens.issue(Principal::User);
        let body = serde_json::json!({ "token": token, "expires_in": LIFETIME.as_secs() });
        let mut response = Response::new(Body::from(body.to_string()));
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json; charset=utf-8"));
        response
    }

    async fn registry(&self, parts: Parts, body: Body) -> Response {
        if let Err(refusal) = self.authorize(&parts) {
            return injected_fault::refused(refusal);
        }
        let router = match self.router().await {
            Ok(router) => router.clone(),
            Err(error) => {
                let refusal = Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, "UNKNOWN", error);
                return injected_fault::refused(refusal);
            }
        };
        match router.oneshot(Request::from_parts(parts, body)).await {
            Ok(response) => self.cloud.bandwidth.slow_response(response),
            Err(never) => match never {},
        }
    }

    fn authorize(&self, request: &Parts) -> Result<(), Refusal> {
        let bearer = request.headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
        let bearer = bearer.and_then(|value| value.strip_prefix("Bearer "));
        match bearer.map(|token| self.cloud.public_tokens.status(token.trim())) {
            Some(TokenStatus::Valid(_)) => Ok(()),
            Some(TokenStatus::Expired) => Err(expired()),
            Some(TokenStatus::Unknown) | None => Err(self.challenge()),
        }
    }

    /// The challenge names this listener's own address for tokens, whatever the request's host: there is no TLS here.
    fn challenge(&self) -> Refusal {
        let realm =
            format!("Bearer realm=\"http://{}/token/\",service=\"{PUBLIC}\",scope=\"aws\"", self.cloud.names.public);
        let refusal = Refusal::new(StatusCode::UNAUTHORIZED, "UNAUTHORIZED", "Not Authorized");
        match HeaderValue::try_from(realm) {
            Ok(realm) => refusal.header(WWW_AUTHENTICATE, realm),
            Err(_) => refusal,
        }
    }

    async fn router(&self) -> Result<&axum::Router, String> {
        self.router
            .get_or_try_init(|| async {
                let storage = storage_with_images(&self.dir).await.map_err(|error| error.to_string())?;
                let options = Options { patch_status: PatchStatus::Accepted202, blob_mounting: false, read_only: true };
                Ok(registry::router(storage, Arc::new(PublicHooks), options))
            })
            .await
    }
}

/// A bad request, as real clients have received; the private registry responds with 403.
fn expired() -> Refusal {
    Refusal::new(
        StatusCode::BAD_REQUEST,
        "DENIED",
        "Your authorization token has expired. Reauthenticate and try again.",
    )
}

/// The public registry's hooks: error messages that say the practice cloud has only the practice images.
#[derive(Debug)]
struct PublicHooks;

impl Hooks for PublicHooks {
    fn reword(&self, repository: &str, mut refusal: Refusal) -> Refusal {
        match refusal.code.as_str() {
            "MANIFEST_UNKNOWN" => "Requested image not found".clone_into(&mut refusal.message),
            "NAME_UNKNOWN" => {
                refusal.message =
                    format!("The repository with name '{repository}' does not exist in the practice cloud");
            }
            _ => {}
        }
        refusal
    }
}

#[derive(Debug, thiserror::Error)]
enum BuildError {
    #[error(transparent)]
    PracticeImage(#[from] practice_images::PracticeImageError),
    #[error(transparent)]
    Storage(#[from] registry::StorageError),
    #[error("{0}")]
    Io(#[from] std::io::Error),
    #[error("building was interrupted: {0}")]
    Join(#[from] tokio::task::JoinError),
}

/// The storage with every practice image; those that it lacks are built.
async fn storage_with_images(dir: &Path) -> Result<Storage, BuildError> {
    let storage = Storage::open(dir.join("public")).await?;
    for image in practice_images::all() {
        let tag = TagOrDigest::Tag(image.tag.to_owned());
        let existing = storage.manifest(image.repository, &tag).await?;
        if existing.is_some_and(|existing| existing.digest.as_str() == image.index_digest) {
            continue;
        }
        let directory = dir.join("build").join(image.tag);
        let layout = build(image, directory.clone()).await?;
        import(&storage, &image, &layout).await?;
        // The storage has its own copy now.
        tokio::fs::remove_dir_all(dir.join("build")).await?;
    }
    Ok(storage)
}

async fn build(image: PracticeImage, out: PathBuf) -> Result<OciLayout, BuildError> {
    let built = tokio::task::spawn_blocking(move || {
        std::fs::create_dir_all(out.parent().unwrap_or(&out))?;
        Ok::<_, BuildError>(practice_images::build(&image, &out)?)
    });
    built.await?
}

async fn import(storage: &Storage, image: &PracticeImage, layout: &OciLayout) -> Result<(), BuildError> {
    let (name, now) = (image.repository, SystemTime::now());
    for platform in &layout.platforms {
        for blob in platform.layers.iter().chain([&platform.config]) {
            storage.ingest_file(name, &layout.blob_path(&blob.digest), &blob.digest).await?;
        }
        let manifest = tokio::fs::read(layout.blob_path(&platform.manifest.digest)).await?;
        storage.put_manifest(name, Bytes::from(manifest), Some(&platform.manifest.media_type), None, now).await?;
    }
    let index = tokio::fs::read(layout.blob_path(&layout.index_digest)).await?;
    storage.put_manifest(name, Bytes::from(index), Some(&layout.index.media_type), Some(image.tag), now).await?;
    Ok(())
}
