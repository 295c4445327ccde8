//! What a person does with a window: waits for an element, clicks it, types into it, presses keys.

use std::{
    fmt::Display,
    time::{Duration, Instant},
};

use serde_json::{Value, json};
use thirtyfour::Key;

use super::{
    webdriver::{WebDriverError, WebDriverResult, is_transient, missed_click},
    window::Window,
};

/// The longest that a window may take to react, with an unoptimised program on two busy cores.
pub const TIMEOUT: Duration = Duration::from_mins(1);

/// Between two evaluations of a condition.
const POLL_INTERVAL: Duration = Duration::from_millis(30);

/// The selector of a test id.
pub(crate) fn css(id: &str) -> String {
    format!("[data-testid=\"{id}\"]")
}

impl Window {
    /// Waits until the condition has a value, and returns it.
    ///
    /// # Panics
    ///
    /// If it has none within `limit`, which only ends a test that hangs.
    pub fn until<T>(&self, what: impl Display, limit: Duration, mut condition: impl FnMut(&Self) -> Option<T>) -> T {
        let started = Instant::now();
        loop {
            if let Some(value) = condition(self) {
                return value;
            }
            assert!(
                started.elapsed() < limit,
                "{what}: not within {limit:?}. The window shows:\n{}",
                self.visible_text()
            );
            std::thread::sleep(POLL_INTERVAL);
        }
    }

    /// Repeats an action until no transient error keeps it from succeeding.
    fn retry<T>(&self, what: &str, mut action: impl FnMut() -> WebDriverResult<T>) -> T {
        let started = Instant::now();
        loop {
            match action() {
                Ok(value) => return value,
                Err(error) => self.assert_transient(what, &error, started),
            }
            std::thread::sleep(POLL_INTERVAL);
        }
    }

    fn assert_transient(&self, what: &str, error: &WebDriverError, started: Instant) {
        assert!(is_transient(error), "{what}: {error}");
        assert!(started.elapsed() < TIMEOUT, "{what}: {error}. The window shows:\n{}", self.visible_text());
    }

    /// Waits until an element with this test id exists.
    pub fn wait_for(&self, id: &str) {
        self.wait_for_css(&css(id));
    }

    /// Waits until an element that matches the selector exists.
    pub fn wait_for_css(&self, selector: &str) {
        self.retry(selector, || self.session().find(selector));
    }

    /// Whether an element with this test id exists now.
    pub fn exists(&self, id: &str) -> bool {
        self.session().find(&css(id)).is_ok()
    }

    /// Clicks the element with this test id.
    pub fn click(&self, id: &str) {
        self.click_css(&css(id));
    }

    /// Clicks the element that matches the selector; again if the page moved meanwhile and the click missed it.
    pub fn click_css(&self, selector: &str) {
        self.retry(selector, || {
            let element = self.session().find(selector)?;
            self.session().script_until_called(include_str!("prepare_click.js"), &[element.to_json()?])?;
            self.session().click(&element)?;
            let received = self.session().script("return window.labClickReceived === true", &[])?;
            if received == true { Ok(()) } else { Err(missed_click(selector)) }
        });
    }

    /// Clicks a shape of a chart.
    pub fn click_shape(&self, selector: &str) {
        self.wait_until_idle();
        let point = self.until(selector, TIMEOUT, |window| {
            let point = window.js_until_called(include_str!("shape_point.js"), &[json!(selector)]);
            Some((point.get(0)?.as_i64()?, point.get(1)?.as_i64()?))
        });
        self.retry(selector, || self.session().click_at(point));
    }

    /// Opens a menu and clicks an entry.
    pub fn choose(&self, menu: &str, entry: &str) {
        self.click_css(&format!("{} button", css(menu)));
        self.click_css(&css(entry));
    }

    /// Replaces the text of the field in the element with this test id.
    pub fn type_into(&self, id: &str, text: &str) {
        let selector = format!("{0} input, input{0}, {0} textarea", css(id));
        self.retry(&selector, || {
            let field = self.session().find(&selector)?;
            // As a person does: a field whose text the page sets does not notice what the driver clears.
            self.session().clear(&field)?;
            self.session().script("document.querySelector(arguments[0]).focus()", &[json!(selector)])?;
            self.session().press(&[Key::Control], 'a')?;
            self.session().press(&[], Key::Backspace.into())?;
            self.session().type_into(&field, text)
        });
    }

    /// Types into the focused element.
    ///
    /// # Panics
    ///
    /// If no element has the focus, or it takes no text.
    pub fn type_here(&self, text: &str) {
        let field = self.session().active().expect("an element has the focus");
        self.session().type_into(&field, text).expect("it takes text");
    }

    /// Presses a key while others are held.
    ///
    /// # Panics
    ///
    /// If the driver fails.
    pub fn press(&self, held: &[Key], key: impl Into<char>) {
        self.session().press(held, key.into()).expect("keys can be pressed");
    }

    /// The text of the element with this test id, as it is rendered.
    pub fn text(&self, id: &str) -> String {
        self.wait_for(id);
        let body = "return document.querySelector(arguments[0])?.innerText ?? ''";
        self.js(body, &[json!(css(id))]).as_str().unwrap_or_default().to_owned()
    }

    /// An attribute of the element with this test id; `None` if the element or the attribute does not exist.
    pub fn attribute(&self, id: &str, name: &str) -> Option<String> {
        let body = "return document.querySelector(arguments[0])?.getAttribute(arguments[1]) ?? null";
        self.js(body, &[json!(css(id)), json!(name)]).as_str().map(str::to_owned)
    }

    /// How many elements match the selector.
    pub fn count(&self, selector: &str) -> u64 {
        let body = "return document.querySelectorAll(arguments[0]).length";
        self.js(body, &[json!(selector)]).as_u64().unwrap_or_default()
    }

    /// Runs a function body in the page and returns its result.
    ///
    /// # Panics
    ///
    /// If it throws.
    pub fn js(&self, body: &str, arguments: &[Value]) -> Value {
        self.session().script(body, arguments).unwrap_or_else(|error| panic!("{body}: {error}"))
    }

    /// Runs a function body in the page and waits until it calls its last argument with the result.
    ///
    /// # Panics
    ///
    /// If it throws, or never calls it.
    pub fn js_until_called(&self, body: &str, arguments: &[Value]) -> Value {
        let start = body.get(..80).unwrap_or(body);
        self.session().script_until_called(body, arguments).unwrap_or_else(|error| panic!("{start}…: {error}"))
    }

    /// The test id of the focused element, or of its nearest ancestor that has one.
    pub fn focused(&self) -> Option<String> {
        let body = "return document.activeElement?.closest('[data-testid]')?.dataset.testid ?? null";
        self.js(body, &[]).as_str().map(str::to_owned)
    }

    /// All text that the window shows now.
    pub fn visible_text(&self) -> String {
        let text = self.session().script("return document.body?.innerText ?? ''", &[]);
        text.ok().and_then(|text| text.as_str().map(str::to_owned)).unwrap_or_default()
    }

    /// Gives the window a size, in pixels of the screen.
    pub(crate) fn set_rect(&self, width: u32, height: u32) {
        self.retry("resize", || self.session().set_rect(width, height));
    }

    /// Resizes the window, in CSS pixels, and waits until the page has the new size.
    pub fn resize(&self, width: u32, height: u32) {
        let size = json!([width, height]);
        self.set_rect(width, height);
        self.until(format!("a window of {width}×{height}"), TIMEOUT, |window| {
            (window.js("return [innerWidth, innerHeight]", &[]) == size).then_some(())
        });
    }
}
