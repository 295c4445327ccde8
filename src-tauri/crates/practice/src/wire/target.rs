//! The service and operation that a request is addressed to.

use http::{Method, header::CONTENT_TYPE, request::Parts};

use crate::service::inspector2_operation;

const ECR_TARGET: &str = "AmazonEC2ContainerRegistry_V20150921.";
const ECR_PUBLIC_TARGET: &str = "SpencerFrontendService.";

/// What a request to the first listener is addressed to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Target<'a> {
    /// The operation by its name in `x-amz-target`.
    Ecr(&'a str),
    EcrPublic(&'a str),
    Inspector2(&'static str),
    /// IAM or STS: the form in the body names the operation.
    Query,
    Registry,
    /// A target of another AWS service, which the practice cloud does not have.
    OtherService(&'a str),
    Unknown,
}

impl<'a> Target<'a> {
    pub(super) fn of(request: &'a Parts) -> Self {
        let header = |name: &str| request.headers.get(name).and_then(|value| value.to_str().ok());
        let path = request.uri.path();
        if let Some(target) = header("x-amz-target") {
            let public = target.strip_prefix(ECR_PUBLIC_TARGET).map(Self::EcrPublic);
            let ecr = target.strip_prefix(ECR_TARGET).map(Self::Ecr);
            return ecr.or(public).unwrap_or(Self::OtherService(target));
        }
        if path == "/v2" || path.starts_with("/v2/") {
            return Self::Registry;
        }
        if request.method != Method::POST {
            return Self::Unknown;
        }
        if path == "/" {
            let form = header(CONTENT_TYPE.as_str())
                .is_some_and(|content_type| content_type.contains("x-www-form-urlencoded"));
            return if form { Self::Query } else { Self::Unknown };
        }
        inspector2_operation(path).map_or(Self::Unknown, Self::Inspector2)
    }
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
