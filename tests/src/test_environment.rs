//! A practice cloud, a built-in engine and small images in this process, and the access that a lab needs to them.

use std::path::{Path, PathBuf};

use engine::{Engine, EngineConfig};
use lab::{Access, AwsAccess, EngineAccess, EngineKind, Mode, Pace};
use practice::{Practice, PracticeConfig};
use tempfile::TempDir;

use crate::{image_source::ImageSource, temp_dir};

/// A practice cloud and an engine that outlive the labs that are run on them, as the real ones do.
pub struct TestEnvironment {
    /// The cloud.
    pub practice: Practice,
    engine: Engine,
    _shelf: ImageSource,
    dir: TempDir,
}

impl TestEnvironment {
    /// Starts them, each on a new folder.
    ///
    /// # Panics
    ///
    /// If that fails.
    pub async fn start() -> Self {
        let dir = temp_dir();
        let practice = Practice::start(PracticeConfig::new(dir.path().join("cloud"))).await.expect("the cloud starts");
        let image_source = ImageSource::start(dir.path()).await;
        let mut config = EngineConfig::new(dir.path().join("engine"));
        config.hosts.insert(practice.registry_name(), practice.registry_addr());
        config.hosts.insert("public.ecr.aws".to_owned(), image_source.addr().to_owned());
        let engine = Engine::start(config).await.expect("the engine starts");
        Self { practice, engine, _shelf: image_source, dir }
    }

    /// What a lab needs to know of them.
    pub fn access(&self) -> Access {
        let (access_key, secret_key) = self.practice.credentials();
        let region = self.practice.region().to_owned();
        Access {
            mode: Mode::Practice,
            aws: AwsAccess::Endpoint { url: self.practice.endpoint(), region, access_key, secret_key },
            engine: EngineAccess { kind: EngineKind::Builtin, host: self.engine.docker_host(), tls: None },
            public_registry: None,
            pace: Pace::INSTANT,
        }
    }

    /// Where the engine is: `http://127.0.0.1:<port>`.
    pub fn engine_url(&self) -> String {
        format!("http://127.0.0.1:{}", self.engine.port())
    }

    /// A folder for a lab's session.
    pub fn folder(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// The folder that everything is in.
    pub fn dir(&self) -> &Path {
        self.dir.path()
    }

    /// Stops them.
    pub async fn shutdown(self) {
        self.engine.shutdown().await;
        self.practice.shutdown().await;
    }
}
