//! The names of S3's usual operations, which its requests do not have.

use http::{Method, request::Parts};

/// The parameters of a request that do not make it another operation.
const PARAMETERS: [&str; 12] = [
    "continuation-token",
    "delimiter",
    "encoding-type",
    "fetch-owner",
    "list-type",
    "marker",
    "max-buckets",
    "max-keys",
    "prefix",
    "start-after",
    "versionId",
    "x-id",
];

/// Parts of a bucket, by parameter and by their names in operations.
const BUCKET_PARTS: [(&str, &str); 8] = [
    ("acl", "Acl"),
    ("cors", "Cors"),
    ("encryption", "Encryption"),
    ("lifecycle", "LifecycleConfiguration"),
    ("location", "Location"),
    ("policy", "Policy"),
    ("tagging", "Tagging"),
    ("versioning", "Versioning"),
];

/// The operation; `None` for a less usual one.
pub(super) fn operation(request: &Parts) -> Option<String> {
    let query = request.uri.query().unwrap_or_default();
    let pairs: Vec<_> = url::form_urlencoded::parse(query.as_bytes()).collect();
    // Several SDKs name it.
    if let Some((_, name)) = pairs.iter().find(|(key, _)| key == "x-id") {
        return Some(name.clone().into_owned());
    }
    let path = request.uri.path().trim_start_matches('/');
    let (bucket, key) = path.split_once('/').unwrap_or((path, ""));
    let mut others = pairs.iter().filter(|(key, _)| !PARAMETERS.contains(&&**key) && !key.starts_with("X-Amz-"));
    if let Some((subresource, _)) = others.next() {
        return of_subresource(&request.method, subresource, key.is_empty());
    }
    let v2 = pairs.iter().any(|(key, _)| key == "list-type");
    let name = match (&request.method, bucket.is_empty(), key.is_empty()) {
        (&Method::GET, true, _) => "ListBuckets",
        (&Method::GET, _, true) if v2 => "ListObjectsV2",
        (&Method::GET, _, true) => "ListObjects",
        (&Method::GET, ..) => "GetObject",
        (&Method::HEAD, false, true) => "HeadBucket",
        (&Method::HEAD, false, false) => "HeadObject",
        (&Method::PUT, false, true) => "CreateBucket",
        (&Method::PUT, false, false) if request.headers.contains_key("x-amz-copy-source") => "CopyObject",
        (&Method::PUT, false, false) => "PutObject",
        (&Method::DELETE, false, true) => "DeleteBucket",
        (&Method::DELETE, false, false) => "DeleteObject",
        _ => return None,
    };
    Some(name.to_owned())
}

/// The operation on a part of a bucket or an object.
fn of_subresource(method: &Method, subresource: &str, is_bucket: bool) -> Option<String> {
    let name = match (method, subresource, is_bucket) {
        (&Method::POST, "uploads", false) => "CreateMultipartUpload",
        (&Method::POST, "uploadId", false) => "CompleteMultipartUpload",
        (&Method::DELETE, "uploadId", false) => "AbortMultipartUpload",
        (&Method::PUT, "partNumber" | "uploadId", false) => "UploadPart",
        (&Method::POST, "delete", true) => "DeleteObjects",
        (&Method::GET, "versions", true) => "ListObjectVersions",
        _ => {
            let (_, part) = BUCKET_PARTS.into_iter().find(|(name, _)| *name == subresource).filter(|_| is_bucket)?;
            let verb = match *method {
                Method::GET => "Get",
                Method::PUT => "Put",
                Method::DELETE => "Delete",
                _ => return None,
            };
            return Some(format!("{verb}Bucket{part}"));
        }
    };
    Some(name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usual_operations_have_their_names() {
        for (method, uri, expected) in [
            ("GET", "/", Some("ListBuckets")),
            ("GET", "/bucket?list-type=2&prefix=&delimiter=%2F&encoding-type=url", Some("ListObjectsV2")),
            ("GET", "/bucket/", Some("ListObjects")),
            ("PUT", "/bucket", Some("CreateBucket")),
            ("HEAD", "/bucket/a/b", Some("HeadObject")),
            ("DELETE", "/bucket/a", Some("DeleteObject")),
            ("GET", "/bucket/a?X-Amz-Expires=3600&X-Amz-Credential=x", Some("GetObject")),
            ("PUT", "/bucket/a?x-id=UploadPart&partNumber=1", Some("UploadPart")),
            ("GET", "/bucket?policy", Some("GetBucketPolicy")),
            ("POST", "/bucket?delete", Some("DeleteObjects")),
            ("POST", "/bucket/a?uploads", Some("CreateMultipartUpload")),
            ("PUT", "/bucket/a?partNumber=1&uploadId=b", Some("UploadPart")),
            ("GET", "/bucket?inventory", None),
            ("GET", "/bucket/a?policy", None),
        ] {
            let request = http::Request::builder().method(method).uri(uri).body(()).unwrap();
            assert_eq!(operation(&request.into_parts().0).as_deref(), expected, "{method} {uri}");
        }
    }
}
