//! Existing repositories that a KMS key encrypts: whether the key lets an image in, nothing tells but the push itself.

use i18n::Message;

use super::item::Item;
use crate::{
    cloud::repositories,
    context::Context,
    model::{problem::LabError, step::Check},
};

/// The item of the first step. It is met in any case: what is not known is said, and left to the push.
pub(super) async fn check(context: &Context) -> Check {
    let item = Item::new("encryption");
    match encrypted(context).await {
        Err(error) => item.unread(&error),
        Ok(encrypted) if encrypted.is_empty() => item.met(Message::new("check-encryption-none")),
        Ok(encrypted) => item.met(Message::new("check-encryption-kms").with("names", encrypted.join(", "))),
    }
}

/// Those that will be pushed to and have a key, as `repository (key)`.
async fn encrypted(context: &Context) -> Result<Vec<String>, LabError> {
    let aws = context.aws().await?;
    let plan = &context.plan;
    let (prod, sandbox) =
        futures::try_join!(repositories::find(aws, &plan.prod), repositories::find(aws, &plan.sandbox))?;
    let with_key =
        |repository: repositories::Repository| repository.kms_key.map(|key| format!("{} ({key})", repository.name));
    Ok([prod, sandbox].into_iter().flatten().filter_map(with_key).collect())
}
