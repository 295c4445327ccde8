//! "Error Codes".

use registry::{AllowAll, Digest, Options};
use reqwest::{Method, Response};
use serde_json::Value;

use crate::support::{Image, OCI_MANIFEST, Server, closing, header};

/// The code of an error, whose body has the form of the section.
async fn code(response: Response) -> String {
    assert!(response.status().is_client_error(), "{response:?}");
    assert_eq!(header(&response, "content-type"), "application/json");
    let body: Value = serde_json::from_slice(&response.bytes().await.unwrap()).unwrap();
    let errors = body["errors"].as_array().unwrap();
    assert!(!errors.is_empty());
    for error in errors {
        let code = error["code"].as_str().unwrap();
        assert!(code.chars().all(|character| character.is_ascii_uppercase() || "_0123456789".contains(character)));
        assert!(error["message"].as_str().is_some_and(|message| !message.is_empty()), "{body}");
        let members = error.as_object().unwrap().keys();
        assert!(members.into_iter().all(|member| ["code", "message", "detail"].contains(&member.as_str())), "{body}");
    }
    errors[0]["code"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn error_codes() {
    let server = Server::start().await;
    let image = Image::new("one");
    server.push("app", "latest", &image).await;
    let absent = Digest::of(b"absent");
    let put = async |repository: &str, reference: &str, bytes: &[u8]| {
        code(server.put_manifest(repository, reference, bytes, OCI_MANIFEST).await).await
    };
    let get = async |path: String| code(server.get(&path).await).await;
    assert_eq!(get(format!("/v2/app/blobs/{absent}")).await, "BLOB_UNKNOWN");
    assert_eq!(get("/v2/app/blobs/uploads/none".to_owned()).await, "BLOB_UPLOAD_UNKNOWN");
    let wrong = server.request(Method::PUT, &closing(&server.begin("app").await, &absent)).body("other");
    assert_eq!(code(wrong.send().await.unwrap()).await, "DIGEST_INVALID");
    assert_eq!(put("app", "latest", &Image::new("two").manifest).await, "MANIFEST_BLOB_UNKNOWN");
    assert_eq!(put("app", "latest", b"no manifest").await, "MANIFEST_INVALID");
    assert_eq!(get("/v2/app/manifests/absent".to_owned()).await, "MANIFEST_UNKNOWN");
    assert_eq!(put("Not-A-Name", "latest", &image.manifest).await, "NAME_INVALID");
    assert_eq!(get("/v2/nowhere/tags/list".to_owned()).await, "NAME_UNKNOWN");
    let upload = server.begin("app").await;
    let short = server.request(Method::PATCH, &upload).header("content-range", "0-9").body("short");
    assert_eq!(code(short.send().await.unwrap()).await, "SIZE_INVALID");
    let read_only = Server::with(AllowAll, Options { read_only: true, ..Options::default() }).await;
    let denied = read_only.send(Method::POST, "/v2/app/blobs/uploads/").await;
    assert_eq!(code(denied).await, "UNSUPPORTED");
}
