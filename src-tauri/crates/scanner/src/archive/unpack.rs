//! From a layer's file to the bytes of its tar archive.
//!
//! What the bytes are is told by their beginning, not by the media type: registries are full of layers with a wrong one.

use std::{
    fs::File,
    io::{BufRead, BufReader, Read},
    path::Path,
};

use flate2::bufread::MultiGzDecoder;

use crate::error::Fault;
use crate::gauge::{Gauge, Watched};

const BUFFER: usize = 64 << 10;
/// Frames that need a larger window are refused: 32 MiB is what the encoders' highest usual levels use.
const ZSTD_WINDOW_LOG: u32 = 25;
/// Where a tar header says `ustar`.
const USTAR: std::ops::Range<usize> = 257..262;

/// The archive of a layer, decompressed as it is read.
pub(crate) type Stream<'g, 'a> = BufReader<Watched<'g, 'a, Box<dyn Read>>>;

/// Opens a layer, whose media type must be that of one.
pub(crate) fn open<'g, 'a>(gauge: &'g Gauge<'a>, path: &Path, media_type: &str) -> Result<Stream<'g, 'a>, Fault> {
    if !is_layer(media_type) {
        return Err(Fault::MediaType(media_type.to_owned()));
    }
    let file = File::open(path).map_err(Fault::Io)?;
    let packed = file.metadata().map_err(Fault::Io)?.len();
    let decoder = decoder(file, media_type)?;
    Ok(BufReader::with_capacity(BUFFER, gauge.watch(decoder, packed)))
}

/// `application/vnd.oci.image.layer.v1.tar+gzip`, `application/vnd.docker.image.rootfs.diff.tar.gzip`, their
/// `nondistributable` and `foreign` kin. An encrypted layer's ends in `+encrypted`.
fn is_layer(media_type: &str) -> bool {
    let media_type = media_type.to_ascii_lowercase();
    let known = media_type.starts_with("application/vnd.oci.image.layer.")
        || media_type.starts_with("application/vnd.docker.image.rootfs.");
    known && !media_type.ends_with("encrypted")
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

/// Archives from before `ustar` have no magic: that they are archives shows in their headers' checksums.
fn is_plain(media_type: &str) -> bool {
    media_type.ends_with("tar")
}
