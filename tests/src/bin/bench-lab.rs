//! Measures the whole lab, by `imagelab` and by the same `aws` and `docker` commands: `cargo xtask bench lab`.
//!
//! Both run in turns, with a new data folder and a practice cloud that does not wait, and are measured from the start of the practice
//! cloud, which builds its images first, until everything is cleaned up.

use std::{
    io::Write as _,
    path::PathBuf,
    process::ExitCode,
    time::{Duration, Instant},
};

use testbed::tools::{aws_1, docker_clis};
use whole_lab_tests::{Imagelab, PracticeCloud, Shell, lesson};

/// `imagelab run --speed instant --engine builtin` takes less.
const BOUND: Duration = Duration::from_secs(5);

/// It takes at most one fifth of the time of the commands.
const PART: u32 = 5;

const ROUNDS: usize = 5;

fn main() -> ExitCode {
    let Some((aws, docker)) = commands() else {
        print("the commands cannot be measured: `cargo xtask test` sets up the AWS CLI and the Docker CLI\n");
        return ExitCode::FAILURE;
    };
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        ours.push(run_lab());
        theirs.push(by_hand(&aws, &docker));
    }
    let (ours, theirs) = (median(ours), median(theirs));
    let most = theirs / PART;
    print(&format!(
        "imagelab run --speed instant --engine builtin   {:8.2} s   (bound: {:.2} s)\n\
         the same lab by aws and docker                       {:8.2} s\n\
         part                                                 {:8.3}     (bound: {:.3})\n\
         medians of {ROUNDS} rounds\n",
        ours.as_secs_f64(),
        BOUND.as_secs_f64(),
        theirs.as_secs_f64(),
        ours.as_secs_f64() / theirs.as_secs_f64(),
        1.0 / f64::from(PART),
    ));
    if ours < BOUND && ours <= most {
        return ExitCode::SUCCESS;
    }
    print("a bound is exceeded\n");
    ExitCode::FAILURE
}

fn commands() -> Option<(PathBuf, PathBuf)> {
    let docker = docker_clis().into_iter().next()?.0;
    Some((aws_1()?, docker))
}

fn run_lab() -> Duration {
    let arguments = ["run", "--speed", "instant", "--engine", "builtin", "--yes", "--json"];
    let imagelab = Imagelab::new();
    imagelab.run(&arguments).succeeded("imagelab run").duration
}

fn by_hand(aws: &std::path::Path, docker: &std::path::Path) -> Duration {
    let started = Instant::now();
    let cloud = PracticeCloud::start(&["--speed", "instant"]);
    let shell = Shell::new(&cloud, &[("aws", aws), ("docker", docker)]);
    shell.text(&lesson::whole());
    started.elapsed()
}

fn median(mut measured: Vec<Duration>) -> Duration {
    measured.sort();
    measured[measured.len() / 2]
}

fn print(text: &str) {
    // A closed standard output is no reason to fail.
    let _ = std::io::stdout().write_all(text.as_bytes());
}
