//! The events of a running step.

use i18n::Message;
use serde::Serialize;

/// Receives the events of a running step. Called from any thread; must not block.
pub trait Progress: Send + Sync {
    /// Something happened.
    fn event(&self, event: Event);
}

/// Discards all events.
impl Progress for () {
    fn event(&self, _: Event) {}
}

impl<F: Fn(Event) + Send + Sync> Progress for F {
    fn event(&self, event: Event) {
        self(event);
    }
}

/// Something that happened while a step ran.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum Event {
    /// A part of the step begins, or says something.
    Note {
        /// What.
        message: Message,
    },
    /// A transfer of an image begins.
    #[serde(rename_all = "camelCase")]
    TransferStarted {
        /// Which way.
        direction: Direction,
        /// The image, as the engine knows it.
        reference: String,
    },
    /// A layer moved on.
    Layer {
        /// Which, how far.
        layer: Layer,
    },
    /// A transfer ended well.
    #[serde(rename_all = "camelCase")]
    TransferDone {
        /// Which way.
        direction: Direction,
        /// The image, as the engine knows it.
        reference: String,
        /// The manifest's digest, if it is reported.
        digest: Option<String>,
    },
    /// The scan was polled.
    Scan {
        /// Its state.
        scan: ScanView,
    },
    /// Findings are being read.
    Loading {
        /// How many so far.
        loaded: usize,
    },
}

/// Which way an image moves.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// From a registry to the engine.
    Pull,
    /// From the engine to a registry.
    Push,
}

/// A layer on its way.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Layer {
    /// Its short id, as the engine gives it.
    pub id: String,
    /// What happens to it.
    pub state: LayerState,
    /// Bytes so far.
    pub current: Option<u64>,
    /// Bytes in all. The engine may count more than this.
    pub total: Option<u64>,
}

/// What happens to a layer.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LayerState {
    /// Not started.
    Waiting,
    /// Bytes move.
    Moving,
    /// Transferred; being unpacked or checked.
    Unpacking,
    /// Transferred.
    Done,
    /// Existed already: nothing was transferred.
    Exists,
    /// Taken over from another repository of the registry.
    Mounted,
    /// Interrupted, and tried again.
    Retrying,
}

/// The state of a scan.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ScanView {
    /// The repository.
    pub repository: String,
    /// Since the monitor began, in seconds.
    pub elapsed: f64,
    /// Its phase.
    pub phase: ScanPhase,
    /// ECR's word, where it has one: `ACTIVE`.
    pub status: Option<String>,
    /// Inspector's reason, where it has one: `PENDING_INITIAL_SCAN`.
    pub coverage: Option<String>,
    /// How many findings ECR counts now; `None` while there is no scan that could find any.
    pub ecr: Option<usize>,
    /// How many findings Inspector counts now; `None` in the same cases.
    pub inspector: Option<usize>,
    /// In how many seconds the counts are final, if they do not change until then; `None`: the scan is not that far.
    pub final_in: Option<f64>,
}

/// The phase of a scan.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ScanPhase {
    /// The service does not know of it yet.
    NotKnown,
    /// It waits for its turn.
    Pending,
    /// Findings are still arriving.
    Arriving,
    /// The counts have not changed for long enough.
    Stable,
    /// It will have no findings: failed, unsupported, too old.
    Stopped,
    /// It took too long; it may still come.
    GivenUp,
}
