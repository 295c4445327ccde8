//! Child processes that are killed when they take too long.

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
    /// By itself, with this code.
    Code(i32),
    /// By this signal.
    Signal(i32),
}

impl From<ExitStatus> for ExitReason {
    fn from(status: ExitStatus) -> Self {
        status.code().map_or_else(|| Self::Signal(status.signal().unwrap_or_default()), Self::Code)
    }
}

/// The output of a program that has ended.
#[derive(Clone, Debug)]
pub struct ProgramOutput {
    /// How it ended.
    pub exit: ExitReason,
    /// Its standard output.
    pub stdout: String,
    /// Its standard error.
    pub stderr: String,
    /// How long it ran.
    pub duration: Duration,
}

impl ProgramOutput {
    /// This, if it ended with 0.
    ///
    /// # Panics
    ///
    /// If it did not, with all its output.
    #[expect(clippy::return_self_not_must_use, reason = "the check may be all that a caller wants")]
    pub fn succeeded(self, what: &str) -> Self {
        self.exited_with(0, what)
    }

    /// This, if it ended with this code.
    ///
    /// # Panics
    ///
    /// If it did not, with all its output.
    #[expect(clippy::return_self_not_must_use, reason = "the check may be all that a caller wants")]
    pub fn exited_with(self, code: i32, what: &str) -> Self {
        assert_eq!(self.exit, ExitReason::Code(code), "{what}\n-- stdout\n{}\n-- stderr\n{}", self.stdout, self.stderr);
        self
    }

    /// Its standard output, as JSON.
    ///
    /// # Panics
    ///
    /// If it is not JSON.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}: {}", self.stdout))
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

/// A running program, in a process group of its own. When it is dropped, the group is killed.
#[derive(Debug)]
pub struct Program {
    name: String,
    pid: u32,
    started: Instant,
    stdin: Option<ChildStdin>,
    exit: Receiver<ExitStatus>,
    status: Option<ExitStatus>,
    stdout: Option<JoinHandle<String>>,
    stderr: Option<JoinHandle<String>>,
}

impl Program {
    /// Starts a program, and collects its output.
    ///
    /// # Panics
    ///
    /// If it cannot be started.
    pub fn start(mut command: Command) -> Self {
        let (name, mut child) = spawn(&mut command);
        let (stdout, stderr) = (child.stdout.take().map(collect), child.stderr.take().map(collect));
        Self::watch(name, child, stdout, stderr)
    }

    /// Starts a program, collects its output, and sends each line as it is printed.
    ///
    /// # Panics
    ///
    /// If it cannot be started.
    pub fn start_with_lines(mut command: Command, lines: &Sender<Line>) -> Self {
        let (name, mut child) = spawn(&mut command);
        let stdout = child.stdout.take().map(|stdout| collect_and_send(stdout, lines.clone(), Line::Stdout));
        let stderr = child.stderr.take().map(|stderr| collect_and_send(stderr, lines.clone(), Line::Stderr));
        Self::watch(name, child, stdout, stderr)
    }

    fn watch(
        name: String,
        mut child: Child,
        stdout: Option<JoinHandle<String>>,
        stderr: Option<JoinHandle<String>>,
    ) -> Self {
        let (pid, stdin) = (child.id(), child.stdin.take());
        let (sender, exit) = channel();
        std::thread::spawn(move || {
            if let Ok(status) = child.wait() {
                // Fails if the program was dropped, which is fine.
                let _ = sender.send(status);
            }
        });
        Self { name, pid, started: Instant::now(), stdin, exit, status: None, stdout, stderr }
    }

    /// Its process id.
    pub fn pid(&self) -> u32 {
        self.pid
    }

    /// Writes to its standard input, and closes it.
    pub fn input(&mut self, text: &str) {
        if let Some(mut stdin) = self.stdin.take() {
            // A program that stops reading reports the reason itself.
            drop(stdin.write_all(text.as_bytes()));
        }
    }

    /// Sends a signal, `INT` or `KILL`, to it and not to its children.
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
        match self.exit.recv_timeout(limit) {
            Ok(status) => self.status = Some(status),
            Err(RecvTimeoutError::Timeout) => {
                self.end();
                let (stdout, stderr) = (text(self.stdout.take()), text(self.stderr.take()));
                panic!("{} did not end in {limit:?}\n-- stdout\n{stdout}\n-- stderr\n{stderr}", self.name);
            }
            Err(RecvTimeoutError::Disconnected) => panic!("{} cannot be waited for", self.name),
        }
        let duration = self.started.elapsed();
        ProgramOutput {
            exit: self.status.expect("the status was just set").into(),
            stdout: text(self.stdout.take()),
            stderr: text(self.stderr.take()),
            duration,
        }
    }

    fn end(&mut self) {
        if self.status.is_none() {
            kill("KILL", &format!("-{}", self.pid));
            self.status = self.exit.recv().ok();
        }
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        self.end();
    }
}

/// Runs a program until it ends.
///
/// # Panics
///
/// If it cannot be started, or takes longer than `limit`.
pub fn run(command: Command, limit: Duration) -> ProgramOutput {
    Program::start(command).wait(limit)
}

/// Sends a signal to a process, or to a process group if the id has a `-` before it.
///
/// # Panics
///
/// If the system has no `kill`.
pub fn kill(signal: &str, target: &str) {
    // Fails if the process has ended already, which is fine.
    let status = Command::new("kill").args(["-s", signal, "--", target]).stderr(Stdio::null()).status();
    status.expect("every Unix has kill");
}

fn spawn(command: &mut Command) -> (String, Child) {
    let name = format!("{command:?}");
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).process_group(0);
    let child = command.spawn().unwrap_or_else(|error| panic!("{name} could not be started: {error}"));
    (name, child)
}

fn collect(mut stream: impl Read + Send + 'static) -> JoinHandle<String> {
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        // What was read before the pipe broke is kept.
        drop(stream.read_to_end(&mut bytes));
        String::from_utf8_lossy(&bytes).into_owned()
    })
}

fn collect_and_send(
    stream: impl Read + Send + 'static,
    lines: Sender<Line>,
    line: impl Fn(String) -> Line + Send + 'static,
) -> JoinHandle<String> {
    std::thread::spawn(move || {
        let mut all = String::new();
        for text in BufReader::new(stream).lines().map_while(Result::ok) {
            all.extend([&text, "\n"]);
            // Fails if the receiver was dropped, which is fine.
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
    fn a_program_has_its_exit_reason_and_its_output() {
        let output = run(sh("echo out; echo err >&2; exit 3"), LIMIT);
        assert_eq!((output.exit, &*output.stdout, &*output.stderr), (ExitReason::Code(3), "out\n", "err\n"));
        assert_eq!(run(sh("kill -KILL $$"), LIMIT).exit, ExitReason::Signal(9));
    }

    #[test]
    #[should_panic(expected = "did not end in")]
    fn a_program_that_hangs_is_killed_with_its_children() {
        // `cat` keeps standard output open: if it survived, the test would hang.
        run(sh("cat /dev/zero >/dev/null & wait"), Duration::from_millis(100));
    }
}
