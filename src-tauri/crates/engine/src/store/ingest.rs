//! Storing a blob while it is received: it is hashed and written on a thread of its own, so that the network need not wait.

use std::io::Write;

use bytes::Bytes;
use tokio::{
    sync::mpsc::{self, Receiver, Sender},
    task::JoinHandle,
};

use super::{
    Store,
    error::{At, StoreError},
};
use oci::{Blob, Digest, Hasher};

/// How many pieces are buffered for the writer. This bounds the memory that a blob takes.
const PIECE_BUFFER: usize = 8;

/// A blob that is being received. Dropped before it is finished, it leaves nothing.
pub(crate) struct Ingest {
    blob: Blob,
    received: u64,
    pieces: Sender<Piece>,
    writer: JoinHandle<Result<(), StoreError>>,
}

enum Piece {
    Content(Bytes),
    /// The content starts again from the beginning.
    StartOver,
    End,
}

impl Store {
    pub(crate) fn ingest(&self, blob: &Blob) -> Ingest {
        let (pieces, waiting) = mpsc::channel(PIECE_BUFFER);
        let (store, expected) = (self.clone(), blob.digest.clone());
        let writer = tokio::task::spawn_blocking(move || write(&store, waiting, &expected));
        Ingest { blob: blob.clone(), received: 0, pieces, writer }
    }
}

impl Ingest {
    /// How many bytes were received so far.
    pub(crate) fn received(&self) -> u64 {
        self.received
    }

    /// Adds the next bytes. Fails if there are more than the blob has.
    pub(crate) async fn write(&mut self, content: Bytes) -> Result<(), StoreError> {
        let received = self.received + content.len() as u64;
        if received > self.blob.size {
            return Err(self.wrong_size(received));
        }
        self.send(Piece::Content(content)).await?;
        self.received = received;
        Ok(())
    }

    /// Discards what was received so far.
    pub(crate) async fn start_over(&mut self) -> Result<(), StoreError> {
        self.received = 0;
        self.send(Piece::StartOver).await
    }

    /// Publishes the blob, if the content has its digest and size.
    pub(crate) async fn finish(mut self) -> Result<(), StoreError> {
        if self.received != self.blob.size {
            return Err(self.wrong_size(self.received));
        }
        self.send(Piece::End).await?;
        self.writer.await.unwrap_or(Err(StoreError::Stopping))
    }

    async fn send(&mut self, piece: Piece) -> Result<(), StoreError> {
        if self.pieces.send(piece).await.is_ok() {
            return Ok(());
        }
        // The writer has stopped and says why.
        match (&mut self.writer).await {
            Ok(Err(error)) => Err(error),
            _ => Err(StoreError::Stopping),
        }
    }

    fn wrong_size(&self, actual: u64) -> StoreError {
        StoreError::SizeMismatch { digest: self.blob.digest.clone(), expected: self.blob.size, actual }
    }
}

/// Writes the pieces, and publishes the blob after the last one. Does nothing more once the sender is gone.
fn write(store: &Store, mut pieces: Receiver<Piece>, expected: &Digest) -> Result<(), StoreError> {
    let mut file = store.0.disk.pending()?;
    let mut hasher = Hasher::new(expected.algorithm());
    loop {
        match pieces.blocking_recv() {
            Some(Piece::Content(content)) => {
                hasher.update(&content);
                file.write_all(&content).at(&store.0.disk.unfinished())?;
            }
            Some(Piece::StartOver) => {
                file.clear().at(&store.0.disk.unfinished())?;
                hasher = Hasher::new(expected.algorithm());
            }
            Some(Piece::End) => break,
            None => return Ok(()),
        }
    }
    let actual = hasher.finish();
    if actual != *expected {
        return Err(StoreError::DigestMismatch { expected: expected.clone(), actual });
    }
    let path = store.0.disk.blob(expected);
    file.commit(&path).at(&path)
}
