//! A practice cloud, an engine, a registry with two small images, and a lab on them.

use std::{
    path::Path,
    sync::{Arc, Mutex},
    time::Duration,
};

use aws_sdk_ecr::types::{
    RegistryScanningRule, ScanFrequency, ScanType, ScanningRepositoryFilter, ScanningRepositoryFilterType,
};
use engine::{Engine, EngineConfig};
use lab::{
    Access, AwsAccess, Check, CheckStatus, EngineAccess, EngineKind, Event, Lab, LabError, Mode, Pace, Plan, Problem,
    Run, StepId,
};
use practice::{Clock, ClockControl, Practice, PracticeConfig, Speed};
use practice_images::{Coordinates, SyntheticImage, SyntheticJar, SyntheticLayer, SyntheticPackage};
use registry::{AllowAll, Options, PatchStatus, Storage};
use tempfile::TempDir;
use tokio_util::sync::CancellationToken;

/// A look every few milliseconds: nothing here takes longer.
pub(crate) const PACE: Pace =
    Pace { poll: Duration::from_millis(5), settle: Duration::from_millis(10), give_up: Duration::from_secs(30) };

/// Everything that a lab needs, in a folder of its own.
pub(crate) struct World {
    pub(crate) practice: Practice,
    pub(crate) engine: Engine,
    pub(crate) plan: Plan,
    pub(crate) pace: Pace,
    pub(crate) ecr: aws_sdk_ecr::Client,
    pub(crate) inspector: aws_sdk_inspector2::Client,
    pub(crate) hands: Option<ClockControl>,
    pub(crate) dir: TempDir,
    _source: Source,
}

impl World {
    /// Where nothing waits.
    pub(crate) async fn start() -> Self {
        Self::open(|_| (), None).await
    }

    /// Where time stands until it is turned on.
    pub(crate) async fn manual() -> Self {
        Self::open(|_| (), Some(Clock::manual())).await
    }

    /// With the practice cloud set up otherwise.
    pub(crate) async fn with(change: impl FnOnce(&mut PracticeConfig)) -> Self {
        Self::open(change, None).await
    }

