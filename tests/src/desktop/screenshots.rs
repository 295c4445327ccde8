//! What can be seen of a window: a screenshot of the screen, and whether anything is cut off.

use std::{
    fs,
    path::{Path, PathBuf},
};

use serde::Deserialize;

use super::window::Window;

/// Something that does not fit where it is.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct ClippedElement {
    /// What, as a selector of sorts.
    pub what: String,
    /// In which way.
    pub how: String,
    /// What it says.
    pub text: String,
}

impl Window {
    /// Writes what the screen shows to a PNG, once the page stands still.
    ///
    /// # Panics
    ///
    /// If it cannot be had.
    pub fn take_screenshot(&self, to: &Path) {
        if let Some(folder) = to.parent() {
            fs::create_dir_all(folder).expect("there is room for a folder");
        }
        self.wait_until_idle();
        let size = self.js("return [innerWidth, innerHeight]", &[]);
        let edge = |at: usize| size[at].as_u64().unwrap_or_default() * u64::from(self.options.scale);
        self.display.take_screenshot(to, Some((edge(0), edge(1))));
    }

    /// Waits until nothing moves that ends by itself, nothing is being loaded, and what was drawn is on the screen.
    pub fn wait_until_idle(&self) {
        self.js_until_called(include_str!("idle.js"), &[]);
    }

    /// What is cut off, or hangs over the window's edge.
    ///
    /// # Panics
    ///
    /// If the page cannot be asked.
    pub fn clipped_elements(&self) -> Vec<ClippedElement> {
        let found = self.js(include_str!("clipped.js"), &[]);
        serde_json::from_value(found).expect("the script lists what is cut")
    }

    /// After a failure: where the screenshot is, is told with it.
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
