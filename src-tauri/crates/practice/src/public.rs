//! The second listener, which answers as public.ecr.aws: a registry that can only be read, with the practice images in
//! it. They are built in the background; who asks for one before it is there waits for it.

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
use practice_images::{OciLayout, PracticeImage};
use registry::{Hooks, Options, PatchStatus, Refusal, Storage, TagOrDigest};
use tokio::sync::OnceCell;
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;

use crate::{
    cloud::Cloud,
    faults::{FaultKind, Service},
    names::PUBLIC,
    tokens::{LIFETIME, Standing},
    wire::{self, Reply, Struck, faulty},
};

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

    /// Builds the images before anyone asks.
    pub(crate) async fn prepare(self: Arc<Self>, cancelled: CancellationToken) {
        tokio::select! {
            () = cancelled.cancelled() => {}
            built = self.router() => if let Err(error) = built {
                tracing::error!(error, "the practice images are not there");
            }
        }
    }

    pub(crate) async fn answer(&self, request: Request<Body>) -> Reply {
        let (parts, body) = request.into_parts();
        if let Some(refused) = wire::guard(&parts, &self.cloud.names) {
            return Ok(refused);
        }
        let token = matches!(parts.uri.path(), "/token" | "/token/");
        let operation = if token { "Token" } else { wire::registry_operation(&parts) };
        let struck = self.cloud.faults.strike_request(Service::Public, operation, &parts).map(Struck::from);
        match struck {
            Some(Struck::Refused(kind)) => return Ok(faulty::refused(self.refusal(kind, operation))),
            Some(Struck::Delayed(duration)) => self.cloud.clock.sleep(duration).await,
            Some(Struck::Spoilt(_)) | None => {}
        }
        let response = if token { self.token(&parts) } else { self.registry(parts, body).await };
        match struck {
            Some(Struck::Spoilt(spoil)) => faulty::spoil(response, spoil).await,
            _ => Ok(response),
        }
    }

    fn refusal(&self, kind: FaultKind, operation: &str) -> Refusal {
        match kind {
            FaultKind::ExpiredToken | FaultKind::ExpiredCredentials => expired(),
            other => faulty::refusal(other, operation, || self.challenge()),
        }
    }

    /// Anyone gets a token.
    fn token(&self, request: &Parts) -> Response {
        if request.method != Method::GET {
            return wire::plain(StatusCode::METHOD_NOT_ALLOWED, "GET only\n");
        }
        let (token, _) = self.cloud.public_tokens.issue();
        let answer = serde_json::json!({ "token": token, "expires_in": LIFETIME.as_secs() });
        let mut response = Response::new(Body::from(answer.to_string()));
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json; charset=utf-8"));
        response
    }

    async fn registry(&self, parts: Parts, body: Body) -> Response {
        if let Err(refused) = self.authorize(&parts) {
            return faulty::refused(refused);
        }
        let router = match self.router().await {
            Ok(router) => router.clone(),
            Err(error) => {
                let refusal = Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, "UNKNOWN", error);
                return faulty::refused(refusal);
            }
        };
        match router.oneshot(Request::from_parts(parts, body)).await {
            Ok(response) => response,
            Err(never) => match never {},
        }
    }

    fn authorize(&self, request: &Parts) -> Result<(), Refusal> {
        let bearer = request.headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
        let bearer = bearer.and_then(|value| value.strip_prefix("Bearer "));
        match bearer.map(|token| self.cloud.public_tokens.standing(token.trim())) {
            Some(Standing::Good) => Ok(()),
            Some(Standing::Expired) => Err(expired()),
            Some(Standing::Unknown) | None => Err(self.challenge()),
        }
    }

    /// The token's address is this listener's own, whatever name it was asked by: there is no TLS here.
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
                let storage = stocked(&self.dir).await.map_err(|error| error.to_string())?;
                let options = Options { patch_status: PatchStatus::Accepted202, blob_mounting: false, read_only: true };
                Ok(registry::router(storage, Arc::new(Public), options))
            })
            .await
    }
}

/// Unlike the private registry's 403, and as real clients have met it.
fn expired() -> Refusal {
    Refusal::new(
        StatusCode::BAD_REQUEST,
        "DENIED",
        "Your authorization token has expired. Reauthenticate and try again.",
    )
}

/// The names of what is not there are not told: everything but the practice images is.
#[derive(Debug)]
struct Public;

impl Hooks for Public {
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
enum StockError {
    #[error(transparent)]
    PracticeImage(#[from] practice_images::PracticeImageError),
    #[error(transparent)]
    Storage(#[from] registry::StorageError),
    #[error("{0}")]
    Io(#[from] std::io::Error),
    #[error("building was broken off: {0}")]
    Join(#[from] tokio::task::JoinError),
}

/// The storage, with every practice image in it.
async fn stocked(dir: &Path) -> Result<Storage, StockError> {
    let storage = Storage::open(dir.join("public")).await?;
    for replica in practice_images::all() {
        let tag = TagOrDigest::Tag(replica.tag.to_owned());
        let stands = storage.manifest(replica.repository, &tag).await?;
        if stands.is_some_and(|stands| stands.digest.as_str() == replica.index_digest) {
            continue;
        }
        let aside = dir.join("build").join(replica.tag);
        let layout = build(replica, aside.clone()).await?;
        take_in(&storage, &replica, &layout).await?;
        // The storage has it now; a second copy would only take room.
        tokio::fs::remove_dir_all(dir.join("build")).await?;
    }
    Ok(storage)
}

async fn build(replica: PracticeImage, out: PathBuf) -> Result<OciLayout, StockError> {
    let built = tokio::task::spawn_blocking(move || {
        std::fs::create_dir_all(out.parent().unwrap_or(&out))?;
        Ok::<_, StockError>(practice_images::build(&replica, &out)?)
    });
    built.await?
}

async fn take_in(storage: &Storage, replica: &PracticeImage, layout: &OciLayout) -> Result<(), StockError> {
    let (name, now) = (replica.repository, SystemTime::now());
    for image in &layout.platforms {
        for blob in image.layers.iter().chain([&image.config]) {
            storage.ingest_file(name, &layout.blob_path(&blob.digest), &blob.digest).await?;
        }
        let manifest = tokio::fs::read(layout.blob_path(&image.manifest.digest)).await?;
        storage.put_manifest(name, Bytes::from(manifest), Some(&image.manifest.media_type), None, now).await?;
    }
    let index = tokio::fs::read(layout.blob_path(&layout.index_digest)).await?;
    storage.put_manifest(name, Bytes::from(index), Some(&layout.index.media_type), Some(replica.tag), now).await?;
    Ok(())
}
