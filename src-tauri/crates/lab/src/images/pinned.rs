//! Finds out which image a pull gave.

use http::Method;
use oci::Reference;

use super::{
    client::{EngineClient, LocalImage, PullResult, finish},
    errors::Operation,
    manifests::Manifests,
    transfer::MANIFESTS,
};
use crate::model::{
    code::Code,
    pinned_image::PinnedImage,
    problem::{LabError, Problem},
};

impl EngineClient {
    /// The image that a pull gave. It is looked up by the pulled digest, as the name may have been moved in the meantime.
    pub(crate) async fn pin(
        &self,
        source: &Reference,
        pulled: &PullResult,
        platform: &str,
    ) -> Result<PinnedImage, LabError> {
        let image = match &pulled.digest {
            Some(digest) => self.inspect_pulled(source, digest).await?,
            None => self.inspect(&source.familiar()).await?,
        };
        let missing =
            || Problem::new(Code::ImageNotLocal).with("reference", source.familiar()).with("host", &self.host);
        let LocalImage { id, is_index, .. } = image.ok_or_else(|| missing().retryable())?;
        let manifests = if is_index { self.manifests(&id).await?.of_platform(platform) } else { Vec::new() };
        Ok(PinnedImage { id, manifests })
    }

    async fn inspect_pulled(&self, source: &Reference, digest: &str) -> Result<Option<LocalImage>, LabError> {
        let by_digest = format!("{}@{digest}", source.repository.familiar());
        match self.inspect(&by_digest).await? {
            Some(image) => Ok(Some(image)),
            // In the containerd store the digest is the id itself.
            None => self.inspect(digest).await,
        }
    }

    /// The manifests of an index in the engine's store; none if the engine's API does not list them.
    pub(super) async fn manifests(&self, reference: &str) -> Result<Manifests, LabError> {
        if self.connection.version < MANIFESTS {
            return Ok(Manifests::default());
        }
        let operation = Operation::local(&self.host, reference);
        let call = self.begin("inspect", reference);
        let response = self.collect(&Method::GET, &format!("/images/{reference}/json?manifests=1"), &operation).await;
        let response = finish(&call, response)?;
        Ok(serde_json::from_slice(&response).unwrap_or_default())
    }
}
