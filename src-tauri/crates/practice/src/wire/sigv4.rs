//! Verifies that a call is signed with the practice credentials or those of a role's session, for this region and the right service: a wrong key,
//! region or secret causes the same error as in AWS. Signature Version 4 in the `Authorization` header only; presigned
//! URLs are not supported.

use std::{
    collections::BTreeSet,
    time::{Duration, SystemTime},
};

use hmac::{Hmac, KeyInit, Mac};
use http::request::Parts;
use sha2::{Digest, Sha256};
use time::{OffsetDateTime, PrimitiveDateTime, format_description::FormatItem, macros::format_description};

use crate::{
    cloud::Cloud, permissions::principal::Principal, service::Service, state::Credentials, wire::error::ApiError,
};

const ALGORITHM: &str = "AWS4-HMAC-SHA256";
const TIME: &[FormatItem<'_>] = format_description!("[year][month][day]T[hour][minute][second]Z");
/// How far the caller's clock may deviate.
const SKEW: Duration = Duration::from_mins(15);

/// The caller, if the call is signed with the practice user's credentials or those of a role's session.
pub(super) fn verify(request: &Parts, body: &[u8], service: Service, cloud: &Cloud) -> Result<Principal, ApiError> {
    let session = access_key(request).and_then(|key| cloud.session(key));
    let (service, region, now) = (service.as_str(), &cloud.names.region, SystemTime::now());
    let Some(session) = session else {
        let credentials = cloud.store.read(|state| state.credentials.clone());
        check(request, body, service, region, &Keys { credentials, token: None }, now)?;
        return Ok(Principal::User);
    };
    let credentials = Credentials { access_key: session.access_key.clone(), secret_key: session.secret_key.clone() };
    check(request, body, service, region, &Keys { credentials, token: Some(session.token.clone()) }, now)?;
    if cloud.sessions.is_expired(&session) {
        let message = "The security token included in the request is expired";
        return Err(ApiError::new("ExpiredTokenException", message));
    }
    Ok(session.principal)
}

/// What a call is signed with.
struct Keys {
    credentials: Credentials,
    /// The token of temporary credentials.
    token: Option<String>,
}

/// The access key that a call names.
fn access_key(request: &Parts) -> Option<&str> {
    let signed = Authorization::parse(header(request, "authorization")?).ok()?;
    Some(signed.scope.access_key)
}

fn check(
    request: &Parts,
    body: &[u8],
    service: &str,
    region: &str,
    keys: &Keys,
    now: SystemTime,
) -> Result<(), ApiError> {
    let credentials = &keys.credentials;
    let Some(authorization) = header(request, "authorization") else {
        return Err(ApiError::new("MissingAuthenticationTokenException", "Missing Authentication Token"));
    };
    let signed = Authorization::parse(authorization)?;
    if signed.scope.access_key != credentials.access_key
        || header(request, "x-amz-security-token") != keys.token.as_deref()
    {
        let message = "The security token included in the request is invalid.";
        return Err(ApiError::new("UnrecognizedClientException", message));
    }
    check_scope(&signed.scope, service, region)?;
    let at = header(request, "x-amz-date").ok_or_else(|| incomplete("it has no x-amz-date"))?;
    check_time(at, &signed.scope, now)?;
    let expected = signature(request, body, &signed, at, &credentials.secret_key);
    // Not hexadecimal is not the signature either. `verify_slice` takes the same time wherever the two differ.
    let provided = hex::decode(signed.signature).unwrap_or_default();
    expected.verify_slice(&provided).map_err(|_| {
        ApiError::new(
            "InvalidSignatureException",
            "The request signature we calculated does not match the signature you provided. Check your AWS Secret \
             Access Key and signing method. Consult the service documentation for details.",
        )
    })
}

struct Authorization<'a> {
    scope: Scope<'a>,
    headers: Vec<&'a str>,
    signature: &'a str,
}

struct Scope<'a> {
    access_key: &'a str,
    date: &'a str,
    region: &'a str,
    service: &'a str,
}

impl<'a> Authorization<'a> {
    fn parse(text: &'a str) -> Result<Self, ApiError> {
        let rest = text.strip_prefix(ALGORITHM).ok_or_else(|| incomplete("it is not AWS4-HMAC-SHA256"))?;
        let part = |name: &str| {
            rest.split(',')
                .find_map(|part| part.trim().strip_prefix(name)?.strip_prefix('='))
                .ok_or_else(|| incomplete(&format!("it has no {name}")))
        };
        let credential = part("Credential")?;
        let mut pieces = credential.split('/');
        let mut piece =
            || pieces.next().ok_or_else(|| incomplete("its Credential is not KEY/DATE/REGION/SERVICE/aws4_request"));
        let scope = Scope { access_key: piece()?, date: piece()?, region: piece()?, service: piece()? };
        Ok(Self { scope, headers: part("SignedHeaders")?.split(';').collect(), signature: part("Signature")? })
    }
}

fn check_scope(scope: &Scope<'_>, service: &str, region: &str) -> Result<(), ApiError> {
    // IAM and the API of the public registry are in us-east-1, and old clients sign for the global endpoint of STS, which is
    // there too.
    let global = matches!(service, "ecr-public" | "iam" | "sts") && scope.region == "us-east-1";
    if scope.region != region && !global {
        let message = format!(
            "Credential should be scoped to a valid region. The practice cloud is in {region}, the request was signed \
             for {}.",
            scope.region
        );
        return Err(ApiError::new("InvalidSignatureException", message));
    }
    if scope.service != service {
        let message = format!("Credential should be scoped to correct service: '{service}'.");
        return Err(ApiError::new("InvalidSignatureException", message));
    }
    Ok(())
}

