//! What the page complained of: console errors, uncaught errors, unhandled rejections, breaches of the content policy. The page
//! keeps them itself from before its first script (`ui/public/recorder.js`).

use serde::Deserialize;

use super::window::Window;

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
    pub(crate) fn none(&self) {
        let told: Vec<String> = self.0.iter().map(|problem| format!("{}: {}", problem.kind, problem.text)).collect();
        assert!(told.is_empty(), "the page complained:\n{}", told.join("\n"));
    }
}

impl Window {
    /// Takes what the page has kept so far: it is lost with the page.
    ///
    /// # Panics
    ///
    /// If the page keeps nothing.
    pub fn gather_problems(&mut self) {
        let kept = self.js("return window.labProblems.splice(0)", &[]);
        let kept: Vec<PageProblem> = serde_json::from_value(kept).expect("the page's recorder keeps a list");
        self.problems.0.extend(kept);
    }
}
