//! What goes over the wire, byte by byte where that matters.

use std::time::Duration;

use base64::{Engine as _, engine::general_purpose::URL_SAFE};
use http::Method;
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use testbed::http_client::http_client;

use crate::support::{Running, Server, engine, engine_with, image};

/// Sends a request as it is written and reads until the other side closes.
async fn raw(running: &Running, request: &str) -> String {
    let mut stream = TcpStream::connect(("127.0.0.1", running.engine.port().unwrap())).await.unwrap();
    stream.write_all(request.replace('\n', "\r\n").as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    tokio::time::timeout(Duration::from_secs(30), stream.read_to_end(&mut answer)).await.unwrap().unwrap();
    String::from_utf8(answer).unwrap()
}

/// The chunks of a chunked body.
fn chunks(answer: &str) -> Vec<String> {
    let (head, mut body) = answer.split_once("\r\n\r\n").unwrap();
    assert!(head.to_lowercase().contains("transfer-encoding: chunked"), "{head}");
    let mut chunks = Vec::new();
    loop {
        let (length, rest) = body.split_once("\r\n").unwrap();
        let length = usize::from_str_radix(length, 16).unwrap();
        if length == 0 {
            return chunks;
        }
        chunks.push(rest[..length].to_owned());
        body = &rest[length + 2..];
    }
}

#[tokio::test]
async fn every_reply_says_what_answers() {
    let running = engine_with(&[]).await;
    for (method, path, status) in [
        (Method::GET, "/_ping", 200),
        (Method::HEAD, "/_ping", 200),
        (Method::GET, "/v1.24/_ping", 200),
        (Method::GET, "/v1.47/version", 200),
        (Method::GET, "/info", 200),
        (Method::GET, "/v1.23/version", 400),
        (Method::GET, "/v1.48/version", 400),
        (Method::GET, "/images/nothing/json", 404),
        (Method::POST, "/containers/create", 501),
        (Method::GET, "/nowhere", 404),
        (Method::GET, "/containers/json", 200),
    ] {
        let response = http_client().request(method.clone(), running.url(path)).send().await.unwrap();
        assert_eq!(response.status().as_u16(), status, "{method} {path}");
        for (name, value) in [("api-version", "1.47"), ("ostype", "linux")] {
            assert_eq!(response.headers()[name], value, "{path}");
        }
        assert!(response.headers()["server"].to_str().unwrap().starts_with("Docker/"), "{path}");
        if path.ends_with("_ping") {
            assert_eq!(response.headers()["cache-control"], "no-cache, no-store, must-revalidate");
            for name in ["builder-version", "swarm"] {
                assert!(response.headers().contains_key(name));
            }
            let body = response.text().await.unwrap();
            assert_eq!(body, if method == Method::HEAD { "" } else { "OK" });
        } else if status >= 400 {
            let body: Value = serde_json::from_slice(&response.bytes().await.unwrap()).unwrap();
            assert!(!body["message"].as_str().unwrap().is_empty());
        }
    }
}

#[tokio::test]
async fn the_version_is_reported_and_bollard_negotiates_it() {
    let running = engine_with(&[]).await;
    let version = running.docker.version().await.unwrap();
    assert_eq!(version.api_version.as_deref(), Some("1.47"));
    assert_eq!(version.min_api_version.as_deref(), Some("1.24"));
    assert_eq!(version.os.as_deref(), Some("linux"));
    let negotiated = running.docker.clone().negotiate_version().await.unwrap();
    assert_eq!(negotiated.client_version().to_string(), "1.47");
    assert_eq!(running.docker.info().await.unwrap().images, Some(0));
    assert_eq!(running.docker.ping().await.unwrap(), "OK");
}

#[tokio::test]
async fn every_line_is_one_chunk() {
    let server = Server::start().await;
    let dir = tempfile::tempdir().unwrap();
    let layout = image(dir.path(), "amd64", 1, &[3 << 20, 1000]);
    server.stock("a", "1", &layout).await;
    let running = engine(&server).await;
    // As bollard sends it: the platform always there, a type for a body that is not.
    let answer = raw(
        &running,
        "POST /images/create?fromImage=r.test%2Fa&tag=1&platform= HTTP/1.1\nHost: 127.0.0.1\n\
         Content-Type: application/json\nConnection: close\n\n",
    )
    .await;
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    let lines: Vec<Value> = chunks(&answer)
        .iter()
        .map(|chunk| {
            assert!(chunk.ends_with('\n') && chunk.matches('\n').count() == 1, "{chunk:?}");
            serde_json::from_str(chunk).unwrap()
        })
        .collect();
    for line in &lines {
        let downloading = line["status"] == "Downloading";
        assert_eq!(downloading, line["progressDetail"]["total"].is_u64(), "{line}");
        let of_layer = line["id"].as_str().is_some_and(|id| id.len() == 12);
        assert_eq!(of_layer, line.get("progressDetail").is_some(), "{line}");
        assert!(line.get("error").is_none() && line.get("aux").is_none());
    }

    running.tag("r.test/a:1", "r.test/b", "1").await;
    // The type twice.
    let push = "POST /v1.47/images/r.test/b/push?tag=1 HTTP/1.1\nHost: 127.0.0.1\nContent-Type: application/json\n\
                Content-Type: application/json\nX-Registry-Auth: e30=\nConnection: close\n\n";
    let answer = raw(&running, push).await;
    let lines: Vec<Value> = chunks(&answer).iter().map(|chunk| serde_json::from_str(chunk).unwrap()).collect();
    let manifest = &layout.platforms[0].manifest;
    let last = &lines[lines.len() - 1];
    assert_eq!(last["aux"], json!({ "Tag": "1", "Digest": manifest.digest, "Size": manifest.size }));
    let status = format!("1: digest: {} size: {}", manifest.digest, manifest.size);
    assert_eq!(lines[lines.len() - 2], json!({ "status": status }));
}

#[tokio::test]
async fn an_error_after_the_first_line_is_a_line() {
    let running = engine_with(&[]).await;
    let push = "POST /images/r.test/b/push?tag=1 HTTP/1.1\nHost: 127.0.0.1\nConnection: close\n\n";
    let answer = raw(&running, push).await;
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    let lines: Vec<Value> = chunks(&answer).iter().map(|chunk| serde_json::from_str(chunk).unwrap()).collect();
    assert_eq!(lines[0], json!({ "status": "The push refers to repository [r.test/b]" }));
    let text = "tag does not exist: r.test/b:1";
    assert_eq!(lines[1], json!({ "errorDetail": { "message": text }, "error": text }));
}

#[tokio::test]
async fn a_header_that_is_no_authentication_is_refused_without_being_repeated() {
    let running = engine_with(&[]).await;
    for header in ["%%%", &URL_SAFE.encode("hunter2"), &URL_SAFE.encode(r#"{"password":["hunter2"]}"#)] {
        let request = http_client().post(running.url("/images/create?fromImage=r.test/a&tag=1"));
        let response = request.header("X-Registry-Auth", header).send().await.unwrap();
        assert_eq!(response.status().as_u16(), 400);
        assert!(!response.text().await.unwrap().contains("hunter2"));
    }
}

#[tokio::test]
async fn old_versions_still_get_what_newer_ones_do_without() {
    let server = Server::start().await;
    let dir = tempfile::tempdir().unwrap();
    let layout = image(dir.path(), "amd64", 1, &[1000]);
    server.stock("a", "1", &layout).await;
    let running = engine(&server).await;
    running.pull("r.test/a:1").await.unwrap();
    for (version, there) in [("/v1.41", true), ("/v1.44", false), ("", false)] {
        let (_, inspected) = running.get(&format!("{version}/images/r.test/a:1/json")).await;
        assert_eq!(inspected.get("VirtualSize").is_some(), there, "{version}");
        let (_, listed) = running.get(&format!("{version}/images/json")).await;
        assert_eq!(listed[0].get("VirtualSize").is_some(), there, "{version}");
    }
    // A platform for a push is known from 1.46 on; nonsense is refused only there.
    running.tag("r.test/a:1", "r.test/b", "1").await;
    let push = |version: &str| {
        http_client().post(running.url(&format!("{version}/images/r.test/b/push?tag=1&platform=x"))).send()
    };
    assert_eq!(push("/v1.45").await.unwrap().status().as_u16(), 200);
    assert_eq!(push("/v1.46").await.unwrap().status().as_u16(), 400);
}

#[tokio::test]
async fn web_pages_are_not_answered() {
    let running = engine_with(&[]).await;
    for (name, value) in [("origin", "https://example.com"), ("host", "example.com"), ("host", "rebound.example:80")] {
        let response = http_client().get(running.url("/images/json")).header(name, value).send().await.unwrap();
        assert_eq!(response.status().as_u16(), 403, "{name}: {value}");
    }
    for host in ["localhost", "127.0.0.1:99", "[::1]:99", "api.moby.localhost"] {
        let response = http_client().get(running.url("/images/json")).header("host", host).send().await.unwrap();
        assert_eq!(response.status().as_u16(), 200, "{host}");
    }
}

#[tokio::test]
async fn tagging_answers_as_docker_does() {
    let server = Server::start().await;
    let dir = tempfile::tempdir().unwrap();
    let layout = image(dir.path(), "amd64", 1, &[1000]);
    server.stock("a", "1", &layout).await;
    let running = engine(&server).await;
    running.pull("r.test/a:1").await.unwrap();
    let tag = |name: &str, query: &str| http_client().post(running.url(&format!("/images/{name}/tag?{query}"))).send();
    let done = tag("r.test/a:1", "repo=other").await.unwrap();
    assert_eq!((done.status().as_u16(), done.content_length()), (201, Some(0)));
    assert_eq!(running.get("/images/other/json").await.0.as_u16(), 200);
    assert_eq!(tag("r.test/a:2", "repo=other").await.unwrap().status().as_u16(), 404);
    for query in ["", "repo=Other", "repo=other&tag=-x", "repo="] {
        assert_eq!(tag("r.test/a:1", query).await.unwrap().status().as_u16(), 400, "{query}");
    }
}
