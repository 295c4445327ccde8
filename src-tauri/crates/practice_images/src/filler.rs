//! Incompressible bytes, the same on every machine, in place of the real image's programs.

use std::io::{self, Read};

/// The start of every file of filler, which identifies it.
const NOTICE: &[u8] = b"Image Security Lab replica: pseudo-random filler, no program\n";
const GAMMA: u64 = 0x9e37_79b9_7f4a_7c15;

/// A reader of `len` bytes generated from a seed.
#[derive(Debug, Clone)]
pub(crate) struct Filler {
    seed: u64,
    at: u64,
    len: u64,
}

impl Filler {
    /// Filler with a seed derived from the name.
    pub(crate) fn new(name: &str, len: u64) -> Self {
        // FNV-1a: sufficient to distinguish a few names.
        let seed = name.bytes().fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
        });
        Self { seed, at: 0, len }
    }

    pub(crate) fn len(&self) -> u64 {
        self.len
    }

    /// The word at an index of the `SplitMix64` sequence (Steele, Lea and Flood 2014).
    fn word(&self, index: u64) -> [u8; 8] {
        let mut z = self.seed.wrapping_add(GAMMA.wrapping_mul(index + 1));
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)).to_le_bytes()
    }
}

impl Read for Filler {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let len = (buffer.len() as u64).min(self.len - self.at) as usize;
        let buffer = &mut buffer[..len];
        let (index, within) = (self.at / 8, (self.at % 8) as usize);
        // The rest of a word that an earlier read started, then complete words, then the start of a word.
        let (head, words) = buffer.split_at_mut(((8 - within) % 8).min(len));
        head.copy_from_slice(&self.word(index)[within..][..head.len()]);
        for (chunk, index) in words.chunks_mut(8).zip(index + u64::from(within > 0)..) {
            chunk.copy_from_slice(&self.word(index)[..chunk.len()]);
        }
        if let Some(notice) = NOTICE.get(self.at as usize..) {
            for (byte, letter) in buffer.iter_mut().zip(notice) {
                *byte = *letter;
            }
        }
        self.at += len as u64;
        Ok(len)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn in_pieces(piece: usize) -> Vec<u8> {
        let mut filler = Filler::new("a file", 1000);
        let mut all = Vec::new();
        let mut buffer = vec![0; piece];
        while let read @ 1.. = filler.read(&mut buffer).unwrap() {
            all.extend_from_slice(&buffer[..read]);
        }
        all
    }

    #[test]
    fn the_bytes_do_not_depend_on_the_size_of_reads() {
        assert_eq!(in_pieces(4096).len(), 1000);
        assert!(in_pieces(4096).starts_with(NOTICE));
        for piece in [1, 3, 8, 13, 999] {
            assert_eq!(in_pieces(piece), in_pieces(4096), "pieces of {piece}");
        }
    }

    #[test]
    fn the_bytes_are_the_same_on_every_machine() {
        // The words of a filler with the seed 0 are those published for SplitMix64 started at 0.
        let filler = Filler { seed: 0, at: 0, len: 64 };
        assert_eq!(u64::from_le_bytes(filler.word(0)), 0xe220_a839_7b1d_cdaf);
        assert_eq!(u64::from_le_bytes(filler.word(1)), 0x6e78_9e6a_a1b9_65f4);
    }
}
