//! Moves the clock of a practice cloud, whether a process runs it or not, and asks a running one how it is reached.

use std::{
    io,
    path::{Path, PathBuf},
    time::Duration,
};

use axum::body::{Body, Bytes};
use http::{
    Method, Request, StatusCode,
    header::{AUTHORIZATION, HOST},
};
use http_body_util::{BodyExt as _, Limited};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

use crate::{
    control::{
        record::Control,
        server::{ACCESS, ADVANCE, Advance, Advanced, RunningCloud},
    },
    error::PracticeError,
    lifecycle::advance::{AdvanceError, add},
    practice::check_region,
    state::store::{self, Store},
};

/// How long a running practice cloud may take to answer.
const TIMEOUT: Duration = Duration::from_secs(10);
/// The longest answer, in bytes.
const LIMIT: usize = 64 * 1024;

/// Moves the clock of the practice cloud in a folder forward: through its control address where a process runs it, else as it is
/// stored. Returns how far it is ahead then.
///
/// # Errors
///
/// [`AdvanceError`]; the clock was not moved then, unless a running cloud did not answer.
pub async fn advance(dir: &Path, region: &str, by: Duration) -> Result<Duration, AdvanceError> {
    check_region(region)?;
    match advance_stored(dir.to_owned(), region.to_owned(), by).await {
        Err(AdvanceError::Practice(PracticeError::InUse(_))) => {
            let control = Control::of(dir).map_err(failed)?;
            tokio::time::timeout(TIMEOUT, advance_running(&control, by)).await.map_err(failed)?
        }
        other => other,
    }
}

/// How the practice cloud in a folder is reached that another process runs.
///
/// # Errors
///
/// If no process runs it, or it does not answer.
pub async fn running(dir: &Path) -> io::Result<RunningCloud> {
    let control = Control::of(dir)?;
    let answer = tokio::time::timeout(TIMEOUT, ask(&control, Method::GET, ACCESS, Vec::new())).await?;
    match answer? {
        (StatusCode::OK, body) => serde_json::from_slice(&body).map_err(io::Error::from),
        (status, body) => Err(io::Error::other(format!("{status}: {}", String::from_utf8_lossy(&body).trim()))),
    }
}

/// How far the clock of the practice cloud in a folder is ahead, as far as it is saved: also while a process runs it. Zero if there is
/// no practice cloud.
///
/// # Errors
///
/// If it cannot be read.
pub fn stored_ahead(dir: &Path) -> io::Result<Duration> {
    store::stored_ahead(dir)
}

async fn advance_stored(dir: PathBuf, region: String, by: Duration) -> Result<Duration, AdvanceError> {
    let opened = {
        let region = region.clone();
        tokio::task::spawn_blocking(move || Store::open(&dir, &region)).await.map_err(failed)?
    };
    opened?.change(|state| add(state, by)).await
}

async fn advance_running(control: &Control, by: Duration) -> Result<Duration, AdvanceError> {
    let body = serde_json::to_vec(&Advance { seconds: by.as_secs() }).map_err(failed)?;
    let (status, body) = ask(control, Method::POST, ADVANCE, body).await.map_err(failed)?;
    match status {
        StatusCode::OK => {
            let advanced: Advanced = serde_json::from_slice(&body).map_err(failed)?;
            Ok(Duration::from_secs(advanced.ahead_seconds))
        }
        StatusCode::CONFLICT => Err(AdvanceError::TooFar),
        _ => Err(failed(format!("{status}: {}", String::from_utf8_lossy(&body).trim()))),
    }
}

/// Sends a request to the control address of a running cloud, and returns its answer.
async fn ask(control: &Control, method: Method, path: &str, body: Vec<u8>) -> io::Result<(StatusCode, Bytes)> {
    let stream = TcpStream::connect(control.address).await?;
    let (mut sender, connection) =
        hyper::client::conn::http1::handshake::<_, Body>(TokioIo::new(stream)).await.map_err(io::Error::other)?;
    let connection = tokio::spawn(connection);
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header(HOST, control.address.to_string())
        .header(AUTHORIZATION, format!("Bearer {}", control.secret))
        .body(Body::from(body))
        .map_err(io::Error::other)?;
    let response = sender.send_request(request).await.map_err(io::Error::other)?;
    let status = response.status();
    let body = Limited::new(response.into_body(), LIMIT).collect().await;
    connection.abort();
    Ok((status, body.map_err(io::Error::other)?.to_bytes()))
}

fn failed(error: impl std::fmt::Display) -> AdvanceError {
    AdvanceError::Control(error.to_string())
}
