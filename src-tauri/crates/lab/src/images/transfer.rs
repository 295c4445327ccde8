//! Pulls and pushes with progress per layer.

use base64::{Engine as _, prelude::BASE64_URL_SAFE};
use futures::StreamExt;
use http::{HeaderValue, Method};
use oci::Reference;
use serde_json::json;
use tokio_util::sync::CancellationToken;
use url::form_urlencoded::Serializer;

use super::{
    client::{EngineClient, PullResult, PushResult, finish},
    connection::ApiVersion,
    errors::{EngineFailure, Operation},
    lines::{LineReader, TransferProgress},
};
use crate::{
    aws::credential::RegistryCredential,
    model::{
        code::Code,
        problem::LabError,
        progress::{Direction, Event, Progress},
    },
    transcript::Ending,
};

/// The first API version in which a push can name a platform.
const PLATFORM_OF_PUSH: ApiVersion = ApiVersion { major: 1, minor: 46 };

/// The first API version that returns an image's manifests.
pub(super) const MANIFESTS: ApiVersion = ApiVersion { major: 1, minor: 48 };

impl EngineClient {
    /// Pulls an image for one platform (`linux/amd64`). Reports the start, the layers and the end of the transfer.
    pub(crate) async fn pull(
        &self,
        source: &Reference,
        platform: &str,
        progress: &dyn Progress,
        cancel: &CancellationToken,
    ) -> Result<PullResult, LabError> {
        let reference = source.familiar();
        progress.event(Event::TransferStarted { direction: Direction::Pull, reference: reference.clone() });
        let path = pull_path(source, platform);
        let operation = Operation::pull(&self.host, &reference, platform);
        let call = self.begin("pull", &format!("{reference} {platform}"));
        let done = tokio::select! {
            biased;
            () = cancel.cancelled() => {
                call.end(Ending::Cancelled);
                return Err(LabError::Cancelled);
            }
            outcome = self.transfer(&path, None, &operation, progress) => finish(&call, outcome)?,
        };
        progress.event(Event::TransferDone { direction: Direction::Pull, reference, digest: done.digest.clone() });
        Ok(PullResult { digest: done.digest, up_to_date: done.up_to_date })
    }

    /// Pushes one tag for one platform. Reports the start, the layers and the end of the transfer. A token that expires during the push
    /// is the problem `token-expired`; another push with a new token continues where this one stopped.
    pub(crate) async fn push(
        &self,
        repository_uri: &str,
        tag: &str,
        platform: &str,
        credential: &RegistryCredential,
        progress: &dyn Progress,
        cancel: &CancellationToken,
    ) -> Result<PushResult, LabError> {
        let reference = format!("{repository_uri}:{tag}");
        progress.event(Event::TransferStarted { direction: Direction::Push, reference: reference.clone() });
        let digest = match self.push_once(repository_uri, tag, platform, credential, progress, cancel).await {
            Err(LabError::Problem(problem)) if problem.code == Code::EngineLosesPlatform => {
                // moby/moby#52897: an index that shares layers with another index cannot be pushed by its tag. The manifest for
                // the platform, pulled by its digest, can.
                if !self.retag_platform_manifest(repository_uri, tag, platform, progress, cancel).await? {
                    return Err(LabError::Problem(problem));
                }
                self.push_once(repository_uri, tag, platform, credential, progress, cancel).await?
            }
            other => other?,
        };
        progress.event(Event::TransferDone { direction: Direction::Push, reference, digest: digest.clone() });
        Ok(PushResult { digest })
    }

    async fn push_once(
        &self,
        repository_uri: &str,
        tag: &str,
        platform: &str,
        credential: &RegistryCredential,
        progress: &dyn Progress,
        cancel: &CancellationToken,
    ) -> Result<Option<String>, LabError> {
        let push_platform = (self.connection.version >= PLATFORM_OF_PUSH).then_some(platform);
        let path = push_path(repository_uri, tag, push_platform);
        let operation = Operation::push(&self.host, repository_uri, tag, platform);
        let call = self.begin("push", &format!("{repository_uri}:{tag} {platform}"));
        let outcome = tokio::select! {
            biased;
            () = cancel.cancelled() => {
                call.end(Ending::Cancelled);
                return Err(LabError::Cancelled);
            }
            outcome = self.transfer(&path, Some(registry_auth(repository_uri, credential)), &operation, progress) => outcome,
        };
        Ok(finish(&call, outcome)?.digest)
    }

    /// Moves the tag from an index to the manifest for one platform. Returns `false` if the engine does not know that manifest.
    async fn retag_platform_manifest(
        &self,
        repository_uri: &str,
        tag: &str,
        platform: &str,
        progress: &dyn Progress,
        cancel: &CancellationToken,
    ) -> Result<bool, LabError> {
        let reference = format!("{repository_uri}:{tag}");
        let Some(manifest) = self.manifests(&reference).await?.source(&reference, platform) else { return Ok(false) };
        self.pull(&manifest, platform, progress, cancel).await?;
        self.tag(&manifest.familiar(), repository_uri, tag).await?;
        Ok(true)
    }

