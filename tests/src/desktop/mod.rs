//! The real window, for tests and benches: on a screen of its own, driven by clicks and keys as by a person, and observed from outside.
//! What it should do is left to the tests.

mod actions;
mod axe;
mod display;
mod lab_steps;
mod launched;
mod problems;
mod process;
mod screen_monitor;
mod screenshots;
mod tools;
mod webdriver;
mod window;

pub use actions::TIMEOUT;
pub use axe::Violation;
pub use display::Display;
pub use lab_steps::{STEPS, Speed, Step};
pub use launched::LaunchedWindow;
pub use process::{alive, servers_of};
pub use screen_monitor::{ScreenMonitor, ScreenSummary};
pub use screenshots::ClippedElement;
pub use thirtyfour::Key;
pub use tools::{Tools, window_program};
pub use window::{Options, Theme, Window};
