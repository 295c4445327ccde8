//! Manifests: reading one, asking which one a tag stands at, putting one.

use bytes::{Bytes, BytesMut};
use http::{
    HeaderValue, Method, StatusCode,
    header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE},
};
use oci_client::secrets::RegistryAuth;
use reqwest::Response;

use super::{
    access::{Leave, Registry},
    failure::RemoteError,
    retry::Tries,
};
use crate::{
    digest::Digest,
    manifest::{self, DOCUMENT_LIMIT, Descriptor},
};

/// Tags asked for at a time.
const PAGE: usize = 1000;

const CONTENT_DIGEST: &str = "docker-content-digest";

/// A manifest or an index as a registry gave it.
#[derive(Clone, Debug)]
pub(crate) struct Fetched {
    pub(crate) descriptor: Descriptor,
    pub(crate) bytes: Bytes,
}

impl Registry {
    /// The manifest of a tag or a digest. By digest it is that one or an error.
    pub(crate) async fn manifest(&self, reference: &str) -> Result<Fetched, RemoteError> {
        let mut tries = Tries::default();
        loop {
            let leave = self.leave().await;
            match self.fetch(&leave, reference).await {
                Ok(fetched) => return Ok(fetched),
                Err(error) => self.recover(&leave, error, &mut tries, None).await?,
            }
        }
    }

    async fn fetch(&self, leave: &Leave, reference: &str) -> Result<Fetched, RemoteError> {
        let response = self.ask(leave, Method::GET, reference).await?;
        let told = |name: &str| response.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
        let (content_type, promised) = (told(CONTENT_TYPE.as_str()), told(CONTENT_DIGEST));
        let bytes = bounded(response, DOCUMENT_LIMIT).await?;
        let digest = Digest::of(&bytes);
        let wanted = reference.parse::<Digest>().ok().or_else(|| promised?.parse().ok());
        if let Some(wanted) = wanted.filter(|wanted| *wanted != digest) {
            return Err(RemoteError::Invalid(format!(
                "manifest verification failed for digest {wanted}: the registry sent {digest}"
            )));
        }
        let media_type = manifest::media_type(&bytes, content_type.as_deref());
        Ok(Fetched { descriptor: Descriptor { media_type, digest, size: bytes.len() as u64 }, bytes })
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
        let mut request = self.http.request(method, url).header(ACCEPT, manifest::ACCEPT);
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

/// The body, if it is no longer than it may be.
pub(super) async fn bounded(mut response: Response, limit: u64) -> Result<Bytes, RemoteError> {
    let mut body = BytesMut::new();
    while let Some(piece) = response.chunk().await? {
        if (body.len() + piece.len()) as u64 > limit {
            return Err(RemoteError::Invalid(format!("the registry's answer is longer than {limit} bytes")));
        }
        body.extend_from_slice(&piece);
    }
    Ok(body.freeze())
}
