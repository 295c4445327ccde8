//! Storing a file whose digest is not known before it was read.

use std::io::{self, Read, Write};

use oci::{Algorithm, Digest, Hasher};

use super::{
    Pin, Store,
    error::{At, StoreError},
};

/// How many bytes are read at a time.
const PIECE: usize = 128 << 10;

/// Why a file was not stored.
#[derive(Debug)]
pub(crate) enum ReceiveError {
    /// It could not be read.
    Read(io::Error),
    /// It could not be written.
    Store(StoreError),
}

/// A file that was stored.
pub(crate) struct Received {
    pub(crate) digest: Digest,
    /// Its size in bytes.
    pub(crate) size: u64,
    /// Whether the store did not have it before.
    pub(crate) is_new: bool,
    /// Keeps it from being collected.
    pub(crate) pin: Pin,
}

impl From<StoreError> for ReceiveError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl Store {
    /// Stores a file under its digest by this hash function. Blocks.
    pub(crate) fn receive(&self, content: &mut impl Read, algorithm: Algorithm) -> Result<Received, ReceiveError> {
        let unfinished = self.0.disk.unfinished();
        let (mut file, mut hasher, mut size) = (self.0.disk.pending()?, Hasher::new(algorithm), 0);
        let mut buffer = vec![0; PIECE];
        loop {
            let length = match content.read(&mut buffer) {
                Ok(0) => break,
                Ok(length) => length,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(ReceiveError::Read(error)),
            };
            hasher.update(&buffer[..length]);
            file.write_all(&buffer[..length]).at(&unfinished)?;
            size += length as u64;
        }
        let digest = hasher.finish();
        let pin = self.pin([digest.clone()]);
        let is_new = self.0.disk.complete_blob(&digest, size).is_none();
        if is_new {
            let path = self.0.disk.blob(&digest);
            file.commit(&path).at(&path)?;
        }
        Ok(Received { digest, size, is_new, pin })
    }
}
