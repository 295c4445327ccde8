//! What the page complained of: console errors, uncaught errors, unhandled rejections, breaches of the content policy. The page
//! keeps them itself from before its first script (`ui/public/recorder.js`).

use std::io::Write as _;

use serde::Deserialize;

use super::window::Window;

const KEPT: &str = "return window.labProblems.splice(0)";

/// A thing that went wrong in the page.
#[derive(Clone, Debug, Deserialize)]
struct PageProblem {
    kind: String,
    text: String,
}

/// All that went wrong so far.
#[derive(Debug, Default)]
pub(crate) struct Problems(Vec<PageProblem>);

impl Problems {
    pub(crate) fn assert_none(&self) {
        assert!(self.0.is_empty(), "the page complained:\n{}", self.told());
    }

    fn told(&self) -> String {
        let lines: Vec<String> = self.0.iter().map(|problem| format!("{}: {}", problem.kind, problem.text)).collect();
        lines.join("\n")
    }
}

impl Window {
    /// Takes what the page has kept so far: it is lost with the page.
    ///
    /// # Panics
    ///
    /// If the page keeps nothing.
    pub fn collect_problems(&mut self) {
        let kept = self.js(KEPT, &[]);
        let kept: Vec<PageProblem> = serde_json::from_value(kept).expect("the page's recorder keeps a list");
        self.problems.0.extend(kept);
    }

    /// After a failure, as far as it can still be asked.
    pub(crate) fn print_problems(&mut self) {
        let kept = self.running().and_then(|session| session.script(KEPT, &[]).ok());
        let kept = kept.and_then(|kept| serde_json::from_value::<Vec<PageProblem>>(kept).ok());
        self.problems.0.extend(kept.unwrap_or_default());
        drop(std::io::stderr().write_all(self.problems.told().as_bytes()));
    }
}
