//! Where the lab runs: the practice cloud and the built-in engine, started here, or the user's own account and Docker. The
//! lab only gets to know their addresses.

mod docker;
mod local;

use std::sync::Arc;

use engine::Engine;
use lab::{Access, AwsAccess, EngineAccess, EngineKind, Mode, Pace, Problem};
use practice::{Addressing, Fault, Practice, PracticeConfig};
use words::Message;

use self::local::start_engine;
pub(crate) use self::local::{start_engine_on, start_practice};
use crate::{
    args::{EngineChoice, Speed},
    console::Console,
    failure::Failure,
    folder::{Folder, Ports},
};

/// Where the lab runs. What was started for it stops with [`close`](Place::close).
pub(crate) struct Place {
    pub(crate) access: Access,
    practice: Option<Practice>,
    engine: Option<Engine>,
}

/// What a place is made from.
pub(crate) struct Wanted {
    pub(crate) mode: Mode,
    pub(crate) profile: Option<String>,
    pub(crate) region: Option<String>,
    pub(crate) engine: EngineChoice,
    pub(crate) speed: Speed,
    pub(crate) faults: Vec<Fault>,
}

impl Place {
    /// Starts what is to be started, and says what moves the images, and why.
    pub(crate) async fn open(console: &Arc<Console>, folder: &Folder, wanted: Wanted) -> Result<Self, Failure> {
        match wanted.mode {
            Mode::Practice => Self::practice(console, folder, wanted).await,
            Mode::Aws => Self::aws(console, folder, wanted).await,
        }
    }

    /// Stops what was started, and waits until it has.
    pub(crate) async fn close(self) {
        if let Some(engine) = self.engine {
            engine.shutdown().await;
        }
        if let Some(practice) = self.practice {
            practice.shutdown().await;
        }
    }

    async fn practice(console: &Arc<Console>, folder: &Folder, wanted: Wanted) -> Result<Self, Failure> {
        let region = wanted.region.unwrap_or_else(|| practice::DEFAULT_REGION.to_owned());
        let config = PracticeConfig {
            region: region.clone(),
            speed: wanted.speed.into(),
            faults: wanted.faults,
            ..PracticeConfig::new(folder.practice(&region))
        };
        let docker = docker::find(console, wanted.engine).await?;
        let mut ports = folder.ports();
        let (practice, engine, access) = match docker {
            None => Self::with_built_in(folder, config, &mut ports).await?,
            Some(docker) => Self::with_docker(console, folder, wanted.engine, config, docker, &mut ports).await?,
        };
        folder.remember(ports);
        let (access_key, secret_key) = practice.credentials();
        let access = Access {
            mode: Mode::Practice,
            aws: AwsAccess::Endpoint { url: practice.endpoint(), region, access_key, secret_key },
            public_registry: (access.kind == EngineKind::Docker).then(|| practice.public_addr()),
            engine: access,
            pace: pace(wanted.speed),
        };
        Ok(Self { access, practice: Some(practice), engine })
    }

    async fn with_built_in(
        folder: &Folder,
        config: PracticeConfig,
        ports: &mut Ports,
    ) -> Result<(Practice, Option<Engine>, EngineAccess), Failure> {
        let practice = start_practice(config, ports).await?;
        let engine = start_engine(folder, Some(&practice), ports).await?;
        let access = EngineAccess { kind: EngineKind::Builtin, host: engine.docker_host(), tls: None };
        Ok((practice, Some(engine), access))
    }

    /// A Docker may not reach this machine's loopback: one that runs in a machine of its own. Only it can tell.
    async fn with_docker(
        console: &Arc<Console>,
        folder: &Folder,
        choice: EngineChoice,
        mut config: PracticeConfig,
        docker: docker::Docker,
        ports: &mut Ports,
    ) -> Result<(Practice, Option<Engine>, EngineAccess), Failure> {
        config.addressing = Addressing::Loopback;
        let practice = start_practice(config.clone(), ports).await?;
        let registry = practice.registry_addr();
        match lab::can_reach(&docker.access, &registry).await {
            Ok(()) => {
                docker.say(console);
                Ok((practice, None, docker.access))
            }
            Err(why) if choice == EngineChoice::Auto => {
                practice.shutdown().await;
                let why = console.words().text(&why);
                console.say(&Message::new("cli-docker-passed-over").with("name", docker.name).with("why", why));
                config.addressing = Addressing::AwsNames;
                Self::with_built_in(folder, config, ports).await
            }
            Err(why) => {
                practice.shutdown().await;
                let why = console.words().text(&why);
                let problem = Problem::new("cli-docker-cannot-reach").with("name", docker.name).details(why);
                Err(Failure::wrong_use(problem))
            }
        }
    }

    async fn aws(console: &Arc<Console>, folder: &Folder, wanted: Wanted) -> Result<Self, Failure> {
        let (engine, access) = if let Some(docker) = docker::find(console, wanted.engine).await? {
            docker.say(console);
            (None, docker.access)
        } else {
            let mut ports = folder.ports();
            let engine = start_engine(folder, None, &mut ports).await?;
            folder.remember(ports);
            let access = EngineAccess { kind: EngineKind::Builtin, host: engine.docker_host(), tls: None };
            (Some(engine), access)
        };
        let access = Access {
            mode: Mode::Aws,
            aws: AwsAccess::Profile { profile: wanted.profile, region: wanted.region },
            engine: access,
            public_registry: None,
            pace: Pace::REAL,
        };
        Ok(Self { access, practice: None, engine })
    }
}

fn pace(speed: Speed) -> Pace {
    match speed {
        Speed::Real => Pace::REAL,
        Speed::Fast => Pace::FAST,
        Speed::Instant => Pace::INSTANT,
    }
}

impl From<Speed> for practice::Speed {
    fn from(speed: Speed) -> Self {
        match speed {
            Speed::Real => Self::Real,
            Speed::Fast => Self::Fast,
            Speed::Instant => Self::Instant,
        }
    }
}
