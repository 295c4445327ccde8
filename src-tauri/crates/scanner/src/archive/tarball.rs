//! Streaming reader of tar archives: ustar, GNU and PAX.
//!
//! The `tar` crate decodes the headers. Its iterator is not used, because it reads long names into memory regardless of
//! their length.

use std::io::{self, BufRead, Read};

use tar::{EntryType, Header};

use crate::archive::pax::{self, Extended, SparseHeader};
use crate::archive::sparse::{self, Next, SparseMap};
use crate::budget::Budget;
use crate::error::{ExceededLimit, Fault};

const BLOCK: u64 = 512;
/// The longest extended header that is read: it contains attributes of a file in addition to its path.
const EXTENDED_LIMIT: u64 = 1 << 20;

/// A tar archive.
pub(crate) struct Tarball<'g, 'a, R> {
    reader: R,
    budget: &'g Budget<'a>,
    /// The remaining bytes of the current entry's contents.
    left: u64,
    /// The remaining padding of the current entry's last block.
    padding: u64,
    /// The holes of the current entry, if it is a sparse file, and the position in it.
    sparse: Option<(SparseMap, u64)>,
}

/// An entry's path and kind.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    /// Its path in the image, relative to the root and never above it.
    pub(crate) path: String,
    pub(crate) kind: Kind,
}

#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    File,
    Directory,
    /// Another name for the file at this path.
    HardLink(String),
    /// A link to the path, which is absolute or starts at the folder of the link.
    SymbolicLink(String),
    /// A device: it occupies a path but has no contents.
    Other,
}

impl<'g, 'a, R: BufRead> Tarball<'g, 'a, R> {
    pub(crate) fn new(budget: &'g Budget<'a>, reader: R) -> Self {
        Self { reader, budget, left: 0, padding: 0, sparse: None }
    }

    /// The next entry; `None` at the end of the archive, after the rest of the file has been read.
    pub(crate) fn next(&mut self) -> Result<Option<Entry>, Fault> {
        let mut extended = Extended::default();
        loop {
            self.skip_rest()?;
            let Some(header) = self.header()? else { return Ok(None) };
            let size = header.entry_size().map_err(|_| Fault::broken("an entry's size is broken"))?;
            self.enter(size);
            match header.entry_type() {
                EntryType::XHeader => {
                    let records = pax::parse(&self.contents(EXTENDED_LIMIT)?)?;
                    extended.path = records.path.or(extended.path);
                    extended.link = records.link.or(extended.link);
                    extended.size = records.size.or(extended.size);
                    extended.sparse = records.sparse.or(extended.sparse);
                }
                EntryType::GNULongName => extended.path = Some(self.long_name()?),
                EntryType::GNULongLink => extended.link = Some(self.long_name()?),
                EntryType::XGlobalHeader => {}
                kind => return self.entry(&header, kind, extended).map(Some),
            }
        }
    }

