//! Tests whether an engine can reach a registry on this machine's loopback interface. An engine in a virtual machine or on another host
//! has a loopback interface of its own.

use std::time::Duration;

use i18n::Message;
use oci::{Reference, Repository};

use super::{client::EngineClient, errors::Operation};
use crate::{
    model::{access::EngineAccess, code::Code, problem::LabError},
    transcript::{Entry, Record},
};

/// The time limit of the test: long enough for an engine whose connection to a registry times out.
const TIMEOUT: Duration = Duration::from_secs(15);

/// Tests whether the engine reaches the registry at `registry` (`127.0.0.1:port`), by pulling an image that does not exist.
///
/// # Errors
/// A message for the user that says why it does not.
pub async fn can_reach(engine: &EngineAccess, registry: &str) -> Result<(), Message> {
    let images = EngineClient::connect(engine, std::sync::Arc::new(DiscardRecords))
        .await
        .map_err(|error| connect_error(error, &engine.host, registry))?;
    let repository = Repository { host: registry.to_owned(), path: "imagelab/reachability-test".to_owned() };
    let reference = Reference { repository, tag: Some("no".to_owned()), digest: None };
    let name = reference.to_string();
    let operation = Operation::pull(&images.host, &name, "linux/amd64");
    let path = super::transfer::pull_path(&reference, "linux/amd64");
    let result = tokio::time::timeout(TIMEOUT, images.transfer(&path, None, &operation, &())).await;
    let code = match result {
        Ok(Ok(_)) => return Ok(()),
        Ok(Err(failure)) => failure.problem().code,
        Err(_) => Code::RegistryUnreachable,
    };
    let message = |id: &str| Message::new(id).with("host", images.host.as_str()).with("registry", registry);
    match code {
        Code::RegistryUnreachable => Err(message("engine-cannot-reach")),
        Code::RegistryInsecure | Code::RegistryCertificate => Err(message("engine-wants-https")),
        Code::EngineLost | Code::EngineSilent | Code::EngineNotRunning => Err(message("engine-did-not-answer")),
        // Any other error comes from the registry, which was therefore reached.
        _ => Ok(()),
    }
}

fn connect_error(error: LabError, host: &str, registry: &str) -> Message {
    match error {
        LabError::Problem(problem) => problem.message,
        LabError::Cancelled | LabError::ConsentNeeded(_) => {
            Message::new("engine-did-not-answer").with("host", host).with("registry", registry)
        }
    }
}

/// Discards records: a reachability test is not part of the lesson.
#[derive(Debug)]
struct DiscardRecords;

impl Record for DiscardRecords {
    fn record(&self, _: Entry) {}
}
