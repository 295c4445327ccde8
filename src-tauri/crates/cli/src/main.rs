//! `imagelab`: the lab in a terminal. Parses the command line, runs the command, and prints progress, results and errors.

mod args;
mod commands;
mod console;
mod failure;
mod help;
mod show;
mod stop;
mod usage_error;

use lab::Code;
use std::{process::ExitCode, sync::Arc};

use console::Console;
use failure::Exit;
use i18n::{Lang, Localizer};
use launcher::Folder;

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args_os().collect();
    let language = help::language(&arguments);
    let cli = match help::parse(arguments) {
        Ok(cli) => cli,
        Err(error) => {
            match usage_error::text(&error, &Localizer::new(language)) {
                Some(text) => Console::new(language).line(&text),
                // Help, or the version. If the output is closed, there is nowhere to report it.
                None => drop(error.print()),
            }
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(Exit::WrongUse.code()));
        }
    };
    if cli.verbose {
        launcher::logging::init("IMAGELAB_LOG", "info,lab=debug,engine=debug,practice=debug,cli=debug");
    }
    let console = Arc::new(Console::new(cli.lang.unwrap_or_else(Lang::of_system)).with_data(cli.data.as_deref()));
    let exit = run(cli, &console).unwrap_or_else(|failure| {
        console.line(&failure.text(console.localizer()));
        failure.exit()
    });
    exit.into()
}

fn run(cli: args::Cli, console: &Arc<Console>) -> Result<Exit, failure::Failure> {
    let folder = if cli.command.only_reads() { Folder::locate(cli.data)? } else { Folder::find(cli.data)? };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.map_err(|error| {
        failure::Failure::went_wrong(lab::Problem::new(Code::CliSignals).details(error.to_string()))
    })?;
    let result = runtime.block_on(commands::run(cli.command, console, &folder));
    // Pending work, such as reading a line of input, must not delay the exit.
    runtime.shutdown_background();
    result
}
