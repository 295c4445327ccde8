//! Pulling blobs, whole and in part.

use proptest::prelude::*;
use registry::Digest;
use reqwest::{Method, Response, StatusCode};
use tokio::runtime::Runtime;

use crate::support::{Server, error, header, refusal};

async fn range(server: &Server, path: &str, range: &str) -> Response {
    server.request(Method::GET, path).header("range", range).send().await.unwrap()
}

#[tokio::test]
async fn head_and_get_say_the_same_of_a_blob() {
    let server = Server::start().await;
    let digest = server.push_blob("a", b"content").await;
    let path = format!("/v2/a/blobs/{digest}");
    for method in [Method::HEAD, Method::GET] {
        let response = server.send(method.clone(), &path).await;
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(header(&response, "content-length"), "7");
        assert_eq!(header(&response, "content-type"), "application/octet-stream");
        assert_eq!(header(&response, "docker-content-digest"), digest.as_str());
        assert_eq!(header(&response, "etag"), format!("\"{digest}\""));
        assert_eq!(header(&response, "accept-ranges"), "bytes");
        let body = if method == Method::GET { "content" } else { "" };
        assert_eq!(response.text().await.unwrap(), body);
    }
}

#[tokio::test]
async fn a_colon_may_come_percent_encoded() {
    let server = Server::start().await;
    let digest = server.push_blob("a", b"content").await;
    let path = format!("/v2/a/blobs/{digest}").replace(':', "%3A");
    assert_eq!(server.get(&path).await.status(), StatusCode::OK);
}

#[tokio::test]
async fn a_repository_sees_only_blobs_it_was_given() {
    let server = Server::start().await;
    let digest = server.push_blob("a", b"content").await;
    server.push_blob("b", b"other").await;
    for repo in ["b", "nowhere"] {
        assert_eq!(refusal(server.get(&format!("/v2/{repo}/blobs/{digest}")).await).await, error(404, "BLOB_UNKNOWN"));
        assert_eq!(server.storage.blob_path(repo, &digest), None);
    }
    assert_eq!(refusal(server.get("/v2/a/blobs/sha256:0").await).await, error(400, "DIGEST_INVALID"));
}

#[tokio::test]
async fn a_deleted_blob_is_gone_here_and_stays_elsewhere() {
    let server = Server::start().await;
    let digest = server.push_blob("a", b"content").await;
    server.push_blob("b", b"content").await;
    let path = format!("/v2/a/blobs/{digest}");
    assert_eq!(server.send(Method::DELETE, &path).await.status(), StatusCode::ACCEPTED);
    assert_eq!(refusal(server.send(Method::DELETE, &path).await).await, error(404, "BLOB_UNKNOWN"));
    assert_eq!(server.send(Method::HEAD, &path).await.status(), StatusCode::NOT_FOUND);
    assert_eq!(server.get(&path.replace("/a/", "/b/")).await.text().await.unwrap(), "content");
}

#[tokio::test]
async fn who_has_it_already_is_not_sent_it_again() {
    let server = Server::start().await;
    let digest = server.push_blob("a", b"content").await;
    let request = server.request(Method::GET, &format!("/v2/a/blobs/{digest}"));
    let response = request.header("if-none-match", format!("\"{digest}\"")).send().await.unwrap();
    assert_eq!(response.status(), StatusCode::NOT_MODIFIED);
}

#[tokio::test]
async fn ranges_give_their_part_and_say_which() {
    let server = Server::start().await;
    let digest = server.push_blob("a", b"0123456789").await;
    let path = format!("/v2/a/blobs/{digest}");
    for (requested, within, content) in [
        ("bytes=2-4", "bytes 2-4/10", "234"),
        ("bytes=7-", "bytes 7-9/10", "789"),
        ("bytes=-3", "bytes 7-9/10", "789"),
        ("bytes=0-99", "bytes 0-9/10", "0123456789"),
        ("bytes=-99", "bytes 0-9/10", "0123456789"),
    ] {
        let response = range(&server, &path, requested).await;
        assert_eq!(response.status(), StatusCode::PARTIAL_CONTENT, "{requested}");
        assert_eq!(header(&response, "content-range"), within);
        assert_eq!(header(&response, "content-length"), content.len().to_string());
        assert_eq!(response.text().await.unwrap(), content);
    }
    for requested in ["bytes=10-", "bytes=10-12", "bytes=-0"] {
        let response = range(&server, &path, requested).await;
        assert_eq!(header(&response, "content-range"), "bytes */10");
        assert_eq!(refusal(response).await, error(416, "RANGE_INVALID"), "{requested}");
    }
    for requested in ["bytes=0-1,4-5", "bytes=4-2", "chapters=1-2"] {
        let response = range(&server, &path, requested).await;
        assert_eq!(response.status(), StatusCode::OK, "{requested}");
        assert_eq!(response.text().await.unwrap(), "0123456789");
    }
}

#[tokio::test]
async fn a_range_of_something_else_by_now_is_ignored() {
    let server = Server::start().await;
    let digest = server.push_blob("a", b"0123456789").await;
    for (etag, status) in [(digest.to_string(), 206), (Digest::of(b"older").to_string(), 200)] {
        let request = server.request(Method::GET, &format!("/v2/a/blobs/{digest}")).header("range", "bytes=1-2");
        let response = request.header("if-range", format!("\"{etag}\"")).send().await.unwrap();
        assert_eq!(response.status().as_u16(), status);
    }
}

#[test]
fn any_part_of_a_big_blob_has_the_bytes_of_that_part() {
    let runtime = Runtime::new().unwrap();
    let server = runtime.block_on(Server::start());
    // Some pieces of half a mebibyte and a bit, so that parts begin, end and lie across their edges.
    let content: Vec<u8> = (0u32..(3 << 17) + 17).flat_map(u32::to_le_bytes).collect();
    let path = format!("/v2/a/blobs/{}", runtime.block_on(server.push_blob("a", &content)));
    let size = content.len();
    let near_an_edge =
        (0usize..5, 0usize..8).prop_map(|(edge, beside)| (edge * (512 << 10) + beside).saturating_sub(4));
    let position = prop_oneof![0..size, near_an_edge.prop_map(move |position| position.min(size - 1))];
    proptest!(ProptestConfig::with_cases(48), |(one in position.clone(), other in position)| {
        let (first, last) = (one.min(other), one.max(other));
        let part = runtime.block_on(async {
            range(&server, &path, &format!("bytes={first}-{last}")).await.bytes().await.unwrap()
        });
        prop_assert!(part == content[first..=last], "{first}-{last}");
    });
    assert!(runtime.block_on(async { server.get(&path).await.bytes().await.unwrap() }) == content);
}

#[tokio::test]
async fn a_blob_that_is_not_whole_is_not_served() {
    let server = Server::start().await;
    let digest = server.push_blob("a", b"0123456789").await;
    let file = server.storage.blob_path("a", &digest).unwrap();
    std::fs::OpenOptions::new().write(true).open(file).unwrap().set_len(4).unwrap();
    let path = format!("/v2/a/blobs/{digest}");
    assert_eq!(refusal(server.get(&path).await).await, error(404, "BLOB_UNKNOWN"));
    assert_eq!(server.storage.blob_path("a", &digest), None);
    // Pushing it again makes it whole.
    server.push_blob("a", b"0123456789").await;
    assert_eq!(server.get(&path).await.text().await.unwrap(), "0123456789");
}
