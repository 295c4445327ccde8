//! `imagelab practice start`, `stop` and `env`: the practice cloud in a process of its own, which outlives the terminal.

use std::{
    fs::{self, File},
    io,
    path::Path,
    process::Stdio,
    sync::Arc,
    time::Duration,
};

use i18n::Message;
use lab::{Code, Problem};
use launcher::{Folder, RunningPractice, ShellSyntax};
use tokio::{
    io::{AsyncBufReadExt as _, BufReader},
    process::Command,
};

use super::{
    finish::print,
    practice::{self, Place, READY, lines},
    practice_clock,
};
use crate::{
    args::practice_cloud::{Practice, PracticeAction, PracticeEnv, PracticeStart},
    console::Console,
    failure::{Exit, Failure},
};

/// How long a practice cloud may take to stop: what is in progress is finished first.
const STOP_LIMIT: Duration = Duration::from_secs(30);

/// Runs `practice` or one of its actions.
pub(super) async fn run(practice: Practice, console: &Arc<Console>, folder: &Folder) -> Result<Exit, Failure> {
    let Practice { action, options } = practice;
    match action {
        None => practice::run(options, Place::Foreground, console, folder).await,
        Some(PracticeAction::Start(start)) if start.in_background => {
            practice::run(start.options, Place::Background, console, folder).await
        }
        // It deletes and ends: there is nothing to run in the background.
        Some(PracticeAction::Start(start)) if start.options.reset => {
            practice::run(start.options, Place::Foreground, console, folder).await
        }
        Some(PracticeAction::Start(start)) => self::start(&start, console, folder).await,
        Some(PracticeAction::Stop) => stop(console, folder).await,
        Some(PracticeAction::Env(options)) => env(&options, console, folder),
        Some(PracticeAction::Advance(options)) => practice_clock::advance(options, console, folder).await,
    }
}

async fn start(options: &PracticeStart, console: &Console, folder: &Folder) -> Result<Exit, Failure> {
    if RunningPractice::of(folder).is_some() {
        console.message(&Message::new("cli-practice-runs-already"));
        return env(&options.env, console, folder);
    }
    let log = folder.path().join("practice.log");
    let not_started = |error: io::Error| {
        let problem = Problem::new(Code::PracticeNotStarted);
        Failure::went_wrong(problem.details(error.to_string()))
    };
    let mut child = command(&log).map_err(not_started)?.spawn().map_err(not_started)?;
    let mut line = String::new();
    if let Some(output) = child.stdout.take() {
        BufReader::new(output).read_line(&mut line).await.map_err(not_started)?;
    }
    // What it has to say to people is in its log.
    let messages = fs::read_to_string(&log).unwrap_or_default();
    if !messages.is_empty() {
        console.line_of_other(messages.trim_end());
    }
    if line.trim_end() == READY {
        return env(&options.env, console, folder);
    }
    match child.wait().await.map_err(not_started)?.code() {
        Some(2) => Ok(Exit::WrongUse),
        _ => Ok(Exit::NotMet),
    }
}

/// This program with the same arguments, in a process group of its own: neither Ctrl-C nor the end of the terminal reaches it. Its output
/// is a pipe or a file, so that a shell that waits for the end of this program's output does not wait for it.
fn command(log: &Path) -> io::Result<Command> {
    atomic_file::private::create_file(log)?;
    let log = File::options().write(true).truncate(true).open(log)?;
    let mut command = Command::new(std::env::current_exe()?);
    command.args(std::env::args_os().skip(1)).arg("--in-background");
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(log);
    #[cfg(unix)]
    command.process_group(0);
    #[cfg(windows)]
    {
        const DETACHED_PROCESS: u32 = 0x8;
        const CREATE_NEW_PROCESS_GROUP: u32 = 0x200;
        command.creation_flags(DETACHED_PROCESS | CREATE_NEW_PROCESS_GROUP);
    }
    Ok(command)
}

async fn stop(console: &Console, folder: &Folder) -> Result<Exit, Failure> {
    let Some(running) = RunningPractice::of(folder) else {
        console.message(&Message::new("cli-practice-none"));
        return Ok(Exit::Met);
    };
    let problem = || Problem::new(Code::CliPracticeNotStopped).with("pid", running.pid.to_string());
    match running.stop(STOP_LIMIT).await {
        Ok(true) => {
            // One that could not be asked to stop, as on Windows, has not removed its record.
            running.forget(folder);
            console.message(&Message::new("cli-practice-stopped"));
            Ok(Exit::Met)
        }
        Ok(false) => Err(Failure::went_wrong(problem())),
        Err(error) => Err(Failure::went_wrong(problem().details(error.to_string()))),
    }
}

fn env(options: &PracticeEnv, console: &Console, folder: &Folder) -> Result<Exit, Failure> {
    let running = RunningPractice::of(folder);
    let running = running.ok_or_else(|| Failure::wrong_use(Problem::new(Code::CliPracticeNone)))?;
    let shell = options.shell.unwrap_or_else(ShellSyntax::of_system);
    print(console, &lines(console, shell, &running.variables))?;
    Ok(Exit::Met)
}