    async fn open(change: impl FnOnce(&mut PracticeConfig), clock: Option<(Clock, ClockControl)>) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let mut config = PracticeConfig { speed: Speed::Instant, ..PracticeConfig::new(dir.path().join("cloud")) };
        change(&mut config);
        let (practice, hands) = match clock {
            None => (Practice::start(config).await.unwrap(), None),
            Some((clock, hands)) => (Practice::start_with(config, clock).await.unwrap(), Some(hands)),
        };
        let source = Source::start(dir.path()).await;
        let engine = engine(&practice, &dir.path().join("engine")).await;
        let plan = Plan {
            image: format!("{}/library/shop:vulnerable", source.address),
            fixed_image: format!("{}/library/shop:patched", source.address),
            fixed_tag: "patched".to_owned(),
            ..Plan::default()
        };
        let sdk = sdk(&practice);
        let (ecr, inspector) = (aws_sdk_ecr::Client::new(&sdk), aws_sdk_inspector2::Client::new(&sdk));
        Self { practice, engine, plan, pace: PACE, ecr, inspector, hands, dir, _source: source }
    }

    pub(crate) fn access(&self) -> Access {
        let (access_key, secret_key) = self.practice.credentials();
        Access {
            mode: Mode::Practice,
            aws: AwsAccess::Endpoint {
                url: self.practice.endpoint(),
                region: self.practice.region().to_owned(),
                access_key,
                secret_key,
            },
            engine: EngineAccess { kind: EngineKind::Builtin, host: self.engine.docker_host(), tls: None },
            public_registry: None,
            pace: self.pace,
        }
    }

    /// The lab's folder.
    pub(crate) async fn lab(&self) -> Lab {
        self.lab_in("lab").await
    }

    pub(crate) async fn lab_in(&self, folder: &str) -> Lab {
        Lab::open(&self.dir.path().join(folder)).await.unwrap()
    }

    /// A new run of a new lab.
    pub(crate) async fn run(&self) -> (Lab, Run) {
        let lab = self.lab().await;
        let run = lab.start(self.plan.clone(), self.access()).await.unwrap();
        (lab, run)
    }

    /// A new run, brought so far.
    pub(crate) async fn run_to(&self, last: StepId) -> (Lab, Run) {
        let (lab, run) = self.run().await;
        for step in StepId::ALL.into_iter().filter(|step| *step <= last) {
            run_step(&run, step).await.unwrap();
        }
        (lab, run)
    }

    pub(crate) fn fault(&self, fault: &str) {
        self.practice.faults().add(fault.parse().unwrap());
    }

    /// A turn of the clock whenever something is said, until nobody turns it any more.
    pub(crate) fn advance(&self, seconds: u64) {
        self.hands.as_ref().unwrap().advance(Duration::from_secs(seconds));
    }

    pub(crate) async fn create(&self, name: &str) {
        self.ecr.create_repository().repository_name(name).send().await.unwrap();
    }

    pub(crate) async fn configure(&self, scan_type: ScanType, rules: &[(ScanFrequency, &[&str])]) {
        let rules = rules.iter().map(|(frequency, filters)| rule(frequency.clone(), filters)).collect();
        let put = self.ecr.put_registry_scanning_configuration().scan_type(scan_type);
        put.set_rules(Some(rules)).send().await.unwrap();
    }

    /// `ENHANCED [CONTINUOUS_SCAN: prod]`
    pub(crate) async fn configuration(&self) -> String {
        let told = self.ecr.get_registry_scanning_configuration().send().await.unwrap();
        let told = told.scanning_configuration().unwrap();
        let mut said = told.scan_type().unwrap().as_str().to_owned();
        for rule in told.rules() {
            let filters: Vec<_> = rule.repository_filters().iter().map(ScanningRepositoryFilter::filter).collect();
            said.extend([" [", rule.scan_frequency().as_str(), ": ", &filters.join(" "), "]"]);
        }
        said
    }

    pub(crate) async fn inspector_status(&self) -> String {
        let told = self.inspector.batch_get_account_status().send().await.unwrap();
        told.accounts()[0].resource_state().unwrap().ecr().unwrap().status().as_str().to_owned()
    }

    pub(crate) async fn repositories(&self) -> Vec<String> {
        let told = self.ecr.describe_repositories().send().await.unwrap();
        let mut names: Vec<_> =
            told.repositories().iter().map(|known| known.repository_name().unwrap().to_owned()).collect();
        names.sort();
        names
    }

    /// `(digest, tags)` of every image of a repository.
    pub(crate) async fn images(&self, repository: &str) -> Vec<(String, Vec<String>)> {
        let told = self.ecr.describe_images().repository_name(repository).send().await.unwrap();
        let mut images: Vec<_> = told
            .image_details()
            .iter()
            .map(|image| (image.image_digest().unwrap().to_owned(), image.image_tags().to_vec()))
            .collect();
        images.sort();
        images
    }

    pub(crate) async fn digest(&self, repository: &str, tag: &str) -> Option<String> {
        let images = self.images(repository).await;
        images.into_iter().find(|(_, tags)| tags.iter().any(|t| t == tag)).map(|(digest, _)| digest)
    }

    /// Puts a manifest that names nothing but itself: an image of somebody else.
    pub(crate) async fn put_somebodys_image(&self, repository: &str, tag: &str) -> String {
        let source = self.dir.path().join("somebody");
        let spec = SyntheticImage { seed: 7, tag: tag.to_owned(), ..SyntheticImage::default() };
        let layout = practice_images::build_synthetic(&source, &spec).unwrap();
        let image = &layout.platforms[0];
        let client = reqwest::Client::new();
        let token = self.ecr.get_authorization_token().send().await.unwrap();
        let token = token.authorization_data()[0].authorization_token().unwrap().to_owned();
        let base = format!("http://{}/v2/{repository}", self.practice.registry_addr());
        for blob in image.layers.iter().chain([&image.config]) {
            let bytes = std::fs::read(layout.blob_path(&blob.digest)).unwrap();
            let sent = client
                .post(format!("{base}/blobs/uploads/?digest={}", blob.digest))
                .header("authorization", format!("Basic {token}"))
                .body(bytes);
            assert!(sent.send().await.unwrap().status().is_success());
        }
        let manifest = std::fs::read(layout.blob_path(&image.manifest.digest)).unwrap();
        let sent = client
            .put(format!("{base}/manifests/{tag}"))
            .header("authorization", format!("Basic {token}"))
            .header("content-type", &image.manifest.media_type)
            .body(manifest);
        assert!(sent.send().await.unwrap().status().is_success());
        image.manifest.digest.to_string()
    }

    /// Whether the engine knows the image by this name.
    pub(crate) async fn is_local(&self, reference: &str) -> bool {
        let url = format!("http://127.0.0.1:{}/images/{reference}/json", self.engine.port());
        reqwest::get(url).await.unwrap().status().is_success()
    }

    /// Every name that the engine knows.
    pub(crate) async fn local_names(&self) -> Vec<String> {
        let url = format!("http://127.0.0.1:{}/images/json", self.engine.port());
        let told: serde_json::Value =
            serde_json::from_slice(&reqwest::get(url).await.unwrap().bytes().await.unwrap()).unwrap();
        let names = told.as_array().unwrap().iter().flat_map(|image| image["RepoTags"].as_array().unwrap());
        names.map(|name| name.as_str().unwrap().to_owned()).collect()
    }
}

