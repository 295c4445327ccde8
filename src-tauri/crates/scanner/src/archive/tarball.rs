//! Streaming reader of tar archives: ustar, GNU and PAX.
//!
//! The `tar` crate decodes the headers. Its iterator is not used, because it reads long names into memory regardless of
//! their length.

use std::io::{self, BufRead, Read};

use tar::{EntryType, Header};

use crate::archive::pax::{self, Extended};
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
    /// A symbolic link or device: it occupies a path but has no contents.
    Other,
}

impl<'g, 'a, R: BufRead> Tarball<'g, 'a, R> {
    pub(crate) fn new(budget: &'g Budget<'a>, reader: R) -> Self {
        Self { reader, budget, left: 0, padding: 0 }
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
                }
                EntryType::GNULongName => extended.path = Some(self.long_name()?),
                EntryType::GNULongLink => extended.link = Some(self.long_name()?),
                EntryType::XGlobalHeader => {}
                kind => return self.entry(&header, kind, extended).map(Some),
            }
        }
    }

    /// The remaining contents of the current entry.
    pub(crate) fn body(&mut self) -> Body<'_, R> {
        Body { reader: &mut self.reader, left: &mut self.left }
    }

    /// The size of the current entry's contents, according to its header.
    pub(crate) fn size(&self) -> u64 {
        self.left
    }

    fn entry(&mut self, header: &Header, kind: EntryType, extended: Extended) -> Result<Entry, Fault> {
        let raw_path = extended.path.unwrap_or_else(|| header.path_bytes().into_owned());
        let link = extended.link.or_else(|| header.link_name_bytes().map(std::borrow::Cow::into_owned));
        let path = self.image_path(&raw_path)?;
        if let Some(size) = extended.size {
            self.enter(size);
        }
        let kind = match kind {
            EntryType::Regular | EntryType::Continuous if raw_path.ends_with(b"/") => Kind::Directory,
            EntryType::Regular | EntryType::Continuous => Kind::File,
            EntryType::GNUSparse => {
                self.skip_sparse_map(header)?;
                Kind::Other
            }
            // These have no contents, whatever size their header states; Go's reader, and so container engines, do the same.
            EntryType::Directory => self.without_contents(Kind::Directory),
            EntryType::Link => {
                let target = self.image_path(&link.unwrap_or_default())?;
                self.without_contents(Kind::HardLink(target))
            }
            EntryType::Symlink | EntryType::Char | EntryType::Block | EntryType::Fifo => {
                self.without_contents(Kind::Other)
            }
            _ => Kind::Other,
        };
        Ok(Entry { path, kind })
    }

    fn enter(&mut self, size: u64) {
        self.left = size;
        self.padding = (BLOCK - size % BLOCK) % BLOCK;
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

    /// Skips the blocks that describe where the contents of a sparse file belong.
    fn skip_sparse_map(&mut self, header: &Header) -> Result<(), Fault> {
        let mut more = header.as_gnu().is_some_and(tar::GnuHeader::is_extended);
        while more {
            self.budget.entry()?;
            let mut block = [0; BLOCK as usize];
            if !fill(&mut self.reader, &mut block)? {
                return Err(Fault::broken("it ends early"));
            }
            more = block[504] == 1;
        }
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
        let limit = self.budget.limits.path;
        if raw.len() as u64 > limit {
            return Err(Fault::LimitExceeded(ExceededLimit::Path(limit)));
        }
        Ok(normalize(&String::from_utf8_lossy(raw)))
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

/// An entry's contents. Reading fails if they end early.
pub(crate) struct Body<'t, R> {
    reader: &'t mut R,
    left: &'t mut u64,
}

impl<R: BufRead> Read for Body<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let wanted = buffer.len().min(usize::try_from(*self.left).unwrap_or(usize::MAX));
        if wanted == 0 {
            return Ok(0);
        }
        let read = self.reader.read(&mut buffer[..wanted])?;
        if read == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        *self.left -= read as u64;
        Ok(read)
    }
}

/// Removes leading slashes, `.` and `..` from a path. `..` at the root stays at the root.
fn normalize(path: &str) -> String {
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