    /// The remaining contents of the current entry.
    pub(crate) fn body(&mut self) -> Body<'_, 'g, 'a, R> {
        Body { budget: self.budget, reader: &mut self.reader, left: &mut self.left, sparse: self.sparse.as_mut() }
    }

    /// The size of the current entry's contents with its holes, according to its header.
    pub(crate) fn size(&self) -> u64 {
        self.sparse.as_ref().map_or(self.left, |(map, _)| map.size)
    }

    fn entry(&mut self, header: &Header, kind: EntryType, mut extended: Extended) -> Result<Entry, Fault> {
        let sparse_path = extended.sparse.as_mut().and_then(|sparse| sparse.path.take());
        let raw_path = sparse_path.or(extended.path).unwrap_or_else(|| header.path_bytes().into_owned());
        let link = extended.link.or_else(|| header.link_name_bytes().map(std::borrow::Cow::into_owned));
        let path = self.image_path(&raw_path)?;
        if let Some(size) = extended.size {
            self.enter(size);
        }
        let kind = match kind {
            EntryType::Regular | EntryType::Continuous if raw_path.ends_with(b"/") => Kind::Directory,
            EntryType::Regular | EntryType::Continuous => {
                if let Some(header) = extended.sparse {
                    self.enter_sparse(header)?;
                }
                Kind::File
            }
            EntryType::GNUSparse => {
                self.enter_gnu_sparse(header)?;
                Kind::File
            }
            // These have no contents, whatever size their header states; Go's reader, and so container engines, do the same.
            EntryType::Directory => self.without_contents(Kind::Directory),
            EntryType::Link => {
                let target = self.image_path(&link.unwrap_or_default())?;
                self.without_contents(Kind::HardLink(target))
            }
            EntryType::Symlink => {
                let link = link.unwrap_or_default();
                self.check_path(&link)?;
                self.without_contents(Kind::SymbolicLink(String::from_utf8_lossy(&link).into_owned()))
            }
            EntryType::Char | EntryType::Block | EntryType::Fifo => self.without_contents(Kind::Other),
            _ => Kind::Other,
        };
        Ok(Entry { path, kind })
    }

    fn enter(&mut self, size: u64) {
        self.left = size;
        self.padding = (BLOCK - size % BLOCK) % BLOCK;
        self.sparse = None;
    }

    fn without_contents(&mut self, kind: Kind) -> Kind {
        self.enter(0);
        kind
    }

    /// The next header; `None` at the end of the archive.
    fn header(&mut self) -> Result<Option<Header>, Fault> {
        self.budget.entry()?;
        let mut header = Header::new_old();
        let block = header.as_mut_bytes();
        if !fill(&mut self.reader, block)? {
            return Ok(None);
        }
        if block.iter().all(|byte| *byte == 0) {
            self.drain()?;
            return Ok(None);
        }
        let stored = header.cksum().map_err(|_| Fault::broken("it is not a tar archive"))?;
        let block = header.as_bytes();
        // The checksum field itself counts as spaces.
        let sum: u32 = block[..148].iter().chain(&block[156..]).map(|byte| u32::from(*byte)).sum::<u32>() + 8 * 32;
        if sum != stored {
            return Err(Fault::broken("a header of its tar archive is broken"));
        }
        Ok(Some(header))
    }

    /// GNU tar's own format: the parts of the file are in the header and in blocks after it.
    fn enter_gnu_sparse(&mut self, header: &Header) -> Result<(), Fault> {
        let (mut numbers, size, mut more) = sparse::of_header(header)?;
        while more {
            self.budget.entry()?;
            let mut block = [0; BLOCK as usize];
            if !fill(&mut self.reader, &mut block)? {
                return Err(Fault::broken("it ends early"));
            }
            more = sparse::of_block(&mut numbers, &block)?;
        }
        self.sparse = Some((SparseMap::new(&numbers, size, self.left)?, 0));
        Ok(())
    }

    /// The PAX formats: the parts of the file are in the extended header, or in front of its contents.
    fn enter_sparse(&mut self, mut header: SparseHeader) -> Result<(), Fault> {
        if header.in_contents {
            let mut lines = sparse::Lines::default();
            let mut block = [0; BLOCK as usize];
            loop {
                self.body().read_exact(&mut block)?;
                if lines.read(&block)? {
                    break;
                }
            }
            header.numbers = lines.numbers;
        }
        let size = header.size.unwrap_or(self.left);
        self.sparse = Some((SparseMap::new(&header.numbers, size, self.left)?, 0));
        Ok(())
    }

    fn long_name(&mut self) -> Result<Vec<u8>, Fault> {
        let mut name = self.contents(self.budget.limits.path + 1)?;
        if name.last() == Some(&0) {
            name.pop();
        }
        Ok(name)
    }

    fn contents(&mut self, limit: u64) -> Result<Vec<u8>, Fault> {
        if self.left > limit {
            return Err(Fault::LimitExceeded(ExceededLimit::Path(limit)));
        }
        let mut contents = Vec::new();
        self.body().read_to_end(&mut contents)?;
        Ok(contents)
    }

    /// The normalized path in the image.
    fn image_path(&self, raw: &[u8]) -> Result<String, Fault> {
        self.check_path(raw)?;
        Ok(normalize(&String::from_utf8_lossy(raw)))
    }

    fn check_path(&self, raw: &[u8]) -> Result<(), Fault> {
        let limit = self.budget.limits.path;
        if raw.len() as u64 > limit { Err(Fault::LimitExceeded(ExceededLimit::Path(limit))) } else { Ok(()) }
    }

    fn skip_rest(&mut self) -> Result<(), Fault> {
        skip(&mut self.reader, &mut self.left)?;
        skip(&mut self.reader, &mut self.padding)
    }

    /// Reads the rest of the file, so that a damaged compressed stream is detected.
    fn drain(&mut self) -> Result<(), Fault> {
        loop {
            let available = self.reader.fill_buf()?.len();
            if available == 0 {
                return Ok(());
            }
            self.reader.consume(available);
        }
    }
}

