//! What the owner of a registry decides and hears.

use std::{
    sync::{Arc, Mutex},
    time::SystemTime,
};

use futures::{StreamExt, stream};
use http::{HeaderValue, header, request::Parts};
use registry::{Action, AllowAll, Digest, Hooks, Options, Pushed, Refusal};
use reqwest::{Method, StatusCode};
use serde_json::Value;

use crate::support::{Image, OCI_MANIFEST, Server, at, error, header as header_of, refusal};

/// Requires an authorization header, has one repository, moves no tag, and records its events.
#[derive(Clone, Default)]
struct Strict(Arc<Mutex<Events>>);

#[derive(Default)]
struct Events {
    pushed: Vec<Pushed>,
    pulled: Vec<(String, Digest)>,
}

impl Hooks for Strict {
    fn authorize(&self, request: &Parts) -> Result<(), Refusal> {
        if request.headers.contains_key(header::AUTHORIZATION) {
            return Ok(());
        }
        let refusal = Refusal::new(StatusCode::UNAUTHORIZED, "UNAUTHORIZED", "Not Authorized\n");
        Err(refusal.plain_text().header(header::WWW_AUTHENTICATE, HeaderValue::from_static("Basic realm=\"here\"")))
    }

    fn repository(&self, name: &str, action: Action) -> Result<(), Refusal> {
        match (name, action) {
            ("known", Action::Delete) => Err(Refusal::new(StatusCode::FORBIDDEN, "DENIED", "nothing is deleted")),
            ("known", _) => Ok(()),
            _ => Err(Refusal::new(StatusCode::NOT_FOUND, "NAME_UNKNOWN", format!("there is no {name}"))),
        }
    }

    fn may_tag(&self, _: &str, tag: &str, existing: Option<&Digest>, _: &Digest) -> Result<(), Refusal> {
        match existing {
            None => Ok(()),
            Some(_) => Err(Refusal::new(StatusCode::BAD_REQUEST, "TAG_INVALID", format!("{tag} is immutable"))),
        }
    }

    fn reword(&self, repository: &str, mut refusal: Refusal) -> Refusal {
        refusal.message = format!("{repository}: {}", refusal.code);
        refusal
    }

    fn pushed(&self, event: &Pushed) {
        self.0.lock().unwrap().pushed.push(event.clone());
    }

    fn pulled(&self, repository: &str, digest: &Digest) {
        self.0.lock().unwrap().pulled.push((repository.to_owned(), digest.clone()));
    }

    fn now(&self) -> SystemTime {
        at(0)
    }
}

async fn message(response: reqwest::Response) -> String {
    let body: Value = serde_json::from_slice(&response.bytes().await.unwrap()).unwrap();
    body["errors"][0]["message"].as_str().unwrap().to_owned()
}

async fn put(server: &Server, tag: &str, image: &Image) -> reqwest::Response {
    for blob in &image.blobs {
        server.storage.ingest_blob("known", blob.as_slice(), &Digest::of(blob)).await.unwrap();
    }
    let request = server.request(Method::PUT, &format!("/v2/known/manifests/{tag}")).basic_auth("me", Some("word"));
    request.header("content-type", OCI_MANIFEST).body(image.manifest.clone()).send().await.unwrap()
}

#[tokio::test]
async fn without_authorization_nothing_is_revealed() {
    let server = Server::with(Strict::default(), Options::default()).await;
    for path in ["/v2/", "/v2/known/tags/list", "/v2/unknown/tags/list", "/v2/Bad_/nothing"] {
        let response = server.get(path).await;
        assert_eq!(response.status(), StatusCode::UNAUTHORIZED);
        assert_eq!(header_of(&response, "www-authenticate"), "Basic realm=\"here\"");
        assert_eq!(header_of(&response, "docker-distribution-api-version"), "registry/2.0");
        assert_eq!(header_of(&response, "content-type"), "text/plain; charset=utf-8");
        assert_eq!(response.text().await.unwrap(), "Not Authorized\n");
    }
}

