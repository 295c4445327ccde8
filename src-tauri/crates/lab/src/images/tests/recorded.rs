//! Pulls and pushes against a scripted server that sends recorded lines and ends the response in different ways.

use std::{
    sync::atomic::{AtomicUsize, Ordering},
    time::Duration,
};

use base64::{Engine as _, prelude::BASE64_URL_SAFE};
use proptest::prelude::*;
use testbed::scripted_server::{ReceivedRequest, ResponseEnd, ScriptedResponse, ScriptedServer};
use tokio_util::sync::CancellationToken;

use super::{
    Events, connect,
    fixtures::{DIGEST, PULL_CONTAINERD, PULL_GRAPH_DRIVER, PUSH_CONTAINERD, PUSH_GRAPH_DRIVER},
    problem,
};
use crate::{
    aws::credential::RegistryCredential,
    images::{
        client::{EngineClient, PullResult},
        lines::{LineReader, TransferProgress},
    },
    model::{
        code::Code,
        problem::LabError,
        progress::{Direction, Event},
    },
    transcript::Ending,
};

fn version(api: &str) -> ScriptedResponse {
    ScriptedResponse::new(
        200,
        format!(r#"{{"Version":"29.1.3","ApiVersion":"{api}","MinAPIVersion":"1.24","Os":"linux","Arch":"amd64"}}"#),
    )
}

/// An engine that sends the same response to every pull and push.
async fn engine(api: &'static str, response: ScriptedResponse) -> ScriptedServer {
    ScriptedServer::start(
        move |request| if request.target.ends_with("/version") { version(api) } else { response.clone() },
    )
    .await
}

fn credential() -> RegistryCredential {
    RegistryCredential {
        username: "AWS".to_owned(),
        password: "a-very-secret-password".to_owned(),
        proxy_endpoint: "https://r".to_owned(),
        expires_at: None,
    }
}

async fn pull(images: &EngineClient, events: &Events) -> Result<PullResult, LabError> {
    images
        .pull(&"r/docker/library/neo4j:4.4.0".parse().unwrap(), "linux/amd64", events, &CancellationToken::new())
        .await
}

async fn push(images: &EngineClient, events: &Events) -> Result<Option<String>, LabError> {
    let never = CancellationToken::new();
    Ok(images.push("r/app", "latest", "linux/amd64", &credential(), events, &never).await?.digest)
}

#[tokio::test]
async fn a_pull_of_the_containerd_store_reports_each_layer() {
    let engine = engine("1.52", ScriptedResponse::new(200, PULL_CONTAINERD)).await;
    let (images, log) = connect(&engine.url("tcp")).await;
    let events = Events::default();
    let pulled = pull(&images, &events).await.unwrap();
    assert_eq!(pulled, PullResult { digest: Some(DIGEST.to_owned()), up_to_date: false });
    assert_eq!(
        events.layers(),
        [
            "aaaaaaaaaaaa Waiting -/-",
            "bbbbbbbbbbbb Waiting -/-",
            "aaaaaaaaaaaa Moving 1048576/4194304",
            "bbbbbbbbbbbb Exists -/-",
            "aaaaaaaaaaaa Unpacking 4194304/4194304",
            "aaaaaaaaaaaa Done 4194304/4194304",
        ]
    );
    let all = events.all();
    let reference = "r/docker/library/neo4j:4.4.0".to_owned();
    assert_eq!(all[0], Event::TransferStarted { direction: Direction::Pull, reference: reference.clone() });
    assert_eq!(
        all.last(),
        Some(&Event::TransferDone { direction: Direction::Pull, reference, digest: Some(DIGEST.to_owned()) })
    );
    let entry = log.entries().pop().unwrap();
    assert_eq!((entry.operation.as_str(), entry.ending), ("pull", Ending::Ok));
}

#[tokio::test]
async fn a_pull_of_the_graph_driver_reports_each_layer() {
    let engine = engine("1.41", ScriptedResponse::new(200, PULL_GRAPH_DRIVER)).await;
    let (images, _) = connect(&engine.url("tcp")).await;
    let events = Events::default();
    assert!(pull(&images, &events).await.unwrap().up_to_date);
    assert_eq!(
        events.layers(),
        [
            "aaaaaaaaaaaa Waiting -/-",
            "aaaaaaaaaaaa Moving 512/1024",
            "aaaaaaaaaaaa Retrying -/1024",
            "aaaaaaaaaaaa Moving 1024/1024",
            "aaaaaaaaaaaa Unpacking 1024/1024",
            "aaaaaaaaaaaa Done 1024/1024",
        ]
    );
}

#[tokio::test]
async fn a_push_reports_its_layers_and_its_digest_in_both_stores() {
    let containerd = engine("1.52", ScriptedResponse::new(200, PUSH_CONTAINERD)).await;
    let (images, _) = connect(&containerd.url("tcp")).await;
    let events = Events::default();
    assert_eq!(push(&images, &events).await.unwrap().as_deref(), Some(DIGEST));
    assert_eq!(
        events.layers(),
        [
            "aaaaaaaaaaaa Waiting -/-",
            "aaaaaaaaaaaa Moving 10/40",
            "bbbbbbbbbbbb Mounted -/-",
            "aaaaaaaaaaaa Done 40/40",
        ]
    );

    let graph_driver = engine("1.41", ScriptedResponse::new(200, PUSH_GRAPH_DRIVER)).await;
    let (images, _) = connect(&graph_driver.url("tcp")).await;
    let events = Events::default();
    assert_eq!(push(&images, &events).await.unwrap().as_deref(), Some(DIGEST));
    assert_eq!(
        events.layers(),
        [
            "aaaaaaaaaaaa Waiting -/-",
            "bbbbbbbbbbbb Exists -/-",
            "aaaaaaaaaaaa Moving 512/1000",
            "aaaaaaaaaaaa Moving 1536/1000",
            "aaaaaaaaaaaa Done 1000/1000",
        ]
    );
}

#[tokio::test]
async fn paths_carry_the_negotiated_version_and_a_push_its_platform_from_1_46_on() {
    let cases = [
        ("1.41", "/v1.41/images/r/app/push?tag=latest"),
        (
            "1.46",
            "/v1.46/images/r/app/push?tag=latest&platform=%7B%22os%22%3A%22linux%22%2C%22architecture%22%3A%22amd64%22%7D",
        ),
        (
            "1.99",
            "/v1.53/images/r/app/push?tag=latest&platform=%7B%22os%22%3A%22linux%22%2C%22architecture%22%3A%22amd64%22%7D",
        ),
    ];
    for (api, target) in cases {
        let engine = engine(api, ScriptedResponse::new(200, PUSH_CONTAINERD)).await;
        let (images, log) = connect(&engine.url("tcp")).await;
        push(&images, &Events::default()).await.unwrap();
        let request = engine.requests().pop().unwrap();
        assert_eq!((request.method.as_str(), request.target.as_str()), ("POST", target));
        let auth = BASE64_URL_SAFE.decode(request.header("x-registry-auth").unwrap()).unwrap();
        let auth: serde_json::Value = serde_json::from_slice(&auth).unwrap();
        assert_eq!(auth["serveraddress"], "r");
        assert_eq!(auth["password"], "a-very-secret-password");
        assert!(!format!("{:?} {images:?}", log.entries()).contains("a-very-secret-password"));
    }
}

#[tokio::test]
async fn an_engine_that_is_too_old_is_refused() {
    let engine = engine("1.24", ScriptedResponse::new(200, "")).await;
    let log = std::sync::Arc::new(crate::entry_log::EntryLog::default());
    let refused = problem(EngineClient::connect(&super::access(&engine.url("tcp")), log).await);
    assert_eq!(refused.code, Code::EngineTooOld);
}

#[tokio::test]
async fn the_first_error_line_ends_a_transfer_with_or_without_its_details() {
    let lines = [
        concat!(
            r#"{"status":"The push refers to repository [r/app]"}"#,
            "\r\n",
            r#"{"errorDetail":{"message":"no basic auth credentials"},"error":"no basic auth credentials"}"#,
            "\r\n",
            r#"{"status":"latest: digest: sha256:11 size: 1"}"#,
            "\r\n",
        ),
        "{\"error\":\"no basic auth credentials\"}\n",
        "{\"errorDetail\":{\"code\":401,\"message\":\"no basic auth credentials\"}}",
    ];
    for line in lines {
        let engine = engine("1.52", ScriptedResponse::new(200, line)).await;
        let (images, log) = connect(&engine.url("http")).await;
        assert_eq!(problem(push(&images, &Events::default()).await).code, Code::RegistryLogin);
        let Ending::Error { message, .. } = log.entries().pop().unwrap().ending else { panic!("{line}") };
        assert_eq!(message, "no basic auth credentials");
    }
}

#[tokio::test]
async fn a_lost_connection_matters_only_before_the_last_line() {
    let late = engine("1.52", ScriptedResponse::new(200, PUSH_CONTAINERD.trim_end()).end(ResponseEnd::Cut)).await;
    let (images, _) = connect(&late.url("tcp")).await;
    assert_eq!(push(&images, &Events::default()).await.unwrap().as_deref(), Some(DIGEST));

    let started = &PUSH_CONTAINERD[..PUSH_CONTAINERD.find("Pushed").unwrap()];
    for end in [ResponseEnd::Cut, ResponseEnd::Complete] {
        let early = engine("1.52", ScriptedResponse::new(200, started).end(end)).await;
        let (images, _) = connect(&early.url("tcp")).await;
        let lost = problem(push(&images, &Events::default()).await);
        assert_eq!(lost.code, Code::EngineLost);
        assert!(lost.retryable);
    }

    let garbage = engine("1.52", ScriptedResponse::new(200, "<html>no engine</html>")).await;
    let (images, _) = connect(&garbage.url("tcp")).await;
    assert_eq!(problem(push(&images, &Events::default()).await).code, Code::EngineUnreadable);
}

#[tokio::test]
async fn a_running_transfer_can_be_cancelled() {
    let started = &PULL_CONTAINERD[..PULL_CONTAINERD.find("Download complete").unwrap()];
    let engine = engine("1.52", ScriptedResponse::new(200, started).end(ResponseEnd::Open)).await;
    let (images, log) = connect(&engine.url("tcp")).await;
    let cancel = CancellationToken::new();
    let stop = cancel.clone();
    // Cancels when the first bytes have arrived.
    let progress = move |event: Event| {
        if matches!(event, Event::Layer { layer } if layer.current.is_some()) {
            stop.cancel();
        }
    };
    let reference = "r/app:1".parse().unwrap();
    let pull = images.pull(&reference, "linux/amd64", &progress, &cancel);
    let outcome = tokio::time::timeout(Duration::from_secs(20), pull).await.unwrap();
    assert!(matches!(outcome, Err(LabError::Cancelled)));
    assert_eq!(log.entries().pop().unwrap().ending, Ending::Cancelled);
}

#[tokio::test]
async fn for_an_index_that_cannot_be_pushed_its_manifest_is_pushed() {
    let pushes = AtomicUsize::new(0);
    let manifests = format!(
        r#"{{"Id":"sha256:22","RepoDigests":["r/app@sha256:22","public.ecr.aws/docker/library/neo4j@sha256:22"],
        "Manifests":[{{"ID":"sha256:33","Descriptor":{{"digest":"sha256:33"}},"Kind":"attestation"}},
        {{"ID":"{DIGEST}","Descriptor":{{"digest":"{DIGEST}"}},"Kind":"image","ImageData":{{"Platform":{{"os":"linux","architecture":"amd64"}}}}}}]}}"#
    );
    let engine = ScriptedServer::start(move |request: &ReceivedRequest| {
        if request.target.ends_with("/version") {
            version("1.52")
        } else if request.is("GET", "/images/r/app:latest/json?manifests=1") {
            ScriptedResponse::new(200, manifests.clone())
        } else if request.is("POST", "/images/create") {
            ScriptedResponse::new(200, PULL_CONTAINERD)
        } else if request.is("POST", "/tag?") {
            ScriptedResponse::new(201, "")
        } else if pushes.fetch_add(1, Ordering::SeqCst) == 0 {
            ScriptedResponse::new(200, r#"{"errorDetail":{"message":"image with reference r/app:latest was found but does not provide any platform"}}"#)
        } else {
            ScriptedResponse::new(200, PUSH_CONTAINERD)
        }
    })
    .await;
    let (images, log) = connect(&engine.url("tcp")).await;
    assert_eq!(push(&images, &Events::default()).await.unwrap().as_deref(), Some(DIGEST));
    let operations: Vec<_> = log.entries().into_iter().map(|entry| entry.operation).collect();
    assert_eq!(operations, ["version", "push", "inspect", "pull", "tag", "push"]);
    let requests = engine.requests();
    assert!(
        requests[3].target.contains("fromImage=public.ecr.aws%2Fdocker%2Flibrary%2Fneo4j&tag=sha256%3A1111"),
        "{:?}",
        requests[3]
    );
    assert!(
        requests[4].target.starts_with("/v1.52/images/public.ecr.aws/docker/library/neo4j@sha256:1111"),
        "{:?}",
        requests[4]
    );
}

