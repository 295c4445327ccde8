//! Errors of the AWS APIs, and how each protocol formats them.

use axum::{body::Body, response::Response};
use http::{HeaderName, HeaderValue, StatusCode, header::CONTENT_TYPE};
use serde_json::{Map, Value, json};

use crate::{
    permissions::denial::Denial,
    service::Service,
    state::store::SaveError,
    wire::{absent::refusal, query},
};

pub(crate) const REQUEST_ID: HeaderName = HeaderName::from_static("x-amzn-requestid");

/// An operation's result: the JSON of its response, or an error.
pub(crate) type ApiResult = Result<Value, ApiError>;

/// An error by the code that the services define for it.
#[derive(Debug)]
pub(crate) struct ApiError {
    pub(crate) code: &'static str,
    pub(crate) message: String,
    /// Further members of the body.
    pub(crate) members: Map<String, Value>,
}

impl ApiError {
    pub(crate) fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), members: Map::new() }
    }

    /// ECR's error for an invalid parameter.
    pub(crate) fn parameter(name: &str, constraint: &str) -> Self {
        let message = format!("Invalid parameter at '{name}' failed to satisfy constraint: '{constraint}'");
        Self::new("InvalidParameterException", message)
    }

    /// Inspector's error for an invalid field.
    pub(crate) fn field(name: &str, constraint: &str) -> Self {
        let mut error = Self::new("ValidationException", format!("The field '{name}' is not valid: {constraint}"));
        error.members.insert("reason".into(), "FIELD_VALIDATION_FAILED".into());
        error.members.insert("fields".into(), json!([{ "name": name, "message": constraint }]));
        error
    }

    /// The request body does not have the operation's form.
    pub(crate) fn unreadable(error: &serde_json::Error) -> Self {
        Self::new("SerializationException", format!("The request body could not be read: {error}"))
    }

    /// An operation that the practice cloud does not have.
    pub(crate) fn absent(service: Service, operation: &str) -> Self {
        Self::new(refusal::CODE, refusal::sentence(service.as_str(), operation))
    }

    /// The practice cloud itself failed; the log has the details.
    pub(crate) fn internal(error: impl std::fmt::Display) -> Self {
        tracing::error!(%error, "the practice cloud failed");
        Self::new("InternalFailure", "The practice cloud failed; its log says why.")
    }
}

impl From<Denial> for ApiError {
    fn from(denial: Denial) -> Self {
        Self::new("AccessDeniedException", denial.to_string())
    }
}

impl From<SaveError> for ApiError {
    fn from(error: SaveError) -> Self {
        Self::internal(error)
    }
}

impl From<registry::StorageError> for ApiError {
    fn from(error: registry::StorageError) -> Self {
        Self::internal(error)
    }
}

/// The response to a failed call of an AWS API.
pub(super) fn response(service: Service, mut error: ApiError, request_id: &str) -> Response {
    if service == Service::Inspector2 && error.code == "SerializationException" {
        error.code = "ValidationException";
        error.members.insert("reason".into(), "CANNOT_PARSE".into());
    }
    let (code, status) = code_and_status(service, error.code);
    let mut response = match service {
        Service::Iam | Service::Sts => xml(service, code, &error.message, status, request_id),
        _ => json_body(service, code, error, request_id),
    };
    *response.status_mut() = status;
    response
}

/// The service's own code for an error that all services share, and the HTTP status.
fn code_and_status(service: Service, code: &'static str) -> (&'static str, StatusCode) {
    let code = match (service, code) {
        (Service::Iam | Service::Sts, "UnrecognizedClientException") => "InvalidClientTokenId",
        (Service::Iam | Service::Sts, "ExpiredTokenException") => "ExpiredToken",
        (Service::Iam | Service::Sts, "InvalidSignatureException") => "SignatureDoesNotMatch",
        (Service::Iam | Service::Sts, "AccessDeniedException") => "AccessDenied",
        (Service::Iam | Service::Sts, "ThrottlingException") => "Throttling",
        (Service::Iam | Service::Sts, "MissingAuthenticationTokenException") => "MissingAuthenticationToken",
        (Service::Iam, "InternalFailure") => "ServiceFailure",
        (Service::Ecr | Service::EcrPublic, "InternalFailure") => "ServerException",
        (Service::Inspector2, "InternalFailure") => "InternalServerException",
        (_, other) => other,
    };
    let status = match (service, code) {
        (_, refusal::CODE) => refusal::STATUS,
        (_, "ServerException" | "InternalServerException" | "InternalFailure" | "ServiceFailure") => {
            StatusCode::INTERNAL_SERVER_ERROR
        }
        (Service::Ecr | Service::EcrPublic, _)
        | (
            Service::Iam | Service::Sts,
            "Throttling" | "InvalidAction" | "ValidationError" | "InvalidInput" | "InvalidIdentityToken",
        )
        | (Service::Inspector2, "ValidationException" | "BadRequestException") => StatusCode::BAD_REQUEST,
        (Service::Inspector2, "ServiceQuotaExceededException") => StatusCode::PAYMENT_REQUIRED,
        (Service::Inspector2, "ThrottlingException") => StatusCode::TOO_MANY_REQUESTS,
        (Service::Inspector2, "ResourceNotFoundException") | (Service::Iam, "NoSuchEntity") => StatusCode::NOT_FOUND,
        _ => StatusCode::FORBIDDEN,
    };
    (code, status)
}

fn json_body(service: Service, code: &'static str, error: ApiError, request_id: &str) -> Response {
    let mut body = error.members;
    body.insert("message".into(), error.message.into());
    let content_type = match service {
        Service::Ecr | Service::EcrPublic => {
            body.insert("__type".into(), code.into());
            "application/x-amz-json-1.1"
        }
        _ => "application/json",
    };
    let mut response = Response::new(Body::from(Value::Object(body).to_string()));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    headers.insert(HeaderName::from_static("x-amzn-errortype"), HeaderValue::from_static(code));
    if code == "ThrottlingException" && service == Service::Inspector2 {
        headers.insert(http::header::RETRY_AFTER, HeaderValue::from_static("1"));
    }
    set_request_id(&mut response, request_id);
    response
}

fn xml(service: Service, code: &str, message: &str, status: StatusCode, request_id: &str) -> Response {
    let fault_type = if status.is_server_error() { "Receiver" } else { "Sender" };
    let message = quick_xml::escape::escape(message);
    let namespace = query::namespace(service);
    let body = format!(
        "<ErrorResponse xmlns=\"{namespace}\">\n  <Error>\n    <Type>{fault_type}</Type>\n    \
         <Code>{code}</Code>\n    <Message>{message}</Message>\n  </Error>\n  <RequestId>{request_id}</RequestId>\n\
         </ErrorResponse>\n"
    );
    let mut response = Response::new(Body::from(body));
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/xml"));
    set_request_id(&mut response, request_id);
    response
}

pub(super) fn set_request_id(response: &mut Response, request_id: &str) {
    // A UUID is always a valid header value.
    if let Ok(value) = HeaderValue::from_str(request_id) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
}
