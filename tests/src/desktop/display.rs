//! A screen that nobody sees, and the message bus of a session that nobody else is in.

use std::{
    path::Path,
    process::Command,
    sync::mpsc::{Receiver, channel},
    time::{Duration, Instant},
};

use super::{screen_monitor::ScreenMonitor, tools::Tools};
use crate::program::{Line, Program, ProgramOutput, run};

const LIMIT: Duration = Duration::from_secs(30);

/// A screen and a message bus. Both end when it is dropped.
#[derive(Debug)]
pub struct Display {
    import: std::path::PathBuf,
    name: String,
    bus: String,
    _programs: [Program; 2],
}

impl Display {
    /// A screen of this size.
    ///
    /// # Panics
    ///
    /// If it does not come up.
    pub fn start(tools: &Tools, width: u32, height: u32) -> Self {
        let mut xvfb = Command::new(&tools.xvfb);
        // The server itself finds a number that is free, and tells it once it listens.
        xvfb.args(["-displayfd", "1", "-nolisten", "tcp", "-noreset", "-screen", "0"]);
        xvfb.arg(format!("{width}x{height}x24"));
        let (screen, number) = start_and_read_first_line(xvfb, "Xvfb");
        let mut dbus = Command::new(&tools.dbus);
        dbus.arg(concat!("--config-file=", env!("CARGO_MANIFEST_DIR"), "/src/desktop/bus.conf"));
        dbus.args(["--nofork", "--nopidfile", "--print-address=1"]);
        let (bus, address) = start_and_read_first_line(dbus, "dbus-daemon");
        Self { import: tools.import.clone(), name: format!(":{number}"), bus: address, _programs: [screen, bus] }
    }

    /// What a program's environment must hold to be shown here.
    pub fn environment(&self) -> [(&'static str, &str); 2] {
        [("DISPLAY", &self.name), ("DBUS_SESSION_BUS_ADDRESS", &self.bus)]
    }

    /// Writes what the screen shows to a PNG: all of it, or what is this wide and high at its upper left.
    ///
    /// # Panics
    ///
    /// If it cannot be had.
    pub fn take_screenshot(&self, to: &Path, part: Option<(u64, u64)>) {
        let mut import = Command::new(&self.import);
        import.args(["-display", &self.name, "-window", "root"]);
        if let Some((width, height)) = part {
            import.args(["-crop", &format!("{width}x{height}+0+0"), "+repage"]);
        }
        import.arg(to);
        run(import, LIMIT).succeeded("a screenshot of the screen");
    }

    /// Looks at the screen from now on, over and over.
    pub fn watch(&self) -> ScreenMonitor {
        ScreenMonitor::begin(&self.name)
    }

    /// Runs `xdotool` on this screen.
    pub fn xdotool(&self, arguments: &[&str]) -> ProgramOutput {
        let mut xdotool = Command::new("xdotool");
        xdotool.args(arguments).env("DISPLAY", &self.name);
        run(xdotool, LIMIT)
    }
}

/// Starts a program that says in its first line where it can be reached.
fn start_and_read_first_line(command: Command, name: &str) -> (Program, String) {
    let (sender, lines) = channel();
    let program = Program::start_with_lines(command, &sender);
    drop(sender);
    match first_line(&lines) {
        Ok(line) => (program, line),
        Err(said) => {
            drop(program);
            panic!("{name} did not come up: {said}");
        }
    }
}

fn first_line(lines: &Receiver<Line>) -> Result<String, String> {
    let (began, mut said) = (Instant::now(), String::new());
    loop {
        match lines.recv_timeout(LIMIT.saturating_sub(began.elapsed())) {
            Ok(Line::Stdout(line)) => return Ok(line.trim().to_owned()),
            Ok(Line::Stderr(line)) => said.extend([&line, "\n"]),
            Err(why) => return Err(format!("{said}{why}")),
        }
    }
}
