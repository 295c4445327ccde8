//! Whether an engine reaches a registry on this machine's loopback. An engine in a virtual machine or on another host
//! has a loopback of its own.

use std::time::Duration;

use i18n::Message;
use oci::{Reference, Repository};

use super::{client::EngineClient, errors::Operation};
use crate::{
    model::{access::EngineAccess, code::Code, problem::LabError},
    transcript::{Entry, Record},
};

/// Long enough for an engine that waits for a registry to refuse it.
const PATIENCE: Duration = Duration::from_secs(15);

/// Whether the engine reaches the registry at `registry` (`127.0.0.1:port`), by asking it for an image that is not there.
///
/// # Errors
/// Says why not, for a person.
pub async fn can_reach(engine: &EngineAccess, registry: &str) -> Result<(), Message> {
    let images = EngineClient::connect(engine, std::sync::Arc::new(Nobody))
        .await
        .map_err(|error| told(error, &engine.host, registry))?;
    let repository = Repository { host: registry.to_owned(), path: "imagelab/is-anybody-there".to_owned() };
    let reference = Reference { repository, tag: Some("no".to_owned()), digest: None };
    let name = reference.to_string();
    let operation = Operation::pull(&images.host, &name, "linux/amd64");
    let path = super::transfer::pull_path(&reference, "linux/amd64");
    let asked = tokio::time::timeout(PATIENCE, images.transfer(&path, None, &operation, &())).await;
    let code = match asked {
        Ok(Ok(_)) => return Ok(()),
        Ok(Err(failure)) => failure.problem().code,
        Err(_) => Code::RegistryUnreachable,
    };
    let message = |id: &str| Message::new(id).with("host", images.host.as_str()).with("registry", registry);
    match code {
        Code::RegistryUnreachable => Err(message("engine-cannot-reach")),
        Code::RegistryInsecure | Code::RegistryCertificate => Err(message("engine-wants-https")),
        Code::EngineLost | Code::EngineSilent | Code::EngineNotRunning => Err(message("engine-did-not-answer")),
        // Anything else is the registry's own answer, passed on.
        _ => Ok(()),
    }
}

fn told(error: LabError, host: &str, registry: &str) -> Message {
    match error {
        LabError::Problem(problem) => problem.message,
        LabError::Cancelled | LabError::ConsentNeeded(_) => {
            Message::new("engine-did-not-answer").with("host", host).with("registry", registry)
        }
    }
}

/// A question whether something works is no part of the lesson.
#[derive(Debug)]
struct Nobody;

impl Record for Nobody {
    fn record(&self, _: Entry) {}
}
