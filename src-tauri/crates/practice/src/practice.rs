//! A running practice cloud: starting it, its addresses, and stopping it.

use std::{net::SocketAddr, path::Path, sync::Arc, time::Duration};

use axum::body::Body;
use local_server::{Listener, serve};
use registry::Storage;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::{
    clock::Clock,
    cloud::Cloud,
    config::PracticeConfig,
    control::server::ControlServer,
    error::PracticeError,
    faults::injector::Faults,
    lifecycle::{
        advance::{AdvanceError, advance},
        quarantine::{Quarantined, quarantine},
        reconcile::recover,
        rescan, worker,
    },
    names::Names,
    permissions::{sessions::Sessions, settings::Permissions},
    public::PublicRegistry,
    scan::Scanner,
    state::{clock_change::clamp, store, store::Store},
    tokens::Tokens,
    wire::{bandwidth::Bandwidth, gateway::Gateway},
};

/// A running practice cloud. Stops when it is dropped; [`shutdown`](Self::shutdown) waits until it has.
#[derive(Debug)]
pub struct Practice {
    cloud: Arc<Cloud>,
    quarantined: Vec<Quarantined>,
    control_addr: SocketAddr,
    cancelled: CancellationToken,
    tasks: Vec<JoinHandle<()>>,
}

impl Practice {
    /// Starts a practice cloud with the state in its folder; a new folder is a new account.
    pub async fn start(config: PracticeConfig) -> Result<Self, PracticeError> {
        let clock = Clock::system(config.speed);
        Self::start_with(config, clock).await
    }

    /// Like [`start`](Self::start), with the caller's clock.
    pub async fn start_with(config: PracticeConfig, clock: Clock) -> Result<Self, PracticeError> {
        check_region(&config.region)?;
        let dir = config.data_dir.clone();
        let store = open_store(&dir, &config.region).await?;
        let storage = Storage::open(dir.join("registry")).await?;
        let (private, private_addr) = bind(config.port).await?;
        let (public, public_addr) = bind(config.public_port).await?;
        let (control, control_addr) = bind(0).await?;
        let control = ControlServer::announce(&dir, control, control_addr)?;
        let cloud = Arc::new(Cloud {
            names: Names {
                region: config.region,
                addressing: config.addressing,
                private: private_addr,
                public: public_addr,
            },
            faults: Faults::new(clock.unmoved(), config.faults),
            tokens: Tokens::new(clock.unmoved()),
            sessions: Sessions::new(clock.unmoved()),
            permissions: Permissions::new(config.permissions),
            public_tokens: Tokens::new(clock.unmoved()),
            scanner: Scanner::new(dir.join("scans"), config.advisories),
            applying: tokio::sync::Mutex::default(),
            bandwidth: Bandwidth::of(config.speed),
            clock,
            store,
            storage,
        });
        cloud.clock.set_ahead(cloud.store.read(|state| state.clock_ahead));
        let quarantined = quarantine(&cloud, &dir).await?;
        cloud.store.change_now(|state| clamp(state, &cloud.clock));
        recover(&cloud).await?;

        let cancelled = CancellationToken::new();
        let gateway = Gateway::new(Arc::clone(&cloud));
        let public_registry = Arc::new(PublicRegistry::new(Arc::clone(&cloud), &dir));
        let tasks = vec![
            tokio::spawn(serve(
                private,
                move |request| {
                    let gateway = gateway.clone();
                    async move { gateway.handle(request.map(Body::new)).await }
                },
                cancelled.clone(),
            )),
            tokio::spawn(Arc::clone(&public_registry).prepare(cancelled.clone())),
            tokio::spawn(serve(
                public,
                move |request| {
                    let public_registry = Arc::clone(&public_registry);
                    async move { public_registry.handle(request.map(Body::new)).await }
                },
                cancelled.clone(),
            )),
            tokio::spawn(worker::work(Arc::clone(&cloud), cancelled.clone())),
            tokio::spawn(control.serve(Arc::clone(&cloud), cancelled.clone())),
            tokio::spawn(rescan::watch(Arc::clone(&cloud), cancelled.clone())),
        ];
        Ok(Self { cloud, quarantined, control_addr, cancelled, tasks })
    }

