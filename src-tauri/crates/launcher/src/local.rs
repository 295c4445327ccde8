//! Starting the practice cloud and the built-in engine: on the ports that they had last where those are free, and telling
//! why they do not start.

use engine::{Engine, EngineConfig, EngineError};
use lab::{Code, Problem};
use practice::{Practice, PracticeConfig, PracticeError};

use crate::{Folder, LaunchError, Ports, folder::unusable};

/// A practice cloud on the ports that its configuration asks for, else on the last ones, else on any. `ports` becomes what
/// it has.
pub async fn start_practice(config: PracticeConfig, ports: &mut Ports) -> Result<Practice, LaunchError> {
    let asked = config.port;
    let again = PracticeConfig {
        port: if asked == 0 { ports.practice } else { asked },
        public_port: if config.public_port == 0 { ports.public } else { config.public_port },
        ..config.clone()
    };
    let practice = match Practice::start(again).await {
        Err(PracticeError::Listen { port, .. }) if asked == 0 || port != asked => Practice::start(config).await,
        started => started,
    };
    let practice = practice.map_err(practice_failure)?;
    ports.practice = port_of(&practice.registry_addr());
    ports.public = port_of(&practice.public_addr());
    Ok(practice)
}

/// Empties the practice cloud of a region, or of its own: its next start is a new account.
///
/// # Errors
///
/// Problem `place-folder-in-use` while it runs somewhere, `place-folder` where its files cannot be deleted.
pub async fn empty_practice(folder: &Folder, region: Option<&str>) -> Result<(), LaunchError> {
    let path = folder.practice(region.unwrap_or(practice::DEFAULT_REGION));
    if !path.is_dir() {
        return Ok(());
    }
    // Only who runs it may empty it: nobody else does when it can be started.
    let config = PracticeConfig {
        region: region.unwrap_or(practice::DEFAULT_REGION).to_owned(),
        ..PracticeConfig::new(path.clone())
    };
    Practice::start(config).await.map_err(practice_failure)?.shutdown().await;
    std::fs::remove_dir_all(&path).map_err(|error| unusable(&path, &error))
}

/// The built-in engine, which finds the practice cloud's registries under their AWS names.
pub async fn start_engine(
    folder: &Folder,
    practice: Option<&Practice>,
    ports: &mut Ports,
) -> Result<Engine, LaunchError> {
    start_engine_on(folder, practice, 0, ports).await
}

/// As [`start_engine`], on a port that was asked for; 0 for the last one, or any.
pub async fn start_engine_on(
    folder: &Folder,
    practice: Option<&Practice>,
    asked: u16,
    ports: &mut Ports,
) -> Result<Engine, LaunchError> {
    let mut config = EngineConfig::new(folder.engine());
    if let Some(practice) = practice {
        config.hosts.insert(practice.registry_name(), practice.registry_addr());
        config.hosts.insert("public.ecr.aws".to_owned(), practice.public_addr());
    }
    let mut again = config.clone();
    again.port = if asked == 0 { ports.engine } else { asked };
    let engine = match Engine::start(again).await {
        Err(EngineError::Listen { .. }) if asked == 0 => Engine::start(config).await,
        started => started,
    };
    let engine = engine.map_err(engine_failure)?;
    ports.engine = engine.port();
    Ok(engine)
}

fn port_of(address: &str) -> u16 {
    address.rsplit(':').next().and_then(|port| port.parse().ok()).unwrap_or_default()
}

fn practice_failure(error: PracticeError) -> LaunchError {
    let details = error.to_string();
    match error {
        PracticeError::InUse(path) => {
            LaunchError::misuse(Problem::new(Code::DataFolderInUse).with("path", path.display().to_string()))
        }
        PracticeError::Region(region) => LaunchError::misuse(Problem::new(Code::UnknownRegion).with("region", region)),
        PracticeError::Listen { port, .. } => port_taken(port, details),
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
        _ => LaunchError::fault(Problem::new(Code::EngineNotStarted).details(details)),
    }
}

fn port_taken(port: u16, details: String) -> LaunchError {
    LaunchError::misuse(Problem::new(Code::PortInUse).with("port", port.to_string()).details(details))
}
