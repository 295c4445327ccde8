//! A big layer must not cost memory: two gibibytes go through an engine's process, which is this program run again.
#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use std::{
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
};

use bollard::{
    API_DEFAULT_VERSION, Docker,
    query_parameters::{CreateImageOptionsBuilder, PushImageOptionsBuilder, TagImageOptionsBuilder},
};
use engine::{Engine, EngineConfig};
use futures::TryStreamExt;
use practice_images::{Compression, SyntheticImage, SyntheticLayer};
use registry::Options;
use testbed::{memory::peak_memory, registry_server::RegistryServer};

const FOLDER: &str = "ENGINE_TEST_FOLDER";
const SERVING: &str = "serving at ";
const LAYER: u64 = 2 << 30;
/// The whole lab has 150 MB; the engine's part is well under it.
const BOUND: u64 = 64 << 20;

#[tokio::test(flavor = "multi_thread")]
#[ignore = "the process that the test below measures"]
async fn serve_until_killed() {
    let Ok(folder) = std::env::var(FOLDER) else { return };
    let engine = Engine::start(EngineConfig::new(folder)).await.unwrap();
    println!("\n{SERVING}{}", engine.docker_host());
    std::future::pending::<()>().await;
}

struct Process(Child);

impl Drop for Process {
    fn drop(&mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_layer_of_two_gibibytes_is_pulled_pushed_and_saved_in_little_memory() {
    let dir = tempfile::tempdir().unwrap();
    let layer = SyntheticLayer { filler: LAYER, ..SyntheticLayer::default() };
    let spec = SyntheticImage { layers: vec![layer], compression: Compression::Plain, ..SyntheticImage::default() };
    let layout = practice_images::build_synthetic(&dir.path().join("layout"), &spec).unwrap();
    let registry = RegistryServer::start(&dir.path().join("registry"), Options::default()).await;
    let image = &layout.platforms[0];
    for blob in image.layers.iter().chain([&image.config]) {
        registry.store_blob("big", &layout, blob).await;
        std::fs::remove_file(layout.blob_path(&blob.digest)).unwrap();
    }
    registry.store_manifest("big", Some("1"), &layout, &image.manifest).await;

    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--ignored", "--exact", "serve_until_killed", "--nocapture"])
        .env(FOLDER, dir.path().join("engine"))
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
    let process = Process(child);
    let host = lines.take(20).find_map(|line| line.strip_prefix(SERVING).map(str::to_owned)).unwrap();
    let docker = Docker::connect_with_http(&host, 600, API_DEFAULT_VERSION).unwrap();

    let name = format!("{}/big:1", registry.addr());
    let pull = CreateImageOptionsBuilder::new().from_image(&name).platform("linux/amd64").build();
    docker.create_image(Some(pull), None, None).try_collect::<Vec<_>>().await.unwrap();
    let copy = format!("{}/copy", registry.addr());
    let tag = TagImageOptionsBuilder::new().repo(&copy).tag("1").build();
    docker.tag_image(&name, Some(tag)).await.unwrap();
    let push = PushImageOptionsBuilder::new().tag("1").build();
    let lines: Vec<_> = docker.push_image(&copy, Some(push), None).try_collect().await.unwrap();
    assert!(lines.iter().any(|line| line.status.as_deref() == Some("Pushed")), "{lines:?}");

    let saved = docker.export_image(&name).try_fold(0, async |sum, piece| Ok(sum + piece.len() as u64)).await.unwrap();
    assert!(saved > LAYER, "{saved}");

    let peak = peak_memory(process.0.id()).unwrap();
    println!("the engine's peak memory was {} MiB", peak >> 20);
    assert!(peak > 0 && peak < BOUND, "{} MiB", peak >> 20);
}
