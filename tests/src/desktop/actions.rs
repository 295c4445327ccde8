//! What a person does with a window: looks for a thing, clicks it, types, waits until something is there.

use std::{
    fmt::Display,
    time::{Duration, Instant},
};

use serde_json::{Value, json};

use super::{
    keys::Key,
    webdriver::{DriverError, DriverResult, Element},
    window::Window,
};

/// How long a person on two busy cores, with an unoptimised program, waits for an answer.
pub const TIMEOUT: Duration = Duration::from_mins(1);

/// Between two looks.
const POLL_INTERVAL: Duration = Duration::from_millis(30);

/// What passes by itself while a page is being drawn.
const TRANSIENT_ERRORS: [&str; 6] = [
    "no such element",
    "stale element reference",
    "element click intercepted",
    "element not interactable",
    "invalid element state",
    "javascript error",
];

/// The selector of a test id.
pub(crate) fn css(id: &str) -> String {
    format!("[data-testid=\"{id}\"]")
}

impl Window {
    /// Waits until something is so.
    ///
    /// # Panics
    ///
    /// If it is not in time.
    pub fn until<T>(&self, what: impl Display, limit: Duration, mut condition: impl FnMut(&Self) -> Option<T>) -> T {
        let began = Instant::now();
        loop {
            if let Some(value) = condition(self) {
                return value;
            }
            assert!(began.elapsed() < limit, "{what}: not in {limit:?}. The window says:\n{}", self.visible_text());
            std::thread::sleep(POLL_INTERVAL);
        }
    }

    /// Does something as soon as the page lets it be done.
    fn retry<T>(&self, what: &str, mut act: impl FnMut() -> DriverResult<T>) -> T {
        let began = Instant::now();
        loop {
            match act() {
                Ok(done) => return done,
                Err(error) => self.passing(what, &error, began),
            }
            std::thread::sleep(POLL_INTERVAL);
        }
    }

    fn passing(&self, what: &str, error: &DriverError, began: Instant) {
        assert!(TRANSIENT_ERRORS.contains(&&*error.code), "{what}: {error}");
        assert!(began.elapsed() < TIMEOUT, "{what}: {error}. The window says:\n{}", self.visible_text());
    }

    /// Waits until an element is there.
    pub fn wait_for(&self, id: &str) {
        self.wait_for_css(&css(id));
    }

    /// Waits until an element is there, by a selector.
    pub fn wait_for_css(&self, selector: &str) {
        self.retry(selector, || self.session().find(selector));
    }

    /// Whether an element is there now.
    pub fn exists(&self, id: &str) -> bool {
        self.session().find(&css(id)).is_ok()
    }

    /// Clicks an element.
    pub fn click(&self, id: &str) {
        self.click_css(&css(id));
    }

    /// Clicks an element, by a selector. Where the page moved meanwhile, and the click went elsewhere, again.
    pub fn click_css(&self, selector: &str) {
        self.retry(selector, || {
            let element = self.session().find(selector)?;
            self.session().script_until_called(include_str!("prepare_click.js"), &[element.argument()])?;
            self.session().click(&element)?;
            let hit = self.session().script("return window.labClickReceived === true", &[])?;
            if hit == true { Ok(()) } else { Err(DriverError::missed(selector)) }
        });
    }

    /// Clicks a shape of a drawing.
    pub fn click_shape(&self, selector: &str) {
        self.wait_until_idle();
        let point = self.until(selector, TIMEOUT, |window| {
            let point = window.js_until_called(include_str!("shape_point.js"), &[json!(selector)]);
            Some((point.get(0)?.as_i64()?, point.get(1)?.as_i64()?))
        });
        self.retry(selector, || self.session().click_at(point));
    }

    /// Chooses an entry of a menu.
    pub fn choose(&self, menu: &str, entry: &str) {
        self.click_css(&format!("{} button", css(menu)));
        self.click_css(&css(entry));
    }

    /// Types into the field of an element, in the place of what is in it.
    pub fn type_into(&self, id: &str, text: &str) {
        let selector = format!("{0} input, input{0}, {0} textarea", css(id));
        self.retry(&selector, || {
            let field = self.session().find(&selector)?;
            self.session().clear(&field)?;
            self.session().type_into(&field, text)
        });
    }

    /// Types where the focus is.
    ///
    /// # Panics
    ///
    /// If nothing has it.
    pub fn type_here(&self, text: &str) {
        let field = self.session().active().expect("something has the focus");
        self.session().type_into(&field, text).expect("it takes text");
    }

    /// Presses keys together.
    ///
    /// # Panics
    ///
    /// If the driver cannot.
    pub fn press(&self, keys: &[Key]) {
        let keys: Vec<char> = keys.iter().map(|key| key.code()).collect();
        self.session().chord(&keys).expect("keys can be pressed");
    }

    /// What an element says.
    pub fn text(&self, id: &str) -> String {
        self.wait_for(id);
        let body = "return document.querySelector(arguments[0])?.innerText ?? ''";
        self.js(body, &[json!(css(id))]).as_str().unwrap_or_default().to_owned()
    }

    /// An attribute of an element; `None` where there is no such element or attribute.
    pub fn attribute(&self, id: &str, name: &str) -> Option<String> {
        let body = "return document.querySelector(arguments[0])?.getAttribute(arguments[1]) ?? null";
        self.js(body, &[json!(css(id)), json!(name)]).as_str().map(str::to_owned)
    }

    /// How many elements a selector finds.
    pub fn count(&self, selector: &str) -> u64 {
        let body = "return document.querySelectorAll(arguments[0]).length";
        self.js(body, &[json!(selector)]).as_u64().unwrap_or_default()
    }

    /// Calls a function body in the page.
    ///
    /// # Panics
    ///
    /// If it throws.
    pub fn js(&self, body: &str, arguments: &[Value]) -> Value {
        self.session().script(body, arguments).unwrap_or_else(|error| panic!("{body}: {error}"))
    }

    /// Calls a function body in the page, and waits until it calls its last argument.
    ///
    /// # Panics
    ///
    /// If it throws, or does not call.
    pub fn js_until_called(&self, body: &str, arguments: &[Value]) -> Value {
        let start = body.get(..80).unwrap_or(body);
        self.session().script_until_called(body, arguments).unwrap_or_else(|error| panic!("{start}…: {error}"))
    }

    /// The test id that has the focus, or holds what has.
    pub fn focused(&self) -> Option<String> {
        let body = "return document.activeElement?.closest('[data-testid]')?.dataset.testid ?? null";
        self.js(body, &[]).as_str().map(str::to_owned)
    }

    /// All that the window says now.
    pub fn visible_text(&self) -> String {
        let said = self.session().script("return document.body?.innerText ?? ''", &[]);
        said.ok().and_then(|said| said.as_str().map(str::to_owned)).unwrap_or_default()
    }

    /// Gives the window another size, in the page's pixels, and waits until the page has it.
    pub fn resize(&self, width: u32, height: u32) {
        let wanted = json!([width, height]);
        self.retry("resize", || self.session().set_rect(width, height));
        self.until(format!("a window of {width}×{height}"), TIMEOUT, |window| {
            (window.js("return [innerWidth, innerHeight]", &[]) == wanted).then_some(())
        });
    }

    #[expect(dead_code, reason = "for elements that have no test id of their own")]
    pub(crate) fn element(&self, selector: &str) -> Element {
        self.retry(selector, || self.session().find(selector))
    }
}
