//! The registry that the lab's images are pulled from, with small images in place of the real ones: for tests that run the lab many
//! times.

use std::{path::Path, sync::Arc};

use axum::{
    extract::Request,
    middleware::{Next, from_fn},
    response::Response,
};
use parking_lot::Mutex;
use practice_images::OciLayout;
use registry::{AllowAll, Options};
use tokio::sync::watch;

use crate::{
    images::{PATCHED_LOG4J, VULNERABLE_LOG4J, application},
    registry_server::RegistryServer,
};

/// Where the images are, unless a test chooses otherwise: as in the lab's default plan.
pub const REPOSITORY: &str = "docker/library/neo4j";

/// A registry with an image that has CVE-2021-44228 and one that does not.
#[derive(Debug)]
pub struct ImageSource {
    server: RegistryServer,
}

impl ImageSource {
    /// Serves `docker/library/neo4j:4.4.0` and `:4.4.48`, with this many bytes of filler each.
    pub async fn start(folder: &Path, size: u64) -> Self {
        Self::start_with(folder, REPOSITORY, ["4.4.0", "4.4.48"], size).await
    }

    /// Serves the vulnerable image and the patched one in this repository, under these tags.
    ///
    /// # Panics
    ///
    /// If the images cannot be built.
    pub async fn start_with(folder: &Path, repository: &str, tags: [&str; 2], size: u64) -> Self {
        Self::serve(folder, repository, tags, size, &LayerHold::new(true)).await
    }

    /// As [`start`](Self::start). Who downloads a layer waits for it until the hold is released.
    pub async fn start_holding_layers(folder: &Path, size: u64) -> (Self, LayerHold) {
        let hold = LayerHold::new(false);
        (Self::serve(folder, REPOSITORY, ["4.4.0", "4.4.48"], size, &hold).await, hold)
    }

    async fn serve(folder: &Path, repository: &str, tags: [&str; 2], size: u64, hold: &LayerHold) -> Self {
        let options = Options { read_only: true, ..Options::default() };
        let layer_hold = hold.clone();
        let wait = from_fn(move |request: Request, next: Next| layer_hold.clone().serve(request, next));
        let add_wait = |router: axum::Router| router.layer(wait);
        let server = RegistryServer::start_with(&folder.join("image-source"), AllowAll, options, add_wait).await;
        for (tag, log4j) in tags.into_iter().zip([VULNERABLE_LOG4J, PATCHED_LOG4J]) {
            let (target, image) = (folder.join(format!("image-{tag}")), application(tag, log4j, size));
            let build = tokio::task::spawn_blocking(move || practice_images::build_synthetic(&target, &image));
            let layout = build.await.expect("building does not panic").expect("the image can be built");
            hold.add(&layout);
            server.store_layout(repository, tag, &layout).await;
            tokio::fs::remove_dir_all(&layout.root).await.expect("a new folder can be removed");
        }
        Self { server }
    }

    /// Its address: `127.0.0.1:<port>`.
    pub fn addr(&self) -> &str {
        self.server.addr()
    }
}

/// Keeps the layers of an image source back until it is released. Manifests and configurations are not kept back.
#[derive(Clone, Debug)]
pub struct LayerHold {
    layers: Arc<Mutex<Vec<String>>>,
    released: watch::Sender<bool>,
}

impl LayerHold {
    fn new(released: bool) -> Self {
        Self { layers: Arc::default(), released: watch::Sender::new(released) }
    }

    /// Lets all downloads continue, now and later.
    pub fn release(&self) {
        self.released.send_replace(true);
    }

    fn add(&self, layout: &OciLayout) {
        let layers = layout.platforms.iter().flat_map(|platform| &platform.layers);
        self.layers.lock().extend(layers.map(|layer| layer.digest.to_string()));
    }

    async fn serve(self, request: Request, next: Next) -> Response {
        let is_layer = self.layers.lock().iter().any(|digest| request.uri().path().ends_with(digest.as_str()));
        if is_layer {
            let released = self.released.subscribe().wait_for(|released| *released).await.map(drop);
            released.expect("the hold has a sender");
        }
        next.run(request).await
    }
}
