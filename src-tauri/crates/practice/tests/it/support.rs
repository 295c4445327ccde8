//! A practice cloud in a temporary folder, clients for it, and images to push.

use std::path::Path;

use aws_config::{SdkConfig, retry::RetryConfig};
use aws_sdk_ecr::types::{ScanFrequency, ScanType};
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use base64::{Engine, engine::general_purpose::STANDARD};
use practice::{Addressing, Clock, ClockControl, DEFAULT_REGION, Practice, PracticeConfig};
use practice_images::{SyntheticImage, SyntheticJar, SyntheticLayer};
use reqwest::{Method, Response, StatusCode};
use sha2::{Digest, Sha256};
use tempfile::TempDir;
use testbed::{
    aws::{authorization_token, scanning_rule, sdk_config},
    http_client::http_client,
    images::{VULNERABLE_LOG4J, debian_11, log4j},
};

pub(crate) const OCI_MANIFEST: &str = "application/vnd.oci.image.manifest.v1+json";
pub(crate) const OCI_INDEX: &str = "application/vnd.oci.image.index.v1+json";
const OCI_CONFIG: &str = "application/vnd.oci.image.config.v1+json";
const OCI_LAYER: &str = "application/vnd.oci.image.layer.v1.tar";

/// A running practice cloud, and clients that do not retry.
pub(crate) struct Cloud {
    pub(crate) practice: Practice,
    pub(crate) ecr: aws_sdk_ecr::Client,
    pub(crate) inspector: aws_sdk_inspector2::Client,
    pub(crate) iam: aws_sdk_iam::Client,
    pub(crate) sts: aws_sdk_sts::Client,
    pub(crate) http: reqwest::Client,
    pub(crate) dir: TempDir,
    control: Option<ClockControl>,
}

/// An image that can be pushed.
#[derive(Clone)]
pub(crate) struct Image {
    pub(crate) config: Vec<u8>,
    pub(crate) layers: Vec<(String, Vec<u8>)>,
}

impl Cloud {
    /// At instant speed.
    pub(crate) async fn start() -> Self {
        Self::open(tempfile::tempdir().unwrap(), None).await
    }

    /// On a manual clock.
    pub(crate) async fn manual() -> Self {
        Self::open(tempfile::tempdir().unwrap(), Some(Clock::manual())).await
    }

    pub(crate) async fn open(dir: TempDir, clock: Option<(Clock, ClockControl)>) -> Self {
        let config = PracticeConfig {
            addressing: Addressing::Loopback,
            advisories: Some(dir.path().join("advisories.db")),
            ..PracticeConfig::new(dir.path())
        };
        let (practice, control) = match clock {
            None => (Practice::start(config).await.unwrap(), None),
            Some((clock, control)) => (Practice::start_with(config, clock).await.unwrap(), Some(control)),
        };
        let sdk = sdk(&practice, &practice.credentials(), DEFAULT_REGION);
        Self {
            ecr: aws_sdk_ecr::Client::new(&sdk),
            inspector: aws_sdk_inspector2::Client::new(&sdk),
            iam: aws_sdk_iam::Client::new(&sdk),
            sts: aws_sdk_sts::Client::new(&sdk),
            http: http_client(),
            practice,
            dir,
            control,
        }
    }

    /// Stops it, and starts another one with its folder.
    pub(crate) async fn restart(self) -> Self {
        self.practice.shutdown().await;
        Self::open(self.dir, None).await
    }

    pub(crate) fn advance(&self, seconds: u64) {
        self.control.as_ref().unwrap().advance(std::time::Duration::from_secs(seconds));
    }

    pub(crate) async fn create(&self, name: &str) {
        self.ecr.create_repository().repository_name(name).send().await.unwrap();
    }

    /// Configures continuous scanning for the filter. Inspector is active when this returns.
    pub(crate) async fn watch(&self, filter: &str) {
        self.configure(&[(ScanFrequency::ContinuousScan, filter)]).await;
        if self.control.is_some() {
            self.advance(20);
        }
    }

