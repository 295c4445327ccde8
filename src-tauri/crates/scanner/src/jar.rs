//! The Maven artifacts in a JAR: its own, those shaded into it, and those of nested JARs.

pub(crate) mod artifact;
mod manifest;
mod properties;
mod spool;
mod walk;
mod zip;

use std::io::Read;

use crate::budget::Budget;
use crate::error::Fault;
use crate::jar::artifact::Jar;

/// Reads a JAR of `size` bytes. A damaged JAR is skipped, but if `body` ends early, the layer is damaged.
pub(crate) fn read(budget: &Budget<'_>, path: &str, size: u64, body: impl Read) -> Result<Jar, Fault> {
    if size > budget.limits.jar {
        return Ok(Jar { artifacts: Vec::new(), skipped: vec![(String::new(), spool::too_large(budget))] });
    }
    let spool = spool::spool(budget, body, |_| Ok(()))??;
    let mut walk = walk::Walk::new(budget);
    walk.jar(spool, path, "", 0)?;
    Ok(walk.jar)
}
