//! Which service a request is signed for, as far as the request says: nothing here is verified.

use http::request::Parts;

/// The service that the signature names; `None` for a request without one. Signatures in a header and in presigned URLs, of
/// one Region and of several, and the old ones of S3.
pub(super) fn signed_for(request: &Parts) -> Option<String> {
    let authorization = request.headers.get(http::header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    match authorization {
        Some(header) => in_header(header),
        None => in_query(request.uri.query()?),
    }
}

/// Whether the client says that it is one of AWS's: some operations are not signed.
pub(super) fn is_from_aws_client(request: &Parts) -> bool {
    let agent = request.headers.get(http::header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    request.headers.contains_key("amz-sdk-invocation-id")
        || ["aws-cli/", "aws-sdk-", "Boto3/", "Botocore/"].iter().any(|name| agent.contains(name))
}

fn in_header(authorization: &str) -> Option<String> {
    if authorization.starts_with("AWS ") {
        return Some("s3".to_owned());
    }
    let (algorithm, rest) = authorization.split_once(' ')?;
    let credential = rest.split(',').find_map(|part| part.trim().strip_prefix("Credential="))?;
    service(algorithm, credential)
}

fn in_query(query: &str) -> Option<String> {
    let value = |name: &str| {
        let mut pairs = url::form_urlencoded::parse(query.as_bytes());
        pairs.find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
    };
    match value("X-Amz-Credential") {
        Some(credential) => service(&value("X-Amz-Algorithm")?, &credential),
        None => value("AWSAccessKeyId").map(|_| "s3".to_owned()),
    }
}

/// `KEY/DATE/REGION/SERVICE/aws4_request`; without the Region where the signature is valid in several.
fn service(algorithm: &str, credential: &str) -> Option<String> {
    let at = if algorithm.starts_with("AWS4-ECDSA") { 2 } else { 3 };
    algorithm.starts_with("AWS4-").then(|| credential.split('/').nth(at).map(str::to_owned)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(uri: &str, authorization: &str) -> Option<String> {
        let mut request = http::Request::get(uri);
        if !authorization.is_empty() {
            request = request.header("authorization", authorization);
        }
        signed_for(&request.body(()).unwrap().into_parts().0)
    }

    #[test]
    fn every_kind_of_signature_names_its_service() {
        let signed = |algorithm: &str, credential: &str| {
            of("/", &format!("{algorithm} Credential={credential}, SignedHeaders=host, Signature=00"))
        };
        let expected = |service: &str| Some(service.to_owned());
        assert_eq!(signed("AWS4-HMAC-SHA256", "A/20261130/us-east-1/kms/aws4_request"), expected("kms"));
        assert_eq!(signed("AWS4-ECDSA-P256-SHA256", "A/20261130/s3/aws4_request"), expected("s3"));
        assert_eq!(of("/", "AWS AKIA:abc"), expected("s3"));
        let credential =
            "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=A%2F20261130%2Fus-east-1%2Fsts%2Faws4_request";
        assert_eq!(of(&format!("/?Action=GetCallerIdentity&{credential}"), ""), expected("sts"));
        assert_eq!(of("/bucket/key?AWSAccessKeyId=A&Signature=b&Expires=1", ""), expected("s3"));
        for authorization in ["", "Basic QVdTOng=", "Bearer token", "AWS4-HMAC-SHA256 nonsense", "AWS4-HMAC-SHA256"] {
            assert_eq!(of("/v2/", authorization), None, "{authorization}");
        }
    }
}
