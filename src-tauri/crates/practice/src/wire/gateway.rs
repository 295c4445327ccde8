//! The first listener: the AWS APIs and the private registry on one port, distinguished by the request.

use std::sync::Arc;

use axum::{body::Body, response::Response};
use bytes::Bytes;
use http::{HeaderValue, Request, StatusCode, header::CONTENT_TYPE, request::Parts};
use http_body_util::{BodyExt, Collected, Limited};
use registry::{Options, PatchStatus};
use serde_json::Value;
use tower::ServiceExt;

use crate::{
    api::{
        ecr::{self, account::mounts_blobs},
        ecr_public, iam, inspector2, session_token, sts,
    },
    cloud::Cloud,
    hooks::{PrivateHooks, may_mount, not_authorized},
    image_lifecycle::apply::apply_due,
    lifecycle::reconcile::reconcile,
    permissions::{decision::authorize, principal::Principal, required::by_call},
    service::{Service, query_operation},
    wire::{
        absent,
        error::{self, ApiError},
        guard::reject_web_page,
        injected_fault::{self, InjectedFault},
        layer_download::LayerDownloads,
        query::{self, Form},
        response::{HttpResult, plain_text},
        rest_input,
        signed_for::signed_for,
        sigv4,
        target::{Target, is_present, registry_operation},
    },
};

/// The longest body of a call, in bytes: a layer's part of 20 MiB in Base64, or a manifest of 4 MiB, as text in JSON.
const BODY_LIMIT: usize = 32 << 20;

/// The service behind the first listener.
#[derive(Clone)]
pub(crate) struct Gateway {
    cloud: Arc<Cloud>,
    registry: axum::Router,
    /// The same registry, for an account that mounts blobs.
    mounting_registry: axum::Router,
    layers: LayerDownloads,
}

impl Gateway {
    pub(crate) fn new(cloud: Arc<Cloud>) -> Self {
        let router = |blob_mounting| {
            let options = Options { patch_status: PatchStatus::Accepted202, blob_mounting, read_only: false };
            registry::router(cloud.storage.clone(), Arc::new(PrivateHooks(Arc::clone(&cloud))), options)
        };
        let layers = LayerDownloads::new(Arc::clone(&cloud));
        Self { registry: router(false), mounting_registry: router(true), layers, cloud }
    }

    pub(crate) async fn handle(&self, request: Request<Body>) -> HttpResult {
        let (parts, body) = request.into_parts();
        if let Some(rejection) = reject_web_page(&parts, &self.cloud.names) {
            return Ok(rejection);
        }
        if LayerDownloads::serves(&parts) {
            return Ok(self.layers.respond(parts).await);
        }
        if let Err(error) = apply_due(&self.cloud).await {
            tracing::error!(code = error.code, "the lifecycle policies were not applied");
        }
        let target = Target::of(&parts);
        match target {
            Target::Registry => return self.registry(parts.clone(), body).await,
            Target::Unknown => return Ok(unknown_path(&parts)),
            Target::Absent => {
                absent::discard(&parts, body).await;
                return Ok(absent::response(&parts, &Form::default(), &request_id()));
            }
            Target::Ecr(_) | Target::EcrPublic(_) | Target::Inspector2(_) | Target::Query => {}
        }
        let request_id = request_id();
        let body = Limited::new(body, BODY_LIMIT).collect().await.map(Collected::to_bytes);
        let form =
            if target == Target::Query { Form::parse(body.as_deref().unwrap_or_default()) } else { Form::default() };
        let Some((service, operation)) = addressed(target, &parts, &form) else {
            return Ok(absent::response(&parts, &form, &request_id));
        };
        let fault = self.cloud.faults.inject(service, operation).map(InjectedFault::from);
        let result = match (fault, body) {
            (_, Err(_)) => Err(ApiError::new("SerializationException", "The request body is too long or broke off.")),
            (Some(InjectedFault::Refusal(kind)), _) => Err(injected_fault::api_error(kind, service, operation)),
            (fault, Ok(body)) => {
                if let Some(InjectedFault::Delay(duration)) = fault {
                    self.cloud.clock.sleep(duration).await;
                }
                let call = Call { target, service, operation, form: &form, request: &parts, body: &body };
                self.call(&call).await
            }
        };
        let response = match result {
            Ok(payload) => success(service, operation, payload, &request_id),
            Err(error) => error::response(service, error, &request_id),
        };
        injected_fault::corrupt_if(fault, response).await
    }

    async fn call(&self, call: &Call<'_>) -> Result<Payload, ApiError> {
        let (cloud, operation, body) = (&*self.cloud, call.operation, call.body);
        if operation == "AssumeRoleWithWebIdentity" {
            // Its caller has no credentials yet.
            return sts::assume_role_with_web_identity(cloud, call.form).map(Payload::Xml);
        }
        let caller = sigv4::verify(call.request, body, call.service, cloud)?;
        session_token::check_allowed(&caller, call.service, operation)?;
        let input = rest_input::with_uri(call.request, body);
        authorize(cloud, &caller, &by_call(cloud, call.service, operation, &input))?;
        match call.target {
            Target::Ecr(_) => ecr::call(cloud, &caller, operation, body).await.map(Payload::Json),
            Target::EcrPublic(_) => ecr_public::call(cloud, &caller, operation).map(Payload::Json),
            Target::Inspector2(_) => inspector2::call(cloud, operation, &input).await.map(Payload::Json),
            Target::Query => query_call(cloud, &caller, operation, call.form).await.map(Payload::Xml),
            Target::Registry | Target::Absent | Target::Unknown => Err(ApiError::internal("not a call")),
        }
    }