#[tokio::test]
async fn a_client_in_the_middle_of_sending_still_reads_why_it_is_refused() {
    let server = Server::with(Strict::default(), Options::default()).await;
    let path = format!("/v2/known/blobs/uploads/?digest={}", Digest::of(b""));
    let response = server.request(Method::POST, &path).body(vec![0; 6 << 20]).send().await.unwrap();
    assert_eq!(response.status(), StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn the_owner_says_which_repositories_exist_and_what_may_be_done() {
    let server = Server::with(Strict::default(), Options::default()).await;
    let send = |method, path: &str| server.request(method, path).basic_auth("me", Some("word")).send();
    let response = send(Method::POST, "/v2/unknown/blobs/uploads/").await.unwrap();
    assert_eq!(message(response).await, "there is no unknown");
    let response = send(Method::DELETE, "/v2/known/manifests/latest").await.unwrap();
    assert_eq!(refusal(response).await, error(403, "DENIED"));
    // What the registry itself refuses is worded by the owner.
    let response = send(Method::GET, "/v2/known/manifests/latest").await.unwrap();
    assert_eq!(message(response).await, "known: MANIFEST_UNKNOWN");
    // To cancel an upload is part of pushing.
    let started = send(Method::POST, "/v2/known/blobs/uploads/").await.unwrap();
    let cancelled = send(Method::DELETE, &header_of(&started, "location")).await.unwrap();
    assert_eq!(cancelled.status(), StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn pushes_and_pulls_are_reported_with_what_they_changed() {
    let hooks = Strict::default();
    let server = Server::with(hooks.clone(), Options::default()).await;
    let image = Image::new("one");
    assert_eq!(put(&server, "latest", &image).await.status(), StatusCode::CREATED);
    assert_eq!(put(&server, image.digest.as_str(), &image).await.status(), StatusCode::CREATED);
    for (method, reference) in [(Method::HEAD, "latest"), (Method::GET, "latest"), (Method::GET, "absent")] {
        let path = format!("/v2/known/manifests/{reference}");
        server.request(method, &path).basic_auth("me", Some("word")).send().await.unwrap();
    }
    let events = hooks.0.lock().unwrap();
    let pushed: Vec<_> = events.pushed.iter().map(|e| (e.tag.as_deref(), e.created, &e.digest, e.at)).collect();
    assert_eq!(pushed, [(Some("latest"), true, &image.digest, at(0)), (None, false, &image.digest, at(0))]);
    assert_eq!(events.pulled, [("known".to_owned(), image.digest.clone())]);
}

#[tokio::test]
async fn an_immutable_tag_is_not_pushed_again_with_the_same_manifest() {
    let hooks = Strict::default();
    let server = Server::with(hooks.clone(), Options::default()).await;
    let image = Image::new("one");
    put(&server, "latest", &image).await;
    let again = put(&server, "latest", &image).await;
    assert_eq!(message(again).await, "latest is immutable");
    assert_eq!(refusal(put(&server, "latest", &Image::new("two")).await).await, error(400, "TAG_INVALID"));
    assert_eq!(hooks.0.lock().unwrap().pushed.len(), 1);
    assert_eq!(server.storage.images("known").await.unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_pushes_to_an_immutable_tag_one_wins() {
    let server = Server::with(Strict::default(), Options::default()).await;
    let images: Vec<_> = (0..8).map(|n| Image::new(&n.to_string())).collect();
    let pushes = images.iter().map(|image| put(&server, "latest", image));
    let won = stream::iter(pushes).buffer_unordered(8).filter(|r| std::future::ready(r.status().is_success()));
    assert_eq!(won.count().await, 1);
    assert_eq!(server.storage.tags("known").await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_registry_to_read_from_takes_nothing() {
    let server = Server::with(AllowAll, Options { read_only: true, ..Options::default() }).await;
    for blob in &Image::new("one").blobs {
        server.storage.ingest_blob("a", blob.as_slice(), &Digest::of(blob)).await.unwrap();
    }
    let image = Image::new("one");
    server.storage.put_manifest("a", image.manifest.clone().into(), None, Some("latest"), at(0)).await.unwrap();
    for (method, path) in [
        (Method::POST, "/v2/a/blobs/uploads/".to_owned()),
        (Method::PUT, "/v2/a/manifests/latest".to_owned()),
        (Method::DELETE, "/v2/a/manifests/latest".to_owned()),
        (Method::DELETE, format!("/v2/a/blobs/{}", Digest::of(&image.blobs[0]))),
    ] {
        assert_eq!(refusal(server.send(method, &path).await).await, error(405, "UNSUPPORTED"), "{path}");
    }
    assert_eq!(server.get("/v2/a/manifests/latest").await.bytes().await.unwrap(), image.manifest);
}

/// Keeps one manifest from being read.
struct Withheld(Digest);

impl Hooks for Withheld {
    fn may_read(&self, repository: &str, digest: &Digest) -> Result<(), Refusal> {
        if *digest != self.0 {
            return Ok(());
        }
        let message = format!("{repository} does not give it");
        Err(Refusal::new(StatusCode::NOT_FOUND, "MANIFEST_UNKNOWN", message))
    }
}

#[tokio::test]
async fn the_owner_decides_which_manifests_are_read() {
    let (withheld, other) = (Image::new("withheld"), Image::new("other"));
    let server = Server::with(Withheld(withheld.digest.clone()), Options::default()).await;
    server.push("a", "withheld", &withheld).await;
    server.push("a", "other", &other).await;
    for reference in ["withheld", withheld.digest.as_str()] {
        let path = format!("/v2/a/manifests/{reference}");
        assert_eq!(message(server.get(&path).await).await, "a does not give it");
        assert_eq!(server.send(Method::HEAD, &path).await.status(), StatusCode::NOT_FOUND);
    }
    assert_eq!(server.get("/v2/a/manifests/other").await.status(), StatusCode::OK);
    // A withheld manifest was not pulled.
    let pulled: Vec<_> = server.storage.images("a").await.unwrap().iter().map(|i| i.last_pulled_at.is_some()).collect();
    assert_eq!(pulled, [false, true]);
}
