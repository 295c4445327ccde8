//! What the web side can ask for. A handler finds its part of the shell, calls the lab, and passes the answer on.

pub mod query;
pub mod results;
pub mod save;
pub mod settings;
pub mod start;
pub mod steps;
pub mod transcript;

use findings::FindingsError;

use crate::error::Answer;

/// Runs what blocks off the async threads.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, FindingsError> + Send + 'static,
) -> Answer<T> {
    let done = tauri::async_runtime::spawn_blocking(work).await;
    let done = done.map_err(|broken| lab::Problem::new("findings").details(broken.to_string()).retryable())?;
    Ok(done?)
}
