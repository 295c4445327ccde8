//! Whether Inspector's scanning of ECR can be turned on, and off again: in an organization that may be left to others.

use i18n::Message;

use super::item::Item;
use crate::{
    aws::Aws,
    cloud::{
        configuration,
        inspector::{self, OwnOperations},
    },
    context::Context,
    model::{
        code::Code,
        problem::{LabError, Problem},
        step::Check,
    },
    scanning::InspectorStatus,
};

/// The item of the first step.
pub(super) async fn check(context: &Context) -> Check {
    let item = Item::new("inspector-ready");
    let read = async {
        let aws = context.aws().await?;
        let (status, configuration) = futures::try_join!(inspector::status(aws), configuration::get(aws))?;
        ensure_own(aws, &status).await?;
        Ok((status, configuration))
    };
    match read.await {
        Ok((status, configuration)) => {
            let detail =
                |id: &str| Message::new(id).with("status", &status.0).with("configuration", configuration.summary());
            match status.0.as_str() {
                "ENABLED" => item.met(detail("check-inspector-ready-enabled")),
                "SUSPENDED" | "SUSPENDING" => {
                    item.not_met(detail("check-inspector-ready-suspended"), Message::new("check-inspector-ready-hint"))
                }
                _ => item.met(detail("check-inspector-ready-later")),
            }
        }
        Err(LabError::Problem(problem)) if is_final(problem.code) => item.failed(&LabError::Problem(problem)),
        Err(error) => item.unread(&error),
    }
}

/// Whether the answer will be the same next time.
fn is_final(code: Code) -> bool {
    matches!(
        code,
        Code::InspectorManaged | Code::InspectorRefused | Code::RegionDisabled | Code::RegionWithoutInspector
    )
}

/// Fails if it is known that the run cannot turn Inspector on, or off again. What could not be read is left to the call itself.
pub(super) async fn require(aws: &Aws, status: &InspectorStatus) -> Result<(), LabError> {
    match ensure_own(aws, status).await {
        Err(LabError::Problem(unread)) if unread.code != Code::InspectorManaged => Ok(()),
        outcome => outcome,
    }
}

/// Fails if the run has to turn Inspector on, and the account may not turn it on or, at clean-up, off.
///
/// # Errors
///
/// Problem `inspector-managed`, which names the missing operations of Inspector.
async fn ensure_own(aws: &Aws, status: &InspectorStatus) -> Result<(), LabError> {
    if !status.is_off() {
        return Ok(());
    }
    let OwnOperations { enable, disable } = inspector::own_operations(aws).await?;
    let missing: Vec<_> =
        [("ENABLE_SCANNING", enable), ("DISABLE_SCANNING", disable)].into_iter().filter(|(_, may)| !may).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let names: Vec<_> = missing.iter().map(|(name, _)| *name).collect();
    Err(Problem::new(Code::InspectorManaged).with("operations", names.join(", ")).into())
}