fn skip(reader: &mut impl BufRead, left: &mut u64) -> Result<(), Fault> {
    while *left > 0 {
        let available = reader.fill_buf()?.len();
        if available == 0 {
            return Err(Fault::broken("it ends early"));
        }
        let taken = available.min(usize::try_from(*left).unwrap_or(usize::MAX));
        reader.consume(taken);
        *left -= taken as u64;
    }
    Ok(())
}

/// Reads a block; returns false at the end of the file.
fn fill(reader: &mut impl BufRead, block: &mut [u8]) -> Result<bool, Fault> {
    if reader.fill_buf()?.is_empty() {
        return Ok(false);
    }
    reader.read_exact(block)?;
    Ok(true)
}

/// An entry's contents, with the holes of a sparse file. Reading fails if they end early.
pub(crate) struct Body<'t, 'g, 'a, R> {
    budget: &'g Budget<'a>,
    reader: &'t mut R,
    left: &'t mut u64,
    sparse: Option<&'t mut (SparseMap, u64)>,
}

impl<R: BufRead> Read for Body<'_, '_, '_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = |limit: u64| buffer.len().min(usize::try_from(limit).unwrap_or(usize::MAX));
        let Some((map, position)) = &mut self.sparse else {
            let wanted = length(*self.left);
            return read_stored(self.reader, self.left, &mut buffer[..wanted]);
        };
        let read = match map.next(*position) {
            Next::End => 0,
            Next::Hole(zeros) => {
                let wanted = length(zeros);
                self.budget.hole(wanted as u64)?;
                buffer[..wanted].fill(0);
                wanted
            }
            Next::Contents(bytes) => {
                let wanted = length(bytes);
                read_stored(self.reader, self.left, &mut buffer[..wanted])?
            }
        };
        *position += read as u64;
        Ok(read)
    }
}

fn read_stored(reader: &mut impl BufRead, left: &mut u64, buffer: &mut [u8]) -> io::Result<usize> {
    if buffer.is_empty() {
        return Ok(0);
    }
    let read = reader.read(buffer)?;
    if read == 0 {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    *left -= read as u64;
    Ok(read)
}

/// Removes leading slashes, `.` and `..` from a path. `..` at the root stays at the root.
pub(crate) fn normalize(path: &str) -> String {
    let mut parts = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_path_leaves_the_image() {
        for (path, expected) in [
            ("./a/b", "a/b"),
            ("/etc/passwd", "etc/passwd"),
            ("../../etc/passwd", "etc/passwd"),
            ("a/../../b//c/.", "b/c"),
            ("..", ""),
            ("a/b/", "a/b"),
        ] {
            assert_eq!(normalize(path), expected, "{path}");
        }
    }
}
