//! The commands, one file each, and what they share.

mod catalogue;
mod cleanup;
mod confirm;
mod explore;
mod export;
mod findings;
mod finish;
mod never_here;
mod policy;
mod practice;
mod practice_background;
mod practice_clock;
mod recover;
mod removals;
mod resume;
mod run;
mod status;
mod step_runner;

use std::sync::Arc;

use launcher::Folder;

use crate::{
    args::Command,
    console::Console,
    failure::{Exit, Failure},
};

/// Runs a command.
pub(crate) async fn run(command: Command, console: &Arc<Console>, folder: &Folder) -> Result<Exit, Failure> {
    match command {
        Command::Run(options) => Box::pin(run::run(*options, console, folder)).await,
        Command::Practice(practice) => practice_background::run(*practice, console, folder).await,
        Command::Resume(options) => Box::pin(resume::run(options, console, folder)).await,
        Command::Status(options) => status::run(&options, console, folder).await,
        Command::Cleanup(options) => Box::pin(cleanup::run(options, console, folder)).await,
        Command::Findings(options) => findings::run(options, console, folder).await,
        Command::Explore(options) => Box::pin(explore::run(options, console, folder)).await,
        Command::Catalogue(options) => catalogue::run(options, console, folder).await,
        Command::Policy(options) => policy::run(options, console).await,
        Command::NeverHere(options) => never_here::run(&options, console, folder).await,
    }
}
