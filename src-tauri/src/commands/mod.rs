//! What the web side can ask for. A handler finds its part of the shell, calls the lab, and passes the answer on.

#[cfg(test)]
pub(crate) mod names;
pub mod query;
pub mod results;
pub mod save;
pub mod settings;
pub mod start;
pub mod steps;
pub mod transcript;

use crate::error::{Answer, IpcError};
use lab::Code;

/// Runs what blocks off the async threads.
async fn blocking<T, E>(work: impl FnOnce() -> Result<T, E> + Send + 'static) -> Answer<T>
where
    T: Send + 'static,
    E: Into<IpcError> + Send + 'static,
{
    match tauri::async_runtime::spawn_blocking(work).await {
        Ok(done) => done.map_err(Into::into),
        Err(broken) => Err(lab::Problem::new(Code::Defect).details(broken.to_string()).retryable().into()),
    }
}
