//! The protocols of AWS's services, as far as their errors differ.

use axum::{body::Body, response::Response};
use http::{HeaderName, HeaderValue, StatusCode, header::CONTENT_TYPE, request::Parts};
use quick_xml::escape::escape;
use serde_json::json;

use crate::wire::{absent::url_form::is_query_in_url, query::Form};

/// How a client reads the errors of its service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Protocol {
    /// The operation is named in a header: KMS, ECR.
    Json,
    /// The operation is a method and a path: Inspector, Lambda.
    RestJson,
    /// The operation is in the path, and everything is CBOR: the newest clients of some services.
    Cbor,
    /// A form, and XML: IAM, STS.
    Query,
    /// As `Query`, with other errors.
    Ec2,
    S3,
    /// Methods and paths with XML: Route 53.
    RestXml,
}

/// The services with methods, paths and XML, by the names that they are signed for.
const REST_XML: [&str; 2] = ["route53", "cloudfront"];
const S3: [&str; 4] = ["s3", "s3express", "s3-object-lambda", "s3-outposts"];

impl Protocol {
    pub(super) fn of(request: &Parts, form: &Form, service: &str) -> Self {
        if request.headers.contains_key("x-amz-target") {
            return Self::Json;
        }
        if request.headers.get("smithy-protocol").is_some_and(|value| value == "rpc-v2-cbor") {
            return Self::Cbor;
        }
        if form.get("Action").is_some() || is_query_in_url(request) {
            return if service == "ec2" { Self::Ec2 } else { Self::Query };
        }
        match service {
            _ if S3.contains(&service) => Self::S3,
            _ if REST_XML.contains(&service) => Self::RestXml,
            _ => Self::RestJson,
        }
    }

    pub(super) fn error(self, code: &'static str, message: &str, status: StatusCode, request_id: &str) -> Response {
        let (content_type, body) = match self {
            Self::Json => {
                ("application/x-amz-json-1.1", json!({ "__type": code, "message": message }).to_string().into_bytes())
            }
            Self::RestJson => ("application/json", json!({ "message": message }).to_string().into_bytes()),
            Self::Cbor => ("application/cbor", cbor(&[("__type", code), ("message", message)])),
            Self::Query | Self::RestXml => ("text/xml", query_xml(code, message, request_id)),
            Self::Ec2 => ("text/xml", ec2_xml(code, message, request_id)),
            Self::S3 => ("application/xml", s3_xml(code, message, request_id)),
        };
        let mut response = Response::new(Body::from(body));
        *response.status_mut() = status;
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
        headers.insert(HeaderName::from_static("x-amzn-errortype"), HeaderValue::from_static(code));
        if self == Self::Cbor {
            headers.insert(HeaderName::from_static("smithy-protocol"), HeaderValue::from_static("rpc-v2-cbor"));
        }
        response
    }
}

fn query_xml(code: &str, message: &str, request_id: &str) -> Vec<u8> {
    format!(
        "<ErrorResponse>\n  <Error>\n    <Type>Receiver</Type>\n    <Code>{code}</Code>\n    <Message>{}</Message>\n  \
         </Error>\n  <RequestId>{request_id}</RequestId>\n</ErrorResponse>\n",
        escape(message)
    )
    .into_bytes()
}

fn ec2_xml(code: &str, message: &str, request_id: &str) -> Vec<u8> {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Response><Errors><Error><Code>{code}</Code><Message>{}</Message>\
         </Error></Errors><RequestID>{request_id}</RequestID></Response>\n",
        escape(message)
    )
    .into_bytes()
}

fn s3_xml(code: &str, message: &str, request_id: &str) -> Vec<u8> {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>{code}</Code><Message>{}</Message>\
         <RequestId>{request_id}</RequestId></Error>\n",
        escape(message)
    )
    .into_bytes()
}

/// A map of texts (RFC 8949, major types 5 and 3).
fn cbor(members: &[(&str, &str)]) -> Vec<u8> {
    let mut bytes = head(5, members.len());
    for text in members.iter().flat_map(|(name, value)| [name, value]) {
        bytes.extend(head(3, text.len()));
        bytes.extend(text.as_bytes());
    }
    bytes
}

fn head(major: u8, length: usize) -> Vec<u8> {
    let major = major << 5;
    match u16::try_from(length) {
        Ok(length @ 0..=23) => vec![major | length as u8],
        Ok(length @ 24..=255) => vec![major | 0x18, length as u8],
        length => {
            let [high, low] = length.unwrap_or(u16::MAX).to_be_bytes();
            vec![major | 0x19, high, low]
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cbor_is_as_in_the_examples_of_its_specification() {
        // RFC 8949, appendix A: {"a": "A", "b": "B"}, and the length of a longer text.
        assert_eq!(cbor(&[("a", "A"), ("b", "B")]), [0xa2, 0x61, 0x61, 0x61, 0x41, 0x61, 0x62, 0x61, 0x42]);
        assert_eq!(head(3, 100), [0x78, 100]);
        assert_eq!(head(3, 500), [0x79, 1, 244]);
    }
}
