//! What the plan names and the run did not make, or of which that is not known: listed before the clean-up, and removed only by name.

use std::sync::Arc;

use i18n::Message;
use lab::{NamedByPlan, Run};
use tokio_util::sync::CancellationToken;

use super::confirm::{is_yes, read_line};
use crate::{
    args::Output,
    console::{Console, is_interactive},
    failure::Failure,
};

/// Lists these, and asks for each whether it is to be removed, unless `requested` names it. With `--yes`, and without a terminal, what
/// is not named is kept.
pub(super) async fn choose(
    console: &Arc<Console>,
    run: &Run,
    output: &Output,
    stop: &CancellationToken,
    named: Vec<NamedByPlan>,
    requested: &[String],
) -> Result<(), Failure> {
    let mut chosen = Vec::new();
    let (unknown, others): (Vec<_>, Vec<_>) = named.into_iter().partition(|named| named.unknown_origin);
    for (title, named) in [("cli-not-made", others), ("cli-unknown-origin", unknown)] {
        if !named.is_empty() {
            console.message(&Message::new(title).with("count", named.len()));
        }
        for NamedByPlan { name, command, .. } in named {
            console.message(&Message::new("cli-not-made-item").with("name", &name).with("command", command));
            if requested.contains(&name) || ask(console, output, stop, &name).await? {
                chosen.push(name);
            } else {
                console.message(&Message::new("cli-not-made-kept").with("name", name));
            }
        }
    }
    for name in requested.iter().filter(|name| !chosen.contains(name)) {
        console.message(&Message::new("cli-not-made-unknown").with("name", name));
    }
    Ok(run.choose_removals(&chosen)?)
}

async fn ask(console: &Console, output: &Output, stop: &CancellationToken, name: &str) -> Result<bool, Failure> {
    if output.yes || !is_interactive() {
        return Ok(false);
    }
    console.message(&Message::new("cli-not-made-ask").with("name", name));
    tokio::select! {
        () = stop.cancelled() => Err(Failure::Cancelled),
        line = read_line() => Ok(is_yes(&line)),
    }
}
