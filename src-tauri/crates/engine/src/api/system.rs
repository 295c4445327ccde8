//! The engine itself: ping, version, information, and logins.

use axum::{body::Body, response::Response};
use http::{
    HeaderValue, StatusCode,
    header::{CACHE_CONTROL, CONTENT_LENGTH, CONTENT_TYPE, PRAGMA},
};
use http_body_util::{BodyExt, Limited};
use serde_json::json;
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use super::{
    call::Call,
    response,
    version::{ENGINE_VERSION, NEWEST, OLDEST},
};
use crate::{
    failure::{ApiResult, Failure},
    remote::{access::login, credentials::Credentials},
};
use oci::host_architecture;

/// The engine's name for people.
const NAME: &str = "Image Security Lab built-in engine";

const BODY_LIMIT: usize = 1 << 20;

/// `HEAD` and `GET /_ping`
pub(super) fn ping(head: bool) -> Response {
    let mut response = Response::new(if head { Body::empty() } else { Body::from("OK") });
    let headers = response.headers_mut();
    for (name, value) in [
        (CACHE_CONTROL, "no-cache, no-store, must-revalidate"),
        (PRAGMA, "no-cache"),
        (CONTENT_TYPE, "text/plain; charset=utf-8"),
        (http::HeaderName::from_static("builder-version"), "1"),
        (http::HeaderName::from_static("swarm"), "inactive"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if head {
        headers.insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
    }
    response
}

/// `GET /version`
pub(super) fn version() -> Response {
    let details = json!({
        "ApiVersion": NEWEST.to_string(),
        "MinAPIVersion": OLDEST.to_string(),
        "Arch": host_architecture(),
        "Os": "linux",
    });
    let content = json!({
        "Platform": { "Name": NAME },
        "Components": [{ "Name": "Engine", "Version": ENGINE_VERSION, "Details": details }],
        "Version": ENGINE_VERSION,
        "ApiVersion": NEWEST.to_string(),
        "MinAPIVersion": OLDEST.to_string(),
        "GitCommit": "",
        "GoVersion": "",
        "Os": "linux",
        "Arch": host_architecture(),
        "KernelVersion": "",
        "Experimental": false,
        "BuildTime": "",
    });
    response::json(StatusCode::OK, &content)
}

/// `GET /info`
pub(super) fn info(call: &Call) -> ApiResult<Response> {
    let now = OffsetDateTime::now_utc().format(&Rfc3339).map_err(|error| Failure::internal(error.to_string()))?;
    let processors = std::thread::available_parallelism().map_or(1, usize::from);
    let (proxy, no_proxy) = call.context.network.shown_proxy();
    let content = json!({
        "ID": *call.context.id,
        "Name": "imagelab",
        "ServerVersion": ENGINE_VERSION,
        "OperatingSystem": NAME,
        "OSType": "linux",
        "Architecture": std::env::consts::ARCH,
        "NCPU": processors,
        "MemTotal": 0,
        "Images": call.context.store.state().images.len(),
        "Containers": 0,
        "ContainersRunning": 0,
        "ContainersPaused": 0,
        "ContainersStopped": 0,
        "Driver": "oci",
        "DriverStatus": [["driver-type", "oci image layout, not unpacked"]],
        "SystemTime": now,
        "IndexServerAddress": "https://index.docker.io/v1/",
        "RegistryConfig": { "InsecureRegistryCIDRs": ["127.0.0.0/8", "::1/128"], "IndexConfigs": {}, "Mirrors": [] },
        "Plugins": { "Volume": [], "Network": [], "Authorization": null, "Log": [] },
        "Swarm": { "LocalNodeState": "inactive" },
        "SecurityOptions": [],
        "Labels": [],
        "Runtimes": {},
        "DefaultRuntime": "",
        "LoggingDriver": "",
        "CgroupDriver": "",
        "KernelVersion": "",
        "DockerRootDir": "",
        "HttpProxy": "",
        "HttpsProxy": proxy,
        "NoProxy": no_proxy,
        "ExperimentalBuild": false,
        "LiveRestoreEnabled": false,
        "Debug": false,
        "Warnings": [],
    });
    Ok(response::json(StatusCode::OK, &content))
}

/// `POST /auth`
pub(super) async fn auth(call: &Call, body: Body) -> ApiResult<Response> {
    let body = Limited::new(body, BODY_LIMIT).collect().await;
    let body = body.map_err(|_| Failure::bad_request("the body of a login cannot be read, or is too long"))?.to_bytes();
    login(&call.context.network, &Credentials::from_json(&body)?).await?;
    Ok(response::json(StatusCode::OK, &json!({ "Status": "Login Succeeded", "IdentityToken": "" })))
}
