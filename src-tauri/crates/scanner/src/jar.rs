//! The Maven artifacts in a JAR: its own, those shaded into it, and those of nested JARs.

pub(crate) mod artifact;
pub(crate) mod identity;
mod manifest;
pub(crate) mod properties;
mod spool;
mod walk;
pub(crate) mod zip;

use std::io::Read;

use crate::budget::Budget;
use crate::error::{ExceededLimit, Fault};
use crate::files::Size;
use crate::jar::artifact::Jar;

/// Reads a JAR of `size` bytes, while the packages of the image so far have the size `used`. A damaged JAR is skipped, but if
/// `body` ends early, the layer is damaged.
pub(crate) fn read(budget: &Budget<'_>, used: Size, path: &str, size: u64, body: impl Read) -> Result<Jar, Fault> {
    let mut walk = walk::Walk::new(budget, used, path.len());
    if size > budget.limits.jar {
        walk.skip("", Fault::LimitExceeded(ExceededLimit::Jar(budget.limits.jar)))?;
        return Ok(walk.jar);
    }
    match spool::spool(budget, size, body, |_| Ok(()))? {
        Ok(spool) => walk.jar(spool, path, &"".into(), 0)?,
        // The holes of a sparse file.
        Err(Fault::LimitExceeded(limit @ ExceededLimit::JarUnpacked(_))) => {
            walk.skip("", Fault::LimitExceeded(limit))?;
        }
        Err(fault) => return Err(fault),
    }
    Ok(walk.jar)
}
