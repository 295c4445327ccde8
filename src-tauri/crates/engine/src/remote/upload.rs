//! Blobs going to a registry: only those that it has not, streamed from the store.

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
    access::{Leave, Registry},
    download::SILENCE,
    failure::RemoteError,
    retry::Tries,
};
use crate::progress::Progress;
use oci::{Blob, Repository};

/// Bytes read from the disk at a time.
const PIECE: usize = 256 << 10;

/// How a blob came to be there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Uploaded {
    Present,
    Mounted(Repository),
    Sent,
}

impl Registry {
    /// Makes sure the registry has a blob. `mounting` is switched off once the registry turns out not to do that.
    pub(crate) async fn upload(
        &self,
        file: &Path,
        blob: &Blob,
        sources: &[Repository],
        mounting: &AtomicBool,
        progress: Option<&Progress>,
    ) -> Result<Uploaded, RemoteError> {
        let mut tries = Tries::default();
        loop {
            let leave = self.leave().await;
            match self.bring(&leave, file, blob, sources, mounting, progress).await {
                Ok(uploaded) => return Ok(uploaded),
                Err(error) => {
                    let layer = progress.map(|progress| (progress, &blob.digest));
                    self.recover(&leave, error, &mut tries, layer).await?;
                }
            }
        }
    }

    async fn bring(
        &self,
        leave: &Leave,
        file: &Path,
        blob: &Blob,
        sources: &[Repository],
        mounting: &AtomicBool,
        progress: Option<&Progress>,
    ) -> Result<Uploaded, RemoteError> {
        if self.has(leave, blob).await? {
            return Ok(Uploaded::Present);
        }
        if let Some(source) = sources.first().filter(|_| mounting.load(Ordering::Relaxed)) {
            let from = oci_client::Reference::with_tag(
                self.endpoint.authority.clone(),
                source.path.clone(),
                "latest".to_owned(),
            );
            match leave.oci.mount_blob(&self.at_tag("latest"), &from, blob.digest.as_str()).await {
                Ok(()) => return Ok(Uploaded::Mounted(source.clone())),
                Err(error) => {
                    tracing::debug!(%source, error = %RemoteError::from(error), "not mounted");
                    mounting.store(false, Ordering::Relaxed);
                }
            }
        }
        self.send(leave, file, blob, progress).await?;
        Ok(Uploaded::Sent)
    }

    /// A refused `HEAD` does not say why: the same is asked once more, for the registry's words.
    async fn has(&self, leave: &Leave, blob: &Blob) -> Result<bool, RemoteError> {
        let reference = self.at_tag("latest");
        let asked = timeout(SILENCE, leave.oci.blob_exists(&reference, blob.digest.as_str())).await;
        let asked = asked.map_err(|_| RemoteError::stalled("cannot upload"))?;
        let refused = match asked.map_err(RemoteError::from) {
            Err(error @ RemoteError::Refused { .. }) if !error.is_passing() => error,
            answer => return answer,
        };
        let again = leave.oci.pull_blob_stream_partial(&reference, blob.digest.as_str(), 0, Some(1));
        match timeout(SILENCE, again).await {
            Ok(Ok(_)) => Ok(true),
            // `oci-client` says no more of a 401 than that it is one.
            Ok(Err(OciDistributionError::UnauthorizedError { .. })) | Err(_) => Err(refused),
            Ok(Err(error)) => Err(error.into()),
        }
    }

    async fn send(
        &self,
        leave: &Leave,
        file: &Path,
        blob: &Blob,
        progress: Option<&Progress>,
    ) -> Result<(), RemoteError> {
        let unreadable = |source| RemoteError::Invalid(format!("a layer of the image cannot be read: {source}"));
        let content = File::open(file).await.map_err(unreadable)?;
        let mut meter = progress.map(|progress| progress.meter(&blob.digest, "Pushing", blob.size));
        let sent = Arc::new(AtomicU64::new(0));
        let counted = Arc::clone(&sent);
        let content = ReaderStream::with_capacity(content, PIECE)
            .inspect_ok(move |piece| {
                let all = counted.fetch_add(piece.len() as u64, Ordering::Relaxed) + piece.len() as u64;
                if let Some(meter) = &mut meter {
                    meter.at(all);
                }
            })
            .map_err(OciDistributionError::from);
        let reference = self.at_tag("latest");
        let mut pushed = pin!(leave.oci.push_blob_stream(&reference, content, blob.digest.as_str(), Some(blob.size)));
        let mut before = 0;
        loop {
            match timeout(SILENCE, &mut pushed).await {
                Ok(outcome) => return outcome.map(drop).map_err(RemoteError::from),
                Err(_) if sent.load(Ordering::Relaxed) > before => before = sent.load(Ordering::Relaxed),
                Err(_) => return Err(RemoteError::stalled("cannot upload")),
            }
        }
    }
}
