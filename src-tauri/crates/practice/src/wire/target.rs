//! The service and operation that a request is addressed to.

use http::{Method, header::CONTENT_TYPE, request::Parts};

use crate::{
    service::{Service, inspector2_operation},
    wire::{
        absent::url_form::is_query_in_url,
        signed_for::{is_from_aws_client, signed_for},
    },
};

const ECR_TARGET: &str = "AmazonEC2ContainerRegistry_V20150921.";
const ECR_PUBLIC_TARGET: &str = "SpencerFrontendService.";

/// What a request to the first listener is addressed to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Target<'a> {
    /// The operation by its name in `x-amz-target`.
    Ecr(&'a str),
    EcrPublic(&'a str),
    Inspector2(&'static str),
    /// IAM or STS, unless the form in the body has the version of another service: it names the operation.
    Query,
    Registry,
    /// An operation that the practice cloud does not have.
    Absent,
    /// Not a call of AWS's clients.
    Unknown,
}

impl<'a> Target<'a> {
    pub(super) fn of(request: &'a Parts) -> Self {
        let header = |name: &str| request.headers.get(name).and_then(|value| value.to_str().ok());
        let path = request.uri.path();
        if let Some(target) = header("x-amz-target") {
            let operation = |prefix: &str, service: Service| {
                target.strip_prefix(prefix).filter(|name| service.operations().contains(name))
            };
            let ecr = operation(ECR_TARGET, Service::Ecr).map(Self::Ecr);
            let public = || operation(ECR_PUBLIC_TARGET, Service::EcrPublic).map(Self::EcrPublic);
            return ecr.or_else(public).unwrap_or(Self::Absent);
        }
        let service = signed_for(request);
        if service.is_none() && (path == "/v2" || path.starts_with("/v2/")) {
            return Self::Registry;
        }
        if request.method == Method::POST && path == "/" {
            let form = header(CONTENT_TYPE.as_str())
                .is_some_and(|content_type| content_type.contains("x-www-form-urlencoded"));
            if form {
                return Self::Query;
            }
        }
        // Other services have the same paths.
        let operation = inspector2_operation(&request.method, path);
        if let Some(operation) = operation.filter(|_| service.as_deref().is_none_or(is_present)) {
            return Self::Inspector2(operation);
        }
        let is_call = service.is_some() || is_query_in_url(request) || is_from_aws_client(request);
        if is_call { Self::Absent } else { Self::Unknown }
    }
}

/// Whether the practice cloud has the service that a call is signed for.
pub(super) fn is_present(service: &str) -> bool {
    Service::APIS.iter().any(|present| present.as_str() == service)
}

/// The operation of the distribution API that a request calls, by the name that faults use.
pub(crate) fn registry_operation(request: &Parts) -> &'static str {
    let path = request.uri.path().trim_start_matches("/v2").trim_start_matches('/');
    let reads = request.method == Method::GET;
    let method = request.method.as_str();
    let mut tail = path.rsplit('/');
    let (last, resource) = (tail.next().unwrap_or_default(), tail.next().unwrap_or_default());
    match (resource, method) {
        _ if path.is_empty() => "Ping",
        ("manifests", "HEAD") => "HeadManifest",
        ("manifests", "PUT") => "PutManifest",
        ("manifests", "DELETE") => "DeleteManifest",
        ("manifests", _) => "GetManifest",
        ("uploads", "POST") => "StartUpload",
        ("blobs", "POST") if last == "uploads" => "StartUpload",
        ("uploads", "PATCH") => "PatchUpload",
        ("uploads", "PUT") => "PutBlob",
        ("uploads", "DELETE") => "CancelUpload",
        ("uploads", _) => "GetUpload",
        ("blobs", "HEAD") => "HeadBlob",
        ("blobs", "DELETE") => "DeleteBlob",
        ("blobs", _) => "GetBlob",
        ("", "GET" | "HEAD") if last == "_catalog" => "ListCatalog",
        ("tags", _) if last == "list" => "ListTags",
        ("referrers", _) => "ListReferrers",
        _ if reads => "Ping",
        _ => "",
    }
}

/// The ECR action that a request to the registry needs.
pub(crate) fn registry_action(operation: &str) -> &'static str {
    match operation {
        "PutManifest" => "PutImage",
        "GetManifest" | "HeadManifest" | "ListTags" | "ListReferrers" => "BatchGetImage",
        "ListCatalog" => "DescribeRepositories",
        "HeadBlob" => "BatchCheckLayerAvailability",
        "GetBlob" => "GetDownloadUrlForLayer",
        "StartUpload" => "InitiateLayerUpload",
        "PatchUpload" | "GetUpload" | "CancelUpload" => "UploadLayerPart",
        "PutBlob" => "CompleteLayerUpload",
        "DeleteManifest" | "DeleteBlob" => "BatchDeleteImage",
        _ => "GetAuthorizationToken",
    }
}