    async fn registry(&self, parts: Parts, body: Body) -> HttpResult {
        let operation = registry_operation(&parts);
        let faults = &self.cloud.faults;
        let fault = faults.inject_into_request(Service::Registry, operation, &parts).map(InjectedFault::from);
        match fault {
            Some(InjectedFault::Refusal(kind)) => {
                drain(body).await;
                let challenge = || not_authorized(&self.cloud.names);
                return Ok(injected_fault::refused(injected_fault::refusal(kind, operation, challenge)));
            }
            Some(InjectedFault::Delay(duration)) => self.cloud.clock.sleep(duration).await,
            Some(InjectedFault::CorruptedBody(_)) | None => {}
        }
        let mounts = operation == "StartUpload" && mounts_blobs(&self.cloud) && may_mount(&self.cloud, &parts);
        let router = if mounts { &self.mounting_registry } else { &self.registry };
        let response = match router.clone().oneshot(self.cloud.bandwidth.slow_request(parts, body)).await {
            Ok(response) => self.cloud.bandwidth.slow_response(response),
            Err(never) => match never {},
        };
        if operation == "DeleteManifest" && response.status().is_success() {
            // The registry has hooks for pushes and pulls, but none for deletions.
            if let Err(error) = reconcile(&self.cloud).await {
                tracing::error!(code = error.code, "the scans were not reconciled after a deletion");
            }
        }
        injected_fault::corrupt_if(fault, response).await
    }
}

/// A call of an AWS API.
struct Call<'a> {
    target: Target<'a>,
    service: Service,
    operation: &'a str,
    /// The body as a form; empty for services that take JSON.
    form: &'a Form,
    request: &'a Parts,
    body: &'a Bytes,
}

/// The service and the operation that a call is addressed to, an empty name if it names none; `None` if the practice cloud does
/// not have it.
fn addressed<'a>(target: Target<'a>, request: &Parts, form: &Form) -> Option<(Service, &'a str)> {
    match target {
        Target::Ecr(operation) => Some((Service::Ecr, operation)),
        Target::EcrPublic(operation) => Some((Service::EcrPublic, operation)),
        Target::Inspector2(operation) => Some((Service::Inspector2, operation)),
        Target::Query => {
            let Some(action) = form.get("Action") else { return Some((form.service().unwrap_or(Service::Sts), "")) };
            let service = form.service().filter(|_| signed_for(request).as_deref().is_none_or(is_present))?;
            Some((service, query_operation(service, action)?))
        }
        Target::Registry | Target::Absent | Target::Unknown => None,
    }
}

/// Runs an operation of IAM or STS, and returns the members of its result.
async fn query_call(cloud: &Cloud, caller: &Principal, operation: &str, form: &Form) -> Result<String, ApiError> {
    match operation {
        "GetCallerIdentity" => Ok(sts::identity(caller)),
        "GetSessionToken" => session_token::get(cloud, caller, form).await,
        "AssumeRole" => sts::assume_role(cloud, caller, form),
        "GetRole" => iam::get_role(cloud, caller, form),
        "ListAccountAliases" => iam::list_account_aliases(cloud, caller),
        "SimulatePrincipalPolicy" => iam::simulate_principal_policy(cloud, caller, form),
        _ => Err(ApiError::new("InvalidAction", "There is no Action in the request")),
    }
}

/// The result of a successful call, before it becomes a response.
enum Payload {
    Json(Value),
    Xml(String),
}

fn success(service: Service, operation: &str, payload: Payload, request_id: &str) -> Response {
    let (body, content_type) = match payload {
        Payload::Json(value) if matches!(service, Service::Ecr | Service::EcrPublic) => {
            (value.to_string(), "application/x-amz-json-1.1")
        }
        Payload::Json(value) => (value.to_string(), "application/json"),
        Payload::Xml(result) => (query::envelope(service, operation, &result, request_id), "text/xml"),
    };
    let mut response = Response::new(Body::from(body));
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    error::set_request_id(&mut response, request_id);
    response
}

fn unknown_path(request: &Parts) -> Response {
    let text = format!(
        "There is no {} {} here: the practice cloud serves ECR, Inspector, IAM, STS and a registry under /v2/.\n",
        request.method,
        request.uri.path()
    );
    plain_text(StatusCode::NOT_FOUND, text)
}

fn request_id() -> String {
    uuid::Uuid::new_v4().to_string()
}

/// Reads the rest of a body, so that a client that is still sending receives the refusal.
async fn drain(body: Body) {
    let _ = Limited::new(body, BODY_LIMIT).collect().await;
}
