//! Measures the start of the window until it can be used, against an empty Tauri window that is built alike: alternately, on the same
//! screen. Exits with 1 if the bound is exceeded.
#![expect(clippy::print_stdout, reason = "a bench prints what it measures")]

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
    time::Duration,
};

use whole_lab_tests::desktop::{Options, Speed, Tools, Window};

/// Our window may take this many times as long as an empty one.
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
    let mut window = Window::prepare(tools, Options::default());
    // The first start reads from the disk, which is not measured.
    let _ = (painted(&window, &ours), painted(&window, &empty));
    println!("start until painted, {ROUNDS} rounds, alternately, median (least to most):");
    let first = compare(&window, "for the first time", &ours, &empty);
    window.launch();
    window.start_practice_run(Speed::Instant);
    window.run_step("prepare");
    window.terminate();
    let again = compare(&window, "with a run to continue", &ours, &empty);
    window.close();
    if first && again { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Whether our window keeps the bound.
fn compare(window: &Window, what: &str, ours: &Path, empty: &Path) -> bool {
    let (mut of_ours, mut of_empty) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        of_empty.push(painted(window, empty));
        of_ours.push(painted(window, ours));
    }
    let (of_ours, of_empty) = (Spread::of(of_ours), Spread::of(of_empty));
    let ratio = of_ours.median.as_secs_f64() / of_empty.median.as_secs_f64();
    println!("{what}:");
    println!("  an empty Tauri window  {of_empty}");
    println!("  Image Security Lab     {of_ours}");
    println!("  ratio                  {ratio:.2} (bound {BOUND})");
    ratio <= BOUND
}

/// Starts a program, and ends it once its first screen is painted. Returns how long that took.
fn painted(window: &Window, program: &Path) -> Duration {
    let launched = window.launch_program(program);
    let duration = launched.duration;
    launched.end();
    duration
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