    pub(crate) async fn configure(&self, rules: &[(ScanFrequency, &str)]) {
        let rules = rules.iter().map(|(frequency, text)| scanning_rule(frequency.clone(), &[text])).collect();
        let put = self.ecr.put_registry_scanning_configuration().scan_type(ScanType::Enhanced);
        put.set_rules(Some(rules)).send().await.unwrap();
    }

    pub(crate) async fn basic(&self) {
        let put = self.ecr.put_registry_scanning_configuration().scan_type(ScanType::Basic);
        put.set_rules(Some(Vec::new())).send().await.unwrap();
    }

    /// `Basic base64(AWS:password)`
    pub(crate) async fn authorization(&self) -> String {
        format!("Basic {}", authorization_token(&self.ecr).await)
    }

    /// Pushes an image and returns its digest.
    pub(crate) async fn push(&self, repository: &str, tag: &str, image: &Image) -> String {
        self.push_blobs(repository, image).await;
        let manifest = image.manifest();
        self.put_manifest(repository, tag, OCI_MANIFEST, &manifest).await;
        digest(&manifest)
    }

    pub(crate) async fn push_blobs(&self, repository: &str, image: &Image) {
        for blob in image.layers.iter().map(|(_, blob)| blob).chain([&image.config]) {
            let url = format!("/v2/{repository}/blobs/uploads/?digest={}", digest(blob));
            let response = self.send(Method::POST, &url, Some(("application/octet-stream", blob.clone()))).await;
            assert_eq!(response.status(), StatusCode::CREATED, "{}", response.text().await.unwrap());
        }
    }

    pub(crate) async fn put_manifest(&self, repository: &str, reference: &str, media_type: &str, manifest: &[u8]) {
        let url = format!("/v2/{repository}/manifests/{reference}");
        let response = self.send(Method::PUT, &url, Some((media_type, manifest.to_vec()))).await;
        assert_eq!(response.status(), StatusCode::CREATED, "{}", response.text().await.unwrap());
    }

    /// A request to the private registry, with a new token.
    pub(crate) async fn send(&self, method: Method, path: &str, body: Option<(&str, Vec<u8>)>) -> Response {
        let mut request = self
            .http
            .request(method, format!("{}{path}", self.practice.endpoint()))
            .header("authorization", self.authorization().await);
        if let Some((media_type, body)) = body {
            request = request.header("content-type", media_type).body(body);
        }
        request.send().await.unwrap()
    }
}

impl Image {
    /// A small image, different for each seed, without an operating system.
    pub(crate) fn plain(seed: u64) -> Self {
        Self::synthetic(seed, SyntheticLayer { files: vec![("hello".into(), b"world".to_vec())], ..Default::default() })
    }

    /// Debian 11 with an old OpenSSL, and an application with Log4j in one of its JARs.
    pub(crate) fn vulnerable() -> Self {
        // A name that does not tell what is in it.
        let jar = SyntheticJar { path: "app/lib/logging.jar".to_owned(), ..log4j(VULNERABLE_LOG4J) };
        Self::synthetic(0, SyntheticLayer { jars: vec![jar], ..debian_11() })
    }

    pub(crate) fn synthetic(seed: u64, layer: SyntheticLayer) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let spec = SyntheticImage {
            seed,
            compression: practice_images::Compression::Plain,
            layers: vec![
                layer,
                SyntheticLayer { files: vec![("seed".into(), seed.to_string().into())], ..Default::default() },
            ],
            ..Default::default()
        };
        let layout = practice_images::build_synthetic(&dir.path().join("image"), &spec).unwrap();
        let read = |digest: &oci::Digest| std::fs::read(layout.blob_path(digest)).unwrap();
        let image = &layout.platforms[0];
        Self {
            config: read(&image.config.digest),
            layers: image.layers.iter().map(|layer| (layer.media_type.clone(), read(&layer.digest))).collect(),
        }
    }

    /// An image whose only layer is these bytes.
    pub(crate) fn of_layer(bytes: &[u8]) -> Self {
        let config = br#"{"architecture":"amd64","os":"linux","rootfs":{"type":"layers","diff_ids":[]}}"#;
        Self { config: config.to_vec(), layers: vec![(OCI_LAYER.to_owned(), bytes.to_vec())] }
    }

    pub(crate) fn manifest(&self) -> Vec<u8> {
        let layers: Vec<_> = self.layers.iter().map(|(media_type, blob)| descriptor(media_type, blob)).collect();
        serde_json::to_vec(&serde_json::json!({
            "schemaVersion": 2,
            "mediaType": OCI_MANIFEST,
            "config": descriptor(OCI_CONFIG, &self.config),
            "layers": layers,
        }))
        .unwrap()
    }

    pub(crate) fn digest(&self) -> String {
        digest(&self.manifest())
    }
}

