//! The real window, for tests and benches: on a screen of its own, driven by clicks and keys as a person would, and looked at
//! from outside. What the tests expect of it is left to them.

mod axe;
mod display;
mod eyes;
mod hands;
mod journey;
mod keys;
mod opened;
mod problems;
mod process;
mod tools;
mod watch;
mod webdriver;
mod window;

pub use axe::Violation;
pub use display::Display;
pub use eyes::Cut;
pub use hands::PATIENCE;
pub use journey::{STEPS, Speed, Step};
pub use keys::Key;
pub use opened::Opened;
pub use process::{alive, servers_of};
pub use tools::{Tools, window_program};
pub use watch::{Seen, Watch};
pub use window::{Look, Options, Window};
