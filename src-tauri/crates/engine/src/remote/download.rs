//! Downloading blobs: streamed to the store, and resumed where a connection broke.

use std::time::Duration;

use bytes::{Bytes, BytesMut};
use futures::StreamExt;
use oci_client::client::BlobResponse;
use tokio::time::timeout;

use super::{
    access::{Authorization, RemoteRepository},
    failure::RemoteError,
    retry::RetryBudget,
};
use crate::{
    image_config::DOCUMENT_LIMIT,
    progress::{Meter, Progress},
    store::{Store, error::StoreError, ingest::Ingest},
};
use oci::Blob;

/// How long a registry may send nothing.
pub(super) const STALL_TIMEOUT: Duration = Duration::from_mins(1);

/// How many bytes between two failures restore the retry budget.
const MEANINGFUL_PROGRESS: u64 = 1 << 20;

impl RemoteRepository {
    /// Downloads a blob into the store. With `progress` it is reported as a layer.
    pub(crate) async fn download(
        &self,
        store: &Store,
        blob: &Blob,
        progress: Option<&Progress>,
    ) -> Result<(), RemoteError> {
        if self.download_once(store, blob, progress).await? == Download::Complete {
            return Ok(());
        }
        // The parts do not fit together: the registry may have sent others than were requested. Start over.
        self.download_once(store, blob, progress).await.and_then(|download| match download {
            Download::Complete => Ok(()),
            Download::Resumed(error) => Err(error.into()),
        })
    }

    /// The content of a small blob, which is not stored.
    pub(crate) async fn small_blob(&self, blob: &Blob) -> Result<Bytes, RemoteError> {
        let mut budget = RetryBudget::default();
        loop {
            let authorization = self.authorization().await;
            match self.read(&authorization, blob).await {
                Ok(content) => return Ok(content),
                Err(error) => self.recover(&authorization, error, &mut budget, None).await?,
            }
        }
    }

    async fn read(&self, authorization: &Authorization, blob: &Blob) -> Result<Bytes, RemoteError> {
        let mut stream = authorization.oci.pull_blob_stream(&self.at_tag("latest"), blob.digest.as_str()).await?;
        let mut content = BytesMut::new();
        while let Some(piece) = stream.next().await {
            content.extend_from_slice(&piece.map_err(|error| connection_lost(&error))?);
            if content.len() as u64 > DOCUMENT_LIMIT {
                return Err(RemoteError::Invalid(format!(
                    "the registry's answer is longer than {DOCUMENT_LIMIT} bytes"
                )));
            }
        }
        Ok(content.freeze())
    }

    async fn download_once(
        &self,
        store: &Store,
        blob: &Blob,
        progress: Option<&Progress>,
    ) -> Result<Download, RemoteError> {
        let mut meter = progress.map(|progress| progress.meter(&blob.digest, "Downloading", blob.size));
        let mut ingest = store.ingest(blob);
        let (mut budget, mut before, mut resumed) = (RetryBudget::default(), 0, false);
        loop {
            let authorization = self.authorization().await;
            let Err(error) = self.receive(&authorization, &mut ingest, blob, meter.as_mut()).await else { break };
            if ingest.received() >= before + MEANINGFUL_PROGRESS {
                budget.progressed();
            }
            before = ingest.received();
            resumed |= before > 0;
            let layer = progress.map(|progress| (progress, &blob.digest));
            self.recover(&authorization, error, &mut budget, layer).await?;
        }
        match ingest.finish().await {
            Ok(()) => Ok(Download::Complete),
            Err(error @ StoreError::DigestMismatch { .. }) if resumed => Ok(Download::Resumed(error)),
            Err(error) => Err(error.into()),
        }
    }

    /// Downloads the bytes that are still missing.
    async fn receive(
        &self,
        authorization: &Authorization,
        ingest: &mut Ingest,
        blob: &Blob,
        mut meter: Option<&mut Meter>,
    ) -> Result<(), RemoteError> {
        let from = ingest.received();
        if from == blob.size {
            return Ok(());
        }
        // With a range, even one of the whole blob, `oci-client` does not hash the content; the store does.
        let reference = self.at_tag("latest");
        let request = authorization.oci.pull_blob_stream_partial(&reference, blob.digest.as_str(), from, None);
        let response = timeout(STALL_TIMEOUT, request).await.map_err(|_| RemoteError::stalled("cannot download"))??;
        let mut stream = match response {
            BlobResponse::Partial(stream) => stream,
            BlobResponse::Full(stream) => {
                if from > 0 {
                    ingest.start_over().await?;
                }
                stream
            }
        };
        loop {
            let next =
                timeout(STALL_TIMEOUT, stream.next()).await.map_err(|_| RemoteError::stalled("cannot download"))?;
            let Some(piece) = next else { break };
            let piece = piece.map_err(|error| connection_lost(&error))?;
            ingest.write(piece).await?;
            if let Some(meter) = meter.as_deref_mut() {
                meter.at(ingest.received());
            }
        }
        if ingest.received() < blob.size {
            let cause = format!("{} of {} bytes came", ingest.received(), blob.size);
            return Err(RemoteError::Transport { what: "the connection to the registry broke", cause });
        }
        Ok(())
    }
}

fn connection_lost(error: &std::io::Error) -> RemoteError {
    RemoteError::Transport { what: "the connection to the registry broke", cause: super::failure::root_cause(error) }
}

#[derive(Debug)]
enum Download {
    Complete,
    /// The download was resumed at least once, and the content has another digest.
    Resumed(StoreError),
}

impl PartialEq for Download {
    fn eq(&self, other: &Self) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(other)
    }
}
