//! `imagelab`: the same lab as the window's, from a terminal. Starts the practice cloud and the built-in engine where they
//! are wanted, hands their addresses to the lab, and shows what it tells.

mod args;
mod commands;
mod console;
mod failure;
mod help;
mod show;
mod stop;

use lab::Code;
use std::{process::ExitCode, sync::Arc};

use console::Console;
use failure::Exit;
use i18n::Lang;
use launcher::Folder;

fn main() -> ExitCode {
    let cli = match help::parse(std::env::args_os().collect()) {
        Ok(cli) => cli,
        Err(told) => {
            // Help, the version, or what was typed wrong. When nobody reads it there is nobody to tell.
            let _ = told.print();
            return ExitCode::from(u8::try_from(told.exit_code()).unwrap_or(Exit::WrongUse.code()));
        }
    };
    if cli.verbose {
        log();
    }
    let console = Arc::new(Console::new(cli.lang.unwrap_or_else(Lang::of_system)));
    let ended = run(cli, &console);
    let exit = ended.unwrap_or_else(|failure| {
        if let Some(text) = failure.text(console.words()) {
            console.line(&text);
        }
        failure.exit()
    });
    exit.into()
}

fn run(cli: args::Cli, console: &Arc<Console>) -> Result<Exit, failure::Failure> {
    let folder = Folder::find(cli.data)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.map_err(|error| {
        failure::Failure::went_wrong(lab::Problem::new(Code::CliSignals).details(error.to_string()))
    })?;
    let ended = runtime.block_on(commands::run(cli.command, console, &folder));
    // What is still on its way, such as a line that nobody will type, must not hold the end up.
    runtime.shutdown_background();
    ended
}

/// What goes on inside, on standard error; `IMAGELAB_LOG` says of what.
fn log() {
    let filter = tracing_subscriber::EnvFilter::try_from_env("IMAGELAB_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("info,lab=debug,engine=debug,practice=debug,cli=debug"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
}
