//! A practice cloud, a built-in engine and an image source in this process, as a lab needs them. How a lab reaches them is left
//! to its own tests.

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use aws_sdk_ecr::types::{ImageIdentifier, ScanFrequency, ScanType, ScanningRepositoryFilter};
use engine::{Engine, EngineConfig};
use practice::{Clock, ClockControl, Practice, PracticeConfig};
use practice_images::{SyntheticImage, SyntheticLayer};
use tempfile::TempDir;

use crate::{
    aws::{ecr, inspector, scanning_rule},
    http_client::http_client,
    image_source::ImageSource,
    push::push_image,
    temp_dir::temp_dir,
};

/// Bytes of filler in each of the image source's images.
const IMAGE_SIZE: u64 = 64 << 10;

/// A practice cloud and an engine that outlive the labs that are run on them, as the real ones do. Dropped, its folder is deleted.
#[derive(Debug)]
pub struct TestEnvironment {
    /// The cloud.
    pub practice: Practice,
    /// The engine. It pulls `public.ecr.aws` from the image source.
    pub engine: Engine,
    /// The images.
    pub image_source: ImageSource,
    /// A client of the cloud's ECR.
    pub ecr: aws_sdk_ecr::Client,
    /// A client of the cloud's Inspector.
    pub inspector: aws_sdk_inspector2::Client,
    clock: Option<ClockControl>,
    dir: TempDir,
}

impl TestEnvironment {
    /// Starts one in which nothing waits.
    pub async fn start() -> Self {
        Self::start_with(|_| (), None).await
    }

    /// Starts one whose time is advanced by the test.
    pub async fn with_manual_clock() -> Self {
        Self::start_with(|_| (), Some(Clock::manual())).await
    }

    /// Starts one with another configuration of the cloud, and another clock.
    ///
    /// # Panics
    ///
    /// If a part does not start.
    pub async fn start_with(configure: impl FnOnce(&mut PracticeConfig), clock: Option<(Clock, ClockControl)>) -> Self {
        let dir = temp_dir();
        let mut config = PracticeConfig::new(dir.path().join("cloud"));
        configure(&mut config);
        let (practice, clock) = match clock {
            None => (Practice::start(config).await, None),
            Some((clock, control)) => (Practice::start_with(config, clock).await, Some(control)),
        };
        let practice = practice.expect("the cloud starts");
        let image_source = ImageSource::start(dir.path(), IMAGE_SIZE).await;
        let engine = start_engine(&practice, image_source.addr(), &dir.path().join("engine")).await;
        let (ecr, inspector) = (ecr(&practice), inspector(&practice));
        Self { practice, engine, image_source, ecr, inspector, clock, dir }
    }

    /// The folder that everything is in.
    pub fn dir(&self) -> &Path {
        self.dir.path()
    }

