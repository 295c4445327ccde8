//! Writing one layer: a tar archive, gzipped or plain, streamed to a file while both its digests are computed.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use oci::{Blob, Digest};

use crate::compression::Compression;
use crate::entries::{Entries, Entry, Kind};
use crate::error::PracticeImageError;
use crate::gzip::StoredGzip;
use crate::hashing::Hashing;

/// A layer that is written, but does not have its final name yet.
pub(crate) struct Layer {
    pub(crate) blob: Blob,
    /// The digest of the archive without its compression.
    pub(crate) diff_id: Digest,
    pub(crate) part: PathBuf,
}

/// Writes a layer to the file `part`. All its files have the modification time `mtime`, in seconds since 1970.
pub(crate) fn write(
    part: &Path,
    entries: Entries,
    mtime: u64,
    compression: Compression,
) -> Result<Layer, PracticeImageError> {
    let stream = || -> io::Result<(Digest, Digest, u64)> {
        let file = Hashing::new(BufWriter::with_capacity(1 << 18, File::create_new(part)?));
        let mut archive = tar::Builder::new(Hashing::new(Packed::new(file, compression)?));
        for (path, entry) in entries.into_sorted() {
            append(&mut archive, &path, entry, mtime)?;
        }
        let (packed, diff_id, _) = archive.into_inner()?.finish();
        let (mut file, digest, size) = packed.finish()?.finish();
        file.flush()?;
        Ok((diff_id, digest, size))
    };
    let (diff_id, digest, size) = stream().map_err(PracticeImageError::io(part))?;
    let media_type = compression.layer_media_type().to_owned();
    Ok(Layer { blob: Blob { media_type, digest, size }, diff_id, part: part.to_owned() })
}

fn append<W: Write>(archive: &mut tar::Builder<W>, path: &str, entry: Entry, mtime: u64) -> io::Result<()> {
    let mut header = tar::Header::new_gnu();
    header.set_mtime(mtime);
    header.set_mode(entry.mode);
    header.set_uid(entry.uid);
    header.set_gid(entry.uid);
    header.set_size(0);
    match entry.kind {
        Kind::Folder => {
            header.set_entry_type(tar::EntryType::Directory);
            archive.append_data(&mut header, format!("{path}/"), io::empty())
        }
        Kind::Link(target) => {
            header.set_entry_type(tar::EntryType::Symlink);
            archive.append_link(&mut header, path, target)
        }
        Kind::File(bytes) => {
            header.set_size(bytes.len() as u64);
            archive.append_data(&mut header, path, &bytes[..])
        }
        Kind::Filler(filler) => {
            header.set_size(filler.len());
            archive.append_data(&mut header, path, filler)
        }
    }
}

enum Packed<W> {
    Gzip(StoredGzip<W>),
    Plain(W),
}

impl<W: Write> Packed<W> {
    fn new(inner: W, compression: Compression) -> io::Result<Self> {
        Ok(match compression {
            Compression::Gzip => Self::Gzip(StoredGzip::new(inner)?),
            Compression::Plain => Self::Plain(inner),
        })
    }

    fn finish(self) -> io::Result<W> {
        match self {
            Self::Gzip(gzip) => gzip.finish(),
            Self::Plain(inner) => Ok(inner),
        }
    }
}

impl<W: Write> Write for Packed<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Gzip(gzip) => gzip.write(bytes),
            Self::Plain(inner) => inner.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Gzip(gzip) => gzip.flush(),
            Self::Plain(inner) => inner.flush(),
        }
    }
}
