//! Signs requests as the AWS SDK does, for tests that send what the SDK would not.

use std::time::SystemTime;

use aws_credential_types::Credentials;
use aws_sigv4::{
    http_request::{SignableBody, SignableRequest, SigningSettings, sign},
    sign::v4,
};

/// The keys of a practice cloud, the Region and the service that requests are signed for.
#[derive(Clone, Debug)]
pub struct Scope<'a> {
    /// Access key and secret key.
    pub keys: (&'a str, &'a str),
    /// `ap-northeast-2`
    pub region: &'a str,
    /// `ecr`
    pub service: &'a str,
}

/// The headers that sign a `POST` of this body with these headers, of which `host` must be one.
///
/// # Panics
///
/// If the URL or a header cannot be signed.
pub fn signature(scope: &Scope<'_>, url: &str, headers: &[(&str, &str)], body: &[u8]) -> Vec<(String, String)> {
    let (access_key, secret_key) = scope.keys;
    let identity = Credentials::new(access_key, secret_key, None, None, "test").into();
    let parameters = v4::SigningParams::builder()
        .identity(&identity)
        .region(scope.region)
        .name(scope.service)
        .time(SystemTime::now())
        .settings(SigningSettings::default())
        .build()
        .expect("all parameters are given")
        .into();
    let signable = SignableRequest::new("POST", url, headers.iter().copied(), SignableBody::Bytes(body));
    let signed = sign(signable.expect("the request can be signed"), &parameters).expect("it can be signed");
    let (instructions, _) = signed.into_parts();
    let (headers, _) = instructions.into_parts();
    headers.iter().map(|header| (header.name().to_owned(), header.value().to_owned())).collect()
}
