//! The window under its driver. `thirtyfour` speaks the protocol; here its calls are made blocking, as the tests are.

use std::{net::TcpListener, sync::Arc, time::Duration};

use serde_json::{Value, json};
use testbed::http_client::install_tls_provider;
use thirtyfour::{
    By, Capabilities, Key, TimeoutConfiguration, WebDriver, WebElement,
    action_chain::ActionChain,
    error::{WebDriverErrorInfo, WebDriverErrorInner},
    session::handle::SessionHandle,
};
use tokio::runtime::Runtime;

pub(crate) use thirtyfour::error::{WebDriverError, WebDriverResult};

/// The longest that a script may run and a page may load.
const LIMIT: Duration = Duration::from_secs(55);

/// The longest that a single command may take: longer, so that the driver names what took too long.
const COMMAND_LIMIT: Duration = Duration::from_mins(1);

/// One window under a driver.
#[derive(Debug)]
pub(crate) struct Session {
    runtime: Runtime,
    driver: Arc<SessionHandle>,
}

impl Session {
    /// Has the driver at this port start a program.
    pub(crate) fn start(port: u16, program: &str) -> WebDriverResult<Self> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime starts");
        install_tls_provider();
        let client = reqwest::Client::builder().timeout(COMMAND_LIMIT).no_proxy().build().expect("a client is built");
        let mut capabilities = Capabilities::new();
        capabilities.set("tauri:options", json!({ "application": program }))?;
        let server = format!("http://127.0.0.1:{port}");
        let driver = runtime.block_on(async {
            let driver = WebDriver::builder(server, capabilities).client(client).await?;
            driver.update_timeouts(TimeoutConfiguration::new(Some(LIMIT), Some(LIMIT), None)).await?;
            Ok::<_, WebDriverError>(driver)
        })?;
        let handle = Arc::clone(driver.handle());
        // The tests end the program themselves, also by a kill: the driver is not asked to when this is dropped.
        driver.leak().expect("the session has just been started");
        Ok(Self { runtime, driver: handle })
    }

    /// Waits for a command.
    fn wait<T>(&self, command: impl Future<Output = WebDriverResult<T>>) -> WebDriverResult<T> {
        self.runtime.block_on(command)
    }

    pub(crate) fn find(&self, css: &str) -> WebDriverResult<WebElement> {
        self.wait(self.driver.find(By::Css(css)))
    }

    pub(crate) fn click(&self, element: &WebElement) -> WebDriverResult<()> {
        self.wait(element.click())
    }

    pub(crate) fn clear(&self, element: &WebElement) -> WebDriverResult<()> {
        self.wait(element.clear())
    }

    pub(crate) fn type_into(&self, element: &WebElement, text: &str) -> WebDriverResult<()> {
        self.wait(element.send_keys(text))
    }

    pub(crate) fn active(&self) -> WebDriverResult<WebElement> {
        self.wait(self.driver.active_element())
    }

    /// Presses a key while others are held.
    pub(crate) fn press(&self, held: &[Key], key: char) -> WebDriverResult<()> {
        let keys = held.iter().map(Key::value).chain([key]);
        let down = keys.clone().fold(self.driver.action_chain(), ActionChain::key_down);
        let keys: Vec<char> = keys.collect();
        let all = keys.into_iter().rev().fold(down, ActionChain::key_up);
        self.wait(all.perform())
    }

    /// Clicks a point of the viewport.
    pub(crate) fn click_at(&self, (x, y): (i64, i64)) -> WebDriverResult<()> {
        let chain = self.driver.action_chain_with_delay(None, Some(Duration::ZERO));
        self.wait(chain.move_to(x, y).click().perform())
    }

    /// Runs a function body in the page.
    pub(crate) fn script(&self, body: &str, arguments: &[Value]) -> WebDriverResult<Value> {
        self.wait(self.driver.execute(body, arguments)).map(|result| result.json().clone())
    }

    /// Runs a function body in the page, and waits until it calls its last argument.
    pub(crate) fn script_until_called(&self, body: &str, arguments: &[Value]) -> WebDriverResult<Value> {
        self.wait(self.driver.execute_async(body, arguments)).map(|result| result.json().clone())
    }

    pub(crate) fn set_rect(&self, width: u32, height: u32) -> WebDriverResult<()> {
        self.wait(self.driver.set_window_rect(0, 0, width, height))
    }

    pub(crate) fn reload(&self) -> WebDriverResult<()> {
        self.wait(self.driver.refresh())
    }
}

/// A click that another element received.
pub(crate) fn missed_click(selector: &str) -> WebDriverError {
    WebDriverError::ElementClickIntercepted(WebDriverErrorInfo::new(format!("the click did not reach {selector}")))
}

/// Whether an error passes by itself while a page is being drawn.
pub(crate) fn is_transient(error: &WebDriverError) -> bool {
    matches!(
        error.as_inner(),
        WebDriverErrorInner::NoSuchElement(_)
            | WebDriverErrorInner::StaleElementReference(_)
            | WebDriverErrorInner::ElementClickIntercepted(_)
            | WebDriverErrorInner::ElementNotInteractable(_)
            | WebDriverErrorInner::InvalidElementState(_)
            | WebDriverErrorInner::JavascriptError(_)
    )
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
