//! Measures the duration and memory use of building images:
//! `cargo run --release -p practice_images --example build_rate [BYTES]`, where BYTES adds a synthetic layer of that size.

use std::error::Error;
use std::time::Instant;

use practice_images::{SyntheticImage, SyntheticLayer};

#[expect(clippy::print_stdout, reason = "the measurement is what this prints")]
fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::temp_dir().join(format!("practice-images-build-rate-{}", std::process::id()));
    let total = Instant::now();
    for practice_image in practice_images::all() {
        let started = Instant::now();
        let layout = practice_images::build(&practice_image, &folder.join(practice_image.tag))?;
        println!(
            "{}:{} {} in {:.3} s",
            practice_image.repository,
            practice_image.tag,
            layout.index_digest,
            started.elapsed().as_secs_f64()
        );
        for image in &layout.platforms {
            let bytes: u64 = image.layers.iter().map(|layer| layer.size).sum();
            println!("  {}: {} layers, {bytes} bytes compressed", image.platform.architecture, image.layers.len());
        }
    }
    println!("both in {:.3} s; peak memory {}", total.elapsed().as_secs_f64(), peak_memory());
    if let Some(bytes) = std::env::args().nth(1) {
        let layer = SyntheticLayer { filler: bytes.parse()?, ..SyntheticLayer::default() };
        let started = Instant::now();
        let layout = practice_images::build_synthetic(
            &folder.join("synthetic"),
            &SyntheticImage { layers: vec![layer], ..SyntheticImage::default() },
        )?;
        let size = layout.platforms[0].layers[0].size;
        println!("a layer of {size} bytes in {:.3} s; peak memory {}", started.elapsed().as_secs_f64(), peak_memory());
    }
    std::fs::remove_dir_all(&folder)?;
    Ok(())
}

/// The peak memory of this process, on systems that report it.
fn peak_memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    peak.map_or_else(|| "unknown".to_owned(), |peak| peak.trim().to_owned())
}
