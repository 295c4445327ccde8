//! The refusal of operations that the practice cloud does not have. A client reads it only in the format of its own protocol;
//! the signature is not verified, since nothing is done.

mod inspector2;
mod protocol;
pub(super) mod refusal;
mod s3;
pub(super) mod url_form;

use axum::{
    body::{Body, HttpBody},
    response::Response,
};
use futures::StreamExt;
use http::{header::EXPECT, request::Parts};

use crate::wire::{
    absent::{
        protocol::Protocol,
        refusal::{CODE, STATUS, sentence},
        url_form::action,
    },
    error::set_request_id,
    query::Form,
    signed_for::{is_from_aws_client, signed_for},
};

/// The refusal of the operation that the request names.
pub(super) fn response(request: &Parts, form: &Form, request_id: &str) -> Response {
    let service =
        signed_for(request).or_else(|| unsigned_service(request)).unwrap_or_else(|| "this service".to_owned());
    let protocol = Protocol::of(request, form, &service);
    let operation = operation(request, form, &service, protocol);
    let mut response = protocol.error(CODE, &sentence(&service, &operation), STATUS, request_id);
    set_request_id(&mut response, request_id);
    response
}

/// Reads what the client sends and keeps none of it: most clients read the response only then. One that waits for the consent
/// to send its body reads it at once.
pub(super) async fn discard(request: &Parts, body: Body) {
    if request.headers.contains_key(EXPECT) || body.is_end_stream() {
        return;
    }
    body.into_data_stream().for_each(|_| std::future::ready(())).await;
}

fn operation(request: &Parts, form: &Form, service: &str, protocol: Protocol) -> String {
    let (method, path) = (request.method.as_str(), request.uri.path());
    // Some clients end a path with a slash, others do not.
    let by_path = || format!("{method} /{}", path.trim_matches('/'));
    match protocol {
        Protocol::Json => target(request).and_then(|target| target.rsplit('.').next()).unwrap_or_default().to_owned(),
        Protocol::Cbor => path.rsplit('/').next().unwrap_or_default().to_owned(),
        Protocol::Query | Protocol::Ec2 => {
            let in_url = || action(request).map(|action| format!("{action} as a {method} request"));
            form.get("Action").map(str::to_owned).or_else(in_url).unwrap_or_else(by_path)
        }
        Protocol::S3 => s3::operation(request).unwrap_or_else(by_path),
        Protocol::RestJson if service == "inspector2" => {
            inspector2::operation(&request.method, path).map_or_else(by_path, str::to_owned)
        }
        Protocol::RestJson | Protocol::RestXml => by_path(),
    }
}

/// The target of the JSON protocols: `TrentService.ListKeys`.
fn target(request: &Parts) -> Option<&str> {
    request.headers.get("x-amz-target")?.to_str().ok()
}

/// The service of a call that is not signed: what its target or its client names.
fn unsigned_service(request: &Parts) -> Option<String> {
    if let Some((prefix, _)) = target(request).and_then(|target| target.rsplit_once('.')) {
        return Some(prefix.to_owned());
    }
    let header = |name: &str| request.headers.get(name).and_then(|value| value.to_str().ok());
    let agent = header("user-agent").filter(|_| is_from_aws_client(request))?;
    // `api/s3#1.2.3` in the SDKs, `md/command#s3.ls` or `command/s3.ls` in the command.
    let name = agent.split(' ').find_map(|part| {
        let named = part
            .strip_prefix("api/")
            .or_else(|| part.split_once("command").map(|(_, rest)| &rest[1.min(rest.len())..]));
        named.and_then(|name| name.split(['#', '/', '.']).next()).filter(|name| !name.is_empty())
    });
    // Of the unsigned calls that name no service, S3's are those without JSON and without the token of a sign-in.
    let is_json = header("content-type").is_some_and(|content_type| content_type.contains("json"));
    let signs_in =
        is_json || ["authorization", "x-amz-sso_bearer_token"].into_iter().any(|name| header(name).is_some());
    match name {
        Some("s3api") => Some("s3".to_owned()),
        Some(name) => Some(name.to_owned()),
        None => (!signs_in).then(|| "s3".to_owned()),
    }
}
