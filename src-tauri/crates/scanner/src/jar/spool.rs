//! Copying a JAR to a place where it can be read in any order.

use std::io::{Read, Seek, SeekFrom, Write};

use tempfile::{SpooledTempFile, spooled_tempfile};

use crate::budget::Budget;
use crate::error::{ExceededLimit, Fault};

/// Copies a reader to a file or memory, where it can be read in any order. `count` is called with the number of bytes of
/// each read. The outer error is one of this machine, the inner one is caused by the data.
pub(super) fn spool(
    budget: &Budget<'_>,
    mut from: impl Read,
    count: impl Fn(u64) -> Result<(), Fault>,
) -> Result<Result<SpooledTempFile, Fault>, Fault> {
    let mut spool = spooled_tempfile(budget.limits.jar_in_memory);
    let mut buffer = vec![0; 64 << 10];
    let mut total = 0;
    loop {
        budget.check_cancelled()?;
        let read = match from.read(&mut buffer) {
            Ok(0) => break,
            Ok(read) => read,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
            Err(error) => return Ok(Err(error.into())),
        };
        total += read as u64;
        if let Err(fault) = count(read as u64) {
            return Ok(Err(fault));
        }
        if total > budget.limits.jar {
            return Ok(Err(Fault::LimitExceeded(ExceededLimit::Jar(budget.limits.jar))));
        }
        spool.write_all(&buffer[..read]).map_err(Fault::Io)?;
    }
    spool.seek(SeekFrom::Start(0)).map_err(Fault::Io)?;
    Ok(Ok(spool))
}
