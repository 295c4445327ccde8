//! A finding as it is stored: JSON, packed by zstd with a dictionary that has seen findings before. Most of a finding is
//! the same from one to the next, and what need not be written need not be waited for.
//!
//! What is stored is read with the dictionary that it was written with: `dictionary.txt` may not change but with a
//! migration that packs every finding anew.

use std::io;

use zstd::bulk::{Compressor, Decompressor};
use zstd::zstd_safe;

use crate::{Finding, FindingsError};

const DICTIONARY: &[u8] = include_bytes!("document/dictionary.txt");
const LEVEL: i32 = 1;
/// No finding is near as long; a damaged file can say anything.
const LONGEST: u64 = 64 << 20;

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
        let length = zstd_safe::get_frame_content_size(packed).ok().flatten().filter(|length| *length <= LONGEST);
        let length = length.ok_or_else(|| io::Error::other("its length is not known"))?;
        self.json.clear();
        self.json.reserve(length as usize);
        self.decompressor.decompress_to_buffer(packed, &mut self.json)?;
        Ok(())
    }
}
