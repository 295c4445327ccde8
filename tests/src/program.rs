//! Programs of others, and our own, that are ended when they take too long.

use std::{
    io::{BufRead as _, BufReader, Read, Write as _},
    os::unix::process::{CommandExt as _, ExitStatusExt as _},
    process::{Child, ChildStdin, Command, ExitStatus, Stdio},
    sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel},
    thread::JoinHandle,
    time::{Duration, Instant},
};

/// How a program ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExitReason {
    /// By itself.
    Code(i32),
    /// By a signal.
    Signal(i32),
}

impl From<ExitStatus> for ExitReason {
    fn from(status: ExitStatus) -> Self {
        status.code().map_or_else(|| Self::Signal(status.signal().unwrap_or_default()), Self::Code)
    }
}

/// What a program left behind.
#[derive(Clone, Debug)]
pub struct ProgramOutput {
    /// How it ended.
    pub exit: ExitReason,
    /// What it printed.
    pub stdout: String,
    /// What it complained of.
    pub stderr: String,
    /// How long it ran.
    pub took: Duration,
}

impl ProgramOutput {
    /// This, if it ended with 0.
    ///
    /// # Panics
    ///
    /// If it did not: with all that it said.
    #[expect(clippy::return_self_not_must_use, reason = "that it ended well may be all that is asked")]
    pub fn succeeded(self, what: &str) -> Self {
        self.with(0, what)
    }

    /// This, if it ended with this code.
    ///
    /// # Panics
    ///
    /// If it did not: with all that it said.
    #[expect(clippy::return_self_not_must_use, reason = "that it ended so may be all that is asked")]
    pub fn with(self, code: i32, what: &str) -> Self {
        assert_eq!(self.exit, ExitReason::Code(code), "{what}\n-- stdout\n{}\n-- stderr\n{}", self.stdout, self.stderr);
        self
    }

    /// Its output, as JSON.
    ///
    /// # Panics
    ///
    /// If it is none.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|why| panic!("{why}: {}", self.stdout))
    }
}

/// A line that a program printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// On standard output.
    Stdout(String),
    /// On standard error.
    Stderr(String),
}

/// A program under way, in a process group of its own. Dropped, it and what it started are killed.
#[derive(Debug)]
pub struct Program {
    name: String,
    pid: u32,
    started: Instant,
    stdin: Option<ChildStdin>,
    ended: Receiver<ExitStatus>,
    status: Option<ExitStatus>,
    stdout: Option<JoinHandle<String>>,
    stderr: Option<JoinHandle<String>>,
}

impl Program {
    /// Starts it, keeping what it prints.
    ///
    /// # Panics
    ///
    /// If it cannot be started.
    pub fn start(mut command: Command) -> Self {
        let (name, mut child) = spawn(&mut command);
        let (stdout, stderr) = (child.stdout.take().map(keep), child.stderr.take().map(keep));
        Self::watch(name, child, stdout, stderr)
    }

    /// Starts it, telling of each line that it prints as it comes.
    ///
    /// # Panics
    ///
    /// If it cannot be started.
    pub fn start_with_lines(mut command: Command, lines: &Sender<Line>) -> Self {
        let (name, mut child) = spawn(&mut command);
        let stdout = child.stdout.take().map(|stdout| tell(stdout, lines.clone(), Line::Stdout));
        let stderr = child.stderr.take().map(|stderr| tell(stderr, lines.clone(), Line::Stderr));
        Self::watch(name, child, stdout, stderr)
    }

    fn watch(
        name: String,
        mut child: Child,
        stdout: Option<JoinHandle<String>>,
        stderr: Option<JoinHandle<String>>,
    ) -> Self {
        let (pid, stdin) = (child.id(), child.stdin.take());
        let (sender, ended) = channel();
        std::thread::spawn(move || {
            if let Ok(status) = child.wait() {
                // Who asks no more has dropped the program.
                let _ = sender.send(status);
            }
        });
        Self { name, pid, started: Instant::now(), stdin, ended, status: None, stdout, stderr }
    }

    /// Its process's number.
    pub fn pid(&self) -> u32 {
        self.pid
    }

