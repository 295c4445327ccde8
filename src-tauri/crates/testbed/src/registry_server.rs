//! A registry on loopback.

use std::{path::Path, sync::Arc, time::SystemTime};

use axum::Router;
use oci::Blob;
use practice_images::OciLayout;
use registry::{AllowAll, Hooks, Options, Storage};
use tokio::{net::TcpListener, task::JoinHandle};

/// A running registry. Dropped, it stops.
#[derive(Debug)]
pub struct RegistryServer {
    /// Its storage, which tests also read and fill directly.
    pub storage: Storage,
    server: LoopbackServer,
}

impl RegistryServer {
    /// Serves the registry in this folder, with no access control.
    pub async fn start(folder: &Path, options: Options) -> Self {
        Self::start_with(folder, AllowAll, options, |router| router).await
    }

    /// Serves the registry in this folder with these hooks, behind the layers that `layer` adds.
    ///
    /// # Panics
    ///
    /// If the folder cannot be opened.
    pub async fn start_with(
        folder: &Path,
        hooks: impl Hooks,
        options: Options,
        layer: impl FnOnce(Router) -> Router,
    ) -> Self {
        let storage = Storage::open(folder).await.expect("the folder opens");
        let router = registry::router(storage.clone(), Arc::new(hooks), options);
        Self { storage, server: LoopbackServer::start(layer(router)).await }
    }

    /// Its address: `127.0.0.1:<port>`.
    pub fn addr(&self) -> &str {
        self.server.addr()
    }

    /// Stores a layout's image index under a tag, with everything that it lists.
    ///
    /// # Panics
    ///
    /// If the registry refuses it.
    pub async fn store_layout(&self, repository: &str, tag: &str, layout: &OciLayout) {
        for image in &layout.platforms {
            for blob in image.layers.iter().chain([&image.config]) {
                self.store_blob(repository, layout, blob).await;
            }
            self.store_manifest(repository, None, layout, &image.manifest).await;
        }
        self.store_manifest(repository, Some(tag), layout, &layout.index).await;
    }

    /// Stores one of a layout's blobs.
    ///
    /// # Panics
    ///
    /// If the registry refuses it.
    pub async fn store_blob(&self, repository: &str, layout: &OciLayout, blob: &Blob) {
        let file = layout.blob_path(&blob.digest);
        self.storage.ingest_file(repository, &file, &blob.digest).await.expect("the registry stores a blob");
    }

    /// Stores one of a layout's manifests.
    ///
    /// # Panics
    ///
    /// If the registry refuses it.
    pub async fn store_manifest(&self, repository: &str, tag: Option<&str>, layout: &OciLayout, manifest: &Blob) {
        let bytes = tokio::fs::read(layout.blob_path(&manifest.digest)).await.expect("a layout has its manifests");
        let put =
            self.storage.put_manifest(repository, bytes.into(), Some(&manifest.media_type), tag, SystemTime::now());
        put.await.expect("the registry stores a manifest");
    }
}

/// Any HTTP application on a free port of loopback. Dropped, it stops.
#[derive(Debug)]
pub struct LoopbackServer {
    addr: String,
    task: JoinHandle<()>,
}

impl LoopbackServer {
    /// Serves it.
    ///
    /// # Panics
    ///
    /// If loopback has no free port.
    pub async fn start(app: Router) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("loopback has a free port");
        let addr = listener.local_addr().expect("it is bound").to_string();
        let task = tokio::spawn(async move { axum::serve(listener, app).await.expect("serving does not end") });
        Self { addr, task }
    }

    /// Its address: `127.0.0.1:<port>`.
    pub fn addr(&self) -> &str {
        &self.addr
    }
}

impl Drop for LoopbackServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}
