//! A running engine, the client that drives it, and images. The registry it talks to is in `server`.

use std::{path::Path, sync::OnceLock};

use bollard::{
    API_DEFAULT_VERSION, Docker,
    auth::DockerCredentials,
    errors::Error,
    query_parameters::{
        CreateImageOptionsBuilder, PushImageOptionsBuilder, RemoveImageOptionsBuilder, TagImageOptionsBuilder,
    },
};
use engine::{Engine, EngineConfig};
use futures::{Stream, TryStreamExt};
use http::StatusCode;
use practice_images::{Compression, OciLayout, SyntheticImage, SyntheticLayer};
use serde_json::Value;
use tempfile::TempDir;
use testbed::{files::names_in, http_client::http_client};

pub(crate) use crate::server::{Server, envelope, reply};

pub(crate) const OCI_MANIFEST: &str = registry::media_types::OCI_MANIFEST;
pub(crate) const OCI_INDEX: &str = registry::media_types::OCI_INDEX;

/// An image with these layers' worth of bytes that cannot be guessed from each other.
pub(crate) fn image(dir: &Path, architecture: &str, seed: u64, layers: &[u64]) -> OciLayout {
    let layers = layers.iter().map(|filler| SyntheticLayer { filler: *filler, ..SyntheticLayer::default() }).collect();
    let spec = SyntheticImage {
        architecture: architecture.to_owned(),
        seed,
        layers,
        compression: Compression::Plain,
        ..SyntheticImage::default()
    };
    practice_images::build_synthetic(&dir.join(format!("{architecture}-{seed}")), &spec).unwrap()
}

/// A practice image of both platforms, built once.
pub(crate) fn practice_image() -> &'static OciLayout {
    static LAYOUT: OnceLock<(TempDir, OciLayout)> = OnceLock::new();
    let (_, layout) = LAYOUT.get_or_init(|| {
        let dir = tempfile::tempdir().unwrap();
        let layout = practice_images::build(&practice_images::all()[0], &dir.path().join("neo4j")).unwrap();
        (dir, layout)
    });
    layout
}

pub(crate) struct Running {
    pub(crate) engine: Engine,
    pub(crate) docker: Docker,
    pub(crate) dir: TempDir,
}

pub(crate) fn config(dir: &Path, hosts: &[(&str, &str)]) -> EngineConfig {
    let mut config = EngineConfig::new(dir);
    config.hosts = hosts.iter().map(|(host, addr)| ((*host).to_owned(), (*addr).to_owned())).collect();
    config
}

/// An engine that reaches this registry under the name `r.test` too.
pub(crate) async fn engine(server: &Server) -> Running {
    engine_with(&[("r.test", &server.addr)]).await
}

pub(crate) async fn engine_with(hosts: &[(&str, &str)]) -> Running {
    let dir = tempfile::tempdir().unwrap();
    let engine = Engine::start(config(dir.path(), hosts)).await.unwrap();
    let docker = client(&engine.docker_host());
    Running { engine, docker, dir }
}

pub(crate) fn client(docker_host: &str) -> Docker {
    Docker::connect_with_http(docker_host, 120, API_DEFAULT_VERSION).unwrap()
}

pub(crate) fn password(user: &str, password: &str) -> DockerCredentials {
    DockerCredentials {
        username: Some(user.to_owned()),
        password: Some(password.to_owned()),
        ..DockerCredentials::default()
    }
}

impl Running {
    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.engine.port().expect("it listens on a port"))
    }

    pub(crate) async fn pull(&self, reference: &str) -> Result<Vec<String>, Error> {
        self.pull_as(reference, "linux/amd64", None).await
    }

    pub(crate) async fn pull_as(
        &self,
        reference: &str,
        platform: &str,
        credentials: Option<DockerCredentials>,
    ) -> Result<Vec<String>, Error> {
        pull(&self.docker, reference, platform, credentials).await
    }

    pub(crate) async fn push(&self, repository: &str, tag: &str) -> Result<Vec<String>, Error> {
        self.push_as(repository, tag, None, None).await
    }

    pub(crate) async fn push_as(
        &self,
        repository: &str,
        tag: &str,
        platform: Option<&str>,
        credentials: Option<DockerCredentials>,
    ) -> Result<Vec<String>, Error> {
        push(&self.docker, repository, tag, platform, credentials).await
    }

    pub(crate) async fn tag(&self, name: &str, repository: &str, tag: &str) {
        let options = TagImageOptionsBuilder::new().repo(repository).tag(tag).build();
        self.docker.tag_image(name, Some(options)).await.unwrap();
    }

    pub(crate) async fn remove(&self, name: &str) -> Result<Vec<String>, Error> {
        let options = RemoveImageOptionsBuilder::new().build();
        let steps = self.docker.remove_image(name, Some(options), None).await?;
        Ok(steps
            .into_iter()
            .map(|step| match (step.untagged, step.deleted) {
                (Some(name), None) => format!("Untagged: {name}"),
                (None, Some(name)) => format!("Deleted: {name}"),
                other => panic!("{other:?}"),
            })
            .collect())
    }

    pub(crate) async fn get(&self, path: &str) -> (StatusCode, Value) {
        let response = http_client().get(self.url(path)).send().await.unwrap();
        let status = response.status();
        (status, serde_json::from_slice(&response.bytes().await.unwrap()).unwrap())
    }

    /// The hex digests of the blobs on disk, and the names of unfinished files.
    pub(crate) fn files(&self) -> (Vec<String>, Vec<String>) {
        (names_in(&self.dir.path().join("blobs/sha256")), names_in(&self.dir.path().join("unfinished")))
    }
}

/// The lines of a pull: each status, after the id where there is one.
pub(crate) async fn pull(
    docker: &Docker,
    reference: &str,
    platform: &str,
    credentials: Option<DockerCredentials>,
) -> Result<Vec<String>, Error> {
    let options = CreateImageOptionsBuilder::new().from_image(reference).platform(platform);
    let lines = docker.create_image(Some(options.build()), None, credentials);
    collect(lines.map_ok(|line| {
        let status = line.status.unwrap_or_default();
        line.id.map_or(status.clone(), |id| format!("{id}: {status}"))
    }))
    .await
}

pub(crate) async fn push(
    docker: &Docker,
    repository: &str,
    tag: &str,
    platform: Option<&str>,
    credentials: Option<DockerCredentials>,
) -> Result<Vec<String>, Error> {
    let mut options = PushImageOptionsBuilder::new().tag(tag);
    if let Some(platform) = platform {
        options = options.platform(platform);
    }
    let lines = docker.push_image(repository, Some(options.build()), credentials);
    collect(lines.map_ok(|line| line.status.unwrap_or_default())).await
}

async fn collect(lines: impl Stream<Item = Result<String, Error>>) -> Result<Vec<String>, Error> {
    lines.try_collect().await
}

/// The status and the message of an error; one in a line of a stream has no status.
pub(crate) fn error_of(error: &Error) -> (Option<u16>, String) {
    match error {
        Error::DockerResponseServerError { status_code, message } => (Some(*status_code), message.clone()),
        Error::DockerStreamError { error } => (None, error.clone()),
        other => panic!("{other:?}"),
    }
}
