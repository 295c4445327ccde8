//! What a window looks like: screenshots, and elements that are cut off.

use std::{
    fs,
    path::{Path, PathBuf},
};

use serde::Deserialize;

use super::window::Window;

/// An element that does not fit.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct ClippedElement {
    /// The element: its tag, first class and test id.
    pub what: String,
    /// What of it is cut off.
    pub how: String,
    /// The beginning of its text.
    pub text: String,
}

impl Window {
    /// Writes the window to a PNG, once the page is idle.
    ///
    /// # Panics
    ///
    /// If that fails.
    pub fn take_screenshot(&self, to: &Path) {
        if let Some(folder) = to.parent() {
            fs::create_dir_all(folder).expect("there is room for a folder");
        }
        self.wait_until_idle();
        let size = self.js("return [innerWidth, innerHeight]", &[]);
        let edge = |at: usize| size[at].as_u64().unwrap_or_default() * u64::from(self.options.scale);
        self.display.take_screenshot(to, Some((edge(0), edge(1))));
    }

    /// Waits until no finite animation runs, nothing is being loaded, and the last frame is on the screen.
    pub fn wait_until_idle(&self) {
        self.js_until_called(include_str!("idle.js"), &[]);
    }

    /// The elements that are cut off, or overflow the window.
    ///
    /// # Panics
    ///
    /// If the script fails.
    pub fn clipped_elements(&self) -> Vec<ClippedElement> {
        let elements = self.js(include_str!("clipped.js"), &[]);
        serde_json::from_value(elements).expect("the script returns a list")
    }

    /// Takes a screenshot after a failure, and prints its path.
    pub(crate) fn save_failure_screenshot(&self) {
        let test = std::thread::current().name().unwrap_or("window").replace("::", "-");
        let to = folder().join(format!("{test}.png"));
        // A second failure would hide the first.
        if fs::create_dir_all(folder()).is_ok()
            && std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| self.display.take_screenshot(&to, None)))
                .is_ok()
        {
            use std::io::Write as _;
            drop(std::io::stderr().write_all(format!("screenshot: {}\n", to.display()).as_bytes()));
        }
    }
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../screenshots/failed")
}
