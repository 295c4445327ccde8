//! The first listener: AWS APIs and the private registry on one port, told apart by the request.

use std::sync::Arc;

use axum::{body::Body, response::Response};
use bytes::Bytes;
use http::{
    HeaderValue, Request, StatusCode,
    header::{CONTENT_TYPE, HOST, ORIGIN},
    request::Parts,
};
use http_body_util::{BodyExt, Collected, Limited};
use registry::{Options, PatchStatus};
use serde_json::Value;
use tower::ServiceExt;

use super::{ApiError, Struck, error, faulty, sigv4, target::Target};
use crate::{api, cloud::Cloud, faults::Service, hooks::PrivateHooks, names::Names, wire::registry_operation};

/// The connection ends here, in the middle of whatever it was about.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("the connection is cut, as it was told to be")]
pub(crate) struct Cut;

/// What a listener answers.
pub(crate) type Reply = Result<Response, Cut>;

/// The longest body of a call: a manifest of 4 MiB, as text in JSON.
const BODY_LIMIT: usize = 16 << 20;

/// The first listener's service.
#[derive(Clone)]
pub(crate) struct Front {
    cloud: Arc<Cloud>,
    registry: axum::Router,
    /// The same registry for an account that mounts blobs.
    mounting: axum::Router,
}

impl Front {
    pub(crate) fn new(cloud: Arc<Cloud>) -> Self {
        let router = |blob_mounting| {
            let options = Options { patch_status: PatchStatus::Accepted202, blob_mounting, read_only: false };
            registry::router(cloud.storage.clone(), Arc::new(PrivateHooks(Arc::clone(&cloud))), options)
        };
        Self { registry: router(false), mounting: router(true), cloud }
    }

    pub(crate) async fn answer(&self, request: Request<Body>) -> Reply {
        let (parts, body) = request.into_parts();
        if let Some(refused) = guard(&parts, &self.cloud.names) {
            return Ok(refused);
        }
        let target = Target::of(&parts);
        let (service, operation) = match target {
            Target::Registry => return self.registry(parts.clone(), body).await,
            Target::Nothing => return Ok(nothing(&parts)),
            Target::Ecr(operation) | Target::Foreign(operation) => (Service::Ecr, operation),
            Target::Inspector2(operation) => (Service::Inspector2, operation),
            Target::Sts => (Service::Sts, "GetCallerIdentity"),
        };
        let request_id = uuid::Uuid::new_v4().to_string();
        let struck = self.cloud.faults.strike(service, operation).map(Struck::from);
        let body = Limited::new(body, BODY_LIMIT).collect().await.map(Collected::to_bytes);
        let outcome = match (struck, body) {
            (_, Err(_)) => Err(ApiError::new("SerializationException", "The request body is too long or broke off.")),
            (Some(Struck::Refused(kind)), _) => Err(faulty::api_error(kind, service, operation)),
            (struck, Ok(body)) => {
                if let Some(Struck::Delayed(duration)) = struck {
                    self.cloud.clock.sleep(duration).await;
                }
                self.call(target, service, &parts, &body).await
            }
        };
        let response = match outcome {
            Ok(answer) => answered(service, answer, &request_id),
            Err(refused) => error::response(service, refused, &request_id),
        };
        match struck {
            Some(Struck::Spoilt(spoil)) => faulty::spoil(response, spoil).await,
            _ => Ok(response),
        }
    }

    async fn call(&self, target: Target<'_>, service: Service, request: &Parts, body: &Bytes) -> Outcome {
        sigv4::verify(request, body, service, &self.cloud)?;
        match target {
            Target::Ecr(operation) => api::ecr(&self.cloud, operation, body).await.map(Answer::Json),
            Target::Inspector2(operation) => api::inspector2(&self.cloud, operation, body).await.map(Answer::Json),
            Target::Sts => api::sts(body).map(Answer::Xml),
            Target::Foreign(target) => {
                let message =
                    format!("{target} is no operation of ECR, and the practice cloud has no other such service.");
                Err(ApiError::new("UnknownOperationException", message))
            }
            Target::Registry | Target::Nothing => Err(ApiError::internal("not a call")),
        }
    }

    async fn registry(&self, parts: Parts, body: Body) -> Reply {
        let operation = registry_operation(&parts);
        let struck = self.cloud.faults.strike_request(Service::Registry, operation, &parts).map(Struck::from);
        match struck {
            Some(Struck::Refused(kind)) => {
                drain(body).await;
                let challenge = || crate::hooks::not_authorized(&self.cloud.names);
                return Ok(faulty::refused(faulty::refusal(kind, operation, challenge)));
            }
            Some(Struck::Delayed(duration)) => self.cloud.clock.sleep(duration).await,
            Some(Struck::Spoilt(_)) | None => {}
        }
        let router = if api::mounts_blobs(&self.cloud) { &self.mounting } else { &self.registry };
        let response = match router.clone().oneshot(Request::from_parts(parts, body)).await {
            Ok(response) => response,
            Err(never) => match never {},
        };
        if operation == "DeleteManifest" && response.status().is_success() {
            // The registry tells of pushes and pulls, not of what is gone.
            if let Err(error) = crate::lifecycle::reconcile(&self.cloud).await {
                tracing::error!(code = error.code, "a deletion was not followed up");
            }
        }
        match struck {
            Some(Struck::Spoilt(spoil)) => faulty::spoil(response, spoil).await,
            _ => Ok(response),
        }
    }
}

type Outcome = Result<Answer, ApiError>;

enum Answer {
    Json(Value),
    Xml(String),
}

/// Refuses pages of the web: those that say where they are from, and those that made their own name mean this machine.
pub(crate) fn guard(request: &Parts, names: &Names) -> Option<Response> {
    let host = request.headers.get(HOST).and_then(|host| host.to_str().ok());
    if request.headers.contains_key(ORIGIN) {
        return Some(plain(StatusCode::FORBIDDEN, "The practice cloud does not answer web pages.\n"));
    }
    if !host.is_some_and(|host| names.answers_to(host)) {
        return Some(plain(StatusCode::FORBIDDEN, "The practice cloud does not answer to this host name.\n"));
    }
    None
}

pub(crate) fn plain(status: StatusCode, text: impl Into<String>) -> Response {
    let mut response = Response::new(Body::from(text.into()));
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    response
}

fn answered(service: Service, answer: Answer, request_id: &str) -> Response {
    let (body, kind) = match answer {
        Answer::Json(value) if service == Service::Ecr => (value.to_string(), "application/x-amz-json-1.1"),
        Answer::Json(value) => (value.to_string(), "application/json"),
        Answer::Xml(result) => (api::sts_answer(&result, request_id), "text/xml"),
    };
    let mut response = Response::new(Body::from(body));
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    error::identify(&mut response, request_id);
    response
}

fn nothing(request: &Parts) -> Response {
    let text = format!(
        "{} {} is nothing that the practice cloud answers: it is ECR, Inspector, STS and a registry under /v2/.\n",
        request.method,
        request.uri.path()
    );
    plain(StatusCode::NOT_FOUND, text)
}

/// Reads on for a while, so that a client that is still sending hears the refusal.
async fn drain(body: Body) {
    let _ = Limited::new(body, BODY_LIMIT).collect().await;
}
