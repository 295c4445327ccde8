//! Starts the practice cloud, on the ports that were used last if those are free, and the built-in engine, on its socket; and turns
//! their start-up errors into problems.

use engine::{Engine, EngineConfig, EngineError};
use lab::{Code, Network, Problem, Proxy};
use practice::{Practice, PracticeConfig, PracticeError};

use crate::{
    error::LaunchError,
    folder::{Folder, Ports},
    socket::engine_socket,
};

/// Starts a practice cloud on the ports of its configuration; for a port 0, on the last one if it is free, else on any.
/// `ports` is updated.
pub async fn start_practice(config: PracticeConfig, ports: &mut Ports) -> Result<Practice, LaunchError> {
    let requested = config.port;
    let with_ports = PracticeConfig {
        port: if requested == 0 { ports.practice } else { requested },
        public_port: if config.public_port == 0 { ports.public } else { config.public_port },
        ..config.clone()
    };
    let practice = match Practice::start(with_ports).await {
        Err(PracticeError::Listen { port, .. }) if requested == 0 || port != requested => Practice::start(config).await,
        started => started,
    };
    let practice = practice.map_err(practice_failure)?;
    ports.practice = port_of(&practice.registry_addr());
    ports.public = port_of(&practice.public_addr());
    Ok(practice)
}

/// Deletes the practice cloud of a Region (`None`: the default one), also one that is damaged. Its next start is an empty account.
///
/// # Errors
///
/// Problem `place-folder-in-use` while a process runs it, `place-folder` if its files cannot be deleted.
pub async fn empty_practice(folder: &Folder, region: Option<&str>) -> Result<(), LaunchError> {
    let path = folder.practice(region.unwrap_or(practice::DEFAULT_REGION));
    if !path.is_dir() {
        return Ok(());
    }
    let deleted = tokio::task::spawn_blocking(move || Practice::delete(&path)).await;
    match deleted {
        Ok(deleted) => deleted.map_err(practice_failure),
        Err(error) => Err(LaunchError::fault(Problem::new(Code::PracticeNotStarted).details(error.to_string()))),
    }
}

/// Starts the built-in engine, which resolves the AWS names of registries to the practice cloud, and reaches others through `network`.
/// It listens on a socket that only its owner can use.
pub async fn start_engine(
    folder: &Folder,
    practice: Option<&Practice>,
    network: &Network,
) -> Result<Engine, LaunchError> {
    start_engine_on(folder, practice, network, None).await
}

/// As [`start_engine`], or on a port, which every user of this machine can reach; 0 for any that is free.
pub async fn start_engine_on(
    folder: &Folder,
    practice: Option<&Practice>,
    network: &Network,
    port: Option<u16>,
) -> Result<Engine, LaunchError> {
    let mut config = EngineConfig::new(folder.engine());
    config.ca_bundle.clone_from(&network.ca_bundle);
    config.proxy = network.proxy.clone().map(|Proxy { url, no_proxy }| engine::Proxy { url, no_proxy });
    if let Some(practice) = practice {
        config.hosts.insert(practice.registry_name(), practice.registry_addr());
        config.hosts.insert("public.ecr.aws".to_owned(), practice.public_addr());
    }
    match port {
        Some(port) => config.port = port,
        None => config.socket = Some(engine_socket(folder)?),
    }
    Engine::start(config).await.map_err(engine_failure)
}

fn port_of(address: &str) -> u16 {
    address.rsplit(':').next().and_then(|port| port.parse().ok()).unwrap_or_default()
}

pub(crate) fn practice_failure(error: PracticeError) -> LaunchError {
    let details = error.to_string();
    match error {
        PracticeError::InUse(path) => {
            LaunchError::misuse(Problem::new(Code::DataFolderInUse).with("path", path.display().to_string()))
        }
        PracticeError::Region(region) => LaunchError::misuse(Problem::new(Code::UnknownRegion).with("region", region)),
        PracticeError::Listen { port, .. } => port_taken(port, details),
        PracticeError::Damaged { path, .. } => LaunchError::fault(
            Problem::new(Code::PracticeDamaged).with("path", path.display().to_string()).details(details),
        ),
        _ => LaunchError::fault(Problem::new(Code::PracticeNotStarted).details(details)),
    }
}

fn engine_failure(error: EngineError) -> LaunchError {
    let details = error.to_string();
    match error {
        EngineError::InUse { path } => {
            LaunchError::misuse(Problem::new(Code::DataFolderInUse).with("path", path.display().to_string()))
        }
        EngineError::Listen { port, .. } => port_taken(port, details),
        EngineError::Certificates { path, reason } => {
            let problem = Problem::new(Code::CaBundle).with("path", path.display().to_string());
            LaunchError::misuse(problem.details(reason))
        }
        EngineError::Proxy { proxy } => LaunchError::misuse(Problem::new(Code::ProxyInvalid).with("proxy", proxy)),
        _ => LaunchError::fault(Problem::new(Code::EngineNotStarted).details(details)),
    }
}

fn port_taken(port: u16, details: String) -> LaunchError {
    LaunchError::misuse(Problem::new(Code::PortInUse).with("port", port.to_string()).details(details))
}
