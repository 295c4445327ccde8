//! `imagelab cleanup`: undoes what the last run did, however many of its steps were completed. Where no record of a run is left,
//! it is looked for in the cloud, which is what `recover` is for.

use std::sync::Arc;

use lab::{Lab, Mode, RunInfo, StepId, report};
use launcher::{Folder, LaunchOptions};
use practice::Speed;

use super::{
    finish::{ensure_report_is_writable, print_json},
    recover::recover,
    resume::{RemainingSteps, resume_run},
    run::{ensure_profile_is_used, unfinished_run},
    step_runner,
};
use crate::{
    args::Cleanup,
    console::Console,
    failure::{Exit, Failure},
};

pub(super) async fn run(options: Cleanup, console: &Arc<Console>, folder: &Folder) -> Result<Exit, Failure> {
    let (is_json, mask) = (options.output.json, options.output.mask);
    let result = Box::pin(clean_up(options, console, folder)).await;
    if let (true, Err(failure)) = (is_json, &result) {
        let mut problem = failure.json(console.localizer());
        if mask {
            let mut redactor = report::machine_redactor(folder.path());
            redactor.learn_json(&problem);
            redactor.json(&mut problem);
        }
        print_json(console, &problem)?;
    }
    result
}

async fn clean_up(options: Cleanup, console: &Arc<Console>, folder: &Folder) -> Result<Exit, Failure> {
    ensure_report_is_writable(&options.output)?;
    let lab = Lab::open(&folder.lab()).await?;
    let mode = options.mode.map(Mode::from);
    let newest = lab.newest()?;
    let Some(unfinished) = newest.as_ref().filter(|run| !run.finished || has_unknown(run)) else {
        return Box::pin(recover(options, console, folder, &lab)).await;
    };
    let is_other = options.run.as_ref().is_some_and(|named| *named != unfinished.id);
    if is_other || mode.is_some_and(|mode| mode != unfinished.mode) {
        return Err(unfinished_run(unfinished));
    }
    ensure_profile_is_used(unfinished.mode, options.profile.as_deref())?;
    let mut launch_options = LaunchOptions::resume(folder, unfinished);
    launch_options.profile = options.profile.or(launch_options.profile);
    launch_options.region = options.region.or(launch_options.region);
    launch_options.engine = options.engine.unwrap_or(launch_options.engine);
    launch_options.speed = Speed::Instant;
    let remaining = RemainingSteps::clean_up(unfinished.finished, options.remove, options.configuration);
    Box::pin(resume_run(&lab, console, folder, launch_options, remaining, &options.output)).await
}

/// Whether clean-up ended without being able to read what is left: that is asked again.
fn has_unknown(run: &RunInfo) -> bool {
    run.steps.iter().any(|step| step.id == StepId::Cleanup && step_runner::has_unknown(step))
}