#[tokio::test]
async fn an_address_without_a_server_has_no_engine() {
    let log = std::sync::Arc::new(crate::entry_log::EntryLog::default());
    let port = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port();
    for host in [format!("tcp://127.0.0.1:{port}"), "unix:///nowhere/docker.sock".to_owned()] {
        let unreachable = problem(EngineClient::connect(&super::access(&host), log.clone()).await);
        assert_eq!(unreachable.code, Code::EngineNotRunning, "{host}");
    }
    let ssh = problem(EngineClient::connect(&super::access("ssh://me@far"), log.clone()).await);
    assert_eq!(ssh.code, Code::EngineSsh);
    assert!(log.entries().iter().all(|entry| matches!(entry.ending, Ending::Error { .. })));
}

proptest! {
    #[test]
    fn lines_are_the_same_wherever_the_network_cuts_them(cuts in prop::collection::vec(1..200usize, 0..60)) {
        let mut bytes = PULL_GRAPH_DRIVER.as_bytes();
        let (mut lines, mut transfer, mut layers) = (LineReader::default(), TransferProgress::default(), 0);
        let mut cuts = cuts.into_iter();
        while !bytes.is_empty() {
            let (part, rest) = bytes.split_at(cuts.next().unwrap_or(bytes.len()).min(bytes.len()));
            for line in lines.push(part).unwrap() {
                layers += usize::from(transfer.apply(line).unwrap().is_some());
            }
            bytes = rest;
        }
        prop_assert!(lines.is_complete() && transfer.is_done && transfer.up_to_date);
        prop_assert_eq!(transfer.digest.as_deref(), Some(DIGEST));
        prop_assert_eq!(layers, 6);
    }

    #[test]
    fn no_bytes_make_the_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = LineReader::default().push(&bytes);
    }
}
