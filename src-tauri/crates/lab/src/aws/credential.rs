//! The credential for the private registry: a user name and a password that is valid for twelve hours, kept in memory only.

use std::fmt;

use base64::{Engine as _, prelude::BASE64_STANDARD};
use findings::Timestamp;

use super::errors::{incomplete, problem};
use crate::model::problem::LabError;

const ACTION: &str = "ecr:GetAuthorizationToken";

/// A user name and a password for the private registry of one account in one Region.
#[derive(Clone)]
pub(crate) struct RegistryCredential {
    /// `AWS`.
    pub(crate) username: String,
    /// The secret. Kept in memory only; never in a log, an error or an argument.
    pub(crate) password: String,
    /// `https://<account>.dkr.ecr.<region>.amazonaws.com`.
    pub(crate) proxy_endpoint: String,
    /// When it expires.
    pub(crate) expires_at: Option<Timestamp>,
}

impl fmt::Debug for RegistryCredential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RegistryCredential")
            .field("username", &self.username)
            .field("proxy_endpoint", &self.proxy_endpoint)
            .field("expires_at", &self.expires_at)
            .finish_non_exhaustive()
    }
}

pub(super) async fn fetch(ecr: &aws_sdk_ecr::Client) -> Result<RegistryCredential, LabError> {
    let response = ecr.get_authorization_token().send().await.map_err(|error| problem(ACTION, error))?;
    let data = response.authorization_data.unwrap_or_default().into_iter().next();
    let malformed = || incomplete(ACTION);
    let data = data.ok_or_else(malformed)?;
    let (username, password) = split(data.authorization_token()).ok_or_else(malformed)?;
    Ok(RegistryCredential {
        username,
        password,
        proxy_endpoint: data.proxy_endpoint.unwrap_or_default(),
        expires_at: data.expires_at.map(|at| Timestamp::from_epoch_seconds(at.as_secs_f64())),
    })
}

/// Splits a decoded token at its first colon: a password may contain colons, a user name cannot.
fn split(token: Option<&str>) -> Option<(String, String)> {
    let decoded = String::from_utf8(BASE64_STANDARD.decode(token?).ok()?).ok()?;
    let (name, password) = decoded.split_once(':')?;
    Some((name.to_owned(), password.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_split_at_its_first_colon() {
        let token = BASE64_STANDARD.encode("AWS:pass:word");
        assert_eq!(split(Some(&token)), Some(("AWS".to_owned(), "pass:word".to_owned())));
        assert_eq!(split(Some(&BASE64_STANDARD.encode("nothing"))), None);
        assert_eq!(split(Some("not base64!")), None);
        assert_eq!(split(None), None);
    }

    #[test]
    fn a_credential_does_not_show_its_password() {
        let credential = RegistryCredential {
            username: "AWS".to_owned(),
            password: "hunter2".to_owned(),
            proxy_endpoint: "https://registry".to_owned(),
            expires_at: None,
        };
        let shown = format!("{credential:?}");
        assert!(shown.contains("AWS") && !shown.contains("hunter2"), "{shown}");
    }
}
