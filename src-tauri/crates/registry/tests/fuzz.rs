//! A fuzz target of the registry: whatever is requested, it answers, and never with a fault of its own.

use std::path::Path;

use fuzz::http::Request;
use registry::{AllowAll, Options};
use serde_json::Value;
use testbed::registry_server::RegistryServer;

#[test]
fn requests() {
    let folder = tempfile::tempdir().unwrap();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let options = Options { blob_mounting: true, ..Options::default() };
    let server = runtime.block_on(RegistryServer::start_with(folder.path(), AllowAll, options, |router| router));
    fuzz::run(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/requests"), |input| {
        let response = runtime.block_on(Request::parse(input).send(server.addr()))?;
        response.is_no_fault()?;
        // What the registry refuses is refused in the form of the specification. What is not HTTP is refused before it.
        if response.status >= 400 && response.head.contains("application/json") && !response.body.is_empty() {
            let body: Value =
                serde_json::from_slice(&response.body).map_err(|error| format!("{error}: {response:?}"))?;
            if body["errors"][0]["code"].as_str().is_none_or(str::is_empty) {
                return Err(format!("an error without a code: {body}"));
            }
        }
        Ok(())
    });
    // What was pushed meanwhile is whole.
    runtime.block_on(async {
        for repository in server.storage.repositories() {
            for image in server.storage.images(&repository).await.unwrap() {
                let stored = server.storage.manifest(&repository, &image.digest.clone().into()).await.unwrap().unwrap();
                assert_eq!(registry::Digest::of(&stored.bytes), image.digest);
            }
        }
    });
}
