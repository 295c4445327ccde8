//! Where a run goes on: the practice cloud and the built-in engine, started here, or the user's own account and Docker. The
//! lab only gets to know their addresses. What the command line and the window share; how it is told is left to them.

mod docker;
mod environment;
mod folder;
mod former_options;
mod local;
mod options;

use engine::Engine;
use i18n::Message;
use lab::{
    Access, AwsAccess, Code, ConsentPolicy, EngineAccess, EngineChoice, EngineKind, FindingsOrigin, LabError, Mode,
    Pace, Problem,
};
use practice::{Addressing, Practice, PracticeConfig, Speed};

pub use environment::{Variable, environment};
pub use folder::{Folder, Ports};
pub use local::{empty_practice, start_engine, start_engine_on, start_practice};
pub use options::LaunchOptions;

/// Where a run goes on. What was started for it stops with [`close`](Backend::close), or when it is dropped.
pub struct Backend {
    /// What the lab gets to know.
    pub access: Access,
    /// What moves the images, by name and version.
    pub engine_name: String,
    /// What a person should be told: which engine it is, and why.
    pub notices: Vec<Notice>,
    practice: Option<Practice>,
    engine: Option<Engine>,
}

/// What a person should be told about a place.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Notice {
    /// What.
    pub message: Message,
    /// Why, in words of its own.
    pub why: Option<Message>,
}

impl From<Message> for Notice {
    fn from(message: Message) -> Self {
        Self { message, why: None }
    }
}

/// Why there is no place.
#[derive(Debug, thiserror::Error)]
#[error("{}", .problem.code)]
pub struct LaunchError {
    /// What, why, what to do.
    pub problem: Box<Problem>,
    /// Whether it was asked for what cannot be, rather than something going wrong.
    pub misuse: bool,
}

impl LaunchError {
    pub(crate) fn misuse(problem: Problem) -> Self {
        Self { problem: Box::new(problem), misuse: true }
    }

    pub(crate) fn fault(problem: Problem) -> Self {
        Self { problem: Box::new(problem), misuse: false }
    }
}

impl From<LaunchError> for LabError {
    fn from(error: LaunchError) -> Self {
        Self::Problem(error.problem)
    }
}

impl Backend {
    /// Starts what is to be started.
    pub async fn open(folder: &Folder, wanted: LaunchOptions) -> Result<Self, LaunchError> {
        match wanted.mode {
            Mode::Practice => Self::practice(folder, wanted).await,
            Mode::Aws => Self::aws(folder, wanted).await,
        }
    }

    /// Stops what was started, and waits until it has.
    pub async fn close(self) {
        if let Some(engine) = self.engine {
            engine.shutdown().await;
        }
        if let Some(practice) = self.practice {
            practice.shutdown().await;
        }
    }

    /// What a terminal has to know so that the lesson's commands reach this place; nothing in the user's own account.
    pub fn environment(&self, folder: &Folder) -> Result<Vec<Variable>, LaunchError> {
        match &self.practice {
            Some(practice) => environment(folder, practice, self.engine.as_ref()),
            None => Ok(Vec::new()),
        }
    }

    async fn practice(folder: &Folder, wanted: LaunchOptions) -> Result<Self, LaunchError> {
        let region = wanted.region.unwrap_or_else(|| practice::DEFAULT_REGION.to_owned());
        let config = PracticeConfig {
            region: region.clone(),
            speed: wanted.speed,
            faults: wanted.faults,
            ..PracticeConfig::new(folder.practice(&region))
        };
        let mut notices = Vec::new();
        let mut ports = folder.ports();
        let started = match docker::find(&wanted.engine, &mut notices).await? {
            None => with_built_in(folder, config, &mut ports).await?,
            Some(docker) => with_docker(folder, &wanted.engine, config, docker, &mut ports, &mut notices).await?,
        };
        folder.remember(ports);
        let Started { practice, engine, access, engine_name } = started;
        let (access_key, secret_key) = practice.credentials();
        let access = Access {
            mode: Mode::Practice,
            aws: AwsAccess::Endpoint { url: practice.endpoint(), region, access_key, secret_key },
            public_registry: (access.kind == EngineKind::Docker).then(|| practice.public_addr()),
            engine: access,
            consent: ConsentPolicy::NotNeeded,
            findings_origin: FindingsOrigin::Named("practice".to_owned()),
            pace: pace(wanted.speed),
        };
        Ok(Self { access, engine_name, notices, practice: Some(practice), engine })
    }

