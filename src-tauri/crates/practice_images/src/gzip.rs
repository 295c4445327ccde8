//! gzip (RFC 1952) with stored deflate blocks only (RFC 1951 §3.2.4).
//!
//! The output of compressors differs from version to version. That of stored blocks does not, so a layer has the same digest
//! wherever it is built. The filler in the layers would not compress anyway.

use std::io::{self, Write};

/// The greatest length of a stored block, which has 16 bits.
const BLOCK: usize = 65_535;
/// Deflate, no flags, no time, no extra flags, unknown system.
const HEADER: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];

pub(crate) struct StoredGzip<W> {
    inner: W,
    block: Vec<u8>,
    crc: crc32fast::Hasher,
    len: u32,
}

impl<W: Write> StoredGzip<W> {
    pub(crate) fn new(mut inner: W) -> io::Result<Self> {
        inner.write_all(&HEADER)?;
        Ok(Self { inner, block: Vec::with_capacity(BLOCK), crc: crc32fast::Hasher::new(), len: 0 })
    }

    pub(crate) fn finish(mut self) -> io::Result<W> {
        self.write_block(true)?;
        self.inner.write_all(&self.crc.finalize().to_le_bytes())?;
        self.inner.write_all(&self.len.to_le_bytes())?;
        Ok(self.inner)
    }

    fn write_block(&mut self, last: bool) -> io::Result<()> {
        let len = u16::try_from(self.block.len()).expect("a block is at most 65,535 bytes").to_le_bytes();
        self.inner.write_all(&[u8::from(last), len[0], len[1], !len[0], !len[1]])?;
        self.inner.write_all(&self.block)?;
        self.block.clear();
        Ok(())
    }
}

impl<W: Write> Write for StoredGzip<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.block.len() == BLOCK {
            self.write_block(false)?;
        }
        let accepted = &bytes[..bytes.len().min(BLOCK - self.block.len())];
        self.block.extend_from_slice(accepted);
        self.crc.update(accepted);
        // The format stores the length modulo 2^32.
        self.len = self.len.wrapping_add(accepted.len() as u32);
        Ok(accepted.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn another_implementation_reads_the_same_bytes() {
        for len in [0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK + 7] {
            let bytes: Vec<u8> = (0..len).map(|at| (at % 251) as u8).collect();
            let mut gzip = StoredGzip::new(Vec::new()).unwrap();
            gzip.write_all(&bytes).unwrap();
            let stored = gzip.finish().unwrap();
            let mut back = Vec::new();
            flate2::read::GzDecoder::new(&stored[..]).read_to_end(&mut back).unwrap();
            assert!(back == bytes, "{len} bytes");
        }
    }
}
