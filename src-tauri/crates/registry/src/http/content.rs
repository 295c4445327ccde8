//! A file as the body of an answer: read in big pieces, the next one while the former is being sent.

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

/// A download holds two of these at most.
const PIECE: u64 = 512 << 10;

/// These bytes of the file.
pub(super) async fn of_file(path: PathBuf, range: Range<u64>) -> io::Result<Body> {
    let open = move || Reading::open(&path, range)?.piece();
    let (first, rest) = joined(spawn_blocking(open)).await?;
    if rest.left == 0 {
        return Ok(Body::from(first));
    }
    let pieces = stream::try_unfold(rest.ahead(), |ahead| async {
        let Some(ahead) = ahead else { return Ok::<_, io::Error>(None) };
        let (piece, rest) = joined(ahead).await?;
        Ok(Some((piece, rest.ahead())))
    });
    Ok(Body::from_stream(stream::once(async { Ok(first) }).chain(pieces)))
}

struct Reading {
    file: File,
    left: u64,
}

type Ahead = JoinHandle<io::Result<(Bytes, Reading)>>;

impl Reading {
    fn open(path: &PathBuf, range: Range<u64>) -> io::Result<Self> {
        let mut file = File::open(path)?;
        file.seek(SeekFrom::Start(range.start))?;
        Ok(Self { file, left: range.end - range.start })
    }

    /// A file that turns out too short breaks the answer off: the client must not take the half for the whole.
    fn piece(mut self) -> io::Result<(Bytes, Self)> {
        let length = self.left.min(PIECE);
        let mut piece = Vec::with_capacity(length as usize);
        self.file.by_ref().take(length).read_to_end(&mut piece)?;
        if piece.len() as u64 != length {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        self.left -= length;
        Ok((piece.into(), self))
    }

    fn ahead(self) -> Option<Ahead> {
        (self.left > 0).then(|| spawn_blocking(move || self.piece()))
    }
}

async fn joined(ahead: Ahead) -> io::Result<(Bytes, Reading)> {
    ahead.await.map_err(io::Error::other)?
}
