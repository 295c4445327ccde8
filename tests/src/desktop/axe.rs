//! axe-core, run inside the window. <https://github.com/dequelabs/axe-core>

use std::{fs, path::Path};

use serde::Deserialize;

use super::window::Window;

/// A rule of WCAG 2.1 A or AA, with the elements of the page that break it.
#[derive(Clone, Debug, Deserialize)]
pub struct Violation {
    /// The rule.
    pub id: String,
    /// What it requires.
    pub help: String,
    /// The elements that break it, and how.
    pub nodes: Vec<String>,
}

impl Window {
    /// The rules of WCAG 2.1 A and AA that the page breaks as it is now.
    ///
    /// # Panics
    ///
    /// If axe-core is not where `npm ci` puts it, or does not run.
    pub fn violations(&self) -> Vec<Violation> {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui/node_modules/axe-core/axe.min.js");
        let axe = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        self.wait_until_idle();
        // Scripts of the driver are exempt from the page's content security policy.
        if self.js("return typeof window.axe", &[]) != "object" {
            self.js(&format!("{axe}\n;window.axe = axe; return true"), &[]);
        }
        let violations = self.js_until_called(include_str!("axe.js"), &[]);
        serde_json::from_value(violations.clone()).unwrap_or_else(|error| panic!("{error}: {violations}"))
    }
}
