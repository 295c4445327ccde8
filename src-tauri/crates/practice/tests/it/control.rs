//! The control address, by which another process moves the clock of a running practice cloud.

use std::time::Duration;

use practice::{AdvanceError, Control, Practice, PracticeConfig};
use reqwest::StatusCode;
use testbed::http_client::http_client;

const DAY: Duration = Duration::from_hours(24);

async fn post(control: &Control, path: &str, secret: Option<&str>, body: &'static str) -> StatusCode {
    let request = http_client().post(format!("http://{}{path}", control.address)).body(body);
    let request = match secret {
        Some(secret) => request.header("authorization", format!("Bearer {secret}")),
        None => request,
    };
    request.send().await.unwrap().status()
}

#[tokio::test]
async fn a_running_cloud_is_moved_through_its_control_address() {
    let dir = tempfile::tempdir().unwrap();
    let practice = Practice::start(PracticeConfig::new(dir.path())).await.unwrap();
    assert_eq!(practice::advance(dir.path(), practice.region(), DAY).await.unwrap(), DAY);
    assert_eq!(practice::advance(dir.path(), practice.region(), 14 * DAY).await.unwrap(), 15 * DAY);
    assert_eq!((practice.clock().ahead(), practice::stored_ahead(dir.path()).unwrap()), (15 * DAY, 15 * DAY));
    let refused = practice::advance(dir.path(), practice.region(), 4000 * DAY).await;
    assert!(matches!(refused, Err(AdvanceError::TooFar)), "{refused:?}");
    assert_eq!(practice.clock().ahead(), 15 * DAY);
    practice.shutdown().await;
    assert!(Control::of(dir.path()).is_err(), "the address of a stopped cloud is removed");
}

#[tokio::test]
async fn nothing_is_moved_without_the_secret() {
    let dir = tempfile::tempdir().unwrap();
    let practice = Practice::start(PracticeConfig::new(dir.path())).await.unwrap();
    let control = Control::of(dir.path()).unwrap();
    assert_eq!(control.address.to_string(), practice.control_addr());
    assert!(!format!("{control:?}").contains(&control.secret));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(dir.path().join("control.json")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    let day = r#"{"seconds":86400}"#;
    let wrong = "0".repeat(control.secret.len());
    for secret in [None, Some(""), Some(wrong.as_str()), Some(&control.secret[1..])] {
        assert_eq!(post(&control, "/clock/advance", secret, day).await, StatusCode::UNAUTHORIZED, "{secret:?}");
    }
    let secret = Some(control.secret.as_str());
    for body in ["", "{}", r#"{"seconds":-1}"#, r#"{"seconds":"1"}"#, "x"] {
        assert_eq!(post(&control, "/clock/advance", secret, body).await, StatusCode::BAD_REQUEST, "{body}");
    }
    assert_eq!(post(&control, "/clock/advance", secret, r#"{"seconds":0}"#).await, StatusCode::CONFLICT);
    assert_eq!(post(&control, "/clock", secret, day).await, StatusCode::NOT_FOUND);
    assert_eq!(post(&control, "/access", None, day).await, StatusCode::UNAUTHORIZED);
    assert_eq!(post(&control, "/access", secret, day).await, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(practice.clock().ahead(), Duration::ZERO);
    assert_eq!(post(&control, "/clock/advance", secret, day).await, StatusCode::OK);
    assert_eq!(practice.clock().ahead(), DAY);
    practice.shutdown().await;
}

#[tokio::test]
async fn a_record_with_a_wrong_secret_is_refused_and_moves_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let practice = Practice::start(PracticeConfig::new(dir.path())).await.unwrap();
    let control = Control::of(dir.path()).unwrap();
    let wrong = Control { secret: "guessed".to_owned(), ..control };
    std::fs::write(dir.path().join("control.json"), serde_json::to_vec(&wrong).unwrap()).unwrap();
    let refused = practice::advance(dir.path(), practice.region(), DAY).await;
    assert!(matches!(&refused, Err(AdvanceError::Control(reason)) if reason.contains("401")), "{refused:?}");
    assert_eq!(practice.clock().ahead(), Duration::ZERO);
    practice.shutdown().await;
}

#[tokio::test]
async fn another_process_learns_how_a_running_cloud_is_reached() {
    let dir = tempfile::tempdir().unwrap();
    assert!(practice::running(dir.path()).await.is_err(), "no process runs it");
    let practice = Practice::start(PracticeConfig::new(dir.path())).await.unwrap();
    practice.advance(DAY).await.unwrap();
    let running = practice::running(dir.path()).await.unwrap();
    assert_eq!(running.endpoint, practice.endpoint());
    assert_eq!((running.access_key.clone(), running.secret_key.clone()), practice.credentials());
    assert_eq!(running.ahead_seconds, DAY.as_secs());
    assert!(!format!("{running:?}").contains(&running.secret_key));
    let wrong = Control { secret: "guessed".to_owned(), ..Control::of(dir.path()).unwrap() };
    std::fs::write(dir.path().join("control.json"), serde_json::to_vec(&wrong).unwrap()).unwrap();
    let refused = practice::running(dir.path()).await.unwrap_err();
    assert!(refused.to_string().contains("401"), "{refused}");
    practice.shutdown().await;
    assert!(practice::running(dir.path()).await.is_err(), "it is stopped");
}
