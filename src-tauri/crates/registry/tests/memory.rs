//! A big layer must not cost memory. Alone in its program: it measures the process.
#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use futures::{StreamExt, stream};
use registry::{Digest, Options};
use reqwest::{Body, StatusCode};
use sha2::{Digest as _, Sha256};
use testbed::{http_client::http_client, memory::peak_memory, registry_server::RegistryServer};

const PIECE: usize = 1 << 20;
const PIECES: usize = 256;
const BOUND: u64 = 32 << 20;

fn peak() -> u64 {
    peak_memory(std::process::id()).unwrap()
}

fn piece(n: usize) -> Vec<u8> {
    vec![n as u8; PIECE]
}

#[tokio::test(flavor = "multi_thread")]
async fn a_layer_of_256_mebibytes_is_pushed_and_pulled_in_little_memory() {
    let client = http_client();
    let dir = tempfile::tempdir().unwrap();
    let registry = RegistryServer::start(dir.path(), Options::default()).await;
    let base = format!("http://{}", registry.addr());
    let hasher = (0..PIECES).fold(Sha256::new(), |hasher, n| hasher.chain_update(piece(n)));
    let digest: Digest = format!("sha256:{}", hex::encode(hasher.finalize())).parse().unwrap();

    let before = peak();
    let content = stream::iter(0..PIECES).map(|n| Ok::<_, std::io::Error>(piece(n)));
    let push = client.post(format!("{base}/v2/a/blobs/uploads/?digest={digest}")).body(Body::wrap_stream(content));
    assert_eq!(push.send().await.unwrap().status(), StatusCode::CREATED);
    let pull = client.get(format!("{base}/v2/a/blobs/{digest}")).send().await.unwrap();
    let pulled = pull.bytes_stream().fold(Sha256::new(), |hasher, part| async { hasher.chain_update(part.unwrap()) });
    assert_eq!(hex::encode(pulled.await.finalize()), digest.hex());

    let grown = peak() - before;
    assert!(grown < BOUND, "{} KiB more than before", grown >> 10);
    println!("memory grew by {} KiB", grown >> 10);
}
