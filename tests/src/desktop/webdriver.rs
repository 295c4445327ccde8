//! A client of the part of W3C `WebDriver` that the tests use. <https://www.w3.org/TR/webdriver2/>

use std::{net::TcpListener, time::Duration};

use serde_json::{Value, json};
use testbed::http_client::install_tls_provider;
use tokio::runtime::Runtime;

/// The longest that a single command may take.
const LIMIT: Duration = Duration::from_mins(1);

/// The key of an element's reference.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// An error response of the driver.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{code}: {message}")]
pub(crate) struct DriverError {
    /// The error code of the specification: `no such element`.
    pub(crate) code: String,
    message: String,
}

impl DriverError {
    /// A click that another element received.
    pub(crate) fn missed(selector: &str) -> Self {
        Self { code: "element click intercepted".to_owned(), message: format!("the click did not reach {selector}") }
    }
}

pub(crate) type DriverResult<T> = Result<T, DriverError>;

/// An element of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Element(pub(crate) String);

impl Element {
    fn of(value: &Value) -> Option<Self> {
        value.get(ELEMENT)?.as_str().map(|id| Self(id.to_owned()))
    }

    /// As an argument of a script.
    pub(crate) fn argument(&self) -> Value {
        json!({ ELEMENT: self.0 })
    }
}

/// One window under a driver.
#[derive(Debug)]
pub(crate) struct Session {
    runtime: Runtime,
    client: reqwest::Client,
    base: String,
}

impl Session {
    /// Has the driver at this port start a program.
    pub(crate) fn start(port: u16, program: &str) -> DriverResult<Self> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime starts");
        install_tls_provider();
        let client = reqwest::Client::builder().timeout(LIMIT).no_proxy().build().expect("a client is built");
        let mut session = Self { runtime, client, base: format!("http://127.0.0.1:{port}/session") };
        let capabilities =
            json!({ "capabilities": { "alwaysMatch": { "tauri:options": { "application": program } } } });
        let response = session.post("", &capabilities)?;
        let id = response["sessionId"].as_str().ok_or_else(|| unexpected(&response))?;
        session.base = format!("{}/{id}", session.base);
        Ok(session)
    }

    pub(crate) fn find(&self, css: &str) -> DriverResult<Element> {
        let element = self.post("/element", &json!({ "using": "css selector", "value": css }))?;
        Element::of(&element).ok_or_else(|| unexpected(&element))
    }

    pub(crate) fn click(&self, element: &Element) -> DriverResult<()> {
        self.post(&format!("/element/{}/click", element.0), &json!({})).map(drop)
    }

    pub(crate) fn clear(&self, element: &Element) -> DriverResult<()> {
        self.post(&format!("/element/{}/clear", element.0), &json!({})).map(drop)
    }

    pub(crate) fn type_into(&self, element: &Element, text: &str) -> DriverResult<()> {
        self.post(&format!("/element/{}/value", element.0), &json!({ "text": text })).map(drop)
    }

    pub(crate) fn active(&self) -> DriverResult<Element> {
        let element = self.request(reqwest::Method::GET, "/element/active", None)?;
        Element::of(&element).ok_or_else(|| unexpected(&element))
    }

    /// Presses keys in order, and releases them in reverse order.
    pub(crate) fn chord(&self, keys: &[char]) -> DriverResult<()> {
        let down = keys.iter().map(|key| json!({ "type": "keyDown", "value": key.to_string() }));
        let up = keys.iter().rev().map(|key| json!({ "type": "keyUp", "value": key.to_string() }));
        let actions: Vec<Value> = down.chain(up).collect();
        self.post("/actions", &json!({ "actions": [{ "type": "key", "id": "keyboard", "actions": actions }] }))
            .map(drop)
    }

    /// Clicks a point of the viewport.
    pub(crate) fn click_at(&self, (x, y): (i64, i64)) -> DriverResult<()> {
        let actions = json!([
            { "type": "pointerMove", "duration": 0, "x": x, "y": y, "origin": "viewport" },
            { "type": "pointerDown", "button": 0 },
            { "type": "pointerUp", "button": 0 },
        ]);
        let mouse =
            json!({ "type": "pointer", "id": "mouse", "parameters": { "pointerType": "mouse" }, "actions": actions });
        self.post("/actions", &json!({ "actions": [mouse] })).map(drop)
    }

    /// Runs a function body in the page.
    pub(crate) fn script(&self, body: &str, arguments: &[Value]) -> DriverResult<Value> {
        self.post("/execute/sync", &json!({ "script": body, "args": arguments }))
    }

    /// Runs a function body in the page, and waits until it calls its last argument.
    pub(crate) fn script_until_called(&self, body: &str, arguments: &[Value]) -> DriverResult<Value> {
        self.post("/execute/async", &json!({ "script": body, "args": arguments }))
    }

    pub(crate) fn set_rect(&self, width: u32, height: u32) -> DriverResult<()> {
        self.post("/window/rect", &json!({ "x": 0, "y": 0, "width": width, "height": height })).map(drop)
    }

    pub(crate) fn reload(&self) -> DriverResult<()> {
        self.post("/refresh", &json!({})).map(drop)
    }

    pub(crate) fn set_timeouts(&self) -> DriverResult<()> {
        let limit = LIMIT.as_millis() as u64 - 5_000;
        self.post("/timeouts", &json!({ "script": limit, "pageLoad": limit, "implicit": 0 })).map(drop)
    }

    fn post(&self, path: &str, body: &Value) -> DriverResult<Value> {
        self.request(reqwest::Method::POST, path, Some(body))
    }

    fn request(&self, method: reqwest::Method, path: &str, body: Option<&Value>) -> DriverResult<Value> {
        let mut request = self.client.request(method, format!("{}{path}", self.base));
        if let Some(body) = body {
            request = request.json(body);
        }
        let response = self.runtime.block_on(async { request.send().await?.json::<Value>().await });
        let value = response
            .map_err(|error| DriverError { code: "no response".to_owned(), message: format!("{path}: {error:?}") })?;
        let value = value.get("value").cloned().unwrap_or_default();
        match value.get("error").and_then(Value::as_str) {
            Some(code) => Err(DriverError {
                code: code.to_owned(),
                message: value["message"].as_str().unwrap_or_default().to_owned(),
            }),
            None => Ok(value),
        }
    }
}

fn unexpected(value: &Value) -> DriverError {
    DriverError { code: "unexpected response".to_owned(), message: value.to_string() }
}

/// A port that is free now.
///
/// # Panics
///
/// If no port is.
pub(crate) fn free_port() -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port is free");
    listener.local_addr().expect("it listens").port()
}
