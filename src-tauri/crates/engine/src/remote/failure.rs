//! Refusals of a registry and failures on the way to it, in Docker's words.

use std::{error::Error, time::Duration};

use http::{HeaderMap, StatusCode, header::RETRY_AFTER};
use oci_client::errors::{OciDistributionError, OciEnvelope};
use serde::Deserialize;

use super::host::named_url;
use crate::{failure::Failure, store::error::StoreError};
use oci::{Reference, Repository};

#[derive(Debug, thiserror::Error)]
pub(crate) enum RemoteError {
    /// The registry refused the request.
    #[error("{}", refusal_text(.code, .message))]
    Refused { status: Option<StatusCode>, code: String, message: String, retry_after: Option<Duration> },
    /// The registry requires a user and a password, and there are none.
    #[error("no basic auth credentials")]
    NoCredentials,
    /// The registry could not be reached, or the response broke off. Never contains the URL: it may carry a signature.
    #[error("{what}: {cause}")]
    Transport { what: &'static str, cause: String },
    /// The registry's response is invalid.
    #[error("{0}")]
    Invalid(String),
    /// The local store failed, or the content is not what the digest promised.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Docker writes `NAME_UNKNOWN` as `name unknown`.
fn refusal_text(code: &str, message: &str) -> String {
    let code = code.to_lowercase().replace('_', " ");
    if message.is_empty() { code } else { format!("{code}: {message}") }
}

impl RemoteError {
    /// From a response that is not a success.
    pub(crate) fn refused(status: StatusCode, headers: &HeaderMap, body: &[u8]) -> Self {
        let retry_after = headers.get(RETRY_AFTER).and_then(|value| value.to_str().ok()?.trim().parse().ok());
        let ErrorDetail { code, message } = error_detail(status, body);
        Self::Refused { status: Some(status), code, message, retry_after: retry_after.map(Duration::from_secs) }
    }

    pub(crate) fn stalled(what: &'static str) -> Self {
        Self::Transport { what, cause: "the registry has gone silent".to_owned() }
    }

    /// Whether the same request may succeed in a moment.
    pub(crate) fn is_transient(&self) -> bool {
        match self {
            Self::Transport { .. } => true,
            Self::Refused { status, code, .. } => {
                let by_status = status.is_some_and(|status| {
                    matches!(status.as_u16(), 408 | 429) || (status.is_server_error() && status.as_u16() != 501)
                });
                by_status || matches!(code.as_str(), "TOOMANYREQUESTS" | "BLOB_UPLOAD_UNKNOWN")
            }
            Self::NoCredentials | Self::Invalid(_) | Self::Store(_) => false,
        }
    }

    /// Whether a new token may help.
    pub(crate) fn is_about_token(&self) -> bool {
        match self {
            Self::Refused { status: Some(StatusCode::UNAUTHORIZED), .. } => true,
            Self::Refused { code, message, .. } => {
                code == "UNAUTHORIZED" || (code == "DENIED" && message.contains("expired"))
            }
            _ => false,
        }
    }

    /// Whether the repository does not have the requested blob.
    pub(crate) fn is_missing_blob(&self) -> bool {
        matches!(self, Self::Refused { status, code, .. }
            if code == "BLOB_UNKNOWN" || (*status == Some(StatusCode::NOT_FOUND) && code == "UNKNOWN"))
    }

    pub(crate) fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Refused { retry_after, .. } => *retry_after,
            _ => None,
        }
    }

    /// The failure of a pull of this reference.
    pub(crate) fn into_pull_failure(self, reference: &Reference) -> Failure {
        let (name, whole) = (reference.repository.familiar(), reference.familiar());
        let text = self.to_string();
        match &self {
            Self::Refused { code, status, .. } => match code.as_str() {
                "DENIED" => Failure::not_found(format!(
                    "pull access denied for {name}, repository does not exist or may require 'docker login': {text}"
                )),
                "MANIFEST_UNKNOWN" => Failure::not_found(format!("manifest for {whole} not found: {text}")),
                "NAME_UNKNOWN" => Failure::not_found(format!("repository {name} not found: {text}")),
                _ => Failure::new(pull_status(*status), text),
            },
            Self::NoCredentials => {
                let Repository { host, path } = &reference.repository;
                let manifest = reference.tag_or_digest();
                Failure::internal(format!("Head \"{}/v2/{path}/manifests/{manifest}\": {text}", named_url(host)))
            }
            _ => self.into(),
        }
    }
}

