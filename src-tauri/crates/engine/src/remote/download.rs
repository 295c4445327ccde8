//! Blobs coming from a registry: streamed to the store, gone on with where a connection broke.

use std::time::Duration;

use bytes::{Bytes, BytesMut};
use futures::StreamExt;
use oci_client::client::BlobResponse;
use tokio::time::timeout;

use super::{
    access::{Leave, Registry},
    failure::RemoteError,
    retry::Tries,
};
use crate::{
    image_config::DOCUMENT_LIMIT,
    progress::{Meter, Progress},
    store::{Store, error::StoreError, ingest::Ingest},
};
use oci::Blob;

/// For how long a registry may send nothing.
pub(super) const SILENCE: Duration = Duration::from_mins(1);

/// What counts as progress between two failures.
const STRIDE: u64 = 1 << 20;

impl Registry {
    /// Brings a blob into the store. With `progress` it tells of itself as a layer does.
    pub(crate) async fn download(
        &self,
        store: &Store,
        blob: &Blob,
        progress: Option<&Progress>,
    ) -> Result<(), RemoteError> {
        if self.brought(store, blob, progress).await? == Brought::Whole {
            return Ok(());
        }
        // The pieces do not fit together: the registry may have sent others than were asked for.
        self.brought(store, blob, progress).await.and_then(|brought| match brought {
            Brought::Whole => Ok(()),
            Brought::Mended(error) => Err(error.into()),
        })
    }

    /// A blob of a few bytes, not kept.
    pub(crate) async fn small_blob(&self, blob: &Blob) -> Result<Bytes, RemoteError> {
        let mut tries = Tries::default();
        loop {
            let leave = self.leave().await;
            match self.read(&leave, blob).await {
                Ok(content) => return Ok(content),
                Err(error) => self.recover(&leave, error, &mut tries, None).await?,
            }
        }
    }

    async fn read(&self, leave: &Leave, blob: &Blob) -> Result<Bytes, RemoteError> {
        let mut stream = leave.oci.pull_blob_stream(&self.at_tag("latest"), blob.digest.as_str()).await?;
        let mut content = BytesMut::new();
        while let Some(piece) = stream.next().await {
            content.extend_from_slice(&piece.map_err(|error| broken(&error))?);
            if content.len() as u64 > DOCUMENT_LIMIT {
                return Err(RemoteError::Invalid(format!(
                    "the registry's answer is longer than {DOCUMENT_LIMIT} bytes"
                )));
            }
        }
        Ok(content.freeze())
    }

    async fn brought(&self, store: &Store, blob: &Blob, progress: Option<&Progress>) -> Result<Brought, RemoteError> {
        let mut meter = progress.map(|progress| progress.meter(&blob.digest, "Downloading", blob.size));
        let mut ingest = store.ingest(blob);
        let (mut tries, mut before, mut mended) = (Tries::default(), 0, false);
        loop {
            let leave = self.leave().await;
            let Err(error) = self.receive(&leave, &mut ingest, blob, meter.as_mut()).await else { break };
            if ingest.received() >= before + STRIDE {
                tries.progressed();
            }
            before = ingest.received();
            mended |= before > 0;
            let layer = progress.map(|progress| (progress, &blob.digest));
            self.recover(&leave, error, &mut tries, layer).await?;
        }
        match ingest.finish().await {
            Ok(()) => Ok(Brought::Whole),
            Err(error @ StoreError::DigestMismatch { .. }) if mended => Ok(Brought::Mended(error)),
            Err(error) => Err(error.into()),
        }
    }

    /// What is still missing.
    async fn receive(
        &self,
        leave: &Leave,
        ingest: &mut Ingest,
        blob: &Blob,
        mut meter: Option<&mut Meter>,
    ) -> Result<(), RemoteError> {
        let from = ingest.received();
        if from == blob.size {
            return Ok(());
        }
        // With a range, even one of everything, what comes is hashed once: by the store.
        let reference = self.at_tag("latest");
        let asked = leave.oci.pull_blob_stream_partial(&reference, blob.digest.as_str(), from, None);
        let answer = timeout(SILENCE, asked).await.map_err(|_| RemoteError::stalled("cannot download"))??;
        let mut stream = match answer {
            BlobResponse::Partial(stream) => stream,
            BlobResponse::Full(stream) => {
                if from > 0 {
                    ingest.start_over().await?;
                }
                stream
            }
        };
        loop {
            let next = timeout(SILENCE, stream.next()).await.map_err(|_| RemoteError::stalled("cannot download"))?;
            let Some(piece) = next else { break };
            let piece = piece.map_err(|error| broken(&error))?;
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

fn broken(error: &std::io::Error) -> RemoteError {
    RemoteError::Transport { what: "the connection to the registry broke", cause: super::failure::root_cause(error) }
}

#[derive(Debug)]
enum Brought {
    Whole,
    /// All came, in more than one piece, and it is not what it should be.
    Mended(StoreError),
}

impl PartialEq for Brought {
    fn eq(&self, other: &Self) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(other)
    }
}
