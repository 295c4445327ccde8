//! The progress of an operation: JSON objects, one per line.

use std::time::{Duration, Instant};

use bytes::Bytes;
use serde::Serialize;
use serde_json::{Value, json};
use tokio::sync::mpsc::Sender;

use oci::Digest;

/// The shortest time between two reports on one layer.
const INTERVAL: Duration = Duration::from_millis(100);

#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Line {
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    progress_detail: Option<Detail>,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    /// A text for people, with its line end.
    #[serde(skip_serializing_if = "Option::is_none")]
    stream: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    aux: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error_detail: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
}

#[derive(Clone, Copy, Debug, Default, Serialize)]
struct Detail {
    #[serde(skip_serializing_if = "Option::is_none")]
    current: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    total: Option<u64>,
}

impl Line {
    pub(crate) fn error(message: &str) -> Self {
        Self { error_detail: Some(json!({ "message": message })), error: Some(message.to_owned()), ..Self::default() }
    }

    /// The object and its line end in one chunk: some clients parse each chunk by itself.
    pub(crate) fn bytes(&self) -> Bytes {
        let mut bytes = serde_json::to_vec(self).expect("a line is texts and numbers");
        bytes.push(b'\n');
        bytes.into()
    }
}

/// Where an operation reports its progress. Clones report to the same client.
#[derive(Clone, Debug)]
pub(crate) struct Progress(pub(crate) Sender<Line>);

impl Progress {
    pub(crate) async fn message(&self, status: impl Into<String>) {
        self.send(Line { status: Some(status.into()), ..Line::default() }).await;
    }

    pub(crate) async fn message_for(&self, id: &str, status: impl Into<String>) {
        self.send(Line { status: Some(status.into()), id: Some(id.to_owned()), ..Line::default() }).await;
    }

    pub(crate) async fn text(&self, text: String) {
        self.send(Line { stream: Some(text), ..Line::default() }).await;
    }

    pub(crate) async fn layer(&self, digest: &Digest, status: impl Into<String>) {
        self.send(layer_line(digest, status, Detail::default())).await;
    }

    pub(crate) async fn aux(&self, aux: Value) {
        self.send(Line { aux: Some(aux), progress_detail: Some(Detail::default()), ..Line::default() }).await;
    }

    /// A client that has disconnected receives nothing; the operation is cancelled elsewhere.
    async fn send(&self, line: Line) {
        let _ = self.0.send(line).await;
    }

    pub(crate) fn meter(&self, digest: &Digest, status: &'static str, total: u64) -> Meter {
        Meter { progress: self.clone(), digest: digest.clone(), status, total, reported_at: None }
    }
}

fn layer_line(digest: &Digest, status: impl Into<String>, detail: Detail) -> Line {
    Line {
        status: Some(status.into()),
        progress_detail: Some(detail),
        id: Some(digest.short().to_owned()),
        ..Line::default()
    }
}

/// Reports how far one layer is, at intervals and at the end.
#[derive(Debug)]
pub(crate) struct Meter {
    progress: Progress,
    digest: Digest,
    status: &'static str,
    total: u64,
    reported_at: Option<Instant>,
}

impl Meter {
    /// Never waits: if the client is too slow, the line is dropped.
    pub(crate) fn at(&mut self, current: u64) {
        let due = self.reported_at.is_none_or(|reported_at| reported_at.elapsed() >= INTERVAL) || current == self.total;
        if due {
            let detail = Detail { current: Some(current), total: Some(self.total) };
            let _ = self.progress.0.try_send(layer_line(&self.digest, self.status, detail));
            self.reported_at = Some(Instant::now());
        }
    }
}
