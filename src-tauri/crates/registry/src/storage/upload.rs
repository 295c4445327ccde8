//! Uploads: content is streamed to a file and hashed, then published under its digest. Receiving and writing overlap: while
//! one batch is written, the next one is received.

use std::{
    collections::HashMap,
    io::{self, Read as _, Seek as _, Write},
    mem,
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, Instant},
};

use atomic_file::{Options, PendingFile};
use bytes::Bytes;
use futures::{Stream, StreamExt};
use sha2::{Digest as _, Sha256};
use tokio::{sync::Mutex, task::JoinHandle};
use uuid::Uuid;

use super::disk::Disk;
use crate::error::{At, StorageError};
use oci::{Algorithm, Digest, Hasher};

/// How many bytes are collected before they are written; an upload holds two or three times that in memory.
pub(super) const BATCH: usize = 1 << 20;

/// Uploads that were not used for this long are dropped when another one starts.
const ABANDONED_AFTER: Duration = Duration::from_hours(24);

/// The id of an upload.
pub type UploadId = Uuid;

/// What an upload has received.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UploadParts {
    /// Bytes in total.
    pub size: u64,
    /// Bytes of the shortest part but for the last one; `None` if there are no two.
    pub shortest_but_last: Option<u64>,
}

/// The uploads in progress.
#[derive(Debug, Default)]
pub(crate) struct Uploads(HashMap<UploadId, Entry>);

#[derive(Debug)]
struct Entry {
    repository: String,
    used_at: Instant,
    upload: Arc<Mutex<Upload>>,
}

/// One upload. It survives a broken connection, and ends when the disk fails.
#[derive(Debug)]
pub(crate) struct Upload {
    part: Option<Part>,
    offset: u64,
    last_part: Option<u64>,
    shortest_but_last: Option<u64>,
}

/// The file of an upload; removed unless it was published. It is created with the first content.
#[derive(Debug)]
pub(super) struct Part {
    folder: PathBuf,
    file: Option<PendingFile>,
    hasher: Sha256,
    pub(super) size: u64,
}

impl Uploads {
    /// Starts an upload, and drops the abandoned ones.
    pub(super) fn begin(&mut self, repo: &str, disk: &Disk) -> UploadId {
        let upload = Arc::new(Mutex::new(Upload::new(disk)));
        self.0.retain(|_, entry| entry.used_at.elapsed() < ABANDONED_AFTER);
        let id = Uuid::new_v4();
        self.0.insert(id, Entry { repository: repo.to_owned(), used_at: Instant::now(), upload });
        id
    }

    pub(super) fn remove(&mut self, id: UploadId) -> bool {
        self.0.remove(&id).is_some()
    }

    pub(super) fn remove_of(&mut self, repo: &str) {
        self.0.retain(|_, entry| entry.repository != repo);
    }

    pub(super) fn use_upload(&mut self, repo: &str, id: UploadId) -> Result<Arc<Mutex<Upload>>, StorageError> {
        let entry = self.0.get_mut(&id).filter(|entry| entry.repository == repo).ok_or(StorageError::UploadUnknown)?;
        entry.used_at = Instant::now();
        Ok(Arc::clone(&entry.upload))
    }
}

impl Upload {
    fn new(disk: &Disk) -> Self {
        Self { part: Some(Part::new(disk)), offset: 0, last_part: None, shortest_but_last: None }
    }

    /// What was received.
    pub(super) fn parts(&self) -> UploadParts {
        UploadParts { size: self.offset, shortest_but_last: self.shortest_but_last }
    }

    /// Whether it can take more content.
    pub(super) fn is_open(&self) -> bool {
        self.part.is_some()
    }

    /// The received content. The upload accepts no more.
    pub(super) fn close(&mut self) -> Result<Part, StorageError> {
        self.part.take().ok_or(StorageError::UploadUnknown)
    }

    /// How many bytes were received.
    pub(crate) fn offset(&self) -> u64 {
        self.offset
    }

