//! The account itself: its alias.

use crate::{
    aws::{Aws, errors::problem},
    model::problem::LabError,
};

/// The account's alias, by which people know it; `None` if it has none.
///
/// # Errors
///
/// If it could not be read: many callers are not permitted to. Then it is not known whether the account has one.
pub(crate) async fn alias(aws: &Aws) -> Result<Option<String>, LabError> {
    let response = aws.iam.list_account_aliases().send().await;
    let response = response.map_err(|error| problem("iam:ListAccountAliases", error))?;
    Ok(response.account_aliases().first().cloned())
}