    /// Sends a request and reads the whole response.
    pub(super) async fn collect(
        &self,
        method: &Method,
        path: &str,
        operation: &Operation<'_>,
    ) -> Result<Vec<u8>, EngineFailure> {
        let mut response =
            self.connection.request(method, path, None).map_err(|_| EngineFailure::bad_reference(operation))?;
        let mut body = Vec::new();
        while let Some(bytes) = response.next().await {
            body.extend_from_slice(bytes.map_err(|error| EngineFailure::engine(operation, error))?.as_ref());
        }
        Ok(body)
    }

    /// Sends the request and reads its progress lines to the end.
    pub(super) async fn transfer(
        &self,
        path: &str,
        auth: Option<HeaderValue>,
        operation: &Operation<'_>,
        progress: &dyn Progress,
    ) -> Result<TransferProgress, EngineFailure> {
        let mut response =
            self.connection.request(&Method::POST, path, auth).map_err(|_| EngineFailure::bad_reference(operation))?;
        let (mut lines, mut transfer) = (LineReader::default(), TransferProgress::default());
        while let Some(bytes) = response.next().await {
            let bytes = match bytes {
                Ok(bytes) => bytes,
                Err(_) if transfer.is_done => break,
                Err(error) => return Err(EngineFailure::engine(operation, error)),
            };
            for line in lines.push(bytes.as_ref()).map_err(|_| EngineFailure::unreadable(operation))? {
                if let Some(layer) =
                    transfer.apply(line).map_err(|message| EngineFailure::from_message(operation, &message))?
                {
                    progress.event(Event::Layer { layer });
                }
            }
        }
        if transfer.is_done || lines.is_complete() { Ok(transfer) } else { Err(EngineFailure::cut(operation)) }
    }
}

/// The path of a pull. Always names a tag or a digest: without one, every tag would be pulled.
pub(super) fn pull_path(reference: &Reference, platform: &str) -> String {
    let mut query = Serializer::new(String::new());
    query
        .append_pair("fromImage", &reference.repository.familiar())
        .append_pair("tag", &reference.tag_or_digest().to_string())
        .append_pair("platform", platform);
    format!("/images/create?{}", query.finish())
}

/// The path of a push. Always names a tag: without one, every tag of the repository would be pushed.
fn push_path(repository_uri: &str, tag: &str, platform: Option<&str>) -> String {
    let mut query = Serializer::new(String::new());
    query.append_pair("tag", tag);
    if let Some(platform) = platform {
        query.append_pair("platform", &platform_json(platform));
    }
    format!("/images/{repository_uri}/push?{}", query.finish())
}

fn platform_json(platform: &str) -> String {
    let mut parts = platform.split('/');
    let (os, architecture) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    match parts.next() {
        Some(variant) => json!({ "os": os, "architecture": architecture, "variant": variant }),
        None => json!({ "os": os, "architecture": architecture }),
    }
    .to_string()
}

/// The `X-Registry-Auth` header. Docker decodes only the URL-safe alphabet and silently ignores a header that it cannot decode, or whose
/// server address is not just the registry's host.
fn registry_auth(repository_uri: &str, credential: &RegistryCredential) -> HeaderValue {
    let host = repository_uri.split('/').next().unwrap_or_default();
    let auth = json!({ "username": credential.username, "password": credential.password, "serveraddress": host });
    let mut value = HeaderValue::try_from(BASE64_URL_SAFE.encode(auth.to_string()))
        .unwrap_or_else(|_| HeaderValue::from_static(""));
    value.set_sensitive(true);
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pull_and_a_push_name_tag_and_platform() {
        assert_eq!(
            pull_path(&"127.0.0.1:5/neo4j:4.4.0".parse().unwrap(), "linux/amd64"),
            "/images/create?fromImage=127.0.0.1%3A5%2Fneo4j&tag=4.4.0&platform=linux%2Famd64"
        );
        assert!(pull_path(&"host/app".parse().unwrap(), "linux/amd64").contains("tag=latest"));
        let digest = format!("sha256:{}", "a".repeat(64));
        for reference in [format!("host/app@{digest}"), format!("host/app:1@{digest}")] {
            let path = pull_path(&reference.parse().unwrap(), "linux/amd64");
            assert!(path.contains("fromImage=host%2Fapp&tag=sha256%3Aaaaa"), "{path}");
        }
        assert_eq!(push_path("127.0.0.1:5/app", "latest", None), "/images/127.0.0.1:5/app/push?tag=latest");
        assert_eq!(
            push_path("host/app", "v1", Some("linux/arm64/v8")),
            "/images/host/app/push?tag=v1&platform=%7B%22os%22%3A%22linux%22%2C%22architecture%22%3A%22arm64%22%2C%22variant%22%3A%22v8%22%7D"
        );
    }

    #[test]
    fn a_credential_goes_out_in_the_url_safe_alphabet_for_the_registrys_host_alone() {
        let credential = RegistryCredential {
            username: "AWS".to_owned(),
            password: "a>b?c~d>>>???".to_owned(),
            proxy_endpoint: "https://elsewhere".to_owned(),
            expires_at: None,
        };
        let value = registry_auth("127.0.0.1:5000/app", &credential);
        assert!(value.is_sensitive());
        let text = value.to_str().unwrap();
        assert!(!text.contains(['+', '/']), "{text}");
        let auth: serde_json::Value = serde_json::from_slice(&BASE64_URL_SAFE.decode(text).unwrap()).unwrap();
        assert_eq!(auth["serveraddress"], "127.0.0.1:5000");
        assert_eq!(auth["password"], "a>b?c~d>>>???");
    }
}
