//! Cleaning up a run of which no record is left: its repositories are looked for in the practice clouds of the data folder, or in the
//! account that the options name. An account that was not read is never said to have nothing. A run that is found is cleaned up only
//! if it is named: it may be another learner's, and under way.

use std::sync::Arc;

use i18n::Message;
use lab::{AccountRead, EngineChoice, Lab, Mode, RunOptions};
use launcher::{Backend, Folder, LaunchOptions};
use practice::Speed;
use serde_json::json;
use tokio_util::sync::CancellationToken;

use super::{
    confirm::ensure_consent_is_possible,
    finish::print_json,
    resume::{RemainingSteps, run_remaining},
    run::{ensure_profile_is_used, signal_error},
};
use crate::{
    args::Cleanup,
    console::{Console, shell_word},
    failure::{Exit, Failure},
    stop,
};

pub(super) async fn recover(
    options: Cleanup,
    console: &Arc<Console>,
    folder: &Folder,
    lab: &Lab,
) -> Result<Exit, Failure> {
    let mode = options.mode.map_or(Mode::Practice, Mode::from);
    ensure_profile_is_used(mode, options.profile.as_deref())?;
    let regions: Vec<_> = match (mode, &options.region) {
        (Mode::Practice, None) => folder.practice_regions().into_iter().map(Some).collect(),
        (_, region) => vec![region.clone()],
    };
    let stop = stop::on_signals(console, "cli-stopping").map_err(|error| signal_error(&error))?;
    if regions.is_empty() {
        console.message(&Message::new("cli-no-practice"));
    }
    let (mut exit, mut cleaned) = (Exit::Met, false);
    for region in regions {
        let run_options = RunOptions {
            profile: options.profile.clone(),
            region,
            engine: options.engine.clone().unwrap_or(EngineChoice::Builtin),
            speed: Some(Speed::Instant.to_string()),
        };
        let before = lab.newest()?.map(|run| run.id);
        let exit_of_region = Box::pin(in_region(&options, console, folder, lab, mode, run_options, &stop)).await?;
        if exit_of_region != Exit::Met {
            exit = Exit::NotMet;
        }
        cleaned |= lab.newest()?.map(|run| run.id) != before;
    }
    if options.output.json && !cleaned {
        let (run, met) = (lab.newest()?.map(|run| run.id), exit == Exit::Met);
        print_json(console, &json!({ "run": run, "ok": met, "mode": mode, "nothing_to_clean_up": met }))?;
    }
    if mode == Mode::Practice {
        console.message(&Message::new("cli-aws-not-read"));
    }
    Ok(exit)
}

async fn in_region(
    options: &Cleanup,
    console: &Arc<Console>,
    folder: &Folder,
    lab: &Lab,
    mode: Mode,
    run_options: RunOptions,
    stop: &CancellationToken,
) -> Result<Exit, Failure> {
    let region = run_options.region.clone();
    let launch_options = LaunchOptions::start(mode, &run_options);
    let named = options.run.clone();
    let command = command(options, mode, region.as_deref());
    ensure_consent_is_possible(launch_options.consent(), &options.output)?;
    let backend = tokio::select! {
        () = stop.cancelled() => return Err(Failure::Cancelled),
        backend = Backend::open(folder, launch_options) => backend?,
    };
    console.notices(&backend.notices);
    let recovered = tokio::select! {
        () = stop.cancelled() => Err(Failure::Cancelled),
        recovered = lab.recover(options.names.plan(), named.as_ref(), backend.access.clone(), &run_options) => {
            recovered.map_err(Failure::from)
        }
    };
    let result = match recovered {
        Err(failure) => Err(failure),
        Ok(recovered) if recovered.run.is_none() => Ok(nothing_found(console, &command, &recovered.read)),
        Ok(recovered) => {
            report_others(console, &command, &recovered.read);
            let remaining = RemainingSteps::clean_up(false, options.remove.clone(), options.configuration);
            let cleaned = run_remaining(lab, console, &backend, &remaining, &options.output, stop).await;
            // A run that was named is all that was to be cleaned up.
            let is_all = named.is_some() || recovered.read.others.is_empty();
            cleaned.map(|exit| if is_all { exit } else { Exit::NotMet })
        }
    };
    backend.close().await;
    result
}

/// Says what was read, and what that leaves open.
fn nothing_found(console: &Console, command: &str, read: &AccountRead) -> Exit {
    let message = |id: &str| {
        let message = Message::new(id).with("account", &read.account).with("region", &read.region);
        message.with("configuration", read.configuration.summary())
    };
    report_others(console, command, read);
    if !read.others.is_empty() {
        return Exit::NotMet;
    }
    let id = if read.has_filter {
        "cli-filter-found"
    } else if read.complete {
        "cli-nothing-to-clean"
    } else {
        "cli-account-partly-read"
    };
    console.message(&message(id));
    if id == "cli-nothing-to-clean" { Exit::Met } else { Exit::NotMet }
}

fn report_others(console: &Console, command: &str, read: &AccountRead) {
    for (run, repositories) in &read.others {
        let message = Message::new("cli-other-run").with("run", run).with("names", repositories.join(", "));
        console.message(&message.with("command", format!("{command} --run {}", shell_word(run))));
    }
}

/// The command that was given, to which the run's id can be added. The console adds the data folder.
fn command(options: &Cleanup, mode: Mode, region: Option<&str>) -> String {
    let names = &options.names;
    let mut words = vec!["imagelab".to_owned(), "cleanup".to_owned()];
    let mut option = |name: &str, value: Option<&str>| {
        if let Some(value) = value {
            words.extend([format!("--{name}"), shell_word(value)]);
        }
    };
    option("mode", (mode == Mode::Aws).then_some("aws"));
    option("profile", options.profile.as_deref());
    option("region", region);
    for (name, value) in [
        ("tag", &names.tag),
        ("fixed-tag", &names.fixed_tag),
        ("filter", &names.filter),
        ("prod", &names.prod),
        ("sandbox", &names.sandbox),
        ("shared", &names.shared),
        ("prefix", &names.prefix),
    ] {
        option(name, value.as_deref());
    }
    words.join(" ")
}
