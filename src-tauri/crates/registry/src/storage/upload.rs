//! Content on its way in: streamed to a file while it is hashed, then published under its digest. Receiving and writing
//! overlap: while one batch is written, the next one is gathered.

use std::{
    collections::HashMap,
    io::{self, Write},
    mem,
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, Instant},
};

use atomic_file::{Options, PendingFile};
use bytes::Bytes;
use futures::{Stream, StreamExt};
use sha2::{Digest as _, Sha256};
use tokio::{
    sync::{Mutex, OwnedMutexGuard},
    task::JoinHandle,
};
use uuid::Uuid;

use super::{Core, Storage, disk::Disk, lock, read};
use crate::{Digest, StorageError, check_name, error::At};

/// How many bytes are gathered before they are written; an upload holds two or three times that in memory.
pub(super) const BATCH: usize = 1 << 20;

/// Uploads nobody has touched for so long are dropped when another begins.
const ABANDONED: Duration = Duration::from_hours(24);

pub(crate) type UploadId = Uuid;

/// The uploads in progress.
#[derive(Debug, Default)]
pub(crate) struct Uploads(HashMap<UploadId, Entry>);

#[derive(Debug)]
struct Entry {
    repository: String,
    touched: Instant,
    upload: Arc<Mutex<Upload>>,
}

/// One upload. What was received survives a sender that breaks off; a disk that fails ends it.
#[derive(Debug)]
pub(crate) struct Upload {
    part: Option<Part>,
    offset: u64,
}

/// The file of an upload; removed unless it was published. It is created with the first content.
#[derive(Debug)]
struct Part {
    folder: PathBuf,
    file: Option<PendingFile>,
    hasher: Sha256,
    size: u64,
}

impl Storage {
    pub(crate) fn begin_upload(&self, repo: &str) -> Result<UploadId, StorageError> {
        check_name(repo)?;
        let part = Part::new(&self.0.disk);
        let upload = Arc::new(Mutex::new(Upload { part: Some(part), offset: 0 }));
        let mut uploads = lock(&self.0.uploads);
        uploads.0.retain(|_, entry| entry.touched.elapsed() < ABANDONED);
        let id = Uuid::new_v4();
        uploads.0.insert(id, Entry { repository: repo.to_owned(), touched: Instant::now(), upload });
        Ok(id)
    }

    /// The upload for this caller alone; waits while another one has it.
    pub(crate) async fn upload(&self, repo: &str, id: UploadId) -> Result<OwnedMutexGuard<Upload>, StorageError> {
        let upload = lock(&self.0.uploads).touch(repo, id)?;
        let upload = upload.lock_owned().await;
        if upload.part.is_some() { Ok(upload) } else { Err(StorageError::UploadUnknown) }
    }

    /// `false` if there was none.
    pub(crate) fn cancel_upload(&self, repo: &str, id: UploadId) -> bool {
        let mut uploads = lock(&self.0.uploads);
        uploads.touch(repo, id).is_ok() && uploads.remove(id)
    }

    /// Publishes what was received, if it has this digest, and links it to the repository. Answers its size. The upload is
    /// over, whatever the outcome.
    pub(crate) async fn finish_upload(&self, repo: &str, id: UploadId, digest: &Digest) -> Result<u64, StorageError> {
        let part = self.upload(repo, id).await?.part.take().ok_or(StorageError::UploadUnknown)?;
        let (repo, digest) = (repo.to_owned(), digest.clone());
        self.run(move |core| core.publish(&repo, id, part, &digest)).await
    }
}

impl Uploads {
    pub(super) fn remove(&mut self, id: UploadId) -> bool {
        self.0.remove(&id).is_some()
    }

    pub(super) fn remove_of(&mut self, repo: &str) {
        self.0.retain(|_, entry| entry.repository != repo);
    }

