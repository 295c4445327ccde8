//! The registry that the lab's images are pulled from, with small images in place of the real ones: for tests that run the lab many
//! times.

use std::path::Path;

use registry::Options;

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
        let options = Options { read_only: true, ..Options::default() };
        let server = RegistryServer::start(&folder.join("image-source"), options).await;
        for (tag, log4j) in tags.into_iter().zip([VULNERABLE_LOG4J, PATCHED_LOG4J]) {
            let (target, image) = (folder.join(format!("image-{tag}")), application(tag, log4j, size));
            let build = tokio::task::spawn_blocking(move || practice_images::build_synthetic(&target, &image));
            let layout = build.await.expect("building does not panic").expect("the image can be built");
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
