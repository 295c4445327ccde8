//! Imports a generated archive of advisories, and reports the time and the memory that it takes.
//! `cargo run --release -p scanner --example import_rate [ADVISORIES]`

use std::{
    error::Error,
    fs::File,
    io::{BufWriter, Write},
    path::Path,
    time::{Duration, Instant},
};

use zip::write::SimpleFileOptions;

/// The limits of an import of 300,000 advisories.
const MAX_TIME: Duration = Duration::from_mins(1);
const MAX_MEMORY_KB: u64 = 256 << 10;

#[expect(clippy::print_stdout, reason = "the measurement is what this prints")]
fn main() -> Result<(), Box<dyn Error>> {
    let count: u32 = std::env::args().nth(1).map_or(Ok(300_000), |text| text.parse())?;
    let folder = tempfile::tempdir()?;
    let archive = folder.path().join("all.zip");
    write_archive(&archive, count)?;
    let before = peak_memory_kb();
    let started = Instant::now();
    let summary = scanner::import(&[archive], &folder.path().join("advisories.db"), "2026-11-30", &mut |_| {
        std::ops::ControlFlow::Continue(())
    })?;
    let (time, memory) = (started.elapsed(), peak_memory_kb());
    println!(
        "{} entries in {:.1} s; peak memory {} MiB, {} MiB before",
        summary.entries,
        time.as_secs_f64(),
        memory >> 10,
        before >> 10
    );
    if time > MAX_TIME || memory > MAX_MEMORY_KB { Err("the import exceeds its limits".into()) } else { Ok(()) }
}

/// An archive of records as long as those of the OSV database are on average.
fn write_archive(path: &Path, count: u32) -> Result<(), Box<dyn Error>> {
    let mut archive = zip::ZipWriter::new(BufWriter::new(File::create(path)?));
    let details = "A sentence about a flaw and whom it concerns. ".repeat(20);
    for at in 0..count {
        archive.start_file(format!("GHSA-{at:08}.json"), SimpleFileOptions::default())?;
        write!(
            archive,
            r#"{{"id": "GHSA-{at:08}", "modified": "2026-01-01T00:00:00Z", "aliases": ["CVE-2026-{at}"], "summary": "A flaw",
            "details": "{details}", "affected": [{{"package": {{"ecosystem": "npm", "name": "package-{}"}}, "ranges": [{{"type":
            "SEMVER", "events": [{{"introduced": "0"}}, {{"fixed": "1.{at}.0"}}]}}]}}]}}"#,
            at / 3
        )?;
    }
    archive.finish()?;
    Ok(())
}

/// The peak memory of this process in KiB; 0 on systems that do not report it.
fn peak_memory_kb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().strip_suffix(" kB")?.trim().parse().ok()).unwrap_or(0)
}
