//! The user's Docker: the first that can be used, and telling about those that cannot.

use i18n::Message;
use lab::{Code, DetectedEngine, EngineAccess, EngineChoice, Problem};

use crate::{LaunchError, Notice};

/// A Docker that can be used.
pub(crate) struct Docker {
    pub(crate) access: EngineAccess,
    pub(crate) name: String,
    pub(crate) version: String,
}

/// The first that can be used, or the one that was chosen, if one is wanted. Says in `notices` why none is.
pub(crate) async fn find(choice: &EngineChoice, notices: &mut Vec<Notice>) -> Result<Option<Docker>, LaunchError> {
    if *choice == EngineChoice::Builtin {
        return Ok(None);
    }
    let mut passed_over: Option<(String, Problem)> = None;
    for found in lab::detect().await {
        if matches!(choice, EngineChoice::Docker { access: Some(access) } if *access != found.access) {
            continue;
        }
        let DetectedEngine { access, name, version, problem, .. } = found;
        match (problem, version) {
            (None, Some(version)) => return Ok(Some(Docker { access, name, version: version.engine })),
            (problem, _) => passed_over = passed_over.or(problem.map(|problem| (name, problem))),
        }
    }
    if *choice != EngineChoice::Auto {
        // The one that the `docker` command would use says best what is the matter.
        return Err(LaunchError::misuse(match passed_over {
            Some((name, problem)) => {
                let mut told = problem;
                told.details = Some(match told.details {
                    Some(details) => format!("{name}: {details}"),
                    None => name,
                });
                told
            }
            None => Problem::new(Code::NoDocker),
        }));
    }
    if let Some((name, problem)) = passed_over {
        let message = Message::new("place-docker-not-usable").with("name", name);
        notices.push(Notice { message, why: Some(problem.message) });
    }
    notices.push(Message::new("place-docker-none").into());
    Ok(None)
}

impl Docker {
    /// That this one moves the images.
    pub(crate) fn notice(&self) -> Notice {
        Message::new("place-engine-docker").with("name", &self.name).with("version", &self.version).into()
    }
}
