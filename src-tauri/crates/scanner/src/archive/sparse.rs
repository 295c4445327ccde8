//! Sparse files in tar archives: files with holes, of which only the other parts are stored.
//!
//! GNU tar's own format, and its three versions over PAX headers, differ in where the parts are listed.

use tar::{GnuExtSparseHeader, GnuSparseHeader, Header};

use crate::error::Fault;

/// The greatest number of parts of a file: they are kept while it is read.
const MAX_PARTS: usize = 65_536;

/// The parts of a sparse file, in their order.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct SparseMap {
    /// Offset in the file, and length.
    parts: Vec<(u64, u64)>,
    /// The size of the file with its holes.
    pub(crate) size: u64,
}

/// The next bytes of a sparse file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Next {
    /// This many zeros.
    Hole(u64),
    /// This many bytes of the contents.
    Contents(u64),
    End,
}

impl SparseMap {
    /// The parts as offset and length, alternately. `stored` is the number of bytes that the archive has of them.
    pub(crate) fn new(numbers: &[u64], size: u64, stored: u64) -> Result<Self, Fault> {
        let (pairs, rest) = numbers.as_chunks::<2>();
        let mut end = 0_u64;
        let mut total = 0_u64;
        for [offset, length] in pairs {
            let next = offset.checked_add(*length).filter(|next| *offset >= end && *next <= size);
            (end, total) = (next.ok_or_else(broken)?, total + length);
        }
        if total != stored || !rest.is_empty() || pairs.len() > MAX_PARTS {
            return Err(broken());
        }
        Ok(Self { parts: pairs.iter().map(|[offset, length]| (*offset, *length)).collect(), size })
    }

    /// What is at this position of the file.
    pub(crate) fn next(&self, position: u64) -> Next {
        let after = self.parts.partition_point(|(offset, length)| offset + length <= position);
        match self.parts.get(after) {
            Some((offset, length)) if *offset <= position => Next::Contents(offset + length - position),
            Some((offset, _)) => Next::Hole(offset - position),
            None if position < self.size => Next::Hole(self.size - position),
            None => Next::End,
        }
    }
}

/// The numbers in the header of GNU tar's own format, and whether blocks with more follow.
pub(crate) fn of_header(header: &Header) -> Result<(Vec<u64>, u64, bool), Fault> {
    let gnu = header.as_gnu().ok_or_else(broken)?;
    let mut numbers = Vec::new();
    add(&mut numbers, &gnu.sparse)?;
    Ok((numbers, gnu.real_size().map_err(|_| broken())?, gnu.is_extended()))
}

/// Adds the numbers in a further block. Returns whether another one follows.
pub(crate) fn of_block(numbers: &mut Vec<u64>, block: &[u8; 512]) -> Result<bool, Fault> {
    let mut further = GnuExtSparseHeader::new();
    *further.as_mut_bytes() = *block;
    if numbers.len() < 2 * MAX_PARTS {
        add(numbers, further.sparse())?;
    }
    Ok(further.is_extended())
}

fn add(numbers: &mut Vec<u64>, parts: &[GnuSparseHeader]) -> Result<(), Fault> {
    for part in parts.iter().filter(|part| !part.is_empty()) {
        numbers.push(part.offset().map_err(|_| broken())?);
        numbers.push(part.length().map_err(|_| broken())?);
    }
    Ok(())
}

/// The reader of the numbers that precede the contents in format 1.0: decimal lines, first the number of parts.
#[derive(Debug, Default)]
pub(crate) struct Lines {
    count: Option<u64>,
    digits: Option<u64>,
    pub(crate) numbers: Vec<u64>,
}

impl Lines {
    /// Reads a block. Returns whether the numbers are complete; the rest of the block is padding.
    pub(crate) fn read(&mut self, block: &[u8; 512]) -> Result<bool, Fault> {
        for byte in block {
            match byte {
                b'0'..=b'9' => {
                    let digits = self
                        .digits
                        .unwrap_or(0)
                        .checked_mul(10)
                        .and_then(|ten| ten.checked_add(u64::from(byte - b'0')));
                    self.digits = Some(digits.ok_or_else(broken)?);
                }
                b'\n' => {
                    let number = self.digits.take().ok_or_else(broken)?;
                    match self.count {
                        None if number > MAX_PARTS as u64 => return Err(broken()),
                        None => self.count = Some(number),
                        Some(_) => self.numbers.push(number),
                    }
                    if self.count.is_some_and(|count| self.numbers.len() as u64 == 2 * count) {
                        return Ok(true);
                    }
                }
                _ => return Err(broken()),
            }
        }
        Ok(false)
    }
}

fn broken() -> Fault {
    Fault::broken("the header of a sparse file is broken")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holes_are_between_and_after_the_parts() {
        let map = SparseMap::new(&[10, 5, 20, 5], 40, 10).unwrap();
        let expected = [
            (0, Next::Hole(10)),
            (10, Next::Contents(5)),
            (14, Next::Contents(1)),
            (15, Next::Hole(5)),
            (20, Next::Contents(5)),
            (25, Next::Hole(15)),
            (40, Next::End),
        ];
        for (position, next) in expected {
            assert_eq!(map.next(position), next, "{position}");
        }
        assert_eq!(SparseMap::new(&[5, 0], 5, 0).unwrap().next(5), Next::End);
    }

    #[test]
    fn parts_are_ordered_and_inside_the_file() {
        for (numbers, size, stored) in
            [(&[5, 5, 8, 1][..], 40, 6), (&[5, 5], 8, 5), (&[0, 5], 5, 4), (&[0], 5, 0), (&[u64::MAX, 5], 5, 5)]
        {
            assert!(SparseMap::new(numbers, size, stored).is_err(), "{numbers:?}");
        }
    }
}
