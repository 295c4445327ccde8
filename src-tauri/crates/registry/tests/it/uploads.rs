//! Every way to push a blob, and every way to get it wrong.

use futures::{StreamExt, stream};
use registry::{AllowAll, Digest, Options, PatchStatus, StorageError};
use reqwest::{Body, Method, Response, StatusCode};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use testbed::files::names_in;

use crate::support::{Server, blob_files, closing, error, header, refusal};

/// Of unknown length to the client, hence sent with chunked encoding.
fn streamed(pieces: &[&str]) -> Body {
    let pieces: Vec<_> = pieces.iter().map(|piece| Ok::<_, std::io::Error>((*piece).to_owned())).collect();
    Body::wrap_stream(stream::iter(pieces))
}

async fn assert_stored(server: &Server, repo: &str, done: Response, content: &str) {
    let digest = Digest::of(content.as_bytes());
    let location = format!("/v2/{repo}/blobs/{digest}");
    assert_eq!(done.status(), StatusCode::CREATED);
    assert_eq!(header(&done, "location"), location);
    assert_eq!(header(&done, "docker-content-digest"), digest.as_str());
    assert_eq!(header(&done, "content-length"), "0");
    assert_eq!(server.get(&location).await.text().await.unwrap(), content);
}

async fn chunk(server: &Server, location: &str, range: &str, content: &str) -> Response {
    let request = server.request(Method::PATCH, location).header("content-range", range);
    request.body(content.to_owned()).send().await.unwrap()
}

#[tokio::test]
async fn a_blob_arrives_by_one_post() {
    let server = Server::start().await;
    let path = format!("/v2/a/b/blobs/uploads/?digest={}", Digest::of(b"content"));
    let done = server.request(Method::POST, &path).body("content").send().await.unwrap();
    assert_stored(&server, "a/b", done, "content").await;
}

#[tokio::test]
async fn a_blob_arrives_by_post_and_put() {
    let server = Server::start().await;
    let location = closing(&server.begin("a/b").await, &Digest::of(b"content"));
    let done = server.request(Method::PUT, &location).body("content").send().await.unwrap();
    assert_stored(&server, "a/b", done, "content").await;
}

#[tokio::test]
async fn a_blob_arrives_by_one_streamed_patch_and_an_empty_put() {
    let server = Server::start().await;
    let location = server.begin("a").await;
    let patched = server.request(Method::PATCH, &location).body(streamed(&["con", "te", "nt"])).send().await.unwrap();
    assert_eq!(patched.status(), StatusCode::ACCEPTED);
    assert_eq!(header(&patched, "range"), "0-6");
    let location = closing(&header(&patched, "location"), &Digest::of(b"content"));
    assert_stored(&server, "a", server.send(Method::PUT, &location).await, "content").await;
}

#[tokio::test]
async fn a_blob_arrives_in_chunks_of_which_the_last_comes_with_the_put() {
    let server = Server::start().await;
    let location = server.begin("a").await;
    let first = chunk(&server, &location, "0-2", "con").await;
    assert_eq!(header(&first, "range"), "0-2");
    let second = chunk(&server, &header(&first, "location"), "3-4", "te").await;
    assert_eq!((second.status(), header(&second, "range")), (StatusCode::ACCEPTED, "0-4".to_owned()));
    let location = closing(&header(&second, "location"), &Digest::of(b"content"));
    let put = server.request(Method::PUT, &location).header("content-range", "5-6").body("nt");
    assert_stored(&server, "a", put.send().await.unwrap(), "content").await;
}

#[tokio::test]
async fn an_empty_blob_is_a_blob() {
    let server = Server::start().await;
    let location = closing(&server.begin("a").await, &Digest::of(b""));
    assert_stored(&server, "a", server.send(Method::PUT, &location).await, "").await;
}

#[tokio::test]
async fn every_answer_to_an_upload_says_what_clients_rely_on() {
    let server = Server::start().await;
    let started = server.send(Method::POST, "/v2/a/blobs/uploads/").await;
    let id = header(&started, "docker-upload-uuid");
    let location = header(&started, "location");
    assert!(location.starts_with(&format!("/v2/a/blobs/uploads/{id}?")), "{location}");
    assert_eq!((header(&started, "range"), header(&started, "content-length")), ("0-0".into(), "0".into()));
    assert_eq!(header(&started, "docker-distribution-api-version"), "registry/2.0");

    let patched = server.request(Method::PATCH, &location).body("12345").send().await.unwrap();
    assert_eq!((header(&patched, "docker-upload-uuid"), header(&patched, "content-length")), (id, "0".into()));
    let status = server.get(&header(&patched, "location")).await;
    assert_eq!((status.status(), header(&status, "range")), (StatusCode::NO_CONTENT, "0-4".into()));
}

