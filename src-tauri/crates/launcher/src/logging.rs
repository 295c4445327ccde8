//! The log of a program, on standard error. What other people's crates log below INFO is left out, whatever the filter says: at TRACE
//! the SDK and the HTTP clients log requests and responses, and with them tokens.

use tracing::{Level, Metadata};
use tracing_subscriber::{
    EnvFilter, Layer as _,
    filter::{FilterExt as _, filter_fn},
    layer::SubscriberExt as _,
    util::SubscriberInitExt as _,
};

/// Our own crates, as targets name them. They log no secrets at any level.
const OURS: [&str; 15] = [
    "atomic_file",
    "cli",
    "engine",
    "findings",
    "i18n",
    "imagelab",
    "jobs",
    "lab",
    "launcher",
    "oci",
    "practice",
    "redaction",
    "registry",
    "scanner",
    "shell",
];

/// Starts the log. The environment variable selects what is logged; `default` does if it is not set.
pub fn init(variable: &str, default: &str) {
    let selected = EnvFilter::try_from_env(variable).unwrap_or_else(|_| EnvFilter::new(default));
    let lines = tracing_subscriber::fmt::layer().with_writer(std::io::stderr);
    // A second start, as in a test, keeps the first.
    let _ = tracing_subscriber::registry().with(lines.with_filter(selected.and(filter_fn(is_allowed)))).try_init();
}

fn is_allowed(metadata: &Metadata<'_>) -> bool {
    *metadata.level() <= Level::INFO || OURS.contains(&metadata.target().split("::").next().unwrap_or_default())
}