fn rule(frequency: ScanFrequency, filters: &[&str]) -> RegistryScanningRule {
    let filter = |text: &&str| {
        let kind = ScanningRepositoryFilterType::Wildcard;
        ScanningRepositoryFilter::builder().filter(*text).filter_type(kind).build().unwrap()
    };
    let filters = filters.iter().map(filter).collect();
    RegistryScanningRule::builder().scan_frequency(frequency).set_repository_filters(Some(filters)).build().unwrap()
}

/// The engine, told where the practice cloud's registries are.
pub(crate) async fn engine(practice: &Practice, dir: &Path) -> Engine {
    let mut config = EngineConfig::new(dir);
    config.hosts =
        [(practice.registry_name(), practice.registry_addr()), ("public.ecr.aws".to_owned(), practice.public_addr())]
            .into();
    Engine::start(config).await.unwrap()
}

fn sdk(practice: &Practice) -> aws_config::SdkConfig {
    let (access_key, secret_key) = practice.credentials();
    let credentials = aws_credential_types::Credentials::new(access_key, secret_key, None, None, "test");
    let http = aws_smithy_http_client::Builder::new().build_http();
    aws_config::SdkConfig::builder()
        .behavior_version(aws_config::BehaviorVersion::latest())
        .region(aws_config::Region::new(practice.region().to_owned()))
        .endpoint_url(practice.endpoint())
        .credentials_provider(aws_credential_types::provider::SharedCredentialsProvider::new(credentials))
        .http_client(http)
        .build()
}

/// A registry with the same shop twice: as an index of one platform, with a vulnerable library and with a patched one.
struct Source {
    address: String,
    serving: tokio::task::JoinHandle<()>,
}

impl Source {
    async fn start(dir: &Path) -> Self {
        let storage = Storage::open(dir.join("source")).await.unwrap();
        for (tag, log4j) in [("vulnerable", "2.14.1"), ("patched", "2.17.1")] {
            stock(&storage, &dir.join(tag), tag, log4j).await;
        }
        let options = Options { patch_status: PatchStatus::Accepted202, blob_mounting: false, read_only: true };
        let router = registry::router(storage, Arc::new(AllowAll), options);
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let serving = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { address, serving }
    }
}

