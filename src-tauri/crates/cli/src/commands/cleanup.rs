//! `imagelab cleanup`: takes back what the last run made, however far it came.

use std::sync::Arc;

use i18n::Message;
use lab::{Lab, StepId};
use launcher::{Folder, LaunchOptions};
use practice::Speed;

use super::{
    finish::{Asked, report_can_be_written},
    resume::{Task, go_on},
};
use crate::{
    args::Cleanup,
    console::Console,
    failure::{Exit, Failure},
};

pub(super) async fn run(options: Cleanup, console: &Arc<Console>, folder: &Folder) -> Result<Exit, Failure> {
    report_can_be_written(&options.output)?;
    let lab = Lab::open(&folder.lab()).await?;
    let Some(unfinished) = lab.newest()?.filter(|run| !run.finished) else {
        console.say(&Message::new("cli-nothing-to-clean"));
        return Ok(Exit::Met);
    };
    let mut wanted = LaunchOptions::resume(folder, &unfinished);
    wanted.profile = options.profile.or(wanted.profile);
    wanted.engine = options.engine.unwrap_or(wanted.engine);
    wanted.speed = Speed::Instant;
    let task = Task { asked: Asked::CleanUp, steps: vec![(StepId::Cleanup, false)] };
    Box::pin(go_on(&lab, console, folder, wanted, task, &options.output)).await
}
