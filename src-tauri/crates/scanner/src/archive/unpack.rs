//! Decompressing a layer's file to its tar archive.
//!
//! The format is detected from the first bytes, not from the media type, which is wrong for many layers in registries.

use std::{
    fs::File,
    io::{self, BufRead, BufReader, Read},
    path::Path,
};

use flate2::bufread::GzDecoder;
use zstd::stream::read::Decoder as ZstdDecoder;

use crate::budget::{Budget, LimitedReader};
use crate::error::{ExceededLimit, Fault};

const BUFFER: usize = 64 << 10;
/// Frames that need a larger window are rejected: 32 MiB is what encoders use at their highest usual levels.
const ZSTD_WINDOW_LOG: u32 = 25;
/// What the library's error says then.
const ZSTD_WINDOW_ERROR: &str = "Frame requires too much memory for decoding";
/// The position of `ustar` in a tar header.
const USTAR: std::ops::Range<usize> = 257..262;
/// The size of a tar archive's blocks, of which an empty one has only zeros.
const BLOCK: usize = 512;

/// A layer's archive, decompressed while it is read.
pub(crate) type Stream<'g, 'a> = BufReader<LimitedReader<'g, 'a, Box<dyn Read>>>;

/// Opens a layer.
///
/// # Errors
///
/// [`Fault::MediaType`] if the media type is not that of a layer.
pub(crate) fn open<'g, 'a>(budget: &'g Budget<'a>, path: &Path, media_type: &str) -> Result<Stream<'g, 'a>, Fault> {
    if !is_layer(media_type) {
        return Err(Fault::MediaType(media_type.to_owned()));
    }
    let file = File::open(path).map_err(Fault::Io)?;
    let packed = file.metadata().map_err(Fault::Io)?.len();
    let decoder = decoder(file, media_type)?;
    Ok(BufReader::with_capacity(BUFFER, budget.limit(decoder, packed)))
}

/// `application/vnd.oci.image.layer.v1.tar+gzip`, `application/vnd.docker.image.rootfs.diff.tar.gzip`, their
/// `nondistributable` and `foreign` variants. The media type of an encrypted layer ends in `+encrypted`.
fn is_layer(media_type: &str) -> bool {
    let media_type = media_type.to_ascii_lowercase();
    let is_layer = media_type.starts_with("application/vnd.oci.image.layer.")
        || media_type.starts_with("application/vnd.docker.image.rootfs.");
    is_layer && !media_type.ends_with("encrypted")
}

fn decoder(file: File, media_type: &str) -> Result<Box<dyn Read>, Fault> {
    let mut file = BufReader::with_capacity(BUFFER, file);
    if Member::is_next(file.fill_buf()?) {
        return Ok(Box::new(Members(Some(Member::open(file)?))));
    }
    let start = file.fill_buf()?;
    let is_empty_tar = start.get(..BLOCK).is_some_and(|block| block.iter().all(|byte| *byte == 0));
    if is_empty_tar || start.get(USTAR).is_some_and(|magic| magic == b"ustar") || is_plain(media_type) {
        return Ok(Box::new(file));
    }
    Err(Fault::broken("it is neither a gzip, a zstd nor a tar archive"))
}

/// Whether the media type is that of an uncompressed archive. Formats older than `ustar` have no magic bytes; the checksums
/// of their headers identify them.
fn is_plain(media_type: &str) -> bool {
    media_type.ends_with("tar")
}

/// The members of a gzip file or the frames of a zstd file, one after the other. What follows the last one is ignored, as by
/// the programs: some builders pad their layers. An archive that lacks something because of it ends early, and that is an
/// error.
struct Members(Option<Member>);

enum Member {
    Gzip(Box<GzDecoder<BufReader<File>>>),
    Zstd(Box<ZstdDecoder<'static, BufReader<File>>>),
}

impl Read for Members {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let Some(member) = &mut self.0 else { return Ok(0) };
            let read = member.read(buffer)?;
            if read > 0 || buffer.is_empty() {
                return Ok(read);
            }
            let Some(member) = self.0.take() else { return Ok(0) };
            let mut file = member.into_file();
            if Member::is_next(file.fill_buf()?) {
                self.0 = Some(Member::open(file)?);
            }
        }
    }
}

impl Member {
    fn is_next(start: &[u8]) -> bool {
        Self::is_gzip(start) || Self::is_zstd(start)
    }

    fn is_gzip(start: &[u8]) -> bool {
        matches!(start, [0x1f, 0x8b, ..])
    }

    /// A frame, or a skippable frame.
    fn is_zstd(start: &[u8]) -> bool {
        matches!(start, [0x28, 0xb5, 0x2f, 0xfd, ..] | [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..])
    }

    fn open(mut file: BufReader<File>) -> io::Result<Self> {
        if Self::is_gzip(file.fill_buf()?) {
            return Ok(Self::Gzip(Box::new(GzDecoder::new(file))));
        }
        let mut decoder = ZstdDecoder::with_buffer(file)?.single_frame();
        decoder.window_log_max(ZSTD_WINDOW_LOG)?;
        Ok(Self::Zstd(Box::new(decoder)))
    }

    fn into_file(self) -> BufReader<File> {
        match self {
            Self::Gzip(decoder) => decoder.into_inner(),
            Self::Zstd(decoder) => decoder.finish(),
        }
    }
}

impl Read for Member {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Gzip(decoder) => decoder.read(buffer),
            Self::Zstd(decoder) => decoder.read(buffer).map_err(|error| {
                if error.to_string().contains(ZSTD_WINDOW_ERROR) {
                    Fault::LimitExceeded(ExceededLimit::Window(1 << ZSTD_WINDOW_LOG)).into()
                } else {
                    error
                }
            }),
        }
    }
}