    /// Deletes the practice cloud in a folder, whatever state it is in. Its next start is a new account.
    ///
    /// # Errors
    ///
    /// [`PracticeError::InUse`] while a process runs it.
    pub fn delete(dir: &Path) -> Result<(), PracticeError> {
        store::delete(dir)
    }

    /// The repositories that were taken out of the account when it was started, because their state could not be read.
    pub fn quarantined(&self) -> &[Quarantined] {
        &self.quarantined
    }

    /// The endpoint of ECR, Inspector, IAM and STS: `http://127.0.0.1:<port>`.
    pub fn endpoint(&self) -> String {
        self.cloud.names.endpoint()
    }

    /// The address of the private registry: `127.0.0.1:<port>`.
    pub fn registry_addr(&self) -> String {
        self.cloud.names.private.to_string()
    }

    /// The address of the public registry: `127.0.0.1:<port>`.
    pub fn public_addr(&self) -> String {
        self.cloud.names.public.to_string()
    }

    /// The address by which other processes of the same user control it: `127.0.0.1:<port>`. What they need to know is in its folder.
    pub fn control_addr(&self) -> String {
        self.control_addr.to_string()
    }

    /// The private registry's name: `123456789012.dkr.ecr.<region>.amazonaws.com`.
    pub fn registry_name(&self) -> String {
        self.cloud.names.registry()
    }

    /// The region that is served.
    pub fn region(&self) -> &str {
        &self.cloud.names.region
    }

    /// The access key and the secret key.
    pub fn credentials(&self) -> (String, String) {
        self.cloud.store.read(|state| (state.credentials.access_key.clone(), state.credentials.secret_key.clone()))
    }

    /// The injected faults, which can be changed at any time.
    pub fn faults(&self) -> Faults {
        self.cloud.faults.clone()
    }

    /// Who may do what, which can be changed at any time.
    pub fn permissions(&self) -> Permissions {
        self.cloud.permissions.clone()
    }

    /// The practice clock.
    pub fn clock(&self) -> Clock {
        self.cloud.clock.clone()
    }

    /// Moves the practice clock forward, for good. Returns how far it is ahead now.
    ///
    /// # Errors
    ///
    /// [`AdvanceError::TooFar`] if it would be too far ahead, or that the change could not be saved.
    pub async fn advance(&self, by: Duration) -> Result<Duration, AdvanceError> {
        advance(&self.cloud, by).await
    }

    /// Waits until the scanner has read every queued image. Its findings may still be held back by the clock.
    pub async fn scanner_idle(&self) {
        worker::idle(&self.cloud).await;
    }

    /// Stops listening, closes every connection, and releases the folder.
    pub async fn shutdown(mut self) {
        self.stop();
        for task in std::mem::take(&mut self.tasks) {
            if let Err(error) = task.await {
                tracing::error!(%error, "a task of the practice cloud failed");
            }
        }
        if let Err(error) = self.cloud.store.save().await {
            tracing::error!(%error, "the practice cloud's last changes are lost");
        }
    }

    fn stop(&self) {
        self.cancelled.cancel();
        self.cloud.scanner.cancel();
    }
}

impl Drop for Practice {
    fn drop(&mut self) {
        self.stop();
    }
}

/// Binds a port of 127.0.0.1.
async fn bind(port: u16) -> Result<(Listener, SocketAddr), PracticeError> {
    let failed = |source| PracticeError::Listen { port, source };
    let listener = Listener::loopback(port).await.map_err(failed)?;
    let bound = listener.port().map_err(failed)?.unwrap_or(port);
    Ok((listener, SocketAddr::from(([127, 0, 0, 1], bound))))
}

async fn open_store(dir: &Path, region: &str) -> Result<Store, PracticeError> {
    let (dir, region) = (dir.to_owned(), region.to_owned());
    let io = PracticeError::io(dir.clone());
    match tokio::task::spawn_blocking(move || Store::open(&dir, &region)).await {
        Ok(store) => store,
        Err(error) => Err(io(std::io::Error::other(error))),
    }
}

/// Accepts names like `ap-northeast-2` and `us-gov-west-1`: the region becomes part of host names and ARNs.
pub(crate) fn check_region(region: &str) -> Result<(), PracticeError> {
    let parts: Vec<_> = region.split('-').collect();
    let ok = (3..=4).contains(&parts.len())
        && parts
            .iter()
            .all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()));
    if ok { Ok(()) } else { Err(PracticeError::Region(region.to_owned())) }
}
