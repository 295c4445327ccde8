//! A file as the body of a response: read in large chunks, each while the previous one is being sent.

use std::{
    fs::File,
    io::{self, Read, Seek, SeekFrom},
    ops::Range,
    path::PathBuf,
};

use axum::body::Body;
use bytes::Bytes;
use futures::{StreamExt, stream};
use tokio::task::{JoinHandle, spawn_blocking};

/// A download holds two chunks of this size at most.
const CHUNK_SIZE: u64 = 512 << 10;

/// A body of this range of the file.
pub(super) async fn of_file(path: PathBuf, range: Range<u64>) -> io::Result<Body> {
    let open = move || FileReader::open(&path, range)?.chunk();
    let (first, rest) = joined(spawn_blocking(open)).await?;
    if rest.left == 0 {
        return Ok(Body::from(first));
    }
    let chunks = stream::try_unfold(rest.ahead(), |ahead| async {
        let Some(ahead) = ahead else { return Ok::<_, io::Error>(None) };
        let (chunk, rest) = joined(ahead).await?;
        Ok(Some((chunk, rest.ahead())))
    });
    Ok(Body::from_stream(stream::once(async { Ok(first) }).chain(chunks)))
}

struct FileReader {
    file: File,
    left: u64,
}

type ReadAhead = JoinHandle<io::Result<(Bytes, FileReader)>>;

impl FileReader {
    fn open(path: &PathBuf, range: Range<u64>) -> io::Result<Self> {
        let mut file = File::open(path)?;
        file.seek(SeekFrom::Start(range.start))?;
        Ok(Self { file, left: range.end - range.start })
    }

    /// The next chunk. If the file is too short the response is aborted, so that the client does not take it for complete.
    fn chunk(mut self) -> io::Result<(Bytes, Self)> {
        let length = self.left.min(CHUNK_SIZE);
        let mut chunk = Vec::with_capacity(length as usize);
        self.file.by_ref().take(length).read_to_end(&mut chunk)?;
        if chunk.len() as u64 != length {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        self.left -= length;
        Ok((chunk.into(), self))
    }

    fn ahead(self) -> Option<ReadAhead> {
        (self.left > 0).then(|| spawn_blocking(move || self.chunk()))
    }
}

async fn joined(ahead: ReadAhead) -> io::Result<(Bytes, FileReader)> {
    ahead.await.map_err(io::Error::other)?
}
