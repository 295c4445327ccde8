//! Uploading blobs: only those that the registry lacks, streamed from the store.

use std::sync::{
    Arc,
    atomic::{AtomicBool, AtomicU64, Ordering},
};
use std::{path::Path, pin::pin};

use futures::TryStreamExt;
use oci_client::errors::OciDistributionError;
use tokio::{fs::File, time::timeout};
use tokio_util::io::ReaderStream;

use super::{
    access::{Authorization, RemoteRepository},
    download::STALL_TIMEOUT,
    failure::RemoteError,
    retry::RetryBudget,
};
use crate::progress::Progress;
use oci::{Blob, Repository};

/// How many bytes are read from the disk at a time.
const CHUNK_SIZE: usize = 256 << 10;

/// How a blob got into the repository.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Uploaded {
    Present,
    Mounted(Repository),
    Sent,
}

impl RemoteRepository {
    /// Makes sure that the repository has a blob. `mounting` is switched off once the registry refuses to mount.
    pub(crate) async fn upload(
        &self,
        file: &Path,
        blob: &Blob,
        sources: &[Repository],
        mounting: &AtomicBool,
        progress: Option<&Progress>,
    ) -> Result<Uploaded, RemoteError> {
        let mut budget = RetryBudget::default();
        loop {
            let authorization = self.authorization().await;
            match self.upload_once(&authorization, file, blob, sources, mounting, progress).await {
                Ok(uploaded) => return Ok(uploaded),
                Err(error) => {
                    let layer = progress.map(|progress| (progress, &blob.digest));
                    self.recover(&authorization, error, &mut budget, layer).await?;
                }
            }
        }
    }

    async fn upload_once(
        &self,
        authorization: &Authorization,
        file: &Path,
        blob: &Blob,
        sources: &[Repository],
        mounting: &AtomicBool,
        progress: Option<&Progress>,
    ) -> Result<Uploaded, RemoteError> {
        if self.has_blob(authorization, blob).await? {
            return Ok(Uploaded::Present);
        }
        if let Some(source) = sources.first().filter(|_| mounting.load(Ordering::Relaxed)) {
            let from = oci_client::Reference::with_tag(
                self.endpoint.authority.clone(),
                source.path.clone(),
                "latest".to_owned(),
            );
            match authorization.oci.mount_blob(&self.at_tag("latest"), &from, blob.digest.as_str()).await {
                Ok(()) => return Ok(Uploaded::Mounted(source.clone())),
                Err(error) => {
                    tracing::debug!(%source, error = %RemoteError::from(error), "not mounted");
                    mounting.store(false, Ordering::Relaxed);
                }
            }
        }
        self.send(authorization, file, blob, progress).await?;
        Ok(Uploaded::Sent)
    }

    /// A refused `HEAD` has no body: a `GET` of one byte is sent to learn the reason.
    async fn has_blob(&self, authorization: &Authorization, blob: &Blob) -> Result<bool, RemoteError> {
        let reference = self.at_tag("latest");
        let response = timeout(STALL_TIMEOUT, authorization.oci.blob_exists(&reference, blob.digest.as_str())).await;
        let response = response.map_err(|_| RemoteError::stalled("cannot upload"))?;
        let refused = match response.map_err(RemoteError::from) {
            Err(error @ RemoteError::Refused { .. }) if !error.is_transient() => error,
            other => return other,
        };
        let again = authorization.oci.pull_blob_stream_partial(&reference, blob.digest.as_str(), 0, Some(1));
        match timeout(STALL_TIMEOUT, again).await {
            Ok(Ok(_)) => Ok(true),
            // `oci-client` drops the body of a 401.
            Ok(Err(OciDistributionError::UnauthorizedError { .. })) | Err(_) => Err(refused),
            Ok(Err(error)) => match RemoteError::from(error) {
                // The credentials were accepted this time, and the blob is not there.
                error if error.is_missing_blob() => Ok(false),
                error => Err(error),
            },
        }
    }

    async fn send(
        &self,
        authorization: &Authorization,
        file: &Path,
        blob: &Blob,
        progress: Option<&Progress>,
    ) -> Result<(), RemoteError> {
        let unreadable = |source| RemoteError::Invalid(format!("a layer of the image cannot be read: {source}"));
        let content = File::open(file).await.map_err(unreadable)?;
        let mut meter = progress.map(|progress| progress.meter(&blob.digest, "Pushing", blob.size));
        let sent = Arc::new(AtomicU64::new(0));
        let counted = Arc::clone(&sent);
        let content = ReaderStream::with_capacity(content, CHUNK_SIZE)
            .inspect_ok(move |piece| {
                let all = counted.fetch_add(piece.len() as u64, Ordering::Relaxed) + piece.len() as u64;
                if let Some(meter) = &mut meter {
                    meter.at(all);
                }
            })
            .map_err(OciDistributionError::from);
        let reference = self.at_tag("latest");
        let mut pushed =
            pin!(authorization.oci.push_blob_stream(&reference, content, blob.digest.as_str(), Some(blob.size)));
        let mut before = 0;
        loop {
            match timeout(STALL_TIMEOUT, &mut pushed).await {
                Ok(outcome) => return outcome.map(drop).map_err(RemoteError::from),
                Err(_) if sent.load(Ordering::Relaxed) > before => before = sent.load(Ordering::Relaxed),
                Err(_) => return Err(RemoteError::stalled("cannot upload")),
            }
        }
    }
}
