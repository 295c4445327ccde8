//! Shows what would be changed in the user's own account, asks for consent, and passes it to the lab, which requires it.

use std::io::{self, BufRead};

use i18n::Message;
use lab::{Code, ConsentPolicy, Problem, Run, RunPreview};
use tokio_util::sync::CancellationToken;

use crate::{
    args::Output,
    console::{Console, is_interactive},
    failure::Failure,
    show,
};

/// Fails, before a run starts, if consent is needed but could not be asked for.
pub(super) fn ensure_consent_is_possible(policy: ConsentPolicy, output: &Output) -> Result<(), Failure> {
    if policy == ConsentPolicy::NotNeeded || output.yes || is_interactive() {
        return Ok(());
    }
    Err(Failure::wrong_use(Problem::new(Code::CliNoTerminal)))
}

/// Shows a preview, asks, and passes the consent to the lab.
pub(super) async fn ask(
    console: &Console,
    run: &Run,
    output: &Output,
    stop: &CancellationToken,
    preview: &RunPreview,
) -> Result<(), Failure> {
    let heading = Message::new("cli-where").with("account", preview.account.as_str());
    console.message(&heading.with("region", preview.region.as_str()));
    let previews: Vec<_> = preview.steps.iter().map(|step| &step.preview).collect();
    console.line(&show::preview(console, &previews));
    if output.yes {
        // At AWS's own endpoints a profile may select an unintended account.
        if preview.endpoint.is_none() && output.account.is_none() {
            let problem = Problem::new(Code::CliAccountNeeded).with("account", preview.account.as_str());
            return Err(Failure::wrong_use(problem));
        }
        return Ok(run.give_consent(preview.consent())?);
    }
    if !is_interactive() {
        return Err(Failure::wrong_use(Problem::new(Code::CliNoTerminal)));
    }
    console.message(&Message::new("cli-ask"));
    let line = tokio::select! {
        () = stop.cancelled() => return Err(Failure::Cancelled),
        line = read_line() => line,
    };
    if is_yes(&line) {
        return Ok(run.give_consent(preview.consent())?);
    }
    Err(Failure::Declined)
}

/// Reads a line from the terminal. The thread that waits for it does not delay the program's exit.
pub(super) async fn read_line() -> String {
    let (sender, receiver) = tokio::sync::oneshot::channel();
    std::thread::spawn(move || {
        let mut line = String::new();
        // At the end of input the line is empty, which is not a yes.
        let _ = io::stdin().lock().read_line(&mut line);
        let _ = sender.send(line);
    });
    receiver.await.unwrap_or_default()
}

pub(super) fn is_yes(line: &str) -> bool {
    matches!(line.trim().to_lowercase().as_str(), "y" | "yes" | "예" | "네" | "ㅇ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_yes_in_english_or_korean_counts_as_consent() {
        for yes in ["y\n", "Yes", " 예 ", "네\r\n"] {
            assert!(is_yes(yes), "{yes}");
        }
        for no in ["", "\n", "n", "아니요", "yeah no"] {
            assert!(!is_yes(no), "{no}");
        }
    }
}
