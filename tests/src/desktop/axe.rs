//! axe-core, run inside the window. <https://github.com/dequelabs/axe-core>

use std::{fs, path::Path};

use serde::Deserialize;

use super::window::Window;

/// A rule of WCAG 2.1 A or AA that the page breaks.
#[derive(Clone, Debug, Deserialize)]
pub struct Violation {
    /// The rule.
    pub id: String,
    /// What it asks.
    pub help: String,
    /// Where it is broken, and how.
    pub nodes: Vec<String>,
}

impl Window {
    /// Which rules of WCAG 2.1 A and AA the page breaks as it is now.
    ///
    /// # Panics
    ///
    /// If axe-core is not where `npm ci` puts it, or does not run.
    pub fn violations(&self) -> Vec<Violation> {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui/node_modules/axe-core/axe.min.js");
        let axe = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        self.wait_until_idle();
        // The driver's scripts are not held to the page's content policy.
        if self.js("return typeof window.axe", &[]) != "object" {
            self.js(&format!("{axe}\n;window.axe = axe; return true"), &[]);
        }
        let found = self.js_until_called(include_str!("axe.js"), &[]);
        serde_json::from_value(found.clone()).unwrap_or_else(|error| panic!("{error}: {found}"))
    }
}
