//! Manifests: reading one, asking which one a tag stands at, putting one.

use bytes::Bytes;
use http::{
    HeaderValue, Method, StatusCode,
    header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE},
};
use oci_client::secrets::RegistryAuth;
use reqwest::Response;

use super::{
    access::{Leave, Registry},
    body::bounded,
    failure::RemoteError,
    retry::Tries,
};
use crate::image_config::DOCUMENT_LIMIT;
use oci::{Digest, Manifest, TagOrDigest, media_types};

/// Tags asked for at a time.
const PAGE: usize = 1000;

const CONTENT_DIGEST: &str = "docker-content-digest";

/// The media types that are understood, as an `Accept` header.
const ACCEPTED: [&str; 4] =
    [media_types::OCI_MANIFEST, media_types::OCI_INDEX, media_types::DOCKER_MANIFEST, media_types::DOCKER_LIST];

impl Registry {
    /// The manifest of a tag or a digest. By digest it is that one or an error.
    pub(crate) async fn manifest(&self, reference: &TagOrDigest) -> Result<Manifest, RemoteError> {
        let mut tries = Tries::default();
        loop {
            let leave = self.leave().await;
            match self.fetch(&leave, reference).await {
                Ok(fetched) => return Ok(fetched),
                Err(error) => self.recover(&leave, error, &mut tries, None).await?,
            }
        }
    }

    async fn fetch(&self, leave: &Leave, reference: &TagOrDigest) -> Result<Manifest, RemoteError> {
        let response = self.ask(leave, Method::GET, &reference.to_string()).await?;
        let told = |name: &str| response.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
        let (content_type, promised) = (told(CONTENT_TYPE.as_str()), told(CONTENT_DIGEST));
        let bytes = bounded(response, DOCUMENT_LIMIT).await?;
        let digest = Digest::of(&bytes);
        let expected = match reference {
            TagOrDigest::Digest(digest) => Some(digest.clone()),
            TagOrDigest::Tag(_) => promised.and_then(|digest| digest.parse().ok()),
        };
        if let Some(expected) = expected.filter(|expected| *expected != digest) {
            return Err(RemoteError::Invalid(format!(
                "manifest verification failed for digest {expected}: the registry sent {digest}"
            )));
        }
        let media_type = Manifest::media_type_of(&bytes, content_type.as_deref());
        Manifest::parse(bytes, &media_type).map_err(|error| RemoteError::Invalid(error.to_string()))
    }

    /// The manifest that a tag stands at, if the registry has the tag and says so without sending the manifest.
    pub(crate) async fn standing(&self, tag: &str) -> Option<Digest> {
        let leave = self.leave().await;
        let response = self.ask(&leave, Method::HEAD, tag).await.ok()?;
        response.headers().get(CONTENT_DIGEST)?.to_str().ok()?.parse().ok()
    }

    /// Puts a manifest under a tag.
    pub(crate) async fn put_manifest(&self, tag: &str, bytes: Bytes, media_type: &str) -> Result<(), RemoteError> {
        let content_type = HeaderValue::from_str(media_type)
            .map_err(|_| RemoteError::Invalid(format!("{media_type:?} is no media type")))?;
        let mut tries = Tries::default();
        loop {
            let leave = self.leave().await;
            let put = leave.oci.push_manifest_raw(&self.at_tag(tag), bytes.clone(), content_type.clone()).await;
            match put {
                Ok(_) => return Ok(()),
                Err(error) => self.recover(&leave, error.into(), &mut tries, None).await?,
            }
        }
    }

    /// Every tag of the repository.
    pub(crate) async fn tags(&self) -> Result<Vec<String>, RemoteError> {
        let mut tries = Tries::default();
        let mut tags: Vec<String> = Vec::new();
        loop {
            let leave = self.leave().await;
            // Whoever has leave is known to the client already: this is for nobody.
            let nobody = RegistryAuth::Anonymous;
            let reference = self.at_tag("latest");
            let listed = leave.oci.list_tags(&reference, &nobody, Some(PAGE), tags.last().map(String::as_str));
            match listed.await {
                Ok(page) => {
                    let full = page.tags.len() >= PAGE;
                    let known = tags.len();
                    tags.extend(page.tags);
                    tags.sort_unstable();
                    tags.dedup();
                    if !full || tags.len() == known {
                        return Ok(tags);
                    }
                }
                Err(error) => self.recover(&leave, error.into(), &mut tries, None).await?,
            }
        }
    }

    async fn ask(&self, leave: &Leave, method: Method, reference: &str) -> Result<Response, RemoteError> {
        let url = format!("{}/v2/{}/manifests/{reference}", self.endpoint, self.repository.path);
        let mut request = self.http.request(method, url).header(ACCEPT, ACCEPTED.join(", "));
        if let Some(authorization) = &leave.authorization {
            request = request.header(AUTHORIZATION, authorization.clone());
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
