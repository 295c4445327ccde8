//! Measures how long the practice images take to build, from nothing: `cargo run --release -p replica --example build_rate`.

use std::error::Error;
use std::time::Instant;

#[expect(clippy::print_stdout, reason = "the measurement is what this prints")]
fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::temp_dir().join(format!("replica-build-rate-{}", std::process::id()));
    let start = Instant::now();
    for replica in replica::replicas() {
        let begun = Instant::now();
        let layout = replica::build(&replica, &folder.join(replica.tag))?;
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
    println!("both in {:.3} s", start.elapsed().as_secs_f64());
    std::fs::remove_dir_all(&folder)?;
    Ok(())
}
