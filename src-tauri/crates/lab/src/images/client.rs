//! The lab's client for a Docker engine. Pulling and pushing are in `transfer`.

use std::{collections::BTreeSet, fmt};

use bollard::query_parameters::{ListImagesOptionsBuilder, RemoveImageOptionsBuilder, TagImageOptionsBuilder};

use super::{
    connection::{ConnectError, Connection},
    detect::ImageStore,
    errors::{EngineFailure, Operation},
};
use crate::{
    call::Call,
    model::{access::EngineAccess, problem::LabError},
    transcript::{Ending, Recorder, Service},
};

/// A connection to an engine.
#[derive(Clone)]
pub(crate) struct EngineClient {
    pub(super) connection: Connection,
    pub(super) host: String,
    recorder: Recorder,
}

impl fmt::Debug for EngineClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Images")
            .field("host", &self.host)
            .field("version", &self.connection.version)
            .finish_non_exhaustive()
    }
}

/// An engine's description of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct EngineInfo {
    /// `29.1.3`.
    pub(crate) version: String,
    /// The negotiated API version: `1.52`.
    pub(crate) api_version: String,
    /// `linux/amd64`.
    pub(crate) os_arch: String,
    /// Whether it keeps images in the containerd image store, which stores multi-platform images whole.
    pub(crate) containerd_store: bool,
    /// Its own proxy for HTTPS, as it shows it; empty if it has none. May hold a password.
    pub(crate) https_proxy: String,
    /// The hosts that it reaches without the proxy.
    pub(crate) no_proxy: String,
}

/// An image in the engine's local store.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct LocalImage {
    /// The engine's own id. What it is a digest of depends on the engine, so it is never compared across engines.
    pub(crate) id: String,
    /// `host/path:tag`.
    pub(crate) repo_tags: Vec<String>,
    /// `host/path@sha256:…`.
    pub(crate) repo_digests: Vec<String>,
    /// In bytes.
    pub(crate) size: u64,
    /// `linux`.
    pub(crate) os: String,
    /// `amd64`.
    pub(crate) architecture: String,
    /// Whether its id is that of an index: the containerd store keeps images of several platforms whole.
    pub(crate) is_index: bool,
}

/// The result of a pull.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PullResult {
    /// The digest that the tag resolved to; that of the index, if there is one.
    pub(crate) digest: Option<String>,
    /// Whether the local image was already up to date.
    pub(crate) up_to_date: bool,
}

/// The result of a push.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PushResult {
    /// The digest of the pushed manifest, as the engine reports it.
    pub(crate) digest: Option<String>,
}

impl EngineClient {
    /// Connects and negotiates an API version.
    pub(crate) async fn connect(access: &EngineAccess, recorder: Recorder) -> Result<Self, LabError> {
        let call = Call::begin(&recorder, Service::Engine, "version", access.host.clone());
        let opened = Connection::open(access).await.map_err(|error| match error {
            ConnectError::Engine(error) => EngineFailure::engine(&Operation::connect(&access.host), error),
            ConnectError::TooOld(version) => EngineFailure::too_old(&access.host, &version.to_string()),
        });
        let connection = finish(&call, opened)?;
        Ok(Self { connection, host: access.host.clone(), recorder })
    }

    /// The engine's versions, platform and image store.
    pub(crate) async fn engine(&self) -> Result<EngineInfo, LabError> {
        let operation = Operation::connect(&self.host);
        let version = self.recorded("version", "", &operation, self.connection.docker.version()).await?;
        let info = self.recorded("info", "", &operation, self.connection.docker.info()).await?;
        let containerd_store = ImageStore::of(&info) == ImageStore::Containerd;
        Ok(EngineInfo {
            version: version.version.unwrap_or_default(),
            api_version: self.connection.version.to_string(),
            os_arch: format!("{}/{}", version.os.unwrap_or_default(), version.arch.unwrap_or_default()),
            containerd_store,
            https_proxy: info.https_proxy.unwrap_or_default(),
            no_proxy: info.no_proxy.unwrap_or_default(),
        })
    }

