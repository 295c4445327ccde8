//! The commands that the web side can call. A handler calls the lab through the shell and returns its result.

pub mod clock;
pub mod explore;
#[cfg(test)]
pub(crate) mod names;
pub mod query;
pub mod results;
pub mod save;
pub mod settings;
pub mod start;
pub mod steps;
pub mod transcript;
pub mod view;

use crate::error::{IpcError, IpcResult};
use lab::Code;

/// Runs blocking work on a thread for such work, and returns its result.
async fn blocking<T, E>(work: impl FnOnce() -> Result<T, E> + Send + 'static) -> IpcResult<T>
where
    T: Send + 'static,
    E: Into<IpcError> + Send + 'static,
{
    match tauri::async_runtime::spawn_blocking(work).await {
        Ok(result) => result.map_err(Into::into),
        Err(panic) => Err(lab::Problem::new(Code::Defect).details(panic.to_string()).retryable().into()),
    }
}
