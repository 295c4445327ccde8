//! Small images that stand in for the lesson's on a registry of their own: the same tale in a few kilobytes, for tests that go through
//! the lab many times.

use std::{path::Path, sync::Arc, time::SystemTime};

use bytes::Bytes;
use practice_images::{SyntheticImage, SyntheticJar, SyntheticLayer, SyntheticPackage};
use registry::{AllowAll, Options, Storage};
use tokio::{net::TcpListener, task::JoinHandle};

const REPOSITORY: &str = "docker/library/neo4j";

/// A registry with `docker/library/neo4j:4.4.0`, which carries CVE-2021-44228, and `:4.4.48`, which does not.
#[derive(Debug)]
pub struct ImageSource {
    addr: String,
    serving: JoinHandle<()>,
}

impl ImageSource {
    /// Builds the images in the folder and serves them.
    ///
    /// # Panics
    ///
    /// If that fails.
    pub async fn start(dir: &Path) -> Self {
        Self::start_with(dir, 64 << 10).await
    }

    /// As [`start`](Self::start), with images of this many bytes, in four layers that both share.
    ///
    /// # Panics
    ///
    /// If that fails.
    pub async fn start_with(dir: &Path, size: u64) -> Self {
        let storage = Storage::open(dir.join("image_source")).await.expect("a new folder opens");
        stock(&storage, dir, "4.4.0", "2.14.1", size).await;
        stock(&storage, dir, "4.4.48", "2.17.1", size).await;
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("loopback has a free port");
        let addr = listener.local_addr().expect("it is bound").to_string();
        let options = Options { read_only: true, ..Options::default() };
        let app = registry::router(storage, Arc::new(AllowAll), options);
        let serving = tokio::spawn(async move { axum::serve(listener, app).await.expect("a listener goes on") });
        Self { addr, serving }
    }

    /// Where it is: `127.0.0.1:<port>`.
    pub fn addr(&self) -> &str {
        &self.addr
    }
}

impl Drop for ImageSource {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

async fn stock(storage: &Storage, dir: &Path, tag: &str, log4j: &str, size: u64) {
    let out = dir.join(format!("image-{tag}"));
    let image = specification(tag, log4j, size);
    let built = tokio::task::spawn_blocking(move || practice_images::build_synthetic(&out, &image)).await;
    let layout = built.expect("building does not panic").expect("the specification is sound");
    let image = &layout.platforms[0];
    for blob in image.layers.iter().chain([&image.config]) {
        storage
            .ingest_file(REPOSITORY, &layout.blob_path(&blob.digest), &blob.digest)
            .await
            .expect("a blob is taken in");
    }
    let manifest = tokio::fs::read(layout.blob_path(&image.manifest.digest)).await.expect("a layout has its manifest");
    let (media_type, manifest) = (Some(&*image.manifest.media_type), Bytes::from(manifest));
    let put = storage.put_manifest(REPOSITORY, manifest, media_type, Some(tag), SystemTime::UNIX_EPOCH);
    put.await.expect("a manifest is taken in");
    tokio::fs::remove_dir_all(&layout.root).await.expect("what was just written can be removed");
}

/// Debian 11 with an old OpenSSL below an application with this version of Log4j.
fn specification(tag: &str, log4j: &str, size: u64) -> SyntheticImage {
    let package = |name: &str, version: &str, source: Option<&str>| SyntheticPackage {
        name: name.to_owned(),
        version: version.to_owned(),
        source: source.map(str::to_owned),
    };
    let system = SyntheticLayer {
        os_release: Some(
            "ID=debian\nVERSION_ID=\"11\"\nVERSION_CODENAME=bullseye\nNAME=\"Debian GNU/Linux\"\n".to_owned(),
        ),
        packages: vec![
            package("libssl1.1", "1.1.1k-1+deb11u1", Some("openssl")),
            package("zlib1g", "1:1.2.11.dfsg-2", Some("zlib")),
        ],
        filler: size / 4,
        ..SyntheticLayer::default()
    };
    let more = SyntheticLayer { filler: size / 4, ..SyntheticLayer::default() };
    let maven = format!("org.apache.logging.log4j:log4j-core:{log4j}").try_into().expect("these are coordinates");
    let jar = SyntheticJar { path: format!("app/lib/log4j-core-{log4j}.jar"), maven: vec![maven], filler: 64 };
    let application = SyntheticLayer { jars: vec![jar], ..SyntheticLayer::default() };
    SyntheticImage {
        tag: tag.to_owned(),
        layers: vec![system, more.clone(), more.clone(), more, application],
        ..SyntheticImage::default()
    }
}