    /// Appends the content and returns its length. If the future is dropped, the upload cannot be continued.
    pub(crate) async fn receive<E: std::fmt::Display>(
        &mut self,
        mut content: impl Stream<Item = Result<Bytes, E>> + Unpin,
    ) -> Result<u64, StorageError> {
        let start = self.offset;
        let mut writer = Writer::Idle(self.close()?);
        let mut batch = Vec::new();
        let mut collected = 0;
        let mut broken = None;
        while broken.is_none()
            && let Some(frame) = content.next().await
        {
            match frame {
                Ok(frame) => {
                    collected += frame.len();
                    batch.push(frame);
                }
                Err(error) => broken = Some(error.to_string()),
            }
            if collected >= BATCH {
                writer = writer.write(mem::take(&mut batch)).await?;
                collected = 0;
            }
        }
        if collected > 0 {
            writer = writer.write(batch).await?;
        }
        let part = writer.idle().await?;
        self.offset = part.size;
        self.part = Some(part);
        if let Some(reason) = broken {
            return Err(StorageError::ContentBroken { reason });
        }
        let received = self.offset - start;
        if let Some(before) = self.last_part.replace(received) {
            self.shortest_but_last = Some(self.shortest_but_last.map_or(before, |shortest| shortest.min(before)));
        }
        Ok(received)
    }
}

/// A part, idle or being written to.
enum Writer {
    Idle(Part),
    Busy(JoinHandle<Result<Part, StorageError>>),
}

impl Writer {
    /// Starts to write the batch as soon as the previous one is written.
    async fn write(self, batch: Vec<Bytes>) -> Result<Self, StorageError> {
        let mut part = self.idle().await?;
        let write = move || part.append(&batch).at(&part.folder.clone()).map(|()| part);
        Ok(Self::Busy(tokio::task::spawn_blocking(write)))
    }

    async fn idle(self) -> Result<Part, StorageError> {
        match self {
            Self::Idle(part) => Ok(part),
            Self::Busy(writing) => match writing.await {
                Ok(result) => result,
                Err(failed) => Err(StorageError::ContentBroken { reason: failed.to_string() }),
            },
        }
    }
}

impl Part {
    fn new(disk: &Disk) -> Self {
        Self { folder: disk.uploads(), file: None, hasher: Sha256::new(), size: 0 }
    }

    fn append(&mut self, batch: &[Bytes]) -> io::Result<()> {
        let file = match &mut self.file {
            Some(file) => file,
            none => none.insert(PendingFile::create(&self.folder, Options::SHARED.unsynced())?),
        };
        let mut writer = io::BufWriter::with_capacity(128 << 10, file);
        for frame in batch {
            writer.write_all(frame)?;
            self.hasher.update(frame);
            self.size += frame.len() as u64;
        }
        writer.flush()
    }

    /// The digest of the received content. May be called once. Only SHA-256 is computed while content is received, since nearly
    /// all clients use that; for another hash function the content is read again.
    pub(super) fn digest(&mut self, algorithm: Algorithm) -> io::Result<Digest> {
        if algorithm == Algorithm::Sha256 {
            return Ok(Digest::from_hasher(mem::take(&mut self.hasher)));
        }
        let mut hasher = Hasher::new(algorithm);
        if let Some(file) = &mut self.file {
            let file = file.as_file_mut();
            file.rewind()?;
            let mut buffer = vec![0; BATCH];
            loop {
                match file.read(&mut buffer) {
                    Ok(0) => break,
                    Ok(length) => hasher.update(&buffer[..length]),
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                    Err(error) => return Err(error),
                }
            }
        }
        Ok(hasher.finish())
    }

    /// Gives the content its name.
    pub(super) fn publish(&mut self, path: &Path) -> io::Result<()> {
        if self.file.is_none() {
            // Content of no bytes was never appended.
            self.append(&[])?;
        }
        self.file.take().map_or(Ok(()), |file| file.commit(path))
    }
}
