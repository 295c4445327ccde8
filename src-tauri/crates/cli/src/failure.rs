//! Why a command ended otherwise than well, and the code it exits with.

use std::process::ExitCode;

use i18n::{Localizer, Message};
use lab::{Code, LabError, Problem};
use launcher::LaunchError;
use serde_json::{Value, json};

/// How the program ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// All checks met, or nothing to do.
    Met,
    /// A check not met, or a step that failed.
    NotMet,
    /// Asked for what cannot be done.
    WrongUse,
    /// Stopped by a signal.
    Cancelled,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}

impl Exit {
    pub(crate) fn code(self) -> u8 {
        match self {
            Self::Met => 0,
            Self::NotMet => 1,
            Self::WrongUse => 2,
            Self::Cancelled => 130,
        }
    }
}

/// Why a command ended otherwise than well.
#[derive(Debug)]
pub(crate) enum Failure {
    /// Something a person can do something about.
    Problem { problem: Box<Problem>, exit: Exit },
    /// The user stopped it.
    Cancelled,
    /// The user did not confirm the changes.
    Declined,
}

impl Failure {
    /// Asked for what cannot be done: `problem-<code>` says why.
    pub(crate) fn wrong_use(problem: Problem) -> Self {
        Self::Problem { problem: Box::new(problem), exit: Exit::WrongUse }
    }

    /// It went wrong: `problem-<code>` says why.
    pub(crate) fn went_wrong(problem: Problem) -> Self {
        Self::Problem { problem: Box::new(problem), exit: Exit::NotMet }
    }

    pub(crate) fn exit(&self) -> Exit {
        match self {
            Self::Problem { exit, .. } => *exit,
            Self::Cancelled | Self::Declined => Exit::Cancelled,
        }
    }

    /// The same as one object, for commands that print JSON.
    pub(crate) fn json(&self, localizer: &Localizer) -> Value {
        match self {
            Self::Problem { problem, .. } => json!({ "ok": false, "problem": {
                "code": problem.code,
                "message": localizer.text(&problem.message),
                "hint": localizer.text(&problem.hint),
                "details": problem.details,
            }}),
            Self::Cancelled | Self::Declined => json!({ "ok": false, "problem": { "code": "cancelled" } }),
        }
    }

    /// Why it ended, and what to do. The last line states both.
    pub(crate) fn text(&self, localizer: &Localizer) -> String {
        match self {
            Self::Problem { problem, .. } => problem_text(problem, localizer),
            Self::Cancelled => localizer.text_by_id("cli-interrupted"),
            Self::Declined => localizer.text_by_id("cli-declined"),
        }
    }
}

/// The details, if any, and then one line with why and what to do.
pub(crate) fn problem_text(problem: &Problem, localizer: &Localizer) -> String {
    let label = |id: &str, text: &str| localizer.text(&Message::new(id).with("text", text));
    let mut last = label("cli-error", &localizer.text(&problem.message).replace('\n', " "));
    let hint = localizer.text(&problem.hint);
    if !hint.is_empty() && localizer.has(&problem.hint.id) {
        last.push(' ');
        last += &label("cli-hint", &hint.replace('\n', " "));
    }
    match problem.details.as_deref().filter(|details| !details.is_empty()) {
        Some(details) => format!("{}\n{last}", label("cli-details", details)),
        None => last,
    }
}

/// Whether the problem is in the request, rather than something that failed while it was carried out.
fn is_wrong_use(code: Code) -> bool {
    let of_run = matches!(
        code,
        Code::InUse
            | Code::RunUnfinished
            | Code::NothingToResume
            | Code::OtherMode
            | Code::OtherAccount
            | Code::OtherRegion
            | Code::ReportFormat
            | Code::ReportIsFolder
            | Code::ReportUnwritable
            | Code::CliAccountNeeded
            | Code::CliOtherAccount
            | Code::CliPracticeNone
            | Code::NeverHereAccount
    );
    of_run || Code::PLAN.contains(&code)
}

impl From<LabError> for Failure {
    fn from(error: LabError) -> Self {
        match error {
            LabError::Cancelled => Self::Cancelled,
            LabError::ConsentNeeded(_) => Self::wrong_use(error.into_problem()),
            LabError::Problem(problem) => {
                let exit = if is_wrong_use(problem.code) { Exit::WrongUse } else { Exit::NotMet };
                Self::Problem { problem, exit }
            }
        }
    }
}

impl From<LaunchError> for Failure {
    fn from(error: LaunchError) -> Self {
        let exit = if error.misuse { Exit::WrongUse } else { Exit::NotMet };
        Self::Problem { problem: error.problem, exit }
    }
}

#[cfg(test)]
mod tests {
    use i18n::Lang;

    use super::*;

    /// Every problem that is this program's own, or its place's, with its variables' names for values.
    fn all(lang: Lang) -> String {
        let localizer = Localizer::new(lang);
        let variables = i18n::message_variables(lang);
        let is_own = |code: &&Code| ["cli-", "place-"].iter().any(|prefix| code.as_str().starts_with(prefix));
        let mut own: Vec<_> = Code::ALL.iter().filter(is_own).copied().collect();
        own.sort_by_key(|code| code.as_str());
        let texts = own.into_iter().map(|code| {
            let names = ["", "-hint"].map(|part| &variables[&format!("problem-{code}{part}")]);
            let problem = names
                .into_iter()
                .flatten()
                .fold(Problem::new(code), |problem, name| problem.with(name, format!("<{name}>")));
            problem_text(&problem.details("what the system said"), &localizer)
        });
        texts.collect::<Vec<_>>().join("\n\n")
    }

    #[test]
    fn every_message_says_what_why_and_what_to_do_in_english() {
        insta::assert_snapshot!(all(Lang::En));
    }

    #[test]
    fn every_message_says_what_why_and_what_to_do_in_korean() {
        insta::assert_snapshot!(all(Lang::Ko));
    }

    #[test]
    fn what_was_asked_wrongly_exits_otherwise_than_what_went_wrong() {
        let exit = |code| Failure::from(LabError::from(Problem::new(code))).exit().code();
        assert_eq!(exit(Code::RunUnfinished), 2);
        assert_eq!(exit(Code::PlanSameTags), 2);
        assert_eq!(exit(Code::AccessDenied), 1);
        assert_eq!(Failure::from(LabError::Cancelled).exit().code(), 130);
    }
}