    /// The image, if the engine has it.
    pub(crate) async fn inspect(&self, reference: &str) -> Result<Option<LocalImage>, LabError> {
        let call = self.begin("inspect", reference);
        let image = match self.connection.docker.inspect_image(reference).await {
            Ok(image) => Ok(Some(image)),
            Err(error) if is_missing(&error) => Ok(None),
            Err(error) => Err(EngineFailure::engine(&Operation::local(&self.host, reference), error)),
        };
        Ok(finish(&call, image)?.map(|image| LocalImage {
            id: image.id.unwrap_or_default(),
            repo_tags: image.repo_tags.unwrap_or_default(),
            repo_digests: image.repo_digests.unwrap_or_default(),
            size: image.size.and_then(|size| u64::try_from(size).ok()).unwrap_or_default(),
            os: image.os.unwrap_or_default(),
            architecture: image.architecture.unwrap_or_default(),
            is_index: image
                .descriptor
                .and_then(|descriptor| descriptor.media_type)
                .is_some_and(|kind| oci::media_types::is_index(&kind)),
        }))
    }

    /// The ids of all images, also of those without a name.
    pub(crate) async fn ids(&self) -> Result<BTreeSet<String>, LabError> {
        let options = ListImagesOptionsBuilder::new().all(true).build();
        let operation = Operation::connect(&self.host);
        let images = self.recorded("list", "", &operation, self.connection.docker.list_images(Some(options))).await?;
        Ok(images.into_iter().map(|image| image.id).collect())
    }

    /// Adds another tag to a local image.
    pub(crate) async fn tag(&self, source: &str, repository: &str, tag: &str) -> Result<(), LabError> {
        let options = TagImageOptionsBuilder::new().repo(repository).tag(tag).build();
        let detail = format!("{source} {repository}:{tag}");
        let operation = Operation::local(&self.host, source);
        self.recorded("tag", &detail, &operation, self.connection.docker.tag_image(source, Some(options))).await
    }

    /// Removes a tag, and the image with its last tag. Returns whether the tag existed. Never forces: an image that a container uses is
    /// kept, and that is reported as a problem.
    pub(crate) async fn remove(&self, reference: &str) -> Result<bool, LabError> {
        let options = RemoveImageOptionsBuilder::new().force(false).build();
        let call = self.begin("remove", reference);
        let removed = match self.connection.docker.remove_image(reference, Some(options), None).await {
            Ok(_) => Ok(true),
            Err(error) if is_missing(&error) => Ok(false),
            Err(error) => Err(EngineFailure::engine(&Operation::local(&self.host, reference), error)),
        };
        finish(&call, removed)
    }

    pub(super) fn begin(&self, operation: &str, detail: &str) -> Call {
        Call::begin(&self.recorder, Service::Engine, operation, detail.to_owned())
    }

    async fn recorded<T>(
        &self,
        name: &str,
        detail: &str,
        operation: &Operation<'_>,
        response: impl Future<Output = Result<T, bollard::errors::Error>>,
    ) -> Result<T, LabError> {
        let call = self.begin(name, detail);
        let response = response.await.map_err(|error| EngineFailure::engine(operation, error));
        finish(&call, response)
    }
}

/// Records the end of a call with its result.
pub(super) fn finish<T>(call: &Call, outcome: Result<T, EngineFailure>) -> Result<T, LabError> {
    match outcome {
        Ok(value) => {
            call.end(Ending::Ok);
            Ok(value)
        }
        Err(failure) => {
            call.end(failure.ending());
            Err(failure.into())
        }
    }
}

fn is_missing(error: &bollard::errors::Error) -> bool {
    matches!(error, bollard::errors::Error::DockerResponseServerError { status_code: 404, .. })
}
