//! A virtual screen, and a D-Bus session bus of its own.

use std::{
    path::Path,
    process::Command,
    sync::mpsc::{Receiver, channel},
    time::{Duration, Instant},
};

use super::{screen_monitor::ScreenMonitor, tools::Tools};
use crate::program::{Line, Program, ProgramOutput, run};

const LIMIT: Duration = Duration::from_secs(30);

/// A virtual screen and a session bus. Dropped, both end.
#[derive(Debug)]
pub struct Display {
    import: std::path::PathBuf,
    name: String,
    bus: String,
    _programs: [Program; 2],
}

impl Display {
    /// Starts a screen of this size, in pixels.
    ///
    /// # Panics
    ///
    /// If it does not start.
    pub fn start(tools: &Tools, width: u32, height: u32) -> Self {
        let mut xvfb = Command::new(&tools.xvfb);
        // The server chooses a free display number itself, and prints it once it listens.
        xvfb.args(["-displayfd", "1", "-nolisten", "tcp", "-noreset", "-screen", "0"]);
        xvfb.arg(format!("{width}x{height}x24"));
        let (screen, number) = start_and_read_first_line(xvfb, "Xvfb");
        let mut dbus = Command::new(&tools.dbus);
        dbus.arg(concat!("--config-file=", env!("CARGO_MANIFEST_DIR"), "/src/desktop/bus.conf"));
        dbus.args(["--nofork", "--nopidfile", "--print-address=1"]);
        let (bus, address) = start_and_read_first_line(dbus, "dbus-daemon");
        Self { import: tools.import.clone(), name: format!(":{number}"), bus: address, _programs: [screen, bus] }
    }

    /// The environment variables by which a program is shown here.
    pub fn environment(&self) -> [(&'static str, &str); 2] {
        [("DISPLAY", &self.name), ("DBUS_SESSION_BUS_ADDRESS", &self.bus)]
    }

    /// Writes the screen to a PNG: all of it, or a part of this width and height at the upper left.
    ///
    /// # Panics
    ///
    /// If that fails.
    pub fn take_screenshot(&self, to: &Path, part: Option<(u64, u64)>) {
        let mut import = Command::new(&self.import);
        import.args(["-display", &self.name, "-window", "root"]);
        if let Some((width, height)) = part {
            import.args(["-crop", &format!("{width}x{height}+0+0"), "+repage"]);
        }
        import.arg(to);
        run(import, LIMIT).succeeded("a screenshot of the screen");
    }

    /// Captures the screen from now on, over and over.
    pub fn monitor(&self) -> ScreenMonitor {
        ScreenMonitor::start(&self.name)
    }

    /// Runs `xdotool` on this screen.
    pub fn xdotool(&self, arguments: &[&str]) -> ProgramOutput {
        let mut xdotool = Command::new("xdotool");
        xdotool.args(arguments).env("DISPLAY", &self.name);
        run(xdotool, LIMIT)
    }
}

/// Starts a program that prints in its first line how to reach it.
fn start_and_read_first_line(command: Command, name: &str) -> (Program, String) {
    let (sender, lines) = channel();
    let program = Program::start_with_lines(command, &sender);
    drop(sender);
    match first_line(&lines) {
        Ok(line) => (program, line),
        Err(output) => {
            drop(program);
            panic!("{name} did not start: {output}");
        }
    }
}

fn first_line(lines: &Receiver<Line>) -> Result<String, String> {
    let (started, mut output) = (Instant::now(), String::new());
    loop {
        match lines.recv_timeout(LIMIT.saturating_sub(started.elapsed())) {
            Ok(Line::Stdout(line)) => return Ok(line.trim().to_owned()),
            Ok(Line::Stderr(line)) => output.extend([&line, "\n"]),
            Err(error) => return Err(format!("{output}{error}")),
        }
    }
}
