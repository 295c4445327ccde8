//! Tests with a real Docker Engine, a real registry and the practice cloud. They need Linux, root, and Debian's `docker.io` and
//! `docker-registry`; elsewhere they are skipped, which fails in CI.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    process::Command,
};

use practice::{Addressing, Practice, PracticeConfig};
use tokio_util::sync::CancellationToken;

use super::{Events, access, connect, problem};
use crate::{
    aws::{Aws, credential::RegistryCredential},
    entry_log::EntryLog,
    images::{client::EngineClient, reach::can_reach},
    model::{
        access::{AwsAccess, EngineAccess},
        code::Code,
    },
    transcript::Ending,
};

/// The exit codes with which the scripts report that they cannot run here.
const CANNOT_RUN: [i32; 2] = [3, 4];

struct Stack {
    folder: tempfile::TempDir,
    addresses: BTreeMap<String, String>,
}

impl Stack {
    async fn start() -> Option<Self> {
        let folder = tempfile::Builder::new().prefix("lab").tempdir().unwrap();
        let path = folder.path().to_owned();
        let started = tokio::task::spawn_blocking(move || {
            Command::new(script("up.sh")).arg(&path).args(["dockerd", "registry"]).output()
        });
        let started = started.await.unwrap();
        let output = match started {
            Ok(output) => output,
            Err(error) => {
                skipped::report(&error.to_string());
                return None;
            }
        };
        let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
        if output.status.code().is_some_and(|code| CANNOT_RUN.contains(&code)) {
            skipped::report(&stderr);
            return None;
        }
        assert!(output.status.success(), "{stderr}");
        let stdout = String::from_utf8_lossy(&output.stdout).into_owned();
        let lines = stdout.lines().filter_map(|line| line.split_once('='));
        Some(Self { addresses: lines.map(|(name, value)| (name.to_owned(), value.to_owned())).collect(), folder })
    }

    fn docker(&self) -> &str {
        &self.addresses["DOCKER_HOST"]
    }

    fn registry(&self) -> &str {
        &self.addresses["REGISTRY"]
    }
}

impl Drop for Stack {
    fn drop(&mut self) {
        let _ = Command::new(script("down.sh")).arg(self.folder.path()).arg("--wipe").output();
    }
}

fn script(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/stack").join(name)
}

struct Cloud {
    practice: Practice,
    aws: Aws,
    _folder: tempfile::TempDir,
}

impl Cloud {
    async fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let config = PracticeConfig { addressing: Addressing::Loopback, ..PracticeConfig::new(folder.path()) };
        let practice = Practice::start(config).await.unwrap();
        let (access_key, secret_key) = practice.credentials();
        let access = AwsAccess::Endpoint {
            url: practice.endpoint(),
            region: practice.region().to_owned(),
            access_key,
            secret_key,
        };
        let aws = Aws::connect(&access, std::sync::Arc::new(EntryLog::default())).await.unwrap();
        Self { practice, aws, _folder: folder }
    }

    async fn repository(&self, name: &str) -> String {
        let created = self.aws.ecr.create_repository().repository_name(name).send().await.unwrap();
        created.repository.unwrap().repository_uri.unwrap()
    }

    fn fault(&self, fault: &str) {
        self.practice.faults().clear();
        self.practice.faults().add(fault.parse().unwrap());
    }
}

