//! Images whose content is named by SHA-512.

use registry::{Algorithm, Digest};
use serde_json::json;
use std::time::SystemTime;
use testbed::{files::names_in, http_client::http_client};

use crate::{
    archive::load,
    support::{OCI_MANIFEST, Server, engine},
};

#[tokio::test(flavor = "multi_thread")]
async fn an_image_by_sha512_is_pulled_pushed_saved_and_loaded() {
    let server = Server::start().await;
    let sha512 = |content: &[u8]| Digest::of_by(Algorithm::Sha512, content);
    let layer = b"not unpacked".repeat(1000);
    let config = json!({
        "architecture": "amd64", "os": "linux", "rootfs": { "type": "layers", "diff_ids": [Digest::of(&layer)] },
    })
    .to_string();
    let entry = |media_type: &str, content: &[u8]| json!({ "mediaType": media_type, "digest": sha512(content), "size": content.len() });
    let manifest = json!({
        "schemaVersion": 2,
        "mediaType": OCI_MANIFEST,
        "config": entry("application/vnd.oci.image.config.v1+json", config.as_bytes()),
        "layers": [entry("application/vnd.oci.image.layer.v1.tar", &layer)],
    })
    .to_string();
    for content in [config.as_bytes(), &layer] {
        server.storage.ingest_blob("a", content, &sha512(content)).await.unwrap();
    }
    server.storage.put_manifest("a", manifest.clone().into(), None, Some("1"), SystemTime::now()).await.unwrap();

    let running = engine(&server).await;
    running.pull("r.test/a:1").await.unwrap();
    let blobs = running.dir.path().join("blobs/sha512");
    assert_eq!(names_in(&blobs).len(), 2);
    running.tag("r.test/a:1", "r.test/b", "1").await;
    running.push("r.test/b", "1").await.unwrap();
    assert_eq!(server.manifest("b", "1").await.unwrap().1, manifest.as_bytes());

    let saved = http_client().get(running.url("/images/r.test/b:1/get")).send().await.unwrap().bytes().await.unwrap();
    for name in ["r.test/a:1", "r.test/b:1"] {
        running.remove(name).await.unwrap();
    }
    assert_eq!(names_in(&blobs), Vec::<String>::new());
    assert_eq!(load(&running, saved).await, (200, "Loaded image: r.test/b:1\n".to_owned()));
    assert_eq!(names_in(&blobs).len(), 2);
}
