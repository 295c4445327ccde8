//! A fuzz target of the practice cloud: calls of its services, signed, with any body.
//!
//! An input has the service, an empty space and the operation in its first line: `ecr CreateRepository`, `inspector2 /findings/list`,
//! `sts`, `iam`. The rest is the body.

use std::path::Path;

use fuzz::http::Request;
use practice::{Practice, PracticeConfig};
use serde_json::Value;
use testbed::signing::{Scope, signature};

/// The service and the request of an input.
fn request(input: &[u8]) -> (&'static str, Request) {
    let end = input.iter().position(|byte| *byte == b'\n').unwrap_or(input.len());
    let first = String::from_utf8_lossy(&input[..end]);
    let body = input.get(end + 1..).unwrap_or_default().to_vec();
    let (service, operation) = first.split_once(' ').unwrap_or((&first, ""));
    let visible: String = operation.chars().filter(char::is_ascii_graphic).collect();
    let headers = |content_type: &str| vec![("content-type".to_owned(), content_type.to_owned())];
    let (service, path, headers) = match service {
        "inspector2" => ("inspector2", format!("/{}", visible.trim_start_matches('/')), headers("application/json")),
        "iam" => ("iam", "/".to_owned(), headers("application/x-www-form-urlencoded")),
        "sts" => ("sts", "/".to_owned(), headers("application/x-www-form-urlencoded")),
        _ => {
            let mut headers = headers("application/x-amz-json-1.1");
            headers.push(("x-amz-target".to_owned(), format!("AmazonEC2ContainerRegistry_V20150921.{visible}")));
            ("ecr", "/".to_owned(), headers)
        }
    };
    (service, Request { method: "POST".to_owned(), path, headers, body })
}

/// Signs it, so that it reaches the operation.
fn sign(practice: &Practice, address: &str, service: &str, request: &mut Request) -> bool {
    let (access_key, secret_key) = practice.credentials();
    let scope = Scope { keys: (&access_key, &secret_key), region: practice.region(), service };
    let url = format!("http://{address}{}", request.path);
    if url.parse::<http::Uri>().is_err() {
        return false;
    }
    let mut headers = vec![("host", address)];
    headers.extend(request.headers.iter().map(|(name, value)| (name.as_str(), value.as_str())));
    let signed = signature(&scope, &url, &headers, &request.body);
    request.headers.extend(signed);
    true
}

#[test]
fn operations() {
    let folder = tempfile::tempdir().unwrap();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let practice = runtime.block_on(Practice::start(PracticeConfig::new(folder.path()))).unwrap();
    let address = practice.endpoint().strip_prefix("http://").unwrap().to_owned();
    fuzz::run(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/operations"), |input| {
        let (service, mut request) = request(input);
        if !sign(&practice, &address, service, &mut request) {
            return Ok(());
        }
        let response = runtime.block_on(request.send(&address))?;
        response.is_no_fault()?;
        let text = String::from_utf8_lossy(&response.body);
        // Of IAM and STS, a version in the body says which is called: without it, a call is signed for the wrong one.
        if text.contains("InvalidSignatureException") && request.path != "/" || text.contains("MissingAuthentication") {
            return Err(format!("the call did not reach its operation: {text}"));
        }
        if response.head.contains("json") && !response.body.is_empty() && response.body.len() < 32 << 10 {
            serde_json::from_slice::<Value>(&response.body).map_err(|error| format!("{error}: {text}"))?;
        }
        Ok(())
    });
    runtime.block_on(practice.shutdown());
    // Whatever was stored, the folder opens again.
    let practice = runtime.block_on(Practice::start(PracticeConfig::new(folder.path()))).unwrap();
    assert!(practice.quarantined().is_empty());
    runtime.block_on(practice.shutdown());
}
