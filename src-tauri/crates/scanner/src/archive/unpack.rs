//! Decompressing a layer's file to its tar archive.
//!
//! The format is detected from the first bytes, not from the media type, which is wrong for many layers in registries.

use std::{
    fs::File,
    io::{BufRead, BufReader, Read},
    path::Path,
};

use flate2::bufread::MultiGzDecoder;

use crate::budget::{Budget, LimitedReader};
use crate::error::Fault;

const BUFFER: usize = 64 << 10;
/// Frames that need a larger window are rejected: 32 MiB is what encoders use at their highest usual levels.
const ZSTD_WINDOW_LOG: u32 = 25;
/// The position of `ustar` in a tar header.
const USTAR: std::ops::Range<usize> = 257..262;

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
    let start = file.fill_buf()?;
    match start {
        [0x1f, 0x8b, ..] => Ok(Box::new(MultiGzDecoder::new(file))),
        // A frame, or a skippable frame before it.
        [0x28, 0xb5, 0x2f, 0xfd, ..] | [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..] => {
            let mut decoder = zstd::stream::read::Decoder::with_buffer(file)?;
            decoder.window_log_max(ZSTD_WINDOW_LOG)?;
            Ok(Box::new(decoder))
        }
        _ if start.get(USTAR).is_some_and(|magic| magic == b"ustar") || is_plain(media_type) => Ok(Box::new(file)),
        _ => Err(Fault::broken("it is neither a gzip, a zstd nor a tar archive")),
    }
}

/// Whether the media type is that of an uncompressed archive. Formats older than `ustar` have no magic bytes; the checksums
/// of their headers identify them.
fn is_plain(media_type: &str) -> bool {
    media_type.ends_with("tar")
}
