//! Shows what would be changed in the user's own account, asks for confirmation, and passes it to the lab, which decides whether
//! that is enough.

use std::io::{self, BufRead};

use i18n::Message;
use lab::{AccountConfirmation, Code, Confirmation, ConsentPolicy, LabError, Problem, Run, RunPreview};
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

/// Shows a preview, asks, and passes the answers to the lab.
pub(super) async fn ask(
    console: &Console,
    run: &Run,
    output: &Output,
    stop: &CancellationToken,
    preview: &RunPreview,
) -> Result<(), Failure> {
    console.line(&show::consent(console, preview));
    let account = if output.yes {
        AccountConfirmation::InAdvance { account: output.account.clone() }
    } else if is_interactive() {
        AccountConfirmation::Typed { digits: ask_for_digits(console, stop, preview).await? }
    } else {
        return Err(Failure::wrong_use(Problem::new(Code::CliNoTerminal)));
    };
    let confirmation = Confirmation { account, despite_cautions: false };
    match run.give_consent(preview, &confirmation) {
        // `--yes` does not answer this: it was written before the account was seen.
        Err(LabError::Problem(problem)) if problem.code == Code::ConsentCaution && is_interactive() => {
            console.message(&Message::new("cli-ask-caution").with("account", preview.account.as_str()));
            if !is_yes(&line(stop).await?) {
                return Err(Failure::Declined);
            }
            Ok(run.give_consent(preview, &Confirmation { despite_cautions: true, ..confirmation })?)
        }
        result => Ok(result?),
    }
}

/// Asks until the account's last four digits are typed, or nothing.
async fn ask_for_digits(console: &Console, stop: &CancellationToken, preview: &RunPreview) -> Result<String, Failure> {
    loop {
        console.message(&Message::new("cli-ask-digits"));
        let typed = line(stop).await?.trim().to_owned();
        if typed.is_empty() {
            return Err(Failure::Declined);
        }
        if typed == preview.last_digits() {
            return Ok(typed);
        }
        console.message(&Message::new("cli-wrong-digits"));
    }
}

/// A line from the terminal, unless the program is stopped.
async fn line(stop: &CancellationToken) -> Result<String, Failure> {
    tokio::select! {
        () = stop.cancelled() => Err(Failure::Cancelled),
        line = read_line() => Ok(line),
    }
}

/// Reads a line from the terminal. The thread that waits for it does not delay the program's exit.
pub(super) async fn read_line() -> String {
    let (sender, receiver) = tokio::sync::oneshot::channel();
    std::thread::spawn(move || {
        let mut line = String::new();
        // At the end of input the line is empty, which confirms nothing.
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
