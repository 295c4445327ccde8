//! The setting of the account that the lab changes in the practice cloud only: whether layers are mounted from one repository
//! into another. In an AWS account the lab does not call these, so that its policy does not allow them.

use crate::{
    aws::{
        Aws,
        errors::{incomplete, problem},
    },
    model::problem::LabError,
};

/// The value of the setting where layers are mounted.
pub(crate) const ENABLED: &str = "ENABLED";
/// The value of the setting where layers are not mounted, as at first.
pub(crate) const DISABLED: &str = "DISABLED";
const BLOB_MOUNTING: &str = "BLOB_MOUNTING";

/// The value of `BLOB_MOUNTING`.
pub(crate) async fn blob_mounting(aws: &Aws) -> Result<String, LabError> {
    let response = aws.ecr.get_account_setting().name(BLOB_MOUNTING).send().await;
    let response = response.map_err(|error| problem("ecr:GetAccountSetting", error))?;
    Ok(response.value().ok_or_else(|| incomplete("ecr:GetAccountSetting"))?.to_owned())
}

/// Changes `BLOB_MOUNTING`.
pub(crate) async fn set_blob_mounting(aws: &Aws, value: &str) -> Result<(), LabError> {
    let response = aws.ecr.put_account_setting().name(BLOB_MOUNTING).value(value).send().await;
    response.map(drop).map_err(|error| problem("ecr:PutAccountSetting", error))
}
