//! Shows what would be changed in the user's own account, asks whether to go ahead, and passes the consent to the lab, which
//! requires it.

use std::io::{self, BufRead};

use i18n::Message;
use lab::{Access, Code, ConsentPolicy, Problem, Run, RunPreview};
use tokio_util::sync::CancellationToken;

use crate::{
    args::Output,
    console::{Console, can_ask},
    failure::Failure,
    show,
};

/// Refuses, before a run is begun, what could not be asked about later.
pub(super) fn can_be_asked(access: &Access, output: &Output) -> Result<(), Failure> {
    if access.consent == ConsentPolicy::NotNeeded || output.yes || can_ask() {
        return Ok(());
    }
    Err(Failure::wrong_use(Problem::new(Code::CliNoTerminal)))
}

/// Shows a preview, and gives the lab the answer.
pub(super) async fn ask(
    console: &Console,
    run: &Run,
    output: &Output,
    stop: &CancellationToken,
    preview: &RunPreview,
) -> Result<(), Failure> {
    let place = Message::new("cli-where").with("account", preview.account.as_str());
    console.say(&place.with("region", preview.region.as_str()));
    let previews: Vec<_> = preview.steps.iter().map(|step| &step.preview).collect();
    console.line(&show::preview(console, &previews));
    if output.yes {
        // AWS's own endpoints: a profile may lead to another account than was meant.
        if preview.endpoint.is_none() && output.account.is_none() {
            let problem = Problem::new(Code::CliAccountNeeded).with("account", preview.account.as_str());
            return Err(Failure::wrong_use(problem));
        }
        return Ok(run.give_consent(preview.consent())?);
    }
    if !can_ask() {
        return Err(Failure::wrong_use(Problem::new(Code::CliNoTerminal)));
    }
    console.say(&Message::new("cli-ask"));
    let answer = tokio::select! {
        () = stop.cancelled() => return Err(Failure::Cancelled),
        answer = answer() => answer,
    };
    if is_yes(&answer) {
        return Ok(run.give_consent(preview.consent())?);
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
