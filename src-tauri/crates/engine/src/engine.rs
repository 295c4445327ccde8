//! A running engine: the store, the network, and the server over them.

use std::net::Ipv4Addr;

use tokio::{net::TcpListener, task::JoinHandle};
use tokio_util::sync::CancellationToken;

use crate::{api, config::EngineConfig, context::Context, error::EngineError, remote::endpoint::Network, store::Store};

/// A running engine. It stops when this is dropped; [`Engine::shutdown`] also waits until it has.
#[derive(Debug)]
pub struct Engine {
    port: u16,
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
        let EngineConfig { data_dir, port, concurrency, .. } = config;
        let folder = data_dir.clone();
        let store = tokio::task::spawn_blocking(move || Store::open(&folder))
            .await
            .map_err(|error| EngineError::Io { path: data_dir, source: std::io::Error::other(error) })??;
        let listen = |source| EngineError::Listen { port, source };
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.map_err(listen)?;
        let port = listener.local_addr().map_err(listen)?.port();
        let stopping = CancellationToken::new();
        let context = Context {
            store,
            network,
            concurrency: concurrency.max(1),
            stopping: stopping.clone(),
            id: uuid::Uuid::new_v4().to_string().into(),
        };
        let stop = stopping.clone().cancelled_owned();
        let serving = tokio::spawn(async move {
            let serve = axum::serve(listener, api::router(context)).with_graceful_shutdown(stop);
            if let Err(error) = serve.await {
                tracing::error!(%error, "the engine's server failed");
            }
        });
        tracing::info!(port, "the engine is running");
        Ok(Self { port, stopping, serving })
    }

    /// `tcp://127.0.0.1:PORT`, as `DOCKER_HOST` takes it.
    pub fn docker_host(&self) -> String {
        format!("tcp://127.0.0.1:{}", self.port)
    }

    /// The port it listens on.
    pub fn port(&self) -> u16 {
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

impl Drop for Engine {
    fn drop(&mut self) {
        self.stopping.cancel();
    }
}
