//! The progress lines that an engine sends during a pull or a push, and the state of each layer they describe. Docker's two image stores
//! word them differently; both wordings are supported.

use std::collections::HashMap;

use serde::Deserialize;

use crate::model::progress::{Layer, LayerState};

/// The maximum length of a line, in bytes; far above that of any engine's.
const MAX_LINE_LENGTH: usize = 4 << 20;

/// A progress line.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct ProgressLine {
    status: Option<String>,
    id: Option<String>,
    progress_detail: Option<ProgressDetail>,
    error_detail: Option<ErrorDetail>,
    error: Option<String>,
    aux: Option<serde_json::Value>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct ProgressDetail {
    current: Option<i64>,
    total: Option<i64>,
    units: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct ErrorDetail {
    message: Option<String>,
}

/// The bytes are not a progress line.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct MalformedLine;

/// Splits a stream of bytes into lines, regardless of how the network divides it.
#[derive(Debug, Default)]
pub(super) struct LineReader {
    rest: Vec<u8>,
}

impl LineReader {
    /// Adds bytes and returns the lines that are now complete.
    pub(super) fn push(&mut self, bytes: &[u8]) -> Result<Vec<ProgressLine>, MalformedLine> {
        self.rest.extend_from_slice(bytes);
        let mut complete = Vec::new();
        let mut values = serde_json::Deserializer::from_slice(&self.rest).into_iter::<ProgressLine>();
        let mut read = 0;
        loop {
            match values.next() {
                Some(Ok(line)) => complete.push(line),
                Some(Err(error)) if error.is_eof() => break,
                Some(Err(_)) => return Err(MalformedLine),
                None => break,
            }
            read = values.byte_offset();
        }
        self.rest.drain(..read);
        if self.rest.len() > MAX_LINE_LENGTH { Err(MalformedLine) } else { Ok(complete) }
    }

    /// Whether the stream ended at the end of a line.
    pub(super) fn is_complete(&self) -> bool {
        self.rest.iter().all(u8::is_ascii_whitespace)
    }
}

/// The state of a transfer, accumulated from its lines.
#[derive(Debug, Default)]
pub(super) struct TransferProgress {
    layers: HashMap<String, Layer>,
    /// The manifest's digest, once it is known.
    pub(super) digest: Option<String>,
    /// Whether a pull found the local image up to date.
    pub(super) up_to_date: bool,
    /// Whether the last line has arrived. Anything after it, even a lost connection, is ignored.
    pub(super) is_done: bool,
}

impl TransferProgress {
    /// Applies a line. Returns the layer whose state changed, or the engine's error message.
    pub(super) fn apply(&mut self, line: ProgressLine) -> Result<Option<Layer>, String> {
        // Old engines send only `error`; newer ones send both.
        if let Some(message) = line.error_detail.and_then(|detail| detail.message).or(line.error) {
            return Err(message);
        }
        if let Some(digest) = line.aux.as_ref().and_then(pushed_digest) {
            self.digest = Some(digest);
            self.is_done = true;
        }
        let Some(status) = line.status else { return Ok(None) };
        if let Some(id) = line.id
            && let Some(state) = layer_state(&status)
        {
            return Ok(self.advance(id, state, line.progress_detail));
        }
        self.summary(&status);
        Ok(None)
    }

    fn advance(&mut self, id: String, state: LayerState, detail: Option<ProgressDetail>) -> Option<Layer> {
        let bytes =
            detail.filter(|detail| state == LayerState::Moving && detail.units.as_deref().unwrap_or("").is_empty());
        let positive = |number: Option<i64>| number.and_then(|number| u64::try_from(number).ok());
        let previous = self.layers.get(&id);
        let total = bytes
            .as_ref()
            .and_then(|bytes| positive(bytes.total).filter(|total| *total > 0))
            .or(previous.and_then(|layer| layer.total));
        let current = match state {
            LayerState::Moving => {
                bytes.and_then(|bytes| positive(bytes.current)).or(previous.and_then(|layer| layer.current))
            }
            LayerState::Unpacking | LayerState::Done => total,
            _ => None,
        };
        let layer = Layer { id, state, current, total };
        if previous == Some(&layer) {
            return None;
        }
        self.layers.insert(layer.id.clone(), layer.clone());
        Some(layer)
    }

    fn summary(&mut self, status: &str) {
        if let Some(digest) = status.strip_prefix("Digest: ") {
            self.digest = Some(digest.trim().to_owned());
        } else if let Some(outcome) = status.strip_prefix("Status: ") {
            self.up_to_date = outcome.starts_with("Image is up to date");
            self.is_done = true;
        } else if let Some((_, pushed)) = status.split_once(": digest: ") {
            self.digest = pushed.split_whitespace().next().map(ToOwned::to_owned);
            self.is_done = true;
        }
    }
}

fn layer_state(status: &str) -> Option<LayerState> {
    Some(match status {
        "Pulling fs layer" | "Waiting" | "Preparing" => LayerState::Waiting,
        "Downloading" | "Pushing" => LayerState::Moving,
        "Verifying Checksum" | "Download complete" | "Extracting" => LayerState::Unpacking,
        "Pull complete" | "Pushed" => LayerState::Done,
        "Already exists" | "Layer already exists" => LayerState::Exists,
        _ if status.starts_with("Mounted from ") => LayerState::Mounted,
        _ if status.starts_with("Retrying in ") => LayerState::Retrying,
        _ => return None,
    })
}

/// The digest in the graph driver store's `{Tag, Digest, Size}`. The containerd store's `aux` objects have other members.
fn pushed_digest(aux: &serde_json::Value) -> Option<String> {
    Some(aux.get("Digest")?.as_str()?.to_owned())
}
