//! Measures the peak memory of `imagelab` during a whole lab with images of 2 GB: `cargo xtask bench memory`.

use std::{
    io::Write as _,
    process::ExitCode,
    sync::mpsc::{RecvTimeoutError, channel},
    time::Duration,
};

use testbed::{image_source::ImageSource, memory::peak_memory, temp_dir::temp_dir};
use whole_lab_tests::{Imagelab, Program};

/// The filler in the image's layers, in bytes.
const SIZE: u64 = 2 << 30;

/// `VmHWM` stays below, in bytes.
const BOUND: u64 = 150 << 20;

/// Between two readings. The kernel keeps the peak itself: only a peak after the last reading is missed.
const POLL_INTERVAL: Duration = Duration::from_millis(10);

/// The longest that the whole lab may take.
const LIMIT: Duration = Duration::from_mins(15);

#[tokio::main]
async fn main() -> ExitCode {
    let dir = temp_dir();
    let image_source = ImageSource::start(dir.path(), SIZE).await;
    let image = |tag: &str| format!("{}/docker/library/neo4j:{tag}", image_source.addr());
    let (vulnerable, patched) = (image("4.4.0"), image("4.4.48"));
    let measured = tokio::task::spawn_blocking(move || peak(&vulnerable, &patched)).await;
    let (peak, duration) = measured.expect("measuring does not panic");
    print(&format!(
        "an image of {:.2} GB through the whole lab    {:6.1} s\nmost memory at any time                      {:6.1} MB   (bound: {} MB)\n",
        SIZE as f64 / f64::from(1 << 30),
        duration.as_secs_f64(),
        peak as f64 / f64::from(1 << 20),
        BOUND >> 20,
    ));
    if peak > 0 && peak < BOUND {
        return ExitCode::SUCCESS;
    }
    print("the bound is exceeded\n");
    ExitCode::FAILURE
}

/// Runs the lab with these images, and returns its peak memory, in bytes, and its duration.
fn peak(vulnerable: &str, patched: &str) -> (u64, Duration) {
    let imagelab = Imagelab::new();
    let mut arguments = vec!["run", "--speed", "instant", "--engine", "builtin", "--yes", "--json"];
    arguments.extend(["--image", vulnerable, "--fixed-image", patched]);
    let program = Program::start(imagelab.command(&arguments));
    let pid = program.pid();
    let (end, ended) = channel::<()>();
    let reading = std::thread::spawn(move || {
        let mut peak = 0;
        while ended.recv_timeout(POLL_INTERVAL) == Err(RecvTimeoutError::Timeout) {
            peak = peak.max(peak_memory(pid).unwrap_or_default());
        }
        peak
    });
    let output = program.wait(LIMIT).succeeded("imagelab run");
    drop(end);
    let run = output.json();
    assert_eq!(run["ok"], true, "{run:#}");
    (reading.join().expect("reading does not panic"), output.duration)
}

fn print(text: &str) {
    // A closed standard output is no reason to fail.
    let _ = std::io::stdout().write_all(text.as_bytes());
}
