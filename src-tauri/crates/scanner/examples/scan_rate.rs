//! Compares the scanner's speed with the unavoidable work: decompressing the same layers and reading their archives. Then
//! scans small images that are large for a scanner, each in a process of its own, and reports their time and memory.
//! `cargo run --release -p scanner --example scan_rate [ROUNDS]`

use std::{
    error::Error,
    fs::File,
    io::{self, BufReader},
    path::Path,
    process::Command,
    time::{Duration, Instant},
};

use flate2::bufread::MultiGzDecoder;
use practice_images::OversizedLayer;
use scanner::{Catalogue, Layer, Limits};

/// The greatest ratio of the scan's duration to the walk's.
const MAX_RATIO: f64 = 1.15;
/// The limits of the scan of a small image that is large for a scanner.
const MAX_TIME: Duration = Duration::from_mins(1);
const MAX_MEMORY_KB: u64 = 512 << 10;
/// Names the layer to the process that scans it.
const LAYER: &str = "SCAN_RATE_LAYER";

#[expect(clippy::print_stdout, reason = "the measurement is what this prints")]
fn main() -> Result<(), Box<dyn Error>> {
    if let Some(path) = std::env::var_os(LAYER) {
        return scan_oversized(Path::new(&path));
    }
    let rounds: usize = std::env::args().nth(1).map_or(Ok(40), |text| text.parse())?;
    let folder = tempfile::tempdir()?;
    let mut worst: f64 = 0.0;
    for image in practice_images::all() {
        let layers = layers(&image, folder.path())?;
        let deflated = deflated(&layers, folder.path())?;
        for (kind, layers) in [("as built", &layers), ("deflated", &deflated)] {
            let (walk, scan, matches) = measure(layers, rounds)?;
            let ratio = scan.as_secs_f64() / walk.as_secs_f64();
            worst = worst.max(ratio);
            println!(
                "{} {kind}: walk {:.1} ms, scan {:.1} ms, {ratio:.2} of the walk; {matches} matches",
                image.tag,
                walk.as_secs_f64() * 1e3,
                scan.as_secs_f64() * 1e3,
            );
        }
    }
    println!("worst {worst:.2}, limit {MAX_RATIO}; peak memory {} MiB", peak_memory_kb() >> 10);
    if worst > MAX_RATIO {
        return Err("the scanner is slower than its limit".into());
    }
    for layer in OversizedLayer::ALL {
        println!("{layer:?}:");
        let path = folder.path().join("layer");
        std::fs::write(&path, layer.tar())?;
        let status = Command::new(std::env::current_exe()?).env(LAYER, path).status()?;
        if !status.success() {
            return Err(format!("{layer:?} exceeds a limit").into());
        }
    }
    Ok(())
}

/// Scans the layer and reports the time and the memory of this process.
#[expect(clippy::print_stdout, reason = "the measurement is what this prints")]
fn scan_oversized(path: &Path) -> Result<(), Box<dyn Error>> {
    let started = Instant::now();
    walk_plain(path)?;
    let (walk, before) = (started.elapsed(), peak_memory_kb());
    let media_type = "application/vnd.oci.image.layer.v1.tar".to_owned();
    let layer = Layer { digest: "sha256:0".to_owned(), media_type, path: path.to_owned() };
    let started = Instant::now();
    let inventory = scanner::read(&[layer], &Limits::default(), &|| false)?;
    let matches = Catalogue::bundled().matches(&inventory).len();
    let (time, memory) = (started.elapsed(), peak_memory_kb());
    println!(
        "  walk {:.2} s, scan {:.2} s; peak memory {} MiB, {} MiB before; {} packages, {matches} matches, limits {:?}",
        walk.as_secs_f64(),
        time.as_secs_f64(),
        memory >> 10,
        before >> 10,
        inventory.packages.len(),
        inventory.limits,
    );
    if time > MAX_TIME || memory > MAX_MEMORY_KB { Err("a limit is exceeded".into()) } else { Ok(()) }
}

fn walk_plain(path: &Path) -> io::Result<()> {
    let mut archive = tar::Archive::new(BufReader::with_capacity(64 << 10, File::open(path)?));
    for entry in archive.entries()? {
        io::copy(&mut entry?, &mut io::sink())?;
    }
    Ok(())
}

/// The shortest walk, the shortest scan (with matching), and its number of matches. They alternate, so that other
/// processes on the machine affect both.
fn measure(layers: &[Layer], rounds: usize) -> Result<(Duration, Duration, usize), Box<dyn Error>> {
    let (mut walk, mut scan, mut matches) = (Duration::MAX, Duration::MAX, 0);
    for _ in 0..rounds {
        let started = Instant::now();
        for layer in layers {
            walk_layer(&layer.path)?;
        }
        walk = walk.min(started.elapsed());
        let started = Instant::now();
        let inventory = scanner::read(layers, &Limits::default(), &|| false)?;
        matches = Catalogue::bundled().matches(&inventory).len();
        scan = scan.min(started.elapsed());
    }
    Ok((walk, scan, matches))
}

fn walk_layer(path: &Path) -> io::Result<()> {
    let decoder = MultiGzDecoder::new(BufReader::with_capacity(64 << 10, File::open(path)?));
    let mut archive = tar::Archive::new(BufReader::with_capacity(64 << 10, decoder));
    for entry in archive.entries()? {
        io::copy(&mut entry?, &mut io::sink())?;
    }
    Ok(())
}

fn layers(image: &practice_images::PracticeImage, folder: &Path) -> Result<Vec<Layer>, Box<dyn Error>> {
    let layout = practice_images::build(image, &folder.join(image.tag))?;
    let layer = |layer: &oci::Blob| Layer {
        digest: layer.digest.to_string(),
        media_type: layer.media_type.clone(),
        path: layout.blob_path(&layer.digest),
    };
    Ok(layout.platforms[0].layers.iter().map(layer).collect())
}

/// The same layers, deflated like those of most registries: the practice images store them uncompressed in gzip.
fn deflated(layers: &[Layer], folder: &Path) -> io::Result<Vec<Layer>> {
    let deflate = |layer: &Layer| {
        let path = folder.join(layer.digest.trim_start_matches("sha256:"));
        let mut from = MultiGzDecoder::new(BufReader::new(File::open(&layer.path)?));
        let mut to = flate2::write::GzEncoder::new(File::create(&path)?, flate2::Compression::new(6));
        io::copy(&mut from, &mut to)?;
        to.finish()?;
        Ok(Layer { path, ..layer.clone() })
    };
    layers.iter().map(deflate).collect()
}

/// The peak memory of this process in KiB; 0 on systems that do not report it.
fn peak_memory_kb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().strip_suffix(" kB")?.trim().parse().ok()).unwrap_or(0)
}
