//! Mounting a blob from another repository.

use registry::{Action, AllowAll, Digest, Hooks, Options, Refusal};
use reqwest::{Method, StatusCode};

use crate::support::{Server, blob_files, error, header, refusal};

const MOUNTING: Options =
    Options { patch_status: registry::PatchStatus::Accepted202, blob_mounting: true, read_only: false };

fn path(digest: &Digest, from: &str) -> String {
    format!("/v2/to/blobs/uploads/?mount={digest}{from}")
}

#[tokio::test]
async fn a_mounted_blob_is_served_and_stored_once() {
    let server = Server::with(AllowAll, MOUNTING).await;
    let digest = server.push_blob("from", b"shared").await;
    let mounted = server.send(Method::POST, &path(&digest, "&from=from")).await;
    assert_eq!(mounted.status(), StatusCode::CREATED);
    assert_eq!(header(&mounted, "location"), format!("/v2/to/blobs/{digest}"));
    assert_eq!(header(&mounted, "docker-content-digest"), digest.as_str());
    assert_eq!(server.get(&header(&mounted, "location")).await.text().await.unwrap(), "shared");
    assert_eq!(blob_files(server.dir.path()).len(), 1);
    // It stays with its second home when the first one goes.
    server.storage.delete_repository("from").await.unwrap();
    assert_eq!(server.get(&format!("/v2/to/blobs/{digest}")).await.text().await.unwrap(), "shared");
}

#[tokio::test]
async fn what_cannot_be_mounted_is_to_be_uploaded() {
    let server = Server::with(AllowAll, MOUNTING).await;
    let digest = server.push_blob("from", b"shared").await;
    let absent = Digest::of(b"absent");
    for path in [path(&digest, ""), path(&digest, "&from=nowhere"), path(&absent, "&from=from")] {
        let response = server.send(Method::POST, &path).await;
        assert_eq!(response.status(), StatusCode::ACCEPTED, "{path}");
        assert!(header(&response, "location").starts_with("/v2/to/blobs/uploads/"));
    }
    assert_eq!(server.storage.blob_size("to", &digest), None);
    let malformed = server.send(Method::POST, "/v2/to/blobs/uploads/?mount=sha256:1&from=from").await;
    assert_eq!(refusal(malformed).await, error(400, "DIGEST_INVALID"));
}

#[tokio::test]
async fn nothing_is_mounted_where_mounting_is_off() {
    let server = Server::start().await;
    let digest = server.push_blob("from", b"shared").await;
    assert_eq!(server.send(Method::POST, &path(&digest, "&from=from")).await.status(), StatusCode::ACCEPTED);
    assert_eq!(server.storage.blob_size("to", &digest), None);
}

struct Secretive;

impl Hooks for Secretive {
    fn repository(&self, name: &str, action: Action) -> Result<(), Refusal> {
        if name == "secret" && action == Action::Pull {
            return Err(Refusal::new(StatusCode::FORBIDDEN, "DENIED", "no"));
        }
        Ok(())
    }
}

#[tokio::test]
async fn a_blob_is_not_mounted_from_a_repository_that_may_not_be_read() {
    let server = Server::with(Secretive, MOUNTING).await;
    let digest = server.push_blob("secret", b"shared").await;
    assert_eq!(server.send(Method::POST, &path(&digest, "&from=secret")).await.status(), StatusCode::ACCEPTED);
    assert_eq!(server.storage.blob_size("to", &digest), None);
}
