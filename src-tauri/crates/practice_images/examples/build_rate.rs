//! Measures how long images take to build from nothing, and how much memory it takes:
//! `cargo run --release -p replica --example build_rate [BYTES]`, where BYTES asks for a made-up layer of that size too.

use std::error::Error;
use std::time::Instant;

use practice_images::{SyntheticImage, SyntheticLayer};

#[expect(clippy::print_stdout, reason = "the measurement is what this prints")]
fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::temp_dir().join(format!("replica-build-rate-{}", std::process::id()));
    let start = Instant::now();
    for replica in practice_images::all() {
        let begun = Instant::now();
        let layout = practice_images::build(&replica, &folder.join(replica.tag))?;
        println!(
            "{}:{} {} in {:.3} s",
            replica.repository,
            replica.tag,
            layout.index_digest,
            begun.elapsed().as_secs_f64()
        );
        for image in &layout.platforms {
            let bytes: u64 = image.layers.iter().map(|layer| layer.size).sum();
            println!("  {}: {} layers, {bytes} bytes compressed", image.platform.architecture, image.layers.len());
        }
    }
    println!("both in {:.3} s; peak memory {}", start.elapsed().as_secs_f64(), peak_memory());
    if let Some(bytes) = std::env::args().nth(1) {
        let layer = SyntheticLayer { filler: bytes.parse()?, ..SyntheticLayer::default() };
        let begun = Instant::now();
        let layout = practice_images::build_synthetic(
            &folder.join("synthetic"),
            &SyntheticImage { layers: vec![layer], ..SyntheticImage::default() },
        )?;
        let size = layout.platforms[0].layers[0].size;
        println!("a layer of {size} bytes in {:.3} s; peak memory {}", begun.elapsed().as_secs_f64(), peak_memory());
    }
    std::fs::remove_dir_all(&folder)?;
    Ok(())
}

/// The most memory this process held so far, where the system tells.
fn peak_memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    peak.map_or_else(|| "not known here".to_owned(), |peak| peak.trim().to_owned())
}
