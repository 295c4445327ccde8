//! What the operations of one engine share.

use std::sync::Arc;

use tokio_util::sync::CancellationToken;

use crate::{events::Events, remote::endpoint::Network, store::Store};

/// What the operations of one engine share.
#[derive(Clone, Debug)]
pub(crate) struct Context {
    pub(crate) store: Store,
    pub(crate) network: Network,
    pub(crate) events: Arc<Events>,
    pub(crate) concurrency: usize,
    pub(crate) stopping: CancellationToken,
    /// Whether it listens on a socket, which no browser can reach.
    pub(crate) on_socket: bool,
    /// The engine's id in `/info`, a new one for each process.
    pub(crate) id: Arc<str>,
}
