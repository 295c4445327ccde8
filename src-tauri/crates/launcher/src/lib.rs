//! Starts what a run needs: the practice cloud and the built-in engine, or the connection to the user's account and Docker.
//! The lab only receives their addresses and credentials. Used by the command line and by the window, which present it.

mod advisories;
mod cloud;
mod docker;
mod environment;
mod error;
mod folder;
mod former_options;
mod local;
pub mod logging;
mod notice;
mod options;
mod platform;
mod practice_clock;
mod process;
mod running;
mod shell_syntax;
mod socket;

use engine::Engine;
use i18n::Message;
use lab::{
    Access, AwsAccess, Code, EngineAccess, EngineChoice, EngineKind, FindingsOrigin, Mode, Network, Pace,
    PracticeClock, Problem,
};
use practice::{Addressing, Practice, PracticeConfig, Speed};

use crate::cloud::{practice_access, practice_origin};

pub use advisories::{import_advisories, imported_advisories, remove_advisories};
pub use cloud::Cloud;
pub use environment::{Variable, environment};
pub use error::LaunchError;
pub use folder::{Folder, Ports};
pub use local::{empty_practice, start_engine, start_engine_on, start_practice};
pub use notice::{Notice, quarantined};
pub use options::LaunchOptions;
pub use practice_clock::{advance_practice, practice_clock};
pub use running::RunningPractice;
pub use shell_syntax::ShellSyntax;

/// The cloud and the image engine of a run. What was started for it stops with [`close`](Backend::close), or on drop.
pub struct Backend {
    /// The addresses and credentials that the lab is given.
    pub access: Access,
    /// The name and version of the image engine.
    pub engine_name: String,
    /// Messages to show to the user: which engine is used, and why.
    pub notices: Vec<Notice>,
    practice: Option<Practice>,
    engine: Option<Engine>,
}

impl Backend {
    /// Starts the practice cloud and the engine, or selects the user's account and Docker.
    pub async fn open(folder: &Folder, options: LaunchOptions) -> Result<Self, LaunchError> {
        match options.mode {
            Mode::Practice => Self::practice(folder, options).await,
            Mode::Aws => Self::aws(folder, options).await,
        }
    }

    /// Stops what was started, and waits until it has stopped.
    pub async fn close(self) {
        if let Some(engine) = self.engine {
            engine.shutdown().await;
        }
        if let Some(practice) = self.practice {
            practice.shutdown().await;
        }
    }

    /// How far the practice clock is moved forward; `None` for the user's own account.
    pub fn practice_clock(&self) -> Option<PracticeClock> {
        self.practice.as_ref().map(|practice| PracticeClock::moved_by(practice.clock().ahead()))
    }

    /// The variables with which a terminal's commands reach this backend; none for the user's own account.
    pub fn environment(&self, folder: &Folder) -> Result<Vec<Variable>, LaunchError> {
        match &self.practice {
            Some(practice) => environment(folder, practice, self.engine.as_ref()),
            None => Ok(Vec::new()),
        }
    }

    async fn practice(folder: &Folder, options: LaunchOptions) -> Result<Self, LaunchError> {
        let consent = options.consent();
        let region = options.region.unwrap_or_else(|| practice::DEFAULT_REGION.to_owned());
        let config = PracticeConfig {
            advisories: Some(folder.advisories()),
            region: region.clone(),
            speed: options.speed,
            faults: options.faults,
            ..PracticeConfig::new(folder.practice(&region))
        };
        let mut notices = Vec::new();
        let mut ports = folder.ports();
        let started = match docker::find(&options.engine, &mut notices).await? {
            None => with_built_in(folder, config, &mut ports).await?,
            Some(docker) => with_docker(folder, &options.engine, config, docker, &mut ports, &mut notices).await?,
        };
        folder.remember(ports);
        let Started { practice, engine, access, engine_name } = started;
        notices.extend(practice.quarantined().iter().map(quarantined).map(Notice::from));
        let access = Access {
            mode: Mode::Practice,
            aws: practice_access(&practice, region),
            public_registry: (access.kind == EngineKind::Docker).then(|| practice.public_addr()),
            engine: access,
            consent,
            findings_origin: practice_origin(),
            pace: pace(options.speed),
        };
        Ok(Self { access, engine_name, notices, practice: Some(practice), engine })
    }

    async fn aws(folder: &Folder, options: LaunchOptions) -> Result<Self, LaunchError> {
        let consent = options.consent();
        let mut notices = Vec::new();
        let aws = AwsAccess::Profile { profile: options.profile, region: options.region };
        let network = lab::network(&aws).await.map_err(|error| LaunchError::misuse(error.into_problem()))?;
        let docker = docker::find(&options.engine, &mut notices).await?;
        let (engine, access, engine_name) = if let Some(docker) = docker {
            notices.push(docker.notice());
            (None, docker.access, format!("{} {}", docker.name, docker.version))
        } else {
            let engine = start_engine(folder, None, &network).await?;
            let access = built_in(&engine);
            (Some(engine), access, BUILT_IN.to_owned())
        };
        let access = Access {
            mode: Mode::Aws,
            aws,
            engine: access,
            public_registry: None,
            consent,
            findings_origin: FindingsOrigin::AccountAndRegion,
            pace: Pace::REAL,
        };
        Ok(Self { access, engine_name, notices, practice: None, engine })
    }
}

/// The built-in engine's name and version.
const BUILT_IN: &str = concat!("imagelab ", env!("CARGO_PKG_VERSION"));

struct Started {
    practice: Practice,
    engine: Option<Engine>,
    access: EngineAccess,
    engine_name: String,
}

async fn with_built_in(folder: &Folder, config: PracticeConfig, ports: &mut Ports) -> Result<Started, LaunchError> {
    let practice = start_practice(config, ports).await?;
    match start_engine(folder, Some(&practice), &Network::of_environment()).await {
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

/// Uses Docker if it reaches the practice cloud. A Docker that runs in a virtual machine may not reach this machine's loopback
/// interface, which only a test pull can show.
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
        Err(reason) => {
            let reason = docker.explain(reason, &registry);
            practice.shutdown().await;
            if *choice != EngineChoice::Auto {
                let problem = Problem::new(Code::DockerCannotReach).with("name", docker.name);
                return Err(LaunchError::misuse(Problem { message: reason, ..problem }));
            }
            let message = Message::new("place-docker-passed-over").with("name", docker.name);
            notices.push(Notice { message, why: Some(reason) });
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
        Speed::Steady => Pace::STEADY,
        Speed::Instant => Pace::INSTANT,
    }
}