/// Pulls, tags, pushes and removes an image, with the errors on the way: the same for every engine.
async fn round_trip(images: &EngineClient, cloud: &Cloud, source: &str, uri: &str) {
    let never = CancellationToken::new();
    let events = Events::default();
    let pulled = images.pull(&source.parse().unwrap(), "linux/amd64", &events, &never).await.unwrap();
    assert!(pulled.digest.is_some() && !pulled.up_to_date);
    assert!(!events.layers().is_empty());
    assert!(images.pull(&source.parse().unwrap(), "linux/amd64", &(), &never).await.unwrap().up_to_date);
    let image = images.inspect(source).await.unwrap().unwrap();
    assert_eq!((image.os.as_str(), image.architecture.as_str()), ("linux", "amd64"));
    assert!(image.size > 0 && image.repo_tags.iter().any(|tag| tag == source), "{image:?}");

    let reference = format!("{uri}:latest");
    images.tag(source, uri, "latest").await.unwrap();
    let credential = cloud.aws.credential().await.unwrap();
    let push = async |credential: &RegistryCredential, tag: &'static str, events: &Events| {
        images.push(uri, tag, "linux/amd64", credential, events, &CancellationToken::new()).await
    };

    // Refusals arrive in the stream, after an ordinary first line.
    cloud.fault("registry:*=expired-token");
    assert_eq!(problem(push(&credential, "latest", &Events::default()).await).code, Code::TokenExpired);
    cloud.fault("registry:StartUpload=access-denied");
    let denied = problem(push(&credential, "latest", &Events::default()).await);
    assert_eq!(denied.code, Code::AccessDenied, "{denied:?}");
    assert_eq!(denied.message.args["action"], i18n::Arg::from("ecr:InitiateLayerUpload"));
    cloud.practice.faults().clear();
    let wrong = RegistryCredential { password: "wrong".to_owned(), ..credential.clone() };
    assert_eq!(problem(push(&wrong, "latest", &Events::default()).await).code, Code::RegistryLogin);
    assert_eq!(problem(push(&credential, "never-made", &Events::default()).await).code, Code::ImageNotLocal);

    let events = Events::default();
    let pushed = push(&credential, "latest", &events).await.unwrap();
    let layers = events.layers();
    assert!(layers.iter().any(|line| line.contains(" Done ")), "{layers:?}");
    let id = aws_sdk_ecr::types::ImageIdentifier::builder().image_tag("latest").build();
    let name = uri.split_once('/').unwrap().1;
    let stored = cloud.aws.ecr.describe_images().repository_name(name).image_ids(id).send().await.unwrap();
    let stored = &stored.image_details()[0];
    assert_eq!(stored.image_digest().map(ToOwned::to_owned), pushed.digest);
    assert!(!stored.image_manifest_media_type().unwrap().contains("index"), "{stored:?}");

    let missing = format!("{}/not-made", uri.split('/').next().unwrap());
    images.tag(source, &missing, "latest").await.unwrap();
    let refused = images.push(&missing, "latest", "linux/amd64", &credential, &(), &never).await;
    assert_eq!(problem(refused).code, Code::RepositoryMissing);

    for name in [format!("{missing}:latest"), reference, source.to_owned()] {
        assert!(images.remove(&name).await.unwrap(), "{name}");
        assert!(!images.remove(&name).await.unwrap(), "{name}");
        assert_eq!(images.inspect(&name).await.unwrap(), None);
    }
}

async fn refused_pulls(images: &EngineClient, registry: &str) {
    let never = CancellationToken::new();
    let pull = async |reference: String| {
        problem(images.pull(&reference.parse().unwrap(), "linux/amd64", &(), &never).await).code
    };
    assert_eq!(pull(format!("{registry}/docker/library/neo4j:none")).await, Code::ImageNotInRegistry);
    let port = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port();
    assert_eq!(pull(format!("127.0.0.1:{port}/a/b:c")).await, Code::RegistryUnreachable);
    let reference = format!("{registry}/docker/library/neo4j:4.4.0");
    let platform = problem(images.pull(&reference.parse().unwrap(), "linux/s390x", &(), &never).await);
    assert_eq!(platform.code, Code::PlatformMissing, "{platform:?}");
}

#[tokio::test]
async fn a_docker_engine_moves_images_and_reports_what_fails() {
    let Some(stack) = Stack::start().await else { return };
    let cloud = Cloud::start().await;
    let (images, log) = connect(stack.docker()).await;
    let engine = images.engine().await.unwrap();
    assert!(
        engine.version.starts_with(|c: char| c.is_ascii_digit()) && engine.os_arch.starts_with("linux/"),
        "{engine:?}"
    );

    let public = cloud.practice.public_addr();
    let source = format!("{public}/docker/library/neo4j:4.4.0");
    let uri = cloud.repository("lab/app").await;
    round_trip(&images, &cloud, &source, &uri).await;
    refused_pulls(&images, &public).await;
    assert!(log.entries().iter().any(|entry| entry.ending == Ending::Ok));

    let access = EngineAccess { ..access(stack.docker()) };
    can_reach(&access, stack.registry()).await.unwrap();
    can_reach(&access, &cloud.practice.registry_addr()).await.unwrap();
    let port = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port();
    let unreachable = can_reach(&access, &format!("127.0.0.1:{port}")).await.unwrap_err();
    assert_eq!(unreachable.id, "engine-cannot-reach");
}

#[tokio::test]
async fn the_built_in_engine_does_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let engine = engine::Engine::start(engine::EngineConfig::new(folder.path())).await.unwrap();
    let cloud = Cloud::start().await;
    let (images, _) = connect(&engine.docker_host()).await;
    let public = cloud.practice.public_addr();
    let source = format!("{public}/docker/library/neo4j:4.4.0");
    let uri = cloud.repository("lab/app").await;
    round_trip(&images, &cloud, &source, &uri).await;
    refused_pulls(&images, &public).await;
    can_reach(&access(&engine.docker_host()), &cloud.practice.registry_addr()).await.unwrap();
}