    /// Writes this to its standard input, and closes it.
    pub fn input(&mut self, text: &str) {
        if let Some(mut stdin) = self.stdin.take() {
            // A program that does not read on has its reasons, and says them.
            drop(stdin.write_all(text.as_bytes()));
        }
    }

    /// Sends it a signal, `INT` or `KILL`; not what it started.
    pub fn signal(&self, signal: &str) {
        kill(signal, &self.pid.to_string());
    }

    /// Waits until it ends.
    ///
    /// # Panics
    ///
    /// If that takes longer than `limit`. It is killed then.
    pub fn wait(mut self, limit: Duration) -> ProgramOutput {
        drop(self.stdin.take());
        match self.ended.recv_timeout(limit) {
            Ok(status) => self.status = Some(status),
            Err(RecvTimeoutError::Timeout) => {
                self.end();
                let (stdout, stderr) = (text(self.stdout.take()), text(self.stderr.take()));
                panic!("{} did not end in {limit:?}\n-- stdout\n{stdout}\n-- stderr\n{stderr}", self.name);
            }
            Err(RecvTimeoutError::Disconnected) => panic!("{} cannot be waited for", self.name),
        }
        let took = self.started.elapsed();
        ProgramOutput {
            exit: self.status.expect("it was just set").into(),
            stdout: text(self.stdout.take()),
            stderr: text(self.stderr.take()),
            took,
        }
    }

    fn end(&mut self) {
        if self.status.is_none() {
            kill("KILL", &format!("-{}", self.pid));
            self.status = self.ended.recv().ok();
        }
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        self.end();
    }
}

/// Runs a program to its end.
///
/// # Panics
///
/// If it cannot be started, or takes longer than `limit`.
pub fn run(command: Command, limit: Duration) -> ProgramOutput {
    Program::start(command).wait(limit)
}

/// Sends a signal to a process, or with a `-` before its number to a process group.
///
/// # Panics
///
/// If there is no `kill`.
pub fn kill(signal: &str, target: &str) {
    // One that has ended by itself needs no signal any more.
    let status = Command::new("kill").args(["-s", signal, "--", target]).stderr(Stdio::null()).status();
    status.expect("every Unix has kill");
}

fn spawn(command: &mut Command) -> (String, Child) {
    let name = format!("{command:?}");
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).process_group(0);
    let child = command.spawn().unwrap_or_else(|why| panic!("{name} could not be started: {why}"));
    (name, child)
}

fn keep(mut stream: impl Read + Send + 'static) -> JoinHandle<String> {
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        // What came before the pipe broke is what there is.
        drop(stream.read_to_end(&mut bytes));
        String::from_utf8_lossy(&bytes).into_owned()
    })
}

fn tell(
    stream: impl Read + Send + 'static,
    lines: Sender<Line>,
    line: impl Fn(String) -> Line + Send + 'static,
) -> JoinHandle<String> {
    std::thread::spawn(move || {
        let mut all = String::new();
        for text in BufReader::new(stream).lines().map_while(Result::ok) {
            all.extend([&text, "\n"]);
            // Who has heard enough listens no more.
            let _ = lines.send(line(text));
        }
        all
    })
}

fn text(reader: Option<JoinHandle<String>>) -> String {
    reader.and_then(|reader| reader.join().ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sh(script: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        command
    }

    const LIMIT: Duration = Duration::from_secs(30);

    #[test]
    fn a_program_tells_how_it_ended_and_what_it_said() {
        let finished = run(sh("echo out; echo err >&2; exit 3"), LIMIT);
        assert_eq!((finished.exit, &*finished.stdout, &*finished.stderr), (ExitReason::Code(3), "out\n", "err\n"));
        assert_eq!(run(sh("kill -KILL $$"), LIMIT).exit, ExitReason::Signal(9));
    }

    #[test]
    #[should_panic(expected = "did not end in")]
    fn a_program_that_hangs_is_ended_with_what_it_started() {
        // `cat` keeps standard output open: were it left alone, the test would hang.
        run(sh("cat /dev/zero >/dev/null & wait"), Duration::from_millis(100));
    }
}