#[tokio::test]
async fn a_chunk_out_of_order_is_answered_with_where_to_continue() {
    let server = Server::start().await;
    let location = header(&chunk(&server, &server.begin("a").await, "0-4", "01234").await, "location");
    for range in ["0-4", "6-9", "4-4", "nonsense"] {
        let refused = chunk(&server, &location, range, "56789").await;
        assert_eq!((header(&refused, "range"), header(&refused, "location")), ("0-4".into(), location.clone()));
        assert_eq!(refusal(refused).await, error(416, "RANGE_INVALID"), "{range}");
    }
    let location = header(&chunk(&server, &location, "5-9", "56789").await, "location");
    let done = server.send(Method::PUT, &closing(&location, &Digest::of(b"0123456789"))).await;
    assert_stored(&server, "a", done, "0123456789").await;
}

#[tokio::test]
async fn a_location_outdated_by_a_later_one_is_refused() {
    let server = Server::start().await;
    let first = server.begin("a").await;
    chunk(&server, &first, "0-0", "x").await;
    let again = server.request(Method::PATCH, &first).body("y").send().await.unwrap();
    assert_eq!(refusal(again).await, error(416, "RANGE_INVALID"));
}

#[tokio::test]
async fn a_chunk_of_another_size_than_promised_is_refused() {
    let server = Server::start().await;
    let location = server.begin("a").await;
    assert_eq!(refusal(chunk(&server, &location, "0-9", "short").await).await, error(400, "SIZE_INVALID"));
    let request = server.request(Method::PATCH, &location).header("content-range", "0-9");
    let response = request.body(streamed(&["short"])).send().await.unwrap();
    assert_eq!(refusal(response).await, error(400, "SIZE_INVALID"));
    // Its bytes cannot be removed again, so the upload is cancelled.
    assert_eq!(refusal(server.get(&location).await).await, error(404, "BLOB_UPLOAD_UNKNOWN"));
}

#[tokio::test]
async fn content_of_another_digest_is_refused_and_leaves_nothing() {
    let server = Server::start().await;
    let digest = Digest::of(b"promised");
    let location = closing(&server.begin("a").await, &digest);
    let put = server.request(Method::PUT, &location).body("delivered").send().await.unwrap();
    assert_eq!(refusal(put).await, error(400, "DIGEST_INVALID"));
    assert_eq!(refusal(server.get(&location).await).await, error(404, "BLOB_UPLOAD_UNKNOWN"));
    let post = server.request(Method::POST, &format!("/v2/a/blobs/uploads/?digest={digest}")).body("delivered");
    assert_eq!(refusal(post.send().await.unwrap()).await, error(400, "DIGEST_INVALID"));
    assert_eq!(refusal(server.get(&format!("/v2/a/blobs/{digest}")).await).await, error(404, "BLOB_UNKNOWN"));
    assert!(blob_files(server.dir.path()).is_empty());
    assert!(names_in(&server.dir.path().join("uploads")).is_empty());
}

#[tokio::test]
async fn a_put_without_a_proper_digest_is_refused_and_the_upload_goes_on() {
    let server = Server::start().await;
    let location = server.begin("a").await;
    for query in ["", "&digest=", "&digest=sha256:12", "&digest=md5:00"] {
        let put = server.request(Method::PUT, &format!("{location}{query}")).body("x").send().await.unwrap();
        assert_eq!(refusal(put).await, error(400, "DIGEST_INVALID"), "{query}");
    }
    let done = server.request(Method::PUT, &closing(&location, &Digest::of(b"x"))).body("x").send().await.unwrap();
    assert_stored(&server, "a", done, "x").await;
}

#[tokio::test]
async fn a_cancelled_upload_is_gone() {
    let server = Server::start().await;
    let location = header(&chunk(&server, &server.begin("a").await, "0-0", "x").await, "location");
    assert_eq!(server.send(Method::DELETE, &location).await.status(), StatusCode::NO_CONTENT);
    for method in [Method::GET, Method::PATCH, Method::DELETE] {
        assert_eq!(refusal(server.send(method, &location).await).await, error(404, "BLOB_UPLOAD_UNKNOWN"));
    }
    assert!(names_in(&server.dir.path().join("uploads")).is_empty());
}

