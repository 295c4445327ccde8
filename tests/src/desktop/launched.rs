//! A program's window, started as a person starts it: without a driver.

use std::{
    path::Path,
    process::Command,
    sync::mpsc::{Receiver, channel},
    time::{Duration, Instant},
};

use super::window::{LIMIT, Window};
use crate::program::{Line, Program};

/// A program whose first screen is painted.
#[derive(Debug)]
pub struct LaunchedWindow {
    program: Program,
    /// From its start until it reported that its first screen is painted.
    pub duration: Duration,
    // Later output is ignored, but the pipe stays open.
    _lines: Receiver<Line>,
}

impl Window {
    /// Starts a program in place of this window's, and waits until it reports on standard error that its first screen is painted.
    ///
    /// # Panics
    ///
    /// If it does not.
    pub fn launch_program(&self, program: &Path) -> LaunchedWindow {
        let (sender, lines) = channel();
        let mut command = Command::new(program);
        command.env_clear().envs(self.environment()).env("RUST_LOG", "shell=info");
        let started = Instant::now();
        let process = Program::start_with_lines(command, &sender);
        drop(sender);
        let mut output = String::new();
        loop {
            match lines.recv_timeout(LIMIT.saturating_sub(started.elapsed())) {
                Ok(Line::Stderr(line) | Line::Stdout(line)) if line.contains("painted") => break,
                Ok(Line::Stderr(line) | Line::Stdout(line)) => output.extend([&line, "\n"]),
                Err(error) => panic!("{} was not painted ({error}):\n{output}", program.display()),
            }
        }
        LaunchedWindow { program: process, duration: started.elapsed(), _lines: lines }
    }
}

impl LaunchedWindow {
    /// Ends it.
    pub fn end(self) {
        self.program.signal("TERM");
        self.program.wait(LIMIT);
    }
}
