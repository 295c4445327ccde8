//! The user's Docker: the first that can be used, and telling about those that cannot.

use std::sync::Arc;

use lab::{EngineAccess, Problem};
use words::Message;

use crate::{args::EngineChoice, console::Console, failure::Failure};

/// A Docker that can be used.
pub(super) struct Docker {
    pub(super) access: EngineAccess,
    pub(super) name: String,
    version: String,
}

/// The first that can be used, if one is wanted. Says why none is.
pub(super) async fn find(console: &Arc<Console>, choice: EngineChoice) -> Result<Option<Docker>, Failure> {
    if choice == EngineChoice::Builtin {
        return Ok(None);
    }
    let mut passed_over = None;
    for found in lab::detect().await {
        match (found.problem, found.version) {
            (None, Some(version)) => {
                return Ok(Some(Docker { access: found.access, name: found.name, version: version.engine }));
            }
            (problem, _) => passed_over = passed_over.or(problem.map(|problem| (found.name, problem))),
        }
    }
    if choice == EngineChoice::Docker {
        // The one that the `docker` command would use says best what is the matter.
        let none = Problem::new("cli-no-docker");
        let why = passed_over.map(|(name, problem)| format!("{name}: {}", console.words().text(&problem.message)));
        return Err(Failure::wrong_use(match why {
            Some(why) => none.details(why),
            None => none,
        }));
    }
    if let Some((name, problem)) = passed_over {
        let why = console.words().text(&problem.message);
        console.say(&Message::new("cli-docker-not-usable").with("name", name).with("why", why));
    }
    console.say(&Message::new("cli-engine-docker-none"));
    Ok(None)
}

impl Docker {
    /// Says that this one moves the images.
    pub(super) fn say(&self, console: &Console) {
        let message = Message::new("cli-engine-docker").with("name", &self.name).with("version", &self.version);
        console.say(&message);
    }
}