/// An index of these manifests.
pub(crate) fn index(manifests: &[Vec<u8>]) -> Vec<u8> {
    let members: Vec<_> = manifests.iter().map(|manifest| descriptor(OCI_MANIFEST, manifest)).collect();
    serde_json::to_vec(&serde_json::json!({ "schemaVersion": 2, "mediaType": OCI_INDEX, "manifests": members }))
        .unwrap()
}

pub(crate) fn digest(bytes: &[u8]) -> String {
    format!("sha256:{}", hex::encode(Sha256::digest(bytes)))
}

fn descriptor(media_type: &str, blob: &[u8]) -> serde_json::Value {
    serde_json::json!({ "mediaType": media_type, "digest": digest(blob), "size": blob.len() })
}

/// The SDK's configuration for a practice cloud, without retries.
pub(crate) fn sdk(practice: &Practice, (access_key, secret_key): &(String, String), region: &str) -> SdkConfig {
    let config = sdk_config(&practice.endpoint(), (access_key, secret_key), region);
    config.into_builder().retry_config(RetryConfig::disabled()).build()
}

/// The code of a call that must have failed.
pub(crate) fn code<T: std::fmt::Debug, E: ProvideErrorMetadata>(outcome: Result<T, E>) -> String {
    outcome.unwrap_err().code().unwrap_or("none").to_owned()
}

/// The message of a call that must have failed.
pub(crate) fn message<T: std::fmt::Debug, E: ProvideErrorMetadata>(outcome: Result<T, E>) -> String {
    outcome.unwrap_err().message().unwrap_or("none").to_owned()
}

pub(crate) fn basic(password: &str) -> String {
    format!("Basic {}", STANDARD.encode(format!("AWS:{password}")))
}

/// The status of an image's scan, and its description.
pub(crate) async fn scan_status(cloud: &Cloud, repository: &str, tag: &str) -> (String, String) {
    let id = aws_sdk_ecr::types::ImageIdentifier::builder().image_tag(tag).build();
    let described = cloud.ecr.describe_image_scan_findings().repository_name(repository).image_id(id).send().await;
    let status = described.unwrap().image_scan_status().unwrap().clone();
    (status.status().unwrap().as_str().to_owned(), status.description().unwrap_or_default().to_owned())
}

/// Copies a folder with everything in it.
pub(crate) fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        let copied = entry.file_type().and_then(|kind| {
            if kind.is_dir() {
                copy_folder(&entry.path(), &target);
                return Ok(());
            }
            std::fs::copy(entry.path(), target).map(drop)
        });
        // A temporary file that was renamed meanwhile.
        assert!(copied.is_ok() || copied.is_err_and(|error| error.kind() == std::io::ErrorKind::NotFound));
    }
}

pub(crate) fn entries(dir: &Path) -> usize {
    std::fs::read_dir(dir).map_or(0, Iterator::count)
}

/// How many findings Inspector lists as active, and as closed.
pub(crate) async fn listed(cloud: &Cloud) -> (usize, usize) {
    let (mut active, mut closed) = (0, 0);
    let mut pages = cloud.inspector.list_findings().into_paginator().send();
    while let Some(page) = pages.next().await {
        for finding in page.unwrap().findings() {
            if finding.status().as_str() == "ACTIVE" { active += 1 } else { closed += 1 }
        }
    }
    (active, closed)
}
