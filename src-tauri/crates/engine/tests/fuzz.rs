//! Fuzz targets of the built-in engine: any request, and any archive to load.

#![expect(clippy::unwrap_used, reason = "a failed step fails the test")]

use std::path::{Path, PathBuf};

use engine::{Engine, EngineConfig, Proxy};
use fuzz::http::{Request, Response};
use registry::Options;
use serde_json::Value;
use tempfile::TempDir;
use testbed::registry_server::RegistryServer;
use tokio::runtime::Runtime;

/// An engine that reaches one registry, `r.test`, and no other machine: its proxy is a port that is closed.
struct Running {
    runtime: Runtime,
    engine: Option<Engine>,
    address: String,
    _registry: RegistryServer,
    _folder: TempDir,
}

impl Running {
    fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let registry_folder = folder.path().join("registry");
        let registry = runtime.block_on(RegistryServer::start(&registry_folder, Options::default()));
        let mut config = EngineConfig::new(folder.path().join("engine"));
        config.hosts.insert("r.test".to_owned(), registry.addr().to_owned());
        config.proxy = Some(Proxy { url: "http://127.0.0.1:9".to_owned(), no_proxy: None });
        let engine = runtime.block_on(Engine::start(config)).unwrap();
        let address = format!("127.0.0.1:{}", engine.port().unwrap());
        Self { runtime, engine: Some(engine), address, _registry: registry, _folder: folder }
    }

    fn send(&self, request: &Request) -> Result<Response, String> {
        self.runtime.block_on(request.send(&self.address))
    }

    fn load(&self, archive: &[u8]) -> Result<Response, String> {
        let request =
            Request { method: "POST".into(), path: "/images/load".into(), body: archive.to_vec(), headers: vec![] };
        self.send(&request)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if let Some(engine) = self.engine.take() {
            self.runtime.block_on(engine.shutdown());
        }
    }
}

fn corpus(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus").join(name)
}

/// Whether a request is one for which Docker answers 500 where a registry refuses it or cannot be reached.
fn asks_a_registry(path: &str) -> bool {
    ["/images/create", "/push", "/distribution/", "/auth"].iter().any(|part| path.contains(part))
}

fn is_answered(request: &Request, response: &Response) -> Result<(), String> {
    if response.status == 500 && asks_a_registry(&request.path) {
        let body: Value = serde_json::from_slice(&response.body).map_err(|error| error.to_string())?;
        let says_why = body["message"].as_str().is_some_and(|message| message.split_whitespace().count() > 2);
        return if says_why { Ok(()) } else { Err(format!("500 without a reason: {body}")) };
    }
    response.is_no_fault()
}

#[test]
fn routes() {
    let running = Running::start();
    let image = std::fs::read(corpus("archives").join("docker-archive.tar")).unwrap();
    assert_eq!(running.load(&image).unwrap().status, 200);
    fuzz::run(&corpus("routes"), |input| {
        let request = Request::parse(input);
        is_answered(&request, &running.send(&request)?)
    });
}

#[test]
fn archives() {
    let running = Running::start();
    fuzz::run(&corpus("archives"), |input| {
        running.load(input)?.is_no_fault()?;
        let list = Request { method: "GET".into(), path: "/images/json".into(), ..Request::default() };
        let listed = running.send(&list)?;
        if listed.status == 200 { Ok(()) } else { Err(format!("the images cannot be listed: {listed:?}")) }
    });
}
