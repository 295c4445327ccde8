//! Registries and connections that do not behave.

use std::time::Duration;

use futures::StreamExt;
use http::Method;
use registry::{Digest, Options};
use std::sync::Arc;
use tokio::sync::Notify;

use crate::support::{Server, engine, engine_with, envelope, error_of, image, reply};

const MIB: u64 = 1 << 20;

#[tokio::test(flavor = "multi_thread")]
async fn a_download_goes_on_where_its_connection_broke() {
    let server = Server::start().await;
    let dir = tempfile::tempdir().unwrap();
    let layout = image(dir.path(), "amd64", 1, &[3 * MIB]);
    let layer = layout.platforms[0].layers[0].digest.clone();
    server.stock("a", "1", &layout).await;
    server.cut(&layer, 2, 700_000);
    let running = engine(&server).await;
    running.pull("r.test/a:1").await.unwrap();
    let ranges: Vec<_> = server
        .requests(&Method::GET, &layer)
        .iter()
        .map(|request| request.headers["range"].to_str().unwrap().to_owned())
        .collect();
    assert_eq!(ranges.len(), 3, "{ranges:?}");
    assert_eq!(ranges[0], "bytes=0-");
    let from = |range: &str| range.strip_prefix("bytes=").unwrap().strip_suffix('-').unwrap().parse::<u64>().unwrap();
    assert!(from(&ranges[1]) > 0 && from(&ranges[2]) > from(&ranges[1]), "{ranges:?}");
    assert_eq!(running.files().1, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_registry_that_knows_no_ranges_is_read_from_the_beginning_again() {
    let server = Server::start().await;
    let dir = tempfile::tempdir().unwrap();
    let layout = image(dir.path(), "amd64", 1, &[2 * MIB]);
    let layer = layout.platforms[0].layers[0].clone();
    server.stock("a", "1", &layout).await;
    let content = std::fs::read(layout.blob_path(&layer.digest)).unwrap();
    server.cut(&layer.digest, 1, 700_000);
    server.answer(Method::GET, &layer.digest, 1, move |_| {
        Some(reply(200, &[], String::new()).map(|_| axum::body::Body::from(content.clone())))
    });
    let running = engine(&server).await;
    running.pull("r.test/a:1").await.unwrap();
    assert_eq!(server.requests(&Method::GET, &layer.digest).len(), 2);
}

#[tokio::test]
async fn busy_and_broken_registries_are_asked_again_a_bounded_number_of_times() {
    let server = Server::start().await;
    let dir = tempfile::tempdir().unwrap();
    let layout = image(dir.path(), "amd64", 1, &[1000]);
    let layer = layout.platforms[0].layers[0].digest.clone();
    server.stock("a", "1", &layout).await;
    server.refuse(Method::GET, "/manifests/1", 1, 503, "");
    server.answer(Method::GET, &layer, 1, |_| {
        Some(reply(429, &[("retry-after", "0")], envelope("TOOMANYREQUESTS", "slow")))
    });
    let running = engine(&server).await;
    running.pull("r.test/a:1").await.unwrap();
    running.tag("r.test/a:1", "r.test/b", "1").await;
    server.refuse(Method::POST, "/v2/b/blobs/uploads/", 1, 500, "");
    server.refuse(Method::PUT, "/v2/b/manifests/1", 1, 502, "");
    running.push("r.test/b", "1").await.unwrap();

    running.tag("r.test/a:1", "r.test/c", "1").await;
    server.refuse(Method::PUT, "/v2/c/manifests/1", usize::MAX, 503, &envelope("UNAVAILABLE", "come back later"));
    let push = running.push("r.test/c", "1").await.unwrap_err();
    assert_eq!(error_of(&push), (None, "unavailable: come back later".to_owned()));
    assert_eq!(server.requests(&Method::PUT, "/v2/c/manifests/1").len(), 5);
    server.refuse(Method::PUT, "/v2/d/manifests/1", usize::MAX, 400, &envelope("TAG_INVALID", "it is immutable"));
    running.tag("r.test/a:1", "r.test/d", "1").await;
    let push = running.push("r.test/d", "1").await.unwrap_err();
    assert_eq!(error_of(&push), (None, "tag invalid: it is immutable".to_owned()));
    assert_eq!(server.requests(&Method::PUT, "/v2/d/manifests/1").len(), 1);
}

#[tokio::test]
async fn an_unreachable_registry_is_reported_as_such() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let closed_address = listener.local_addr().unwrap().to_string();
    drop(listener);
    let running = engine_with(&[("r.test", &closed_address)]).await;
    let (status, message) = error_of(&running.pull("r.test/a:1").await.unwrap_err());
    assert_eq!(status, Some(500));
    assert!(message.starts_with("the registry cannot be reached: "), "{message}");
}

#[tokio::test(flavor = "multi_thread")]
async fn content_that_is_not_what_its_digest_says_is_not_kept() {
    let server = Server::start().await;
    let dir = tempfile::tempdir().unwrap();
    let layout = image(dir.path(), "amd64", 1, &[100_000]);
    let (layer, manifest) = (&layout.platforms[0].layers[0].digest, &layout.platforms[0].manifest.digest);
    server.stock("a", "1", &layout).await;
    server.corrupt(layer, 1);
    let running = engine(&server).await;
    let (status, message) = error_of(&running.pull("r.test/a:1").await.unwrap_err());
    assert_eq!(status, None);
    assert!(message.contains(&format!("filesystem layer verification failed for digest {layer}")), "{message}");
    assert!(!running.files().0.iter().any(|name| name == layer.hex()));
    assert_eq!(running.files().1, Vec::<String>::new());
    assert_eq!(running.get("/images/json").await.1, serde_json::json!([]));

    server.corrupt(manifest, 1);
    let (_, message) = error_of(&running.pull("r.test/a:1").await.unwrap_err());
    assert!(message.contains(&format!("manifest verification failed for digest {manifest}")), "{message}");
    let long = "x".repeat(200_000);
    server.refuse(Method::GET, layer, 1, 206, &long);
    let (_, message) = error_of(&running.pull("r.test/a:1").await.unwrap_err());
    assert!(message.contains("size validation failed"), "{message}");
    // Pieces that do not fit together are thrown away, and all is fetched once more.
    server.cut(layer, 1, 50_000);
    server.answer(Method::GET, layer, 1, |_| Some(reply(206, &[], "x".repeat(1000))));
    running.pull("r.test/a:1").await.unwrap();
}

#[tokio::test]
async fn endless_and_foreign_manifests_are_refused() {
    let server = Server::start().await;
    let running = engine(&server).await;
    let endless = format!("{{\"a\":\"{}\"}}", "x".repeat(5 << 20));
    server.refuse(Method::GET, "/manifests/endless", 1, 200, &endless);
    let (_, message) = error_of(&running.pull("r.test/a:endless").await.unwrap_err());
    assert!(message.contains("longer than"), "{message}");
    for (tag, body) in [
        ("schema1", r#"{"schemaVersion":1,"mediaType":"application/vnd.docker.distribution.manifest.v1+json"}"#),
        ("nonsense", "nonsense"),
        ("empty", "{}"),
    ] {
        server.refuse(Method::GET, format!("/manifests/{tag}"), 1, 200, body);
        let (status, message) = error_of(&running.pull(&format!("r.test/a:{tag}")).await.unwrap_err());
        assert_eq!(status, Some(500), "{message}");
        assert!(message.contains("manifest"), "{message}");
    }
    let config = "{}";
    let digest = Digest::of(config.as_bytes());
    let artifact = serde_json::json!({
        "schemaVersion": 2,
        "config": { "mediaType": "application/vnd.example+json", "digest": digest, "size": 2 },
        "layers": [],
    });
    server.refuse(Method::GET, "/manifests/artifact", 1, 200, &artifact.to_string());
    assert_eq!(error_of(&running.pull("r.test/a:artifact").await.unwrap_err()).0, Some(400));
}

/// A registry on which downloads and uploads hang once they have started.
fn hanging(server: &Server, layer: &Digest) -> Arc<Notify> {
    let started = Arc::new(Notify::new());
    for method in [Method::GET, Method::PUT] {
        let started = Arc::clone(&started);
        let part = if method == Method::PUT { "/blobs/uploads/" } else { layer.as_str() };
        server.answer(method, part, 1, move |_| {
            started.notify_one();
            let forever = futures::stream::once(async { Ok::<_, std::io::Error>(bytes::Bytes::from_static(b"x")) })
                .chain(futures::stream::pending());
            Some(axum::response::Response::builder().status(206).body(axum::body::Body::from_stream(forever)).unwrap())
        });
    }
    started
}

/// Polls until a condition holds; fails after ten seconds.
async fn eventually(what: &str, holds: impl Fn() -> bool) {
    let waited = tokio::time::timeout(Duration::from_secs(10), async {
        let mut interval = tokio::time::interval(Duration::from_millis(5));
        while !holds() {
            interval.tick().await;
        }
    });
    waited.await.unwrap_or_else(|_| panic!("never: {what}"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_hangs_up_ends_its_pull() {
    let server = Server::start().await;
    let dir = tempfile::tempdir().unwrap();
    let layout = image(dir.path(), "amd64", 1, &[MIB]);
    let layer = layout.platforms[0].layers[0].digest.clone();
    server.stock("a", "1", &layout).await;
    let started = hanging(&server, &layer);
    let running = engine(&server).await;
    let mut pull = Box::pin(running.pull("r.test/a:1"));
    tokio::select! {
        outcome = &mut pull => panic!("{outcome:?}"),
        () = started.notified() => {}
    }
    eventually("the layer is being written", || running.files().1.len() == 1).await;
    drop(pull);
    eventually("the download is gone", || running.files().1.is_empty()).await;
    // What it held is free: the same pull goes through.
    running.pull("r.test/a:1").await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_engine_that_stops_says_so_to_who_waits() {
    let server = Server::start().await;
    let dir = tempfile::tempdir().unwrap();
    let layout = image(dir.path(), "amd64", 1, &[MIB]);
    let layer = layout.platforms[0].layers[0].digest.clone();
    server.stock("a", "1", &layout).await;
    let started = hanging(&server, &layer);
    let running = engine(&server).await;
    let docker = running.docker.clone();
    let mut pull = tokio::spawn(async move { crate::support::pull(&docker, "r.test/a:1", "linux/amd64", None).await });
    tokio::select! {
        outcome = &mut pull => panic!("{outcome:?}"),
        () = started.notified() => {}
    }
    running.engine.shutdown().await;
    assert_eq!(error_of(&pull.await.unwrap().unwrap_err()).1, "the engine is stopping");
}

#[tokio::test]
async fn two_pulls_of_one_image_fetch_each_layer_once() {
    let server = Server::start().await;
    let dir = tempfile::tempdir().unwrap();
    let layout = image(dir.path(), "amd64", 1, &[2 * MIB, MIB]);
    server.stock("a", "1", &layout).await;
    let running = engine(&server).await;
    let (one, other) = tokio::join!(running.pull("r.test/a:1"), running.pull("r.test/a:1"));
    one.unwrap();
    other.unwrap();
    for layer in &layout.platforms[0].layers {
        assert_eq!(server.requests(&Method::GET, &layer.digest).len(), 1);
    }
}

#[tokio::test]
async fn layers_are_mounted_where_the_registry_does_that_and_sent_where_it_does_not() {
    for (mounting, sent) in [(true, 0), (false, 3)] {
        let server = Server::with(Options { blob_mounting: mounting, ..Options::default() }).await;
        let dir = tempfile::tempdir().unwrap();
        let layout = image(dir.path(), "amd64", 1, &[MIB, MIB]);
        server.stock("a", "1", &layout).await;
        let running = engine(&server).await;
        running.pull("r.test/a:1").await.unwrap();
        running.tag("r.test/a:1", "r.test/b", "1").await;
        server.forget_requests();
        let lines = running.push("r.test/b", "1").await.unwrap();
        let expected = if mounting { "Mounted from a" } else { "Pushed" };
        assert_eq!(lines.iter().filter(|line| *line == expected).count(), 2, "{lines:?}");
        assert_eq!(server.requests(&Method::PUT, "/v2/b/blobs/uploads/").len(), sent);
        // No blob that the registry has is sent again, and the manifest is: the registry is to know that it was pushed again.
        server.forget_requests();
        running.push("r.test/b", "1").await.unwrap();
        assert_eq!(server.requests(&Method::POST, "").len() + server.requests(&Method::PUT, "/v2/b/blobs/").len(), 0);
        assert_eq!(server.requests(&Method::PUT, "/v2/b/manifests/1").len(), 1);
        // An immutable tag refuses it, and has the image nevertheless.
        server.refuse(Method::PUT, "/v2/b/manifests/1", 1, 400, &envelope("TAG_INVALID", "it is immutable"));
        running.push("r.test/b", "1").await.unwrap();
        server.refuse(Method::PUT, "/v2/b/manifests/1", 1, 400, &envelope("MANIFEST_INVALID", "it is not"));
        running.push("r.test/b", "1").await.unwrap_err();
    }
}
