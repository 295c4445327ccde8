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
    /// From its start until it said that its first screen is painted.
    pub took: Duration,
    // What it says later is let go, but not refused.
    _lines: Receiver<Line>,
}

impl Window {
    /// Starts a program in this window's place, and waits until it says on standard error that its first screen is painted.
    ///
    /// # Panics
    ///
    /// If it does not.
    pub fn start(&self, program: &Path) -> LaunchedWindow {
        let (sender, lines) = channel();
        let mut command = Command::new(program);
        command.env_clear().envs(self.environment()).env("RUST_LOG", "shell=info");
        let began = Instant::now();
        let started = Program::start_with_lines(command, &sender);
        drop(sender);
        let mut said = String::new();
        loop {
            match lines.recv_timeout(LIMIT.saturating_sub(began.elapsed())) {
                Ok(Line::Stderr(line) | Line::Stdout(line)) if line.contains("painted") => break,
                Ok(Line::Stderr(line) | Line::Stdout(line)) => said.extend([&line, "\n"]),
                Err(why) => panic!("{} was not painted ({why}):\n{said}", program.display()),
            }
        }
        LaunchedWindow { program: started, took: began.elapsed(), _lines: lines }
    }
}

impl LaunchedWindow {
    /// Ends it.
    pub fn end(self) {
        self.program.signal("TERM");
        self.program.wait(LIMIT);
    }
}
