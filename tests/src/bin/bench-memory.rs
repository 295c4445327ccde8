//! How much memory `imagelab` takes at most while an image of 2 GB goes through all of it: pulled, pushed twice, scanned, and its patched
//! counterpart after it: `cargo xtask bench memory`.

use std::{
    io::Write as _,
    process::ExitCode,
    sync::mpsc::{RecvTimeoutError, channel},
    time::Duration,
};

use testbed::{image_source::ImageSource, memory::peak_memory, temp_dir::temp_dir};
use whole_lab_tests::{Imagelab, Program};

/// What the image's layers hold beside its packages, in bytes.
const SIZE: u64 = 2 << 30;

/// `VmHWM` stays below, in bytes.
const BOUND: u64 = 150 << 20;

/// How often the kernel is asked. It keeps the peak itself: only the last moments before the end can be missed.
const LOOK: Duration = Duration::from_millis(10);

/// How long the whole lab may take.
const LIMIT: Duration = Duration::from_mins(15);

#[tokio::main]
async fn main() -> ExitCode {
    let dir = temp_dir();
    let image_source = ImageSource::start(dir.path(), SIZE).await;
    let image = |tag: &str| format!("{}/docker/library/neo4j:{tag}", image_source.addr());
    let (vulnerable, patched) = (image("4.4.0"), image("4.4.48"));
    let measured = tokio::task::spawn_blocking(move || peak(&vulnerable, &patched)).await;
    let (peak, took) = measured.expect("measuring does not panic");
    say(&format!(
        "an image of {:.2} GB through the whole lab    {:6.1} s\nmost memory at any time                      {:6.1} MB   (bound: {} MB)\n",
        SIZE as f64 / f64::from(1 << 30),
        took.as_secs_f64(),
        peak as f64 / f64::from(1 << 20),
        BOUND >> 20,
    ));
    if peak > 0 && peak < BOUND {
        return ExitCode::SUCCESS;
    }
    say("the bound is broken\n");
    ExitCode::FAILURE
}

/// Runs the lab with these images; answers the most memory that it took, in bytes, and how long.
fn peak(vulnerable: &str, patched: &str) -> (u64, Duration) {
    let imagelab = Imagelab::new();
    let mut arguments = vec!["run", "--speed", "instant", "--engine", "builtin", "--yes", "--json"];
    arguments.extend(["--image", vulnerable, "--fixed-image", patched]);
    let program = Program::start(imagelab.command(&arguments));
    let pid = program.pid();
    let (end, ended) = channel::<()>();
    let looking = std::thread::spawn(move || {
        let mut peak = 0;
        while ended.recv_timeout(LOOK) == Err(RecvTimeoutError::Timeout) {
            peak = peak.max(peak_memory(pid).unwrap_or_default());
        }
        peak
    });
    let finished = program.wait(LIMIT).succeeded("imagelab run");
    drop(end);
    let run = finished.json();
    assert_eq!(run["ok"], true, "{run:#}");
    (looking.join().expect("looking does not panic"), finished.took)
}

fn say(text: &str) {
    // Nobody is left to be told that standard output is closed.
    let _ = std::io::stdout().write_all(text.as_bytes());
}
