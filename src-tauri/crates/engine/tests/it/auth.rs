//! Who is let in, and who gets to see credentials.

use axum::{Router, body::Body, extract::Request, routing::any};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use bollard::auth::DockerCredentials;
use http::Method;
use registry::Options;
use serde_json::json;
use std::sync::{Arc, Mutex};

use testbed::{http_client::http_client, registry_server::LoopbackServer};

use crate::support::{Server, engine, engine_with, envelope, error_of, image, password, reply};

const ECR: &str = r#"Basic realm="https://r.test/",service="ecr.amazonaws.com""#;

fn basic(user: &str, password: &str) -> String {
    format!("Basic {}", STANDARD.encode(format!("{user}:{password}")))
}

#[tokio::test]
async fn a_basic_registry_is_pulled_from_and_pushed_to() {
    let server = Server::start().await;
    let dir = tempfile::tempdir().unwrap();
    server.stock("a", "1", &image(dir.path(), "amd64", 1, &[1000, 2000])).await;
    server.guard(&basic("AWS", "hunter2+/?>~"), ECR);
    let running = engine(&server).await;
    let good = || Some(password("AWS", "hunter2+/?>~"));

    assert_eq!(
        error_of(&running.pull("r.test/a:1").await.unwrap_err()),
        (Some(500), "Head \"https://r.test/v2/a/manifests/1\": no basic auth credentials".to_owned())
    );
    let wrong = running.pull_as("r.test/a:1", "linux/amd64", Some(password("AWS", "guessed"))).await.unwrap_err();
    assert_eq!(error_of(&wrong), (Some(500), "unauthorized: authentication required".to_owned()));
    running.pull_as("r.test/a:1", "linux/amd64", good()).await.unwrap();

    running.tag("r.test/a:1", "r.test/b", "1").await;
    assert_eq!(
        error_of(&running.push("r.test/b", "1").await.unwrap_err()),
        (None, "no basic auth credentials".to_owned())
    );
    let wrong = running.push_as("r.test/b", "1", None, Some(password("AWS", "guessed"))).await.unwrap_err();
    assert_eq!(error_of(&wrong).1, "unauthorized: authentication required");
    running.push_as("r.test/b", "1", None, good()).await.unwrap();
    assert!(server.manifest("b", "1").await.is_some());

    let elsewhere = DockerCredentials { serveraddress: Some("s.test".to_owned()), ..good().unwrap() };
    let refused = running.push_as("r.test/b", "1", None, Some(elsewhere)).await.unwrap_err();
    assert_eq!(error_of(&refused).1, "no basic auth credentials");
    let own = DockerCredentials { serveraddress: Some("https://r.test/v1/".to_owned()), ..good().unwrap() };
    running.push_as("r.test/b", "1", None, Some(own)).await.unwrap();
}

#[tokio::test]
async fn an_expired_token_is_reported_in_dockers_words() {
    let server = Server::start().await;
    let dir = tempfile::tempdir().unwrap();
    server.stock("a", "1", &image(dir.path(), "amd64", 1, &[1000])).await;
    let running = engine(&server).await;
    running.pull("r.test/a:1").await.unwrap();
    running.tag("r.test/a:1", "r.test/b", "1").await;

    let text = "Your authorization token has expired. Reauthenticate and try again.";
    for method in [Method::GET, Method::HEAD, Method::POST, Method::PUT] {
        server.answer(method, "/v2/", usize::MAX, move |request| {
            let challenge = || reply(401, &[("www-authenticate", ECR)], "Not Authorized\n".to_owned());
            let expired = || reply(403, &[], envelope("DENIED", text));
            Some(if request.headers.contains_key("authorization") { expired() } else { challenge() })
        });
    }
    let old = || Some(password("AWS", "old"));
    let push = running.push_as("r.test/b", "1", None, old()).await.unwrap_err();
    assert_eq!(error_of(&push), (None, format!("denied: {text}")));
    let pull = running.pull_as("r.test/a:1", "linux/amd64", old()).await.unwrap_err();
    let denied = "pull access denied for r.test/a, repository does not exist or may require 'docker login'";
    assert_eq!(error_of(&pull), (Some(404), format!("{denied}: denied: {text}")));
}