    fn touch(&mut self, repo: &str, id: UploadId) -> Result<Arc<Mutex<Upload>>, StorageError> {
        let entry = self.0.get_mut(&id).filter(|entry| entry.repository == repo).ok_or(StorageError::UploadUnknown)?;
        entry.touched = Instant::now();
        Ok(Arc::clone(&entry.upload))
    }
}

impl Upload {
    /// How many bytes were received.
    pub(crate) fn offset(&self) -> u64 {
        self.offset
    }

    /// Appends the content; answers how many bytes it had. Must not be dropped half-way if the upload is to go on.
    pub(crate) async fn receive<E: std::fmt::Display>(
        &mut self,
        mut content: impl Stream<Item = Result<Bytes, E>> + Unpin,
    ) -> Result<u64, StorageError> {
        let start = self.offset;
        let mut writer = Writer::Idle(self.part.take().ok_or(StorageError::UploadUnknown)?);
        let mut batch = Vec::new();
        let mut gathered = 0;
        let mut broken = None;
        while broken.is_none()
            && let Some(frame) = content.next().await
        {
            match frame {
                Ok(frame) => {
                    gathered += frame.len();
                    batch.push(frame);
                }
                Err(error) => broken = Some(error.to_string()),
            }
            if gathered >= BATCH {
                writer = writer.write(mem::take(&mut batch)).await?;
                gathered = 0;
            }
        }
        if gathered > 0 {
            writer = writer.write(batch).await?;
        }
        let part = writer.idle().await?;
        self.offset = part.size;
        self.part = Some(part);
        match broken {
            Some(reason) => Err(StorageError::ContentBroken { reason }),
            None => Ok(self.offset - start),
        }
    }
}

/// A part, here or away being written to.
enum Writer {
    Idle(Part),
    Busy(JoinHandle<Result<Part, StorageError>>),
}

impl Writer {
    /// Begins to write the batch as soon as the former one is written.
    async fn write(self, batch: Vec<Bytes>) -> Result<Self, StorageError> {
        let mut part = self.idle().await?;
        let write = move || part.append(&batch).at(&part.folder.clone()).map(|()| part);
        Ok(Self::Busy(tokio::task::spawn_blocking(write)))
    }

    async fn idle(self) -> Result<Part, StorageError> {
        match self {
            Self::Idle(part) => Ok(part),
            Self::Busy(writing) => match writing.await {
                Ok(outcome) => outcome,
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

    fn publish(&mut self, path: &Path) -> io::Result<()> {
        if self.file.is_none() {
            // Content of no bytes was never appended.
            self.append(&[])?;
        }
        self.file.take().map_or(Ok(()), |file| file.commit(path))
    }
}

impl Core {
    fn publish(&self, repo: &str, id: UploadId, mut part: Part, expected: &Digest) -> Result<u64, StorageError> {
        let _gate = read(&self.gate);
        if !lock(&self.uploads).remove(id) {
            // Its repository was deleted while it arrived.
            return Err(StorageError::UploadUnknown);
        }
        let actual = Digest::from_hasher(mem::take(&mut part.hasher));
        if actual != *expected {
            return Err(StorageError::DigestMismatch { expected: expected.clone(), actual });
        }
        if self.disk.whole_blob(expected, part.size).is_none() {
            let path = self.disk.blob(expected);
            part.publish(&path).at(&path)?;
        }
        let repository = self.repository_or_new(repo)?;
        repository.link(expected, part.size)?;
        Ok(part.size)
    }

    pub(super) fn mount_blob(&self, from: &str, to: &str, digest: &Digest) -> Result<bool, StorageError> {
        let _gate = read(&self.gate);
        let size = self.repository(from).and_then(|source| source.contents().blobs.get(digest).copied());
        match size.filter(|size| self.disk.whole_blob(digest, *size).is_some()) {
            Some(size) => self.repository_or_new(to)?.link(digest, size).map(|()| true),
            None => Ok(false),
        }
    }
}