fn check_time(at: &str, scope: &Scope<'_>, now: SystemTime) -> Result<(), ApiError> {
    let time = PrimitiveDateTime::parse(at, TIME).map_err(|_| incomplete("its x-amz-date is not a time"))?;
    let off = (OffsetDateTime::from(now) - time.assume_utc()).unsigned_abs();
    if off > SKEW {
        let message = format!("Signature expired: {at} is too far from now; the clock of this machine may be wrong.");
        return Err(ApiError::new("InvalidSignatureException", message));
    }
    if at.get(..8) == Some(scope.date) {
        return Ok(());
    }
    let message = "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP";
    Err(ApiError::new("InvalidSignatureException", message))
}

fn signature(request: &Parts, body: &[u8], signed: &Authorization<'_>, at: &str, secret: &str) -> Hmac<Sha256> {
    let Scope { date, region, service, .. } = signed.scope;
    let canonical = canonical_request(request, body, &signed.headers);
    let scope = format!("{date}/{region}/{service}/aws4_request");
    let to_sign = format!("{ALGORITHM}\n{at}\n{scope}\n{}", hex::encode(Sha256::digest(canonical.as_bytes())));
    let key = [date, region, service, "aws4_request"].iter().fold(format!("AWS4{secret}").into_bytes(), |key, part| {
        hmac(&key, part.as_bytes()).finalize().into_bytes().to_vec()
    });
    hmac(&key, to_sign.as_bytes())
}

fn canonical_request(request: &Parts, body: &[u8], headers: &[&str]) -> String {
    let names: BTreeSet<_> = headers.iter().map(|name| name.to_ascii_lowercase()).collect();
    let mut lines = String::new();
    for name in &names {
        let values = request.headers.get_all(name).iter();
        let values: Vec<_> = values.map(|value| collapse_spaces(value.to_str().unwrap_or_default())).collect();
        lines.extend([name.as_str(), ":", &values.join(","), "\n"]);
    }
    let payload = header(request, "x-amz-content-sha256")
        .filter(|hash| *hash == "UNSIGNED-PAYLOAD")
        .map_or_else(|| hex::encode(Sha256::digest(body)), str::to_owned);
    let (path, query) = (canonical_path(request.uri.path()), canonical_query(request.uri.query().unwrap_or_default()));
    format!("{}\n{path}\n{query}\n{lines}\n{}\n{payload}", request.method, headers.join(";"))
}

/// The path as it was sent, encoded once more: every service but S3 signs it so.
fn canonical_path(path: &str) -> String {
    let encoded = |byte: u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b'/' => char::from(byte).to_string(),
        other => format!("%{other:02X}"),
    };
    path.bytes().map(encoded).collect()
}

fn canonical_query(query: &str) -> String {
    let mut pairs: Vec<_> = query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .collect();
    pairs.sort_unstable();
    pairs.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&")
}

/// Without surrounding spaces, and with runs of spaces collapsed into one.
fn collapse_spaces(value: &str) -> String {
    value.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
}

fn hmac(key: &[u8], text: &[u8]) -> Hmac<Sha256> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of any length");
    mac.update(text);
    mac
}

fn header<'a>(request: &'a Parts, name: &str) -> Option<&'a str> {
    request.headers.get(name)?.to_str().ok()
}

fn incomplete(reason: &str) -> ApiError {
    ApiError::new("IncompleteSignatureException", format!("The Authorization header cannot be used: {reason}."))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example in AWS's documentation of the signing process.
    #[test]
    fn the_documented_example_verifies() {
        let credentials = Credentials {
            access_key: "AKIDEXAMPLE".into(),
            secret_key: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY".into(),
        };
        let request = http::Request::get("/?Action=ListUsers&Version=2010-05-08")
            .header("host", "iam.amazonaws.com")
            .header("content-type", "application/x-www-form-urlencoded; charset=utf-8")
            .header("x-amz-date", "20150830T123600Z")
            .header(
                "authorization",
                "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, \
                 SignedHeaders=content-type;host;x-amz-date, \
                 Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7",
            )
            .body(())
            .unwrap();
        let (parts, ()) = request.into_parts();
        let at = SystemTime::UNIX_EPOCH + Duration::from_mins(24_015_636);
        let check = |region: &str, service: &str, credentials: &Credentials, now| {
            let keys = Keys { credentials: credentials.clone(), token: None };
            check(&parts, b"", service, region, &keys, now).map_err(|error| error.code)
        };
        assert_eq!(check("us-east-1", "iam", &credentials, at), Ok(()));
        assert_eq!(check("us-east-2", "iam", &credentials, at), Ok(()), "IAM is in us-east-1 for every region");
        assert_eq!(check("us-east-1", "ecr", &credentials, at), Err("InvalidSignatureException"));
        assert_eq!(check("us-east-1", "iam", &credentials, at + SKEW * 2), Err("InvalidSignatureException"));
        let other = Credentials { secret_key: "guessed".into(), ..credentials.clone() };
        assert_eq!(check("us-east-1", "iam", &other, at), Err("InvalidSignatureException"));
        let unknown = Credentials { access_key: "AKIDOTHER".into(), ..credentials };
        assert_eq!(check("us-east-1", "iam", &unknown, at), Err("UnrecognizedClientException"));
    }
}
