//! `imagelab cleanup`: undoes what the last run did, however many of its steps were completed.

use std::sync::Arc;

use i18n::Message;
use lab::{Lab, StepId};
use launcher::{Folder, LaunchOptions};
use practice::Speed;

use super::{
    finish::{Goal, ensure_report_is_writable},
    resume::{RemainingSteps, resume_run},
};
use crate::{
    args::Cleanup,
    console::Console,
    failure::{Exit, Failure},
};

pub(super) async fn run(options: Cleanup, console: &Arc<Console>, folder: &Folder) -> Result<Exit, Failure> {
    ensure_report_is_writable(&options.output)?;
    let lab = Lab::open(&folder.lab()).await?;
    let Some(unfinished) = lab.newest()?.filter(|run| !run.finished) else {
        console.message(&Message::new("cli-nothing-to-clean"));
        return Ok(Exit::Met);
    };
    let mut launch_options = LaunchOptions::resume(folder, &unfinished);
    launch_options.profile = options.profile.or(launch_options.profile);
    launch_options.engine = options.engine.unwrap_or(launch_options.engine);
    launch_options.speed = Speed::Instant;
    let remaining = RemainingSteps { goal: Goal::CleanUp, steps: vec![(StepId::Cleanup, false)] };
    Box::pin(resume_run(&lab, console, folder, launch_options, remaining, &options.output)).await
}