impl Drop for Source {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

async fn stock(storage: &Storage, dir: &Path, tag: &str, log4j: &str) {
    let layout = practice_images::build_synthetic(dir, &shop(tag, log4j)).unwrap();
    let (name, now) = ("library/shop", std::time::SystemTime::now());
    for image in &layout.platforms {
        for blob in image.layers.iter().chain([&image.config]) {
            storage.ingest_file(name, &layout.blob_path(&blob.digest), &blob.digest).await.unwrap();
        }
        let manifest = std::fs::read(layout.blob_path(&image.manifest.digest)).unwrap();
        storage.put_manifest(name, manifest.into(), Some(&image.manifest.media_type), None, now).await.unwrap();
    }
    let index = std::fs::read(layout.blob_path(&layout.index_digest)).unwrap();
    storage.put_manifest(name, index.into(), Some(&layout.index.media_type), Some(tag), now).await.unwrap();
}

fn shop(tag: &str, log4j: &str) -> SyntheticImage {
    let base = SyntheticLayer {
        os_release: Some(
            "ID=debian\nVERSION_ID=\"11\"\nVERSION_CODENAME=bullseye\nPRETTY_NAME=\"Debian 11\"\n".to_owned(),
        ),
        packages: vec![SyntheticPackage {
            name: "zlib1g".into(),
            version: "1:1.2.11.dfsg-2".into(),
            source: Some("zlib".into()),
        }],
        ..SyntheticLayer::default()
    };
    let log4j =
        Coordinates { group: "org.apache.logging.log4j".into(), artifact: "log4j-core".into(), version: log4j.into() };
    let shop = SyntheticLayer {
        jars: vec![SyntheticJar { path: "srv/shop/log4j-core.jar".into(), maven: vec![log4j], filler: 0 }],
        ..SyntheticLayer::default()
    };
    SyntheticImage { tag: tag.to_owned(), layers: vec![base, shop], ..SyntheticImage::default() }
}

pub(crate) async fn run_step(run: &Run, step: StepId) -> Result<(), LabError> {
    run.run(step, Arc::new(()), CancellationToken::new()).await
}

/// Runs a step and gives back everything that it told.
pub(crate) async fn told(run: &Run, step: StepId) -> (Result<(), LabError>, Vec<Event>) {
    let events = Arc::new(Mutex::new(Vec::new()));
    let sink = Arc::clone(&events);
    let ended = run.run(step, Arc::new(move |event| sink.lock().unwrap().push(event)), CancellationToken::new()).await;
    let events = events.lock().unwrap().clone();
    (ended, events)
}

/// Runs a step that fails, and gives back why.
pub(crate) async fn refused(run: &Run, step: StepId) -> Problem {
    problem(run_step(run, step).await.unwrap_err())
}

pub(crate) fn problem(error: LabError) -> Problem {
    match error {
        LabError::Problem(problem) => *problem,
        LabError::Cancelled => panic!("cancelled"),
    }
}

/// Every item of a step's check is met.
pub(crate) async fn assert_met(run: &Run, step: StepId) {
    let checks = run.check(step).await.unwrap();
    assert!(!checks.is_empty());
    let others: Vec<_> = checks.iter().filter(|check| check.outcome != CheckStatus::Met).collect();
    assert!(others.is_empty(), "{step:?}: {others:#?}");
}

/// One item of a step's check.
pub(crate) async fn item(run: &Run, step: StepId, id: &str) -> Check {
    let checks = run.check(step).await.unwrap();
    let ids: Vec<_> = checks.iter().map(|check| check.id.clone()).collect();
    checks.into_iter().find(|check| check.id == id).unwrap_or_else(|| panic!("no {id} among {ids:?}"))
}
