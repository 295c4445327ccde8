//! HTTP servers for this machine only: on a loopback port, a Unix socket or a named pipe. Accepts connections, limits how long they
//! may stall, and tells programs from web pages. What is served is left to the caller.

mod guard;
mod listener;
#[cfg(windows)]
#[path = "pipe.rs"]
mod local;
#[cfg(unix)]
#[path = "socket.rs"]
mod local;
#[cfg(any(windows, test))]
mod pipe_name;
mod server;

pub use guard::{Refused, is_loopback, reject_web_page, without_port};
pub use listener::Listener;
pub use server::serve;
