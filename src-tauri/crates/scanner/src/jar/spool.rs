//! Copying a JAR to a place where it can be read in any order.

use std::{
    fs::File,
    io::{self, Cursor, Read, Seek, SeekFrom, Write},
};

use crate::budget::Budget;
use crate::error::{ExceededLimit, Fault};

/// The size of one read.
const CHUNK: usize = 64 << 10;

/// The bytes of a JAR.
pub(super) enum Spool {
    Memory(Cursor<Vec<u8>>),
    /// An unnamed temporary file.
    File(File),
}

/// Copies a reader to memory, or to a file if it is longer than is kept in memory. `size` is its length, if that is known.
/// `count` is called with the number of bytes of each read. The outer error is one of this machine, the inner one is caused by
/// the data.
pub(super) fn spool(
    budget: &Budget<'_>,
    size: u64,
    mut from: impl Read,
    count: impl Fn(u64) -> Result<(), Fault>,
) -> Result<Result<Spool, Fault>, Fault> {
    let limit = budget.limits.jar_in_memory;
    let capacity = usize::try_from(size).unwrap_or(usize::MAX).min(limit).max(CHUNK);
    let mut bytes = Vec::with_capacity(capacity);
    let mut file: Option<File> = None;
    let mut total = 0;
    loop {
        budget.check_cancelled()?;
        let read = match from.by_ref().take(CHUNK as u64).read_to_end(&mut bytes) {
            Ok(read) => read,
            Err(error) => return Ok(Err(error.into())),
        };
        if read == 0 {
            break;
        }
        total += read as u64;
        if let Err(fault) = count(read as u64) {
            return Ok(Err(fault));
        }
        if total > budget.limits.jar {
            return Ok(Err(Fault::LimitExceeded(ExceededLimit::Jar(budget.limits.jar))));
        }
        if file.is_some() || bytes.len() > limit {
            let file = match &mut file {
                Some(file) => file,
                none => none.insert(tempfile::tempfile().map_err(Fault::Io)?),
            };
            file.write_all(&bytes).map_err(Fault::Io)?;
            bytes.clear();
        }
    }
    let Some(mut file) = file else { return Ok(Ok(Spool::Memory(Cursor::new(bytes)))) };
    file.seek(SeekFrom::Start(0)).map_err(Fault::Io)?;
    Ok(Ok(Spool::File(file)))
}

impl Read for Spool {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Memory(bytes) => bytes.read(buffer),
            Self::File(file) => file.read(buffer),
        }
    }
}

impl Seek for Spool {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        match self {
            Self::Memory(bytes) => bytes.seek(to),
            Self::File(file) => file.seek(to),
        }
    }
}
