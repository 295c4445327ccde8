//! Nothing is changed in the user's own account before they have seen account, region, changes and cost, and said yes.

use std::io::{self, BufRead};

use i18n::{Arg, Message};
use lab::{Mode, Problem, StepId};

use super::drive::Drive;
use crate::{console::can_ask, failure::Failure, show};

/// Refuses, before anything is begun, what could not be asked about later.
pub(super) fn can_be_asked(mode: Mode, yes: bool) -> Result<(), Failure> {
    if mode == Mode::Practice || yes || can_ask() {
        return Ok(());
    }
    Err(Failure::wrong_use(Problem::new("cli-nobody-to-ask")))
}

/// Shows what the steps would change in the user's account, and asks. Practice changes nothing of theirs.
pub(super) async fn confirm(drive: &Drive<'_>, steps: &[StepId], yes: bool) -> Result<(), Failure> {
    let (console, info) = (drive.console, drive.run.info()?);
    if info.mode == Mode::Practice {
        return Ok(());
    }
    let mut previews = Vec::new();
    for step in steps {
        previews.push(drive.until_stopped(drive.run.preview(*step)).await?);
    }
    let unknown = || Arg::from(console.words().text_by_id("report-unknown"));
    console.say(
        &Message::new("cli-where")
            .with("account", info.account.as_deref().map_or_else(unknown, Arg::from))
            .with("region", info.region.as_deref().map_or_else(unknown, Arg::from)),
    );
    console.line(&show::preview(console, &previews));
    if yes {
        return Ok(());
    }
    console.say(&Message::new("cli-ask"));
    let answer = tokio::select! {
        () = drive.stop.cancelled() => return Err(Failure::Cancelled),
        answer = answer() => answer,
    };
    if is_yes(&answer) {
        return Ok(());
    }
    console.say(&Message::new("cli-declined"));
    Err(Failure::Cancelled)
}

/// A line from the terminal. The thread that waits for it is left behind when the program ends.
async fn answer() -> String {
    let (send, receive) = tokio::sync::oneshot::channel();
    std::thread::spawn(move || {
        let mut line = String::new();
        // An end of input is no yes.
        let _ = io::stdin().lock().read_line(&mut line);
        let _ = send.send(line);
    });
    receive.await.unwrap_or_default()
}

fn is_yes(answer: &str) -> bool {
    matches!(answer.trim().to_lowercase().as_str(), "y" | "yes" | "예" | "네" | "ㅇ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_yes_is_a_yes() {
        for yes in ["y\n", "Yes", " 예 ", "네\r\n"] {
            assert!(is_yes(yes), "{yes}");
        }
        for no in ["", "\n", "n", "아니요", "yeah no"] {
            assert!(!is_yes(no), "{no}");
        }
    }
}
