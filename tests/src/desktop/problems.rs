//! Errors of the page: console errors, uncaught errors, unhandled rejections, violations of the content security policy. The page records
//! them itself, from before its first script (`ui/public/recorder.js`).

use std::io::Write as _;

use serde::Deserialize;

use super::window::Window;

const TAKE_PROBLEMS: &str = "return window.labProblems.splice(0)";

/// An error of the page.
#[derive(Clone, Debug, Deserialize)]
struct PageProblem {
    kind: String,
    text: String,
}

/// The errors collected so far.
#[derive(Debug, Default)]
pub(crate) struct Problems(Vec<PageProblem>);

impl Problems {
    pub(crate) fn assert_none(&self) {
        assert!(self.0.is_empty(), "the page has errors:\n{}", self.text());
    }

    fn text(&self) -> String {
        let lines: Vec<String> = self.0.iter().map(|problem| format!("{}: {}", problem.kind, problem.text)).collect();
        lines.join("\n")
    }
}

impl Window {
    /// Takes the errors that the page has recorded so far, which are lost when it is closed.
    ///
    /// # Panics
    ///
    /// If the page does not record them.
    pub fn collect_problems(&mut self) {
        let problems = self.js(TAKE_PROBLEMS, &[]);
        let problems: Vec<PageProblem> = serde_json::from_value(problems).expect("the page records a list");
        self.problems.0.extend(problems);
    }

    /// Prints them after a failure, as far as the page still responds.
    pub(crate) fn print_problems(&mut self) {
        let problems = self.running().and_then(|session| session.script(TAKE_PROBLEMS, &[]).ok());
        let problems = problems.and_then(|problems| serde_json::from_value::<Vec<PageProblem>>(problems).ok());
        self.problems.0.extend(problems.unwrap_or_default());
        drop(std::io::stderr().write_all(self.problems.text().as_bytes()));
    }
}
