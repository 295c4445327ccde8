//! A running registry, and images to push to it.

use std::{path::Path, time::SystemTime};

use registry::{AllowAll, Digest, Hooks, Options, Storage};
use reqwest::{Client, Method, RequestBuilder, Response, StatusCode};
use serde_json::{Value, json};
use tempfile::TempDir;
use testbed::{files::names_in, http_client::http_client, registry_server::RegistryServer};

pub(crate) const OCI_MANIFEST: &str = registry::media_types::OCI_MANIFEST;
pub(crate) const OCI_INDEX: &str = registry::media_types::OCI_INDEX;

pub(crate) struct Server {
    pub(crate) storage: Storage,
    pub(crate) addr: String,
    pub(crate) dir: TempDir,
    client: Client,
    _registry: RegistryServer,
}

impl Server {
    pub(crate) async fn start() -> Self {
        Self::with(AllowAll, Options::default()).await
    }

    pub(crate) async fn with(hooks: impl Hooks, options: Options) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let registry = RegistryServer::start_with(dir.path(), hooks, options, |router| router).await;
        let (storage, addr) = (registry.storage.clone(), registry.addr().to_owned());
        Self { storage, addr, dir, client: http_client(), _registry: registry }
    }

    /// A request; `path` may be a location that was given out.
    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, format!("http://{}{path}", self.addr))
    }

    pub(crate) async fn send(&self, method: Method, path: &str) -> Response {
        self.request(method, path).send().await.unwrap()
    }

    pub(crate) async fn get(&self, path: &str) -> Response {
        self.send(Method::GET, path).await
    }

    pub(crate) async fn json(&self, path: &str) -> Value {
        serde_json::from_slice(&self.get(path).await.bytes().await.unwrap()).unwrap()
    }

    /// Begins an upload and answers its location.
    pub(crate) async fn begin(&self, repo: &str) -> String {
        let response = self.send(Method::POST, &format!("/v2/{repo}/blobs/uploads/")).await;
        assert_eq!(response.status(), StatusCode::ACCEPTED);
        header(&response, "location")
    }

    pub(crate) async fn push_blob(&self, repo: &str, content: &[u8]) -> Digest {
        let digest = Digest::of(content);
        let path = format!("/v2/{repo}/blobs/uploads/?digest={digest}");
        let response = self.request(Method::POST, &path).body(content.to_vec()).send().await.unwrap();
        assert_eq!(response.status(), StatusCode::CREATED);
        digest
    }

    pub(crate) async fn put_manifest(&self, repo: &str, reference: &str, bytes: &[u8], media_type: &str) -> Response {
        let request = self.request(Method::PUT, &format!("/v2/{repo}/manifests/{reference}"));
        request.header("content-type", media_type).body(bytes.to_vec()).send().await.unwrap()
    }

    /// Pushes the image with its blobs.
    pub(crate) async fn push(&self, repo: &str, tag: &str, image: &Image) {
        for blob in &image.blobs {
            self.push_blob(repo, blob).await;
        }
        let response = self.put_manifest(repo, tag, &image.manifest, OCI_MANIFEST).await;
        assert_eq!(response.status(), StatusCode::CREATED, "{}", response.text().await.unwrap());
    }
}

/// An image made of few bytes.
#[derive(Clone)]
pub(crate) struct Image {
    pub(crate) manifest: Vec<u8>,
    pub(crate) digest: Digest,
    /// The config, then the layers.
    pub(crate) blobs: Vec<Vec<u8>>,
}

impl Image {
    /// Another seed, another image; all share one layer.
    pub(crate) fn new(seed: &str) -> Self {
        Self::about(seed, None)
    }

    pub(crate) fn about(seed: &str, subject: Option<&Digest>) -> Self {
        let blobs = vec![
            format!("{{\"seed\":\"{seed}\"}}").into_bytes(),
            format!("a layer of {seed}").repeat(100).into_bytes(),
            b"the layer that all share".to_vec(),
        ];
        let mut manifest = json!({
            "schemaVersion": 2,
            "mediaType": OCI_MANIFEST,
            "config": descriptor("application/vnd.oci.image.config.v1+json", &blobs[0]),
            "layers": blobs[1..].iter().map(|blob| descriptor("application/vnd.oci.image.layer.v1.tar", blob)).collect::<Vec<_>>(),
        });
        if let Some(subject) = subject {
            manifest["subject"] = json!({ "mediaType": OCI_MANIFEST, "digest": subject, "size": 1 });
        }
        let manifest = manifest.to_string().into_bytes();
        Self { digest: Digest::of(&manifest), manifest, blobs }
    }

    pub(crate) fn size(&self) -> u64 {
        self.blobs.iter().map(|blob| blob.len() as u64).sum()
    }
}

pub(crate) fn index(images: &[&Image]) -> Vec<u8> {
    let manifests: Vec<_> = images.iter().map(|image| descriptor(OCI_MANIFEST, &image.manifest)).collect();
    json!({ "schemaVersion": 2, "mediaType": OCI_INDEX, "manifests": manifests }).to_string().into_bytes()
}

pub(crate) fn descriptor(media_type: &str, content: &[u8]) -> Value {
    json!({ "mediaType": media_type, "digest": Digest::of(content), "size": content.len() })
}

pub(crate) fn header(response: &Response, name: &str) -> String {
    let value = response.headers().get(name).unwrap_or_else(|| panic!("no {name} in {:?}", response.headers()));
    value.to_str().unwrap().to_owned()
}

/// The location with `digest` added to its query.
pub(crate) fn closing(location: &str, digest: &Digest) -> String {
    let sign = if location.contains('?') { '&' } else { '?' };
    format!("{location}{sign}digest={digest}")
}

/// The status and the code of the error envelope's first entry.
pub(crate) async fn refusal(response: Response) -> (u16, String) {
    let status = response.status().as_u16();
    let body: Value = serde_json::from_slice(&response.bytes().await.unwrap()).unwrap();
    (status, body["errors"][0]["code"].as_str().unwrap().to_owned())
}

pub(crate) fn error(status: u16, code: &str) -> (u16, String) {
    (status, code.to_owned())
}

pub(crate) fn blob_files(dir: &Path) -> Vec<String> {
    names_in(&dir.join("blobs/sha256"))
}

/// A second of a day long ago.
pub(crate) fn at(second: u64) -> SystemTime {
    SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_600_000_000 + second)
}

/// Opens the store in this folder and checks that everything it shows is there, whole and true.
pub(crate) async fn consistent(dir: &Path) -> Storage {
    let storage = Storage::open(dir).await.unwrap();
    assert_eq!(names_in(&dir.join("uploads")), Vec::<String>::new());
    for repo in storage.repositories() {
        for image in storage.images(&repo).await.unwrap() {
            let stored = storage.manifest(&repo, &image.digest.clone().into()).await.unwrap().unwrap();
            assert_eq!(Digest::of(&stored.bytes), image.digest);
            let manifest: Value = serde_json::from_slice(&stored.bytes).unwrap();
            let layers = manifest["layers"].as_array().unwrap().iter();
            for blob in layers.chain([&manifest["config"]]) {
                let digest: Digest = blob["digest"].as_str().unwrap().parse().unwrap();
                let path = storage.blob_path(&repo, &digest).expect("a manifest's blobs are there");
                assert_eq!(Digest::of(&std::fs::read(path).unwrap()), digest);
            }
        }
    }
    storage
}
