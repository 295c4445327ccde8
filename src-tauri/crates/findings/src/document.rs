//! The stored form of a finding: JSON, compressed by zstd with a dictionary of typical findings. Most of a finding is the
//! same from one to the next, so compression makes the database smaller and writing faster.
//!
//! A finding is decompressed with the dictionary that it was compressed with: `dictionary.txt` must not change without a
//! migration that compresses every finding again.

use std::io;

use zstd::bulk::{Compressor, Decompressor};
use zstd::zstd_safe;

use crate::error::FindingsError;
use crate::model::Finding;

const DICTIONARY: &[u8] = include_bytes!("document/dictionary.txt");
const LEVEL: i32 = 1;
/// The greatest length that is decompressed, far above that of any finding: a damaged file can claim any length.
const MAX_LENGTH: u64 = 64 << 20;

pub(crate) struct Packer {
    compressor: Compressor<'static>,
    json: Vec<u8>,
}

impl Packer {
    pub(crate) fn new() -> Result<Self, FindingsError> {
        let compressor = Compressor::with_dictionary(LEVEL, DICTIONARY).map_err(FindingsError::Packing)?;
        Ok(Self { compressor, json: Vec::new() })
    }

    pub(crate) fn pack(&mut self, finding: &Finding) -> Result<Vec<u8>, FindingsError> {
        self.json.clear();
        serde_json::to_writer(&mut self.json, finding)?;
        self.compressor.compress(&self.json).map_err(FindingsError::Packing)
    }
}

pub(crate) struct Unpacker {
    decompressor: Decompressor<'static>,
    json: Vec<u8>,
}

impl Unpacker {
    pub(crate) fn new() -> Result<Self, FindingsError> {
        let decompressor = Decompressor::with_dictionary(DICTIONARY).map_err(FindingsError::Packing)?;
        Ok(Self { decompressor, json: Vec::new() })
    }

    /// The finding's JSON.
    pub(crate) fn unpack(&mut self, packed: &[u8]) -> Result<&str, FindingsError> {
        self.unpack_bytes(packed).map_err(FindingsError::Packing)?;
        std::str::from_utf8(&self.json).map_err(|error| FindingsError::Packing(io::Error::other(error)))
    }

    pub(crate) fn finding(&mut self, packed: &[u8]) -> Result<Finding, FindingsError> {
        Ok(serde_json::from_str(self.unpack(packed)?)?)
    }

    fn unpack_bytes(&mut self, packed: &[u8]) -> io::Result<()> {
        let length = zstd_safe::get_frame_content_size(packed).ok().flatten().filter(|length| *length <= MAX_LENGTH);
        let length = length.ok_or_else(|| io::Error::other("its length is not known"))?;
        self.json.clear();
        self.json.reserve(length as usize);
        self.decompressor.decompress_to_buffer(packed, &mut self.json)?;
        Ok(())
    }
}
