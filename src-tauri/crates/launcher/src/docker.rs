//! Chooses the user's Docker: the first usable one, and explains why others were not used.

use i18n::Message;
use lab::{Code, DetectedEngine, EngineAccess, EngineChoice, EngineVersion, Problem};

use crate::{error::LaunchError, notice::Notice};

/// A usable Docker.
pub(crate) struct Docker {
    pub(crate) access: EngineAccess,
    pub(crate) name: String,
    pub(crate) version: String,
    in_virtual_machine: bool,
}

/// Returns the first usable Docker, or the chosen one; `None` if the built-in engine is to be used. `notices` says why no
/// Docker is usable.
pub(crate) async fn find(choice: &EngineChoice, notices: &mut Vec<Notice>) -> Result<Option<Docker>, LaunchError> {
    if *choice == EngineChoice::Builtin {
        return Ok(None);
    }
    let mut unusable: Option<(String, Problem)> = None;
    for detected in lab::detect().await {
        if matches!(choice, EngineChoice::Docker { access: Some(access) } if *access != detected.access) {
            continue;
        }
        let DetectedEngine { access, name, version, problem, .. } = detected;
        match (problem, version) {
            (None, Some(version)) => {
                let EngineVersion { engine: version, in_virtual_machine, .. } = version;
                return Ok(Some(Docker { access, name, version, in_virtual_machine }));
            }
            (problem, _) => unusable = unusable.or(problem.map(|problem| (name, problem))),
        }
    }
    if *choice != EngineChoice::Auto {
        // The first in the list is the one that the `docker` command would use: its problem is the most helpful.
        return Err(LaunchError::misuse(match unusable {
            Some((name, mut problem)) => {
                problem.details = Some(match problem.details {
                    Some(details) => format!("{name}: {details}"),
                    None => name,
                });
                problem
            }
            None => Problem::new(Code::NoDocker),
        }));
    }
    if let Some((name, problem)) = unusable {
        let message = Message::new("place-docker-not-usable").with("name", name);
        notices.push(Notice { message, why: Some(problem.message) });
    }
    notices.push(Message::new("place-docker-none").into());
    Ok(None)
}

impl Docker {
    /// Why this Docker does not reach the practice registry, said more exactly where it is known to run in a virtual machine.
    pub(crate) fn explain(&self, reason: Message, registry: &str) -> Message {
        if self.in_virtual_machine && reason.id == "engine-cannot-reach" {
            return Message::new("engine-in-virtual-machine").with("name", &self.name).with("registry", registry);
        }
        reason
    }

    /// The notice that this Docker transfers the images.
    pub(crate) fn notice(&self) -> Notice {
        Message::new("place-engine-docker").with("name", &self.name).with("version", &self.version).into()
    }
}
