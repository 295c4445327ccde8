//! How long the window takes from its start until it can be used, beside an empty Tauri window: alternately, on the same screen,
//! built alike. Ends with 1 where the bound is not kept.
#![expect(clippy::print_stdout, reason = "a bench prints what it measures")]

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
    time::Duration,
};

use whole_lab_tests::desktop::{Options, Speed, Tools, Window};

/// A window of ours may take this much of an empty one's time.
const BOUND: f64 = 1.5;

const ROUNDS: usize = 9;

fn main() -> ExitCode {
    let tools = match Tools::locate() {
        Ok(tools) => tools,
        Err(missing) => {
            println!("left out: there is no {missing}");
            return ExitCode::SUCCESS;
        }
    };
    let ours = tools.window.clone();
    let empty = beside(&ours, "examples/empty");
    let mut room = Window::prepare(tools, Options::default());
    // What is read from the disk for the first time is not what is measured.
    let _ = (painted(&room, &ours), painted(&room, &empty));
    println!("start until painted, {ROUNDS} rounds, alternately, median (least to most):");
    let first = compare(&room, "for the first time", &ours, &empty);
    room.launch();
    room.start_practice_run(Speed::Instant);
    room.run_step("prepare");
    room.terminate();
    let again = compare(&room, "with a run to continue", &ours, &empty);
    room.close();
    if first && again { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Whether ours opens in good time beside an empty one.
fn compare(room: &Window, how: &str, ours: &Path, empty: &Path) -> bool {
    let (mut of_ours, mut of_empty) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        of_empty.push(painted(room, empty));
        of_ours.push(painted(room, ours));
    }
    let (of_ours, of_empty) = (Spread::of(of_ours), Spread::of(of_empty));
    let ratio = of_ours.median.as_secs_f64() / of_empty.median.as_secs_f64();
    println!("{how}:");
    println!("  an empty Tauri window  {of_empty}");
    println!("  Image Security Lab     {of_ours}");
    println!("  ratio                  {ratio:.2} (bound {BOUND})");
    ratio <= BOUND
}

/// Starts a window, and ends it once it says that its first screen is painted.
fn painted(room: &Window, program: &Path) -> Duration {
    let opened = room.start(program);
    let took = opened.took;
    opened.end();
    took
}

fn beside(program: &Path, name: &str) -> PathBuf {
    program.parent().unwrap_or(Path::new(".")).join(name)
}

struct Spread {
    least: Duration,
    median: Duration,
    most: Duration,
}

impl Spread {
    fn of(mut times: Vec<Duration>) -> Self {
        times.sort();
        let at = |at: usize| times.get(at).copied().unwrap_or_default();
        Self { least: at(0), median: at(times.len() / 2), most: at(times.len().saturating_sub(1)) }
    }
}

impl std::fmt::Display for Spread {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { least, median, most } = self;
        write!(out, "{} ms ({} to {})", median.as_millis(), least.as_millis(), most.as_millis())
    }
}
