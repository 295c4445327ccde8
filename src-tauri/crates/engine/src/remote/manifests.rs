//! Manifests and tags of a repository.

use bytes::Bytes;
use http::{
    HeaderValue, Method, StatusCode,
    header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE},
};
use oci_client::secrets::RegistryAuth;
use reqwest::Response;

use super::{
    access::{Authorization, RemoteRepository},
    body::bounded,
    failure::RemoteError,
    retry::RetryBudget,
};
use crate::image_config::DOCUMENT_LIMIT;
use oci::{Digest, Manifest, TagOrDigest, media_types};

/// How many tags are requested at a time.
const PAGE: usize = 1000;

const CONTENT_DIGEST: &str = "docker-content-digest";

/// The media types that are understood, as an `Accept` header.
const ACCEPTED: [&str; 4] =
    [media_types::OCI_MANIFEST, media_types::OCI_INDEX, media_types::DOCKER_MANIFEST, media_types::DOCKER_LIST];

impl RemoteRepository {
    /// The manifest of a tag or a digest. Its digest is verified.
    pub(crate) async fn manifest(&self, reference: &TagOrDigest) -> Result<Manifest, RemoteError> {
        let mut budget = RetryBudget::default();
        loop {
            let authorization = self.authorization().await;
            match self.fetch(&authorization, reference).await {
                Ok(fetched) => return Ok(fetched),
                Err(error) => self.recover(&authorization, error, &mut budget, None).await?,
            }
        }
    }

    async fn fetch(&self, authorization: &Authorization, reference: &TagOrDigest) -> Result<Manifest, RemoteError> {
        let response = self.request_manifest(authorization, Method::GET, &reference.to_string()).await?;
        let header = |name: &str| response.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
        let (content_type, promised) = (header(CONTENT_TYPE.as_str()), header(CONTENT_DIGEST));
        let bytes = bounded(response, DOCUMENT_LIMIT).await?;
        let expected = match reference {
            TagOrDigest::Digest(digest) => Some(digest.clone()),
            TagOrDigest::Tag(_) => promised.and_then(|digest| digest.parse().ok()),
        };
        let expected = expected.map(|expected| (Digest::of_by(expected.algorithm(), &bytes), expected));
        if let Some((digest, expected)) = expected.filter(|(actual, expected)| actual != expected) {
            return Err(RemoteError::Invalid(format!(
                "manifest verification failed for digest {expected}: the registry sent {digest}"
            )));
        }
        let media_type = Manifest::media_type_of(&bytes, content_type.as_deref());
        Manifest::parse(bytes, &media_type).map_err(|error| RemoteError::Invalid(error.to_string()))
    }

    /// The digest of the manifest that has the tag, if the registry reports it without sending the manifest.
    pub(crate) async fn digest_of_tag(&self, tag: &str) -> Option<Digest> {
        let authorization = self.authorization().await;
        let response = self.request_manifest(&authorization, Method::HEAD, tag).await.ok()?;
        response.headers().get(CONTENT_DIGEST)?.to_str().ok()?.parse().ok()
    }

    /// Pushes a manifest under a tag.
    pub(crate) async fn put_manifest(&self, tag: &str, bytes: Bytes, media_type: &str) -> Result<(), RemoteError> {
        let content_type = HeaderValue::from_str(media_type)
            .map_err(|_| RemoteError::Invalid(format!("{media_type:?} is no media type")))?;
        let mut budget = RetryBudget::default();
        loop {
            let authorization = self.authorization().await;
            let put = authorization.oci.push_manifest_raw(&self.at_tag(tag), bytes.clone(), content_type.clone()).await;
            match put {
                Ok(_) => return Ok(()),
                Err(error) => self.recover(&authorization, error.into(), &mut budget, None).await?,
            }
        }
    }

    /// Every tag of the repository.
    pub(crate) async fn tags(&self) -> Result<Vec<String>, RemoteError> {
        let mut budget = RetryBudget::default();
        let mut tags: Vec<String> = Vec::new();
        loop {
            let authorization = self.authorization().await;
            // The client has stored the authorization already, and ignores this one.
            let anonymous = RegistryAuth::Anonymous;
            let reference = self.at_tag("latest");
            let listed =
                authorization.oci.list_tags(&reference, &anonymous, Some(PAGE), tags.last().map(String::as_str));
            match listed.await {
                Ok(page) => {
                    let full = page.tags.len() >= PAGE;
                    let count_before = tags.len();
                    tags.extend(page.tags);
                    tags.sort_unstable();
                    tags.dedup();
                    if !full || tags.len() == count_before {
                        return Ok(tags);
                    }
                }
                Err(error) => self.recover(&authorization, error.into(), &mut budget, None).await?,
            }
        }
    }

    async fn request_manifest(
        &self,
        authorization: &Authorization,
        method: Method,
        reference: &str,
    ) -> Result<Response, RemoteError> {
        let url = format!("{}/v2/{}/manifests/{reference}", self.endpoint, self.repository.path);
        let mut request = self.http.request(method, url).header(ACCEPT, ACCEPTED.join(", "));
        if let Some(header) = &authorization.header {
            request = request.header(AUTHORIZATION, header.clone());
        }
        let response = request.send().await?;
        match response.status() {
            StatusCode::OK => Ok(response),
            status => {
                let headers = response.headers().clone();
                Err(RemoteError::refused(status, &headers, &bounded(response, DOCUMENT_LIMIT).await?))
            }
        }
    }
}