    async fn aws(folder: &Folder, wanted: LaunchOptions) -> Result<Self, LaunchError> {
        let mut notices = Vec::new();
        let found = docker::find(&wanted.engine, &mut notices).await?;
        let (engine, access, engine_name) = if let Some(docker) = found {
            notices.push(docker.notice());
            (None, docker.access, format!("{} {}", docker.name, docker.version))
        } else {
            let mut ports = folder.ports();
            let engine = start_engine(folder, None, &mut ports).await?;
            folder.remember(ports);
            let access = built_in(&engine);
            (Some(engine), access, BUILT_IN.to_owned())
        };
        let access = Access {
            mode: Mode::Aws,
            aws: AwsAccess::Profile { profile: wanted.profile, region: wanted.region },
            engine: access,
            public_registry: None,
            consent: ConsentPolicy::Required,
            findings_origin: FindingsOrigin::AccountAndRegion,
            pace: Pace::REAL,
        };
        Ok(Self { access, engine_name, notices, practice: None, engine })
    }
}

/// The built-in engine's name, where names of engines are listed.
const BUILT_IN: &str = concat!("imagelab ", env!("CARGO_PKG_VERSION"));

struct Started {
    practice: Practice,
    engine: Option<Engine>,
    access: EngineAccess,
    engine_name: String,
}

async fn with_built_in(folder: &Folder, config: PracticeConfig, ports: &mut Ports) -> Result<Started, LaunchError> {
    let practice = start_practice(config, ports).await?;
    match start_engine(folder, Some(&practice), ports).await {
        Ok(engine) => {
            let access = built_in(&engine);
            Ok(Started { practice, engine: Some(engine), access, engine_name: BUILT_IN.to_owned() })
        }
        Err(error) => {
            practice.shutdown().await;
            Err(error)
        }
    }
}

/// A Docker may not reach this machine's loopback: one that runs in a machine of its own. Only it can tell.
async fn with_docker(
    folder: &Folder,
    choice: &EngineChoice,
    mut config: PracticeConfig,
    docker: docker::Docker,
    ports: &mut Ports,
    notices: &mut Vec<Notice>,
) -> Result<Started, LaunchError> {
    config.addressing = Addressing::Loopback;
    let practice = start_practice(config.clone(), ports).await?;
    let registry = practice.registry_addr();
    match lab::can_reach(&docker.access, &registry).await {
        Ok(()) => {
            notices.push(docker.notice());
            let engine_name = format!("{} {}", docker.name, docker.version);
            Ok(Started { practice, engine: None, access: docker.access, engine_name })
        }
        Err(why) => {
            practice.shutdown().await;
            if *choice != EngineChoice::Auto {
                let problem = Problem::new(Code::DockerCannotReach).with("name", docker.name);
                return Err(LaunchError::misuse(Problem { message: why, ..problem }));
            }
            let message = Message::new("place-docker-passed-over").with("name", docker.name);
            notices.push(Notice { message, why: Some(why) });
            config.addressing = Addressing::AwsNames;
            with_built_in(folder, config, ports).await
        }
    }
}

fn built_in(engine: &Engine) -> EngineAccess {
    EngineAccess { kind: EngineKind::Builtin, host: engine.docker_host(), tls: None }
}

fn pace(speed: Speed) -> Pace {
    match speed {
        Speed::Real => Pace::REAL,
        Speed::Fast => Pace::FAST,
        Speed::Instant => Pace::INSTANT,
    }
}
