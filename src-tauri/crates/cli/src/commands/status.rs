//! `imagelab status`: the state of the last run, from the session alone. Calls neither AWS nor the engine.

use std::sync::Arc;

use i18n::{Arg, Message, format};
use lab::{EngineKind, Kept, Mode, Records, RunInfo, report};
use launcher::Folder;
use serde_json::{Value, json};

use super::{
    finish::{print, print_json},
    practice_clock,
};
use crate::{
    args::Status,
    console::Console,
    failure::{Exit, Failure},
    show,
};

pub(super) async fn run(options: &Status, console: &Arc<Console>, folder: &Folder) -> Result<Exit, Failure> {
    let records = Records::open(&folder.lab()).await?;
    let newest = records.as_ref().map(Records::newest).transpose()?.flatten();
    let (receipt, recovered) = match (&records, &newest) {
        (Some(records), Some(run)) => (records.receipt(&run.id)?, records.is_recovered(&run.id)?),
        _ => (None, false),
    };
    // What is left after a clean-up; before it, everything is.
    let left: Vec<_> = receipt.into_iter().flat_map(|receipt| receipt.kept).filter(|kept| kept.open).collect();
    if options.json {
        print_json(console, &json(console, folder, newest.as_ref(), &left, recovered))?;
        return Ok(Exit::Met);
    }
    match &newest {
        None => console.message(&Message::new("cli-no-run")),
        Some(run) => print(console, &text(console, run, &left, recovered))?,
    }
    // A run is in one Region; without one, any practice cloud may be asked about next.
    let regions = match &newest {
        Some(run) if run.mode == Mode::Aws => Vec::new(),
        Some(RunInfo { region: Some(region), .. }) => vec![region.clone()],
        _ => folder.practice_regions(),
    };
    for moved in practice_clock::lines(console, folder, regions.iter().map(String::as_str)) {
        print(console, &format!("{moved}\n"))?;
    }
    Ok(Exit::Met)
}

fn json(console: &Console, folder: &Folder, run: Option<&RunInfo>, left: &[Kept], recovered: bool) -> Value {
    let Some(run) = run else { return json!({ "run": null }) };
    let clock = (run.mode == Mode::Practice).then(|| launcher::practice_clock(folder, run.region.as_deref()));
    json!({
        "run": run.id,
        "mode": run.mode,
        "engine": run.engine,
        "account": run.account,
        "region": run.region,
        "endpoint": run.endpoint,
        "practice_clock": clock,
        "started_at": run.started_at,
        "finished": run.finished,
        "record_lost": recovered,
        "left": left.iter().map(|kept| json!({
            "kind": kept.kind,
            "what": kept.what,
            "why": console.pasteable(&console.localizer().text(&kept.why)),
        })).collect::<Vec<_>>(),
        "steps": run.steps.iter().map(|step| json!({
            "id": step.id,
            "state": step.state,
            "seconds": step.seconds,
            "stale": step.stale,
        })).collect::<Vec<_>>(),
    })
}

fn text(console: &Console, run: &RunInfo, left: &[Kept], recovered: bool) -> String {
    let localizer = console.localizer();
    let unknown = || Arg::from(format::NONE);
    let mode = report::cloud(run.mode, run.endpoint.as_deref());
    let engine = match run.engine {
        EngineKind::Builtin => "report-engine-builtin",
        EngineKind::Docker => "report-engine-docker",
    };
    let head = Message::new("cli-run-state")
        .with("run", run.id.to_string())
        .with("mode", localizer.text(&mode))
        .with("engine", localizer.text_by_id(engine))
        .with("account", run.account.as_deref().map_or_else(unknown, Arg::from))
        .with("region", run.region.as_deref().map_or_else(unknown, Arg::from))
        .with("started", format::moment(&run.started_at.to_string()));
    let mut next = localizer.text_by_id(match (run.finished, left) {
        (true, _) if recovered => "cli-status-finished-recovered",
        (true, _) => "cli-status-finished",
        (false, []) => "cli-status-unfinished",
        (false, _) => "cli-status-left",
    });
    for kept in left {
        let (kind, why) = (localizer.text_by_id(kept.kind.message_id()), localizer.text(&kept.why));
        next.extend(["\n  ", &kind, " ", &kept.what, ": ", &why]);
    }
    let next = console.pasteable(&next);
    format!("{}\n{}\n{next}\n", localizer.text(&head), show::states(console, &run.steps))
}