    /// A folder in it.
    pub fn folder(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// The engine's URL: `http://127.0.0.1:<port>`.
    ///
    /// # Panics
    ///
    /// If it listens on a socket.
    pub fn engine_url(&self) -> String {
        format!("http://127.0.0.1:{}", self.engine.port().expect("it listens on a port"))
    }

    /// The control of the manual clock.
    ///
    /// # Panics
    ///
    /// If the environment was started without one.
    pub fn clock(&self) -> &ClockControl {
        self.clock.as_ref().expect("the clock is manual")
    }

    /// Advances the manual clock.
    pub fn advance(&self, seconds: u64) {
        self.clock().advance(Duration::from_secs(seconds));
    }

    /// Makes requests to the cloud fail: `ecr:CreateRepository=throttle`.
    ///
    /// # Panics
    ///
    /// If this is no fault.
    pub fn inject(&self, fault: &str) {
        self.practice.faults().add(fault.parse().expect("this is a fault"));
    }

    /// Creates a repository.
    ///
    /// # Panics
    ///
    /// If it exists.
    pub async fn create_repository(&self, name: &str) {
        self.ecr.create_repository().repository_name(name).send().await.expect("the name is free");
    }

    /// Replaces the registry's scanning configuration.
    ///
    /// # Panics
    ///
    /// If the cloud refuses it.
    pub async fn configure_scanning(&self, scan_type: ScanType, rules: &[(ScanFrequency, &[&str])]) {
        let rules = rules.iter().map(|(frequency, filters)| scanning_rule(frequency.clone(), filters)).collect();
        let put = self.ecr.put_registry_scanning_configuration().scan_type(scan_type);
        put.set_rules(Some(rules)).send().await.expect("the rules are valid");
    }

    /// The registry's scanning configuration: `ENHANCED [CONTINUOUS_SCAN: prod]`.
    ///
    /// # Panics
    ///
    /// If the cloud does not respond.
    pub async fn scanning_configuration(&self) -> String {
        let response = self.ecr.get_registry_scanning_configuration().send().await.expect("the cloud responds");
        let configuration = response.scanning_configuration().expect("a registry has one");
        let mut text = configuration.scan_type().expect("it has a type").as_str().to_owned();
        for rule in configuration.rules() {
            let filters: Vec<_> = rule.repository_filters().iter().map(ScanningRepositoryFilter::filter).collect();
            text.extend([" [", rule.scan_frequency().as_str(), ": ", &filters.join(" "), "]"]);
        }
        text
    }

    /// Inspector's status for ECR: `ENABLED`.
    ///
    /// # Panics
    ///
    /// If the cloud does not respond.
    pub async fn inspector_status(&self) -> String {
        let response = self.inspector.batch_get_account_status().send().await.expect("the cloud responds");
        let ecr = response.accounts().first().and_then(|account| account.resource_state()?.ecr());
        ecr.expect("the account has a state of ECR").status().as_str().to_owned()
    }

    /// The names of all repositories, sorted.
    ///
    /// # Panics
    ///
    /// If the cloud does not respond.
    pub async fn repositories(&self) -> Vec<String> {
        let pages = self.ecr.describe_repositories().into_paginator().items().send();
        let repositories = pages.collect::<Result<Vec<_>, _>>().await.expect("the cloud responds");
        let mut names: Vec<_> = repositories.into_iter().filter_map(|repository| repository.repository_name).collect();
        names.sort();
        names
    }

    /// The images of a repository: `(digest, sorted tags)` of each, sorted.
    ///
    /// # Panics
    ///
    /// If there is no such repository.
    pub async fn images(&self, repository: &str) -> Vec<(String, Vec<String>)> {
        let pages = self.ecr.describe_images().repository_name(repository).into_paginator().items().send();
        let images = pages.collect::<Result<Vec<_>, _>>().await.expect("the repository exists");
        let image = |image: aws_sdk_ecr::types::ImageDetail| {
            let mut tags = image.image_tags.unwrap_or_default();
            tags.sort();
            (image.image_digest.expect("images have digests"), tags)
        };
        let mut images: Vec<_> = images.into_iter().map(image).collect();
        images.sort();
        images
    }

    /// The digest of the image with this tag.
    pub async fn digest(&self, repository: &str, tag: &str) -> Option<String> {
        let images = self.images(repository).await;
        images.into_iter().find(|(_, tags)| tags.iter().any(|other| other == tag)).map(|(digest, _)| digest)
    }

    /// Pushes an image that is none of the lab's, and returns its digest.
    ///
    /// # Panics
    ///
    /// If the registry refuses it.
    pub async fn push_foreign_image(&self, repository: &str, tag: &str) -> String {
        // Another tag is another image.
        self.push_foreign_files(repository, tag, &[("tag", tag)]).await
    }

    /// Pushes an image of one layer with these files (path and content), as another client would. Returns its digest.
    ///
    /// # Panics
    ///
    /// If the registry refuses it.
    pub async fn push_foreign_files(&self, repository: &str, tag: &str, files: &[(&str, &str)]) -> String {
        let file = |(path, content): &(&str, &str)| ((*path).to_owned(), content.as_bytes().to_vec());
        let files = files.iter().map(file).collect();
        let layers = vec![SyntheticLayer { files, ..SyntheticLayer::default() }];
        let image = SyntheticImage { tag: tag.to_owned(), layers, ..SyntheticImage::default() };
        let folder = self.folder(&format!("foreign-image-{tag}"));
        let layout = practice_images::build_synthetic(&folder, &image).expect("it can be built");
        push_image(&self.practice, repository, tag, &layout).await
    }

    /// Where a repository's images are pushed to.
    ///
    /// # Panics
    ///
    /// If there is no such repository.
    pub async fn repository_uri(&self, name: &str) -> String {
        let described = self.ecr.describe_repositories().repository_names(name).send().await;
        let repositories = described.expect("the repository exists").repositories.unwrap_or_default();
        repositories.into_iter().find_map(|repository| repository.repository_uri).expect("a repository has one")
    }

    /// Gives an image of a repository another tag, as another client would.
    ///
    /// # Panics
    ///
    /// If the cloud refuses it.
    pub async fn tag_image(&self, repository: &str, digest: &str, tag: &str) {
        let id = ImageIdentifier::builder().image_digest(digest).build();
        let got = self.ecr.batch_get_image().repository_name(repository).image_ids(id).send().await;
        let got = got.expect("the cloud responds");
        let manifest = got.images()[0].image_manifest().expect("an image has a manifest");
        let put = self.ecr.put_image().repository_name(repository).image_manifest(manifest).image_tag(tag);
        put.send().await.expect("the tag can be given");
    }

    /// Deletes an image with all its tags, as another client would.
    ///
    /// # Panics
    ///
    /// If the cloud refuses it.
    pub async fn delete_image(&self, repository: &str, digest: &str) {
        let id = ImageIdentifier::builder().image_digest(digest).build();
        let deleted = self.ecr.batch_delete_image().repository_name(repository).image_ids(id).send().await;
        assert!(deleted.expect("the cloud responds").failures().is_empty());
    }

    /// Whether the engine has an image of this name.
    ///
    /// # Panics
    ///
    /// If the engine does not respond.
    pub async fn is_local(&self, reference: &str) -> bool {
        let request = http_client().get(format!("{}/images/{reference}/json", self.engine_url()));
        request.send().await.expect("the engine responds").status().is_success()
    }

    /// The engine's images, as its API lists them.
    ///
    /// # Panics
    ///
    /// If the engine does not respond.
    pub async fn local_images(&self) -> serde_json::Value {
        let request = http_client().get(format!("{}/images/json", self.engine_url()));
        let response = request.send().await.expect("the engine responds");
        let body = response.bytes().await.expect("the response is complete");
        serde_json::from_slice(&body).expect("it is JSON")
    }

    /// All names of the engine's images.
    pub async fn local_names(&self) -> Vec<String> {
        let images = self.local_images().await;
        let names = images.as_array().into_iter().flatten().filter_map(|image| image["RepoTags"].as_array());
        names.flatten().filter_map(|name| name.as_str().map(str::to_owned)).collect()
    }

    /// Stops the cloud and the engine.
    pub async fn shutdown(self) {
        self.engine.shutdown().await;
        self.practice.shutdown().await;
    }
}

/// Starts an engine that reaches the practice cloud's private registry, and `public.ecr.aws` at this address.
///
/// # Panics
///
/// If it does not start.
pub async fn start_engine(practice: &Practice, public_registry: &str, folder: &Path) -> Engine {
    let mut config = EngineConfig::new(folder);
    config.hosts.insert(practice.registry_name(), practice.registry_addr());
    config.hosts.insert("public.ecr.aws".to_owned(), public_registry.to_owned());
    Engine::start(config).await.expect("the engine starts")
}