#[tokio::test]
async fn an_upload_belongs_to_its_repository() {
    let server = Server::start().await;
    let location = server.begin("mine").await.replace("/mine/", "/yours/");
    assert_eq!(refusal(server.get(&location).await).await, error(404, "BLOB_UPLOAD_UNKNOWN"));
    assert_eq!(refusal(server.get("/v2/mine/blobs/uploads/no-id").await).await, error(404, "BLOB_UPLOAD_UNKNOWN"));
}

#[tokio::test]
async fn deleting_the_repository_ends_its_uploads() {
    let server = Server::start().await;
    server.push_blob("a", b"something").await;
    let location = header(&chunk(&server, &server.begin("a").await, "0-0", "x").await, "location");
    assert!(server.storage.delete_repository("a").await.unwrap());
    let put = server.send(Method::PUT, &closing(&location, &Digest::of(b"x"))).await;
    assert_eq!(refusal(put).await, error(404, "BLOB_UPLOAD_UNKNOWN"));
    assert!(!server.storage.has_repository("a"));
}

#[tokio::test]
async fn a_patch_is_answered_as_ecr_does_if_so_wished() {
    let options = Options { patch_status: PatchStatus::EcrExact201, ..Options::default() };
    let server = Server::with(AllowAll, options).await;
    let patched = chunk(&server, &server.begin("a").await, "0-0", "x").await;
    assert_eq!((patched.status(), header(&patched, "range")), (StatusCode::CREATED, "0-0".into()));
}

#[tokio::test]
async fn what_a_client_sent_before_it_went_away_is_kept() {
    let server = Server::start().await;
    let location = server.begin("a").await;
    let mut connection = TcpStream::connect(&server.addr).await.unwrap();
    let head = format!("PATCH {location} HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n\r\n01234");
    connection.write_all(head.as_bytes()).await.unwrap();
    connection.shutdown().await.unwrap();
    connection.read_to_end(&mut Vec::new()).await.unwrap();

    let status = server.get(&location).await;
    assert_eq!(header(&status, "range"), "0-4");
    let rest = chunk(&server, &header(&status, "location"), "5-9", "56789").await;
    let done = server.send(Method::PUT, &closing(&header(&rest, "location"), &Digest::of(b"0123456789"))).await;
    assert_stored(&server, "a", done, "0123456789").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn many_clients_push_one_blob_at_once() {
    let server = Server::start().await;
    let content = vec![7; 3 << 20];
    let pushes = (0..12).map(|n| server.push_blob(["a", "b", "c"][n % 3], &content));
    let digests: Vec<_> = stream::iter(pushes).buffer_unordered(12).collect().await;
    assert_eq!(blob_files(server.dir.path()), [digests[0].hex()]);
    assert!(names_in(&server.dir.path().join("uploads")).is_empty());
    for repo in ["a", "b", "c"] {
        assert_eq!(server.storage.blob_size(repo, &digests[0]), Some(3 << 20));
    }
}

#[tokio::test]
async fn a_caller_without_http_uploads_in_parts() {
    let server = Server::start().await;
    let storage = &server.storage;
    let id = storage.begin_upload("a").unwrap();
    let parts = async || {
        let parts = storage.upload_parts("a", id).await.unwrap();
        (parts.size, parts.shortest_but_last)
    };
    assert_eq!(parts().await, (0, None));
    assert_eq!(storage.append("a", id, 1, "abc".into()).await.unwrap(), Err(0));
    assert_eq!(storage.append("a", id, 0, "abc".into()).await.unwrap(), Ok(3));
    assert_eq!(parts().await, (3, None));
    assert_eq!(storage.append("a", id, 3, "de".into()).await.unwrap(), Ok(5));
    assert_eq!(storage.append("a", id, 5, "fghi".into()).await.unwrap(), Ok(9));
    assert_eq!(parts().await, (9, Some(2)));
    assert!(matches!(storage.append("b", id, 9, "x".into()).await, Err(StorageError::UploadUnknown)));
    let digest = Digest::of(b"abcdefghi");
    assert_eq!(storage.finish_upload("a", id, &digest).await.unwrap(), 9);
    assert_eq!(storage.blob_size("a", &digest), Some(9));
    assert!(matches!(storage.upload_parts("a", id).await, Err(StorageError::UploadUnknown)));
}

#[tokio::test]
async fn a_name_has_256_characters_at_most() {
    let server = Server::start().await;
    let longest = "a".repeat(256);
    server.push_blob(&longest, b"content").await;
    assert!(server.storage.has_repository(&longest));
    let longer = server.send(Method::POST, &format!("/v2/{longest}a/blobs/uploads/")).await;
    assert_eq!(refusal(longer).await, error(400, "NAME_INVALID"));
}
