//! JARs: which Maven artifacts are in one, its own, those shaded into it, and those of the JARs inside.

mod manifest;
mod properties;
mod walk;
mod zip;

use std::io::{Read, Seek, SeekFrom, Write};

use tempfile::{SpooledTempFile, spooled_tempfile};

use crate::error::Fault;
use crate::gauge::Gauge;

/// A Maven artifact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Artifact {
    /// `org.apache.logging.log4j`, where it is known.
    pub(crate) group: Option<String>,
    /// `log4j-core`
    pub(crate) name: String,
    pub(crate) version: String,
    /// Empty, or where in the JAR it is: `!/BOOT-INF/lib/log4j-core-2.14.1.jar`.
    pub(crate) within: String,
}

/// What was read of a JAR.
#[derive(Debug, Default)]
pub(crate) struct Jar {
    pub(crate) artifacts: Vec<Artifact>,
    /// What was not read, by where it is in the JAR, and why.
    pub(crate) skipped: Vec<(String, String)>,
}

/// Reads a JAR of so many bytes. One that is broken is skipped; that its bytes end early is the layer's fault.
pub(crate) fn read(gauge: &Gauge<'_>, path: &str, size: u64, body: impl Read) -> Result<Jar, Fault> {
    if size > gauge.limits.jar {
        return Ok(Jar { artifacts: Vec::new(), skipped: vec![(String::new(), too_large(gauge))] });
    }
    let spool = spool(gauge, body, |_| Ok(()))??;
    let mut walk = walk::Walk::new(gauge);
    walk.jar(spool, path, "", 0)?;
    Ok(walk.jar)
}

/// Takes bytes to where they can be read in any order. `count` is told of them as they come. The outer error is this
/// machine's, the inner one the bytes'.
fn spool(
    gauge: &Gauge<'_>,
    mut from: impl Read,
    count: impl Fn(u64) -> Result<(), Fault>,
) -> Result<Result<SpooledTempFile, Fault>, Fault> {
    let mut spool = spooled_tempfile(gauge.limits.jar_in_memory);
    let mut buffer = vec![0; 64 << 10];
    let mut total = 0;
    loop {
        gauge.go_on()?;
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
        if total > gauge.limits.jar {
            return Ok(Err(Fault::Broken(too_large(gauge))));
        }
        spool.write_all(&buffer[..read]).map_err(Fault::Io)?;
    }
    spool.seek(SeekFrom::Start(0)).map_err(Fault::Io)?;
    Ok(Ok(spool))
}

fn too_large(gauge: &Gauge<'_>) -> String {
    format!("it has more than {} bytes", gauge.limits.jar)
}