/// As [`client_status`], but never 401: at that status the Docker CLI asks for a user name in the middle of a pull, and waits
/// for the answer even where no one can give one. Docker Engine sends 500.
fn pull_status(status: Option<StatusCode>) -> StatusCode {
    match client_status(status) {
        StatusCode::UNAUTHORIZED => StatusCode::INTERNAL_SERVER_ERROR,
        other => other,
    }
}

/// The status for the client: a registry's 4xx is passed on, anything else becomes 500.
fn client_status(status: Option<StatusCode>) -> StatusCode {
    status.filter(StatusCode::is_client_error).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

impl From<RemoteError> for Failure {
    fn from(error: RemoteError) -> Self {
        let status = match &error {
            RemoteError::Refused { status, .. } => client_status(*status),
            RemoteError::NoCredentials => StatusCode::UNAUTHORIZED,
            _ => StatusCode::INTERNAL_SERVER_ERROR,
        };
        Self::new(status, error.to_string())
    }
}

impl From<reqwest::Error> for RemoteError {
    fn from(error: reqwest::Error) -> Self {
        let what =
            if error.is_connect() { "the registry cannot be reached" } else { "the connection to the registry broke" };
        Self::Transport { what, cause: root_cause(&error.without_url()) }
    }
}

impl From<OciDistributionError> for RemoteError {
    fn from(error: OciDistributionError) -> Self {
        match error {
            OciDistributionError::UnauthorizedError { .. } => {
                Self::refused(StatusCode::UNAUTHORIZED, &HeaderMap::new(), b"")
            }
            OciDistributionError::RegistryError { envelope, .. } => {
                let ErrorDetail { code, message } = first(&envelope).unwrap_or_else(|| unknown(String::new()));
                Self::Refused { status: None, code, message, retry_after: None }
            }
            OciDistributionError::ServerError { code, message, .. } => {
                let status = StatusCode::from_u16(code).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
                Self::refused(status, &HeaderMap::new(), message.as_bytes())
            }
            OciDistributionError::RequestError(error) => match error.status() {
                Some(status) => Self::refused(status, &HeaderMap::new(), b""),
                None => error.into(),
            },
            OciDistributionError::IoError(error) => {
                Self::Transport { what: "the connection to the registry broke", cause: root_cause(&error) }
            }
            other => Self::Invalid(other.to_string()),
        }
    }
}

struct ErrorDetail {
    code: String,
    message: String,
}

/// The error in a response's envelope, or one made from its status.
fn error_detail(status: StatusCode, body: &[u8]) -> ErrorDetail {
    #[derive(Deserialize)]
    struct Envelope {
        errors: Vec<Entry>,
    }
    #[derive(Deserialize)]
    struct Entry {
        code: String,
        #[serde(default)]
        message: Option<String>,
    }
    if let Ok(Envelope { errors }) = serde_json::from_slice(body)
        && let Some(entry) = errors.into_iter().next()
    {
        return ErrorDetail { code: entry.code, message: entry.message.unwrap_or_default() };
    }
    match status {
        StatusCode::UNAUTHORIZED => {
            ErrorDetail { code: "UNAUTHORIZED".to_owned(), message: "authentication required".to_owned() }
        }
        StatusCode::FORBIDDEN => {
            ErrorDetail { code: "DENIED".to_owned(), message: "requested access to the resource is denied".to_owned() }
        }
        StatusCode::TOO_MANY_REQUESTS => {
            ErrorDetail { code: "TOOMANYREQUESTS".to_owned(), message: "too many requests".to_owned() }
        }
        _ => unknown(format!("received unexpected HTTP status: {status}")),
    }
}

fn unknown(message: String) -> ErrorDetail {
    ErrorDetail { code: "UNKNOWN".to_owned(), message }
}

fn first(envelope: &OciEnvelope) -> Option<ErrorDetail> {
    let entry = envelope.errors.first()?;
    let code = serde_json::to_value(&entry.code).ok()?.as_str()?.to_owned();
    Some(ErrorDetail { code, message: entry.message.clone() })
}

/// The innermost error: the outer ones say only that something failed.
pub(crate) fn root_cause(error: &dyn Error) -> String {
    let mut error = error;
    while let Some(source) = error.source() {
        error = source;
    }
    error.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(status: u16, body: &str) -> RemoteError {
        RemoteError::refused(StatusCode::from_u16(status).unwrap(), &HeaderMap::new(), body.as_bytes())
    }

    fn envelope(code: &str, message: &str) -> String {
        serde_json::json!({ "errors": [{ "code": code, "message": message }] }).to_string()
    }

    #[test]
    fn refusals_are_worded_as_docker_words_them() {
        let reference = Reference::parse("r.io/a:1").unwrap();
        for (status, code, message, push, pull) in [
            (
                403,
                "DENIED",
                "Your authorization token has expired. Reauthenticate and try again.",
                "denied: Your authorization token has expired. Reauthenticate and try again.",
                "pull access denied for r.io/a, repository does not exist or may require 'docker login': denied: Your \
                 authorization token has expired. Reauthenticate and try again.",
            ),
            (404, "NAME_UNKNOWN", "no a", "name unknown: no a", "repository r.io/a not found: name unknown: no a"),
            (
                404,
                "MANIFEST_UNKNOWN",
                "Requested image not found",
                "manifest unknown: Requested image not found",
                "manifest for r.io/a:1 not found: manifest unknown: Requested image not found",
            ),
            (400, "TAG_INVALID", "immutable", "tag invalid: immutable", "tag invalid: immutable"),
        ] {
            let body = envelope(code, message);
            assert_eq!(refused(status, &body).to_string(), push);
            assert_eq!(refused(status, &body).into_pull_failure(&reference).message, pull);
        }
        assert_eq!(refused(401, "Not Authorized\n").to_string(), "unauthorized: authentication required");
        assert_eq!(refused(502, "<html>").to_string(), "unknown: received unexpected HTTP status: 502 Bad Gateway");
    }

    #[test]
    fn a_pull_that_lacks_credentials_never_makes_the_docker_cli_ask_for_a_user() {
        for (reference, url) in [
            ("r.io/a/b:1", "https://r.io/v2/a/b/manifests/1"),
            ("127.0.0.1:5000/a:1", "http://127.0.0.1:5000/v2/a/manifests/1"),
            ("neo4j:1", "https://registry-1.docker.io/v2/library/neo4j/manifests/1"),
        ] {
            let failure = RemoteError::NoCredentials.into_pull_failure(&Reference::parse(reference).unwrap());
            assert_eq!(failure.status, StatusCode::INTERNAL_SERVER_ERROR);
            assert_eq!(failure.message, format!("Head \"{url}\": no basic auth credentials"));
        }
        let refused = refused(401, "Not Authorized\n").into_pull_failure(&Reference::parse("r.io/a:1").unwrap());
        assert_eq!(refused.status, StatusCode::INTERNAL_SERVER_ERROR);
        assert_eq!(refused.message, "unauthorized: authentication required");
    }

    #[test]
    fn only_transient_failures_are_retried() {
        for (status, body, passing) in [
            (500, String::new(), true),
            (503, String::new(), true),
            (429, String::new(), true),
            (400, envelope("TOOMANYREQUESTS", ""), true),
            (501, String::new(), false),
            (403, String::new(), false),
            (404, envelope("NAME_UNKNOWN", ""), false),
            (401, String::new(), false),
        ] {
            assert_eq!(refused(status, &body).is_transient(), passing, "{status} {body}");
        }
    }
}