#[tokio::test]
async fn a_missing_repository_is_reported_in_the_registrys_words() {
    let server = Server::start().await;
    let dir = tempfile::tempdir().unwrap();
    server.stock("a", "1", &image(dir.path(), "amd64", 1, &[1000])).await;
    let running = engine(&server).await;
    running.pull("r.test/a:1").await.unwrap();
    running.tag("r.test/a:1", "r.test/missing", "1").await;
    let text = "The repository with name 'missing' does not exist in the registry with id '123456789012'";
    server.refuse(Method::POST, "/v2/missing/blobs/uploads/", usize::MAX, 404, &envelope("NAME_UNKNOWN", text));
    let push = running.push("r.test/missing", "1").await.unwrap_err();
    assert_eq!(error_of(&push), (None, format!("name unknown: {text}")));
}

/// A token server on the registry's own address that admits anyone and grants a new token at each request.
fn tokens(server: &Server) -> Arc<Mutex<String>> {
    let current = Arc::new(Mutex::new(String::new()));
    let granted = Arc::clone(&current);
    server.answer(Method::GET, "/token/", usize::MAX, move |_| {
        let token = format!("token-{}", uuid::Uuid::new_v4());
        granted.lock().unwrap().clone_from(&token);
        Some(reply(200, &[("content-type", "application/json")], json!({ "token": token }).to_string()))
    });
    let challenge = format!(r#"Bearer realm="http://{}/token/",service="public.ecr.aws",scope="aws""#, server.addr);
    for method in [Method::GET, Method::HEAD, Method::POST, Method::PUT] {
        let (current, challenge) = (Arc::clone(&current), challenge.clone());
        server.answer(method, "/v2/", usize::MAX, move |request| {
            let expected = format!("Bearer {}", current.lock().unwrap());
            let authorized = request.headers.get("authorization").is_some_and(|value| *value == *expected);
            (!authorized)
                .then(|| reply(401, &[("www-authenticate", &challenge)], envelope("UNAUTHORIZED", "Not Authorized")))
        });
    }
    current
}

#[tokio::test]
async fn a_bearer_registry_gives_anyone_a_token_and_a_new_one_when_it_expires() {
    let server = Server::start().await;
    let dir = tempfile::tempdir().unwrap();
    let layout = image(dir.path(), "amd64", 1, &[1000, 2000]);
    server.stock("docker/library/a", "1", &layout).await;
    let current = tokens(&server);
    // At the layer's first request the token has just expired; the response is worded as by public.ecr.aws.
    let expiring = Arc::clone(&current);
    let layer = layout.platforms[0].layers[1].digest.clone();
    let text = "Your authorization token has expired. Reauthenticate and try again.";
    let running = engine(&server).await;
    server.seen.first(Method::GET, &layer, move |_| {
        expiring.lock().unwrap().push_str("-expired");
        Some(reply(400, &[], envelope("DENIED", text)))
    });
    running.pull("r.test/docker/library/a:1").await.unwrap();
    let token_requests = server.requests(&Method::GET, "/token/");
    assert_eq!(token_requests.len(), 2);
    let query = token_requests[0].target.split_once('?').unwrap().1;
    let pairs: Vec<(String, String)> = url::form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    for (key, value) in [("service", "public.ecr.aws"), ("scope", "aws"), ("scope", "repository:docker/library/a:pull")]
    {
        assert!(pairs.contains(&(key.to_owned(), value.to_owned())), "{pairs:?}");
    }
    running.tag("r.test/docker/library/a:1", "r.test/b", "1").await;
    running.push("r.test/b", "1").await.unwrap();
}

/// A server that answers every request, and records the authorization that was sent with it. It runs until it is dropped.
async fn foreign_server(
    answer: impl Fn(&Request) -> axum::response::Response + Clone + Send + Sync + 'static,
) -> (LoopbackServer, Arc<Mutex<Vec<String>>>) {
    let seen: Arc<Mutex<Vec<String>>> = Arc::default();
    let seen_request = Arc::clone(&seen);
    let app = Router::new().fallback(any(move |request: Request<Body>| {
        let header = request.headers().get("authorization").map(|value| value.to_str().unwrap().to_owned());
        seen_request.lock().unwrap().push(format!("{} {header:?}", request.uri()));
        let response = answer(&request);
        async move { response }
    }));
    (LoopbackServer::start(app).await, seen)
}

#[tokio::test]
async fn credentials_do_not_follow_a_redirect_to_another_host() {
    let server = Server::start().await;
    let dir = tempfile::tempdir().unwrap();
    let layout = image(dir.path(), "amd64", 1, &[100_000]);
    server.stock("a", "1", &layout).await;
    let layer = &layout.platforms[0].layers[0];
    let content = std::fs::read(layout.blob_path(&layer.digest)).unwrap();
    let (bucket, seen) =
        foreign_server(move |_| reply(200, &[], String::new()).map(|_| Body::from(content.clone()))).await;
    let signed = format!("http://{}/bucket/layer?X-Amz-Signature=abc", bucket.addr());
    server.answer(Method::GET, &layer.digest, 1, move |_| Some(reply(307, &[("location", &signed)], String::new())));
    server.guard(&basic("AWS", "hunter2"), ECR);
    let running = engine(&server).await;
    running.pull_as("r.test/a:1", "linux/amd64", Some(password("AWS", "hunter2"))).await.unwrap();
    assert_eq!(*seen.lock().unwrap(), ["/bucket/layer?X-Amz-Signature=abc None"]);
}

#[tokio::test]
async fn credentials_are_kept_from_a_foreign_token_server_and_upload_host() {
    let server = Server::with(Options::default()).await;
    let dir = tempfile::tempdir().unwrap();
    server.stock("a", "1", &image(dir.path(), "amd64", 1, &[1000])).await;
    let running = engine(&server).await;
    running.pull("r.test/a:1").await.unwrap();
    running.tag("r.test/a:1", "r.test/b", "1").await;

    let (foreign, seen) = foreign_server(|_| reply(200, &[], json!({ "token": "t" }).to_string())).await;
    let address = foreign.addr();
    server.guard("Bearer t", &format!(r#"Bearer realm="http://{address}/token",service="x""#));
    let credentials = || Some(password("AWS", "hunter2"));
    running.pull_as("r.test/a:1", "linux/amd64", credentials()).await.unwrap();
    let location = format!("http://{address}/upload?state=1");
    server.seen.first(Method::POST, "/v2/b/blobs/uploads/", move |request| {
        let begin = || reply(202, &[("location", &location), ("range", "0-0")], String::new());
        (!request.target.contains("mount=")).then(begin)
    });
    // The foreign host does not keep the blob, so the push cannot succeed; what it was sent is what counts.
    let _ = running.push_as("r.test/b", "1", None, credentials()).await;
    let seen = seen.lock().unwrap();
    assert!(seen.iter().any(|request| request.starts_with("/upload")), "{seen:?}");
    assert!(seen.iter().all(|request| request.ends_with(" None")), "{seen:?}");
    assert!(!seen.iter().any(|request| request.contains("hunter2") || request.contains("AWS")), "{seen:?}");
}

#[tokio::test]
async fn a_login_is_good_bad_or_impossible() {
    let server = Server::with(Options::default()).await;
    server.guard(&basic("AWS", "hunter2"), ECR);
    let open = Server::start().await;
    let running = engine_with(&[("r.test", &server.addr), ("open.test", &open.addr)]).await;
    let login = |host: &str, secret: &str| {
        let body = json!({ "username": "AWS", "password": secret, "serveraddress": host, "identitytoken": null });
        http_client().post(running.url("/v1.41/auth")).body(body.to_string()).send()
    };
    for host in ["r.test", "https://r.test", "https://r.test/v2/"] {
        let response = login(host, "hunter2").await.unwrap();
        assert_eq!(response.status().as_u16(), 200);
        let answer: serde_json::Value = serde_json::from_slice(&response.bytes().await.unwrap()).unwrap();
        assert_eq!(answer, json!({ "Status": "Login Succeeded", "IdentityToken": "" }));
    }
    let refused = login("r.test", "guessed").await.unwrap();
    assert_eq!(refused.status().as_u16(), 401);
    let text = refused.text().await.unwrap();
    assert!(text.contains("login attempt to https://r.test/v2/ failed with status: 401 Unauthorized"), "{text}");
    assert!(!text.contains("guessed"));
    assert_eq!(login("open.test", "anything").await.unwrap().status().as_u16(), 200);
    let nonsense = http_client().post(running.url("/auth")).body("hunter2").send().await.unwrap();
    assert_eq!(nonsense.status().as_u16(), 400);
    assert!(!nonsense.text().await.unwrap().contains("hunter2"));
}
