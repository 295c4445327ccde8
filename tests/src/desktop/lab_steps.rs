//! The steps of the lab, by clicks.

use std::time::Duration;

use i18n::Lang;
use testbed::image_source::{ImageSource, REPOSITORY};

use super::{
    actions::TIMEOUT,
    window::{Theme, Window},
};

/// A step of the lab, as test ids of the window name it.
pub type Step = &'static str;

/// The seven, in order.
pub const STEPS: [Step; 7] = ["prepare", "scanning", "repositories", "push", "results", "remediate", "cleanup"];

/// How long the longest step may take, with an unoptimised program on two busy cores.
const STEP: Duration = Duration::from_mins(4);

/// The speed of the practice cloud.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Speed {
    /// Five times as fast as the real service, with transfers that a person can follow.
    Fast,
    /// No waiting.
    Instant,
}

impl Window {
    /// Starts a run in practice mode with the built-in engine, from the start screen.
    pub fn start_practice_run(&self, speed: Speed) {
        self.choose_practice(speed);
        self.begin();
    }

    /// As [`start_practice_run`](Self::start_practice_run), with the images of this image source.
    pub fn start_practice_run_with(&self, images: &ImageSource) {
        self.choose_practice(Speed::Instant);
        self.fill_in_images(images);
        self.begin();
    }

    /// Fills in the images of an image source in the form of a new run.
    pub fn fill_in_images(&self, images: &ImageSource) {
        self.click_css("[data-testid='plan'] [aria-expanded='false']");
        for (field, tag) in [("plan-image", "4.4.0"), ("plan-fixedImage", "4.4.48")] {
            self.type_into(field, &format!("{}/{REPOSITORY}:{tag}", images.addr()));
        }
    }

    fn choose_practice(&self, speed: Speed) {
        self.click("start-practice");
        self.click_css("[data-testid='engine'] input[value='builtin']");
        let speed = if speed == Speed::Fast { "steady" } else { "instant" };
        self.click_css(&format!("[data-testid='speed'] input[value='{speed}']"));
    }

    fn begin(&self) {
        self.click("begin");
        self.wait_for("page-prepare");
    }

    /// Opens a step by the navigation on the left.
    pub fn open_step(&self, step: Step) {
        self.click(&format!("step-{step}"));
        self.wait_for(&format!("page-{step}"));
    }

    /// Runs the open step, and waits until it is done and every item of its check is met.
    pub fn run_step(&self, step: Step) {
        self.click(&format!("run-{step}"));
        self.wait_until_done(step);
    }

    /// What the one primary button of the open step does now: `run`, `stop`, `check`, `next`, `follow` or `finish`.
    pub fn primary_kind(&self) -> Option<String> {
        self.attribute("primary-action", "data-kind")
    }

    /// Presses the primary button of the open step while it does this.
    pub fn press_primary(&self, kind: &str) {
        self.until(format!("the primary button does “{kind}”"), STEP, |window| {
            (window.primary_kind().as_deref() == Some(kind)).then_some(())
        });
        // A press that follows a change of its meaning at once is taken for the second one of a double click, and ignored.
        self.until(format!("“{kind}” has been pressed"), STEP, |window| {
            if window.primary_kind().as_deref() == Some(kind) {
                window.click_css("[data-testid='primary-action'] button");
            }
            (window.primary_kind().as_deref() != Some(kind)).then_some(())
        });
    }

    /// Opens a view of the open step's results.
    pub fn open_view(&self, view: &str) {
        self.click(&format!("view-{view}"));
    }

    /// Waits until a step is done and every item of its check is met.
    ///
    /// # Panics
    ///
    /// If the step fails, or takes too long.
    pub fn wait_until_done(&self, step: Step) {
        let page = format!("page-{step}");
        self.until(format!("{step} is done"), STEP, |window| {
            assert!(!window.failed(step), "{step} failed:\n{}", window.visible_text());
            let done = window.attribute(&page, "data-state").as_deref() == Some("done");
            (done && !window.exists(&format!("cancel-{step}"))).then_some(())
        });
        self.until(format!("{step}'s check is met"), TIMEOUT, |window| {
            (window.attribute(&page, "data-complete").as_deref() == Some("true")).then_some(())
        });
    }

    fn failed(&self, step: Step) -> bool {
        self.attribute(&format!("page-{step}"), "data-state").as_deref() == Some("failed")
            && !self.exists(&format!("cancel-{step}"))
    }

    /// Waits until a step has this state.
    pub fn wait_for_state(&self, step: Step, state: &str) {
        let page = format!("page-{step}");
        self.until(format!("{step} is {state}"), STEP, |window| {
            (window.attribute(&page, "data-state").as_deref() == Some(state)).then_some(())
        });
    }

    /// Opens the step after the open one, by its button.
    pub fn next(&self, step: Step) {
        self.click("next");
        self.wait_for(&format!("page-{step}"));
    }

    /// Chooses a theme, and waits until the page has it.
    pub fn choose_theme(&self, theme: Theme) {
        if self.theme() != theme.name() {
            self.click("theme");
        }
        self.until(theme.name(), TIMEOUT, |window| (window.theme() == theme.name()).then_some(()));
    }

    /// The theme of the page.
    pub fn theme(&self) -> String {
        let body = "return document.documentElement.dataset.theme ?? ''";
        self.js(body, &[]).as_str().unwrap_or_default().to_owned()
    }

    /// Switches to the other language, and waits until the page has it.
    pub fn switch_language(&self) -> Lang {
        let before = self.language();
        self.click("language");
        self.until("another language", TIMEOUT, |window| Some(window.language()).filter(|now| *now != before))
    }

    /// The language that the page declares.
    ///
    /// # Panics
    ///
    /// If it is none of ours.
    pub fn language(&self) -> Lang {
        match self.js("return document.documentElement.lang", &[]).as_str() {
            Some("ko") => Lang::Ko,
            Some("en") => Lang::En,
            other => panic!("the page is in {other:?}"),
        }
    }
}
