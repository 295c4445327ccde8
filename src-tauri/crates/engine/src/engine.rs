//! A running engine: the store, the network, and the server over them.

use std::{path::Path, sync::Arc};

use axum::body::Body;
use local_server::{Listener, serve};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use tower::ServiceExt as _;

use crate::{api, config::EngineConfig, context::Context, error::EngineError, remote::endpoint::Network, store::Store};

/// A running engine. It stops when this is dropped; [`Engine::shutdown`] also waits until it has.
#[derive(Debug)]
pub struct Engine {
    docker_host: String,
    port: Option<u16>,
    stopping: CancellationToken,
    serving: JoinHandle<()>,
}

impl Engine {
    /// Opens the store and serves the API.
    ///
    /// # Errors
    ///
    /// [`EngineError::InUse`] if another engine has the folder, [`EngineError::Listen`] if the port cannot be had, others
    /// if the folder or the configuration cannot be used.
    pub async fn start(config: EngineConfig) -> Result<Self, EngineError> {
        let network = Network::new(&config)?;
        let EngineConfig { data_dir, socket, port, concurrency, .. } = config;
        let folder = data_dir.clone();
        let store = tokio::task::spawn_blocking(move || Store::open(&folder))
            .await
            .map_err(|error| EngineError::Io { path: data_dir, source: std::io::Error::other(error) })??;
        let listener = listen(socket.as_deref(), port).await?;
        let failed = |source| EngineError::Listen { port, source };
        let (docker_host, port) = (listener.docker_host().map_err(failed)?, listener.port().map_err(failed)?);
        let stopping = CancellationToken::new();
        let context = Context {
            store,
            network,
            events: Arc::default(),
            concurrency: concurrency.max(1),
            stopping: stopping.clone(),
            on_socket: port.is_none(),
            id: uuid::Uuid::new_v4().to_string().into(),
        };
        let router = api::router(context);
        let handler = move |request: http::Request<_>| router.clone().oneshot(request.map(Body::new));
        let serving = tokio::spawn(serve(listener, handler, stopping.clone()));
        tracing::info!(docker_host, "the engine is running");
        Ok(Self { docker_host, port, stopping, serving })
    }

    /// `unix://PATH`, `npipe:////./pipe/NAME` or `tcp://127.0.0.1:PORT`, as `DOCKER_HOST` takes it.
    pub fn docker_host(&self) -> String {
        self.docker_host.clone()
    }

    /// The port it listens on; `None` if it listens on a socket.
    pub fn port(&self) -> Option<u16> {
        self.port
    }

    /// Cancels the operations in progress and returns when the engine has stopped and its folder is free.
    pub async fn shutdown(mut self) {
        self.stopping.cancel();
        if let Err(error) = (&mut self.serving).await {
            tracing::error!(%error, "the engine's server failed");
        }
    }
}

/// The store is open: no other engine uses the folder, nor a socket that belongs to it.
async fn listen(socket: Option<&Path>, port: u16) -> Result<Listener, EngineError> {
    match socket {
        Some(path) => Listener::local(path).map_err(|source| EngineError::Socket { path: path.to_owned(), source }),
        None => Listener::loopback(port).await.map_err(|source| EngineError::Listen { port, source }),
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        self.stopping.cancel();
    }
}
