//! Every way in which a call can fail, through the real clients against a server that responds as AWS would.

use i18n::Arg;
use testbed::{
    closing_server::ClosingServer,
    scripted_server::{ResponseEnd, ScriptedResponse, ScriptedServer},
};

use super::{assert_localized, connect, endpoint, unwrap};
use crate::{
    aws::errors::problem,
    model::{code::Code, problem::Problem},
    transcript::Ending,
};

/// Status, code and message of an ECR error, and the code of its problem. ECR sends the error code in the body or in a header.
const ECR: &[(u16, &str, &str, Code)] = &[
    (
        400,
        "AccessDeniedException",
        "User: arn:aws:iam::1:user/me is not authorized to perform: ecr:CreateRepository on resource: x",
        Code::AccessDenied,
    ),
    (
        400,
        "AccessDeniedException",
        "User: arn:aws:iam::1:user/me is not authorized to perform: ecr:CreateRepository on resource: x with an explicit deny in a service control policy",
        Code::DeniedByOrganization,
    ),
    (400, "BlockedByOrganizationPolicyException", "blocked", Code::DeniedByOrganization),
    (400, "ExpiredTokenException", "The security token included in the request is expired", Code::CredentialsExpired),
    (
        400,
        "UnrecognizedClientException",
        "The security token included in the request is invalid.",
        Code::CredentialsInvalid,
    ),
    (400, "InvalidSignatureException", "The request signature we calculated does not match", Code::SignatureMismatch),
    (
        400,
        "InvalidSignatureException",
        "Signature expired: 20261125T000000Z is now earlier than 20261125T010000Z",
        Code::ClockSkew,
    ),
    (400, "RequestExpired", "Request has expired", Code::ClockSkew),
    (400, "OptInRequired", "The AWS Access Key Id needs a subscription for the service", Code::RegionDisabled),
    (400, "ThrottlingException", "Rate exceeded", Code::Throttled),
    (429, "TooManyRequestsException", "Rate exceeded", Code::Throttled),
    (
        400,
        "LimitExceededException",
        "The operation did not succeed because it would have exceeded a service limit",
        Code::QuotaExceeded,
    ),
    (400, "TooManyTagsException", "too many", Code::QuotaExceeded),
    (400, "RepositoryNotFoundException", "no", Code::RepositoryNotFound),
    (400, "RepositoryAlreadyExistsException", "yes", Code::RepositoryExists),
    (400, "RepositoryNotEmptyException", "yes", Code::RepositoryNotEmpty),
    (400, "ImageNotFoundException", "no", Code::ImageNotFound),
    (400, "ImageTagAlreadyExistsException", "yes", Code::TagExists),
    (400, "ScanNotFoundException", "no", Code::ScanNotFound),
    (404, "ResourceNotFoundException", "no", Code::ResourceNotFound),
    (409, "ConflictException", "changing", Code::Conflict),
    (400, "KmsException", "no key", Code::EncryptionKey),
    (400, "InvalidParameterException", "no", Code::RequestInvalid),
    (400, "ValidationException", "no", Code::RequestInvalid),
    (500, "ServerException", "oh", Code::ServiceError),
    (400, "SomethingNewException", "oh", Code::ServiceRefused),
];

async fn create(response: ScriptedResponse) -> (Problem, Ending) {
    let server = ScriptedServer::start(move |_| response.clone()).await;
    let (aws, log) = connect(&endpoint(&server.url("http"))).await;
    let error = aws.ecr.create_repository().repository_name("app").send().await.unwrap_err();
    let reported = unwrap(problem("ecr:CreateRepository", error));
    assert_localized(&reported);
    let entries = log.entries();
    assert_eq!(entries.len(), 1, "one entry per call, however many attempts");
    assert_eq!((entries[0].operation.as_str(), entries[0].detail.as_str()), ("CreateRepository", "app"));
    assert!(!format!("{reported:?} {entries:?}").contains("a-very-secret-key"));
    (reported, entries[0].ending.clone())
}

#[tokio::test]
async fn every_code_of_a_service_becomes_its_problem() {
    for (at, (status, code, message, expected)) in ECR.iter().enumerate() {
        let body = |with_code: bool| {
            let kind = if with_code { format!(r#""__type":"com.amazonaws.ecr#{code}","#) } else { String::new() };
            format!(r#"{{{kind}"message":"{message}"}}"#)
        };
        // The services use both forms.
        let response = if at % 2 == 0 {
            ScriptedResponse::new(*status, body(true))
        } else {
            ScriptedResponse::new(*status, body(false))
                .header("x-amzn-errortype", &format!("{code}:http://internal.amazon.com/"))
        };
        let (reported, ending) = create(response).await;
        assert_eq!(reported.code, *expected, "{code}");
        assert_eq!(reported.details.as_deref(), Some(format!("{code}: {message}").as_str()));
        assert_eq!(ending, Ending::Error { code: (*code).to_owned(), message: (*message).to_owned() });
        assert_eq!(
            reported.retryable,
            [Code::Throttled, Code::ServiceError, Code::Conflict].contains(expected),
            "{code}"
        );
    }
}

#[tokio::test]
async fn a_denial_names_the_missing_permission_even_of_another_service() {
    let text =
        "User: me is not authorized to perform: inspector2:ListFindings because no identity-based policy allows it";
    let (reported, _) =
        create(ScriptedResponse::new(400, format!(r#"{{"__type":"AccessDeniedException","Message":"{text}"}}"#))).await;
    assert_eq!(reported.code, Code::AccessDenied);
    assert_eq!(reported.message.args["action"], Arg::from("inspector2:ListFindings"));
    let (reported, _) =
        create(ScriptedResponse::new(400, r#"{"__type":"AccessDeniedException","Message":"no"}"#)).await;
    assert_eq!(reported.message.args["action"], Arg::from("ecr:CreateRepository"));
}

#[tokio::test]
async fn sts_errors_in_xml_become_the_same_problems() {
    let cases = [
        ("ExpiredToken", Code::CredentialsExpired),
        ("InvalidClientTokenId", Code::CredentialsInvalid),
        ("SignatureDoesNotMatch", Code::SignatureMismatch),
    ];
    for (code, expected) in cases {
        let xml = format!(
            "<ErrorResponse><Error><Type>Sender</Type><Code>{code}</Code><Message>no</Message></Error><RequestId>1</RequestId></ErrorResponse>"
        );
        let server = ScriptedServer::start(move |_| ScriptedResponse::new(403, xml.clone())).await;
        let (aws, _) = connect(&endpoint(&server.url("http"))).await;
        let reported = unwrap(aws.identity().await.unwrap_err());
        assert_eq!(reported.code, expected);
        assert_localized(&reported);
    }
}

#[tokio::test]
async fn a_response_that_no_service_sent_is_reported_as_such() {
    let html = "<html>sign in to the guest network</html>";
    assert_eq!(create(ScriptedResponse::new(200, html)).await.0.code, Code::MalformedAnswer);
    assert_eq!(create(ScriptedResponse::new(403, html)).await.0.code, Code::MalformedAnswer);
    assert_eq!(create(ScriptedResponse::new(407, html)).await.0.code, Code::ProxyRefused);
    assert_eq!(create(ScriptedResponse::new(502, html)).await.0.code, Code::ServiceError);
    let (cut, ending) = create(ScriptedResponse::new(200, r#"{"repository":"#).end(ResponseEnd::Cut)).await;
    assert!([Code::Network, Code::MalformedAnswer].contains(&cut.code) && cut.retryable, "{cut:?}");
    assert!(matches!(ending, Ending::Error { .. }));
}

#[tokio::test]
async fn a_server_that_does_not_listen_is_a_network_problem() {
    let port = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port();
    let (aws, log) = connect(&endpoint(&format!("http://127.0.0.1:{port}"))).await;
    let reported = unwrap(aws.identity().await.unwrap_err());
    assert_eq!(reported.code, Code::Network);
    assert_localized(&reported);
    assert!(matches!(&log.entries()[0].ending, Ending::Error { code, .. } if code == "Network"));
}

#[tokio::test]
async fn a_server_that_closes_connections_is_given_up_after_three_attempts() {
    let server = ClosingServer::start().await;
    let (aws, _) = connect(&endpoint(&server.url())).await;
    assert_eq!(unwrap(aws.identity().await.unwrap_err()).code, Code::Network);
    assert_eq!(server.connections(), 3);
}

#[tokio::test]
async fn a_dropped_call_is_recorded_as_cancelled() {
    let server = ScriptedServer::start(|_| ScriptedResponse::new(200, "{").end(ResponseEnd::Open)).await;
    let (aws, log) = connect(&endpoint(&server.url("http"))).await;
    let request_arrived = {
        let call = aws.ecr.describe_registry().send();
        let arrived = async {
            while server.requests().is_empty() {
                tokio::task::yield_now().await;
            }
        };
        tokio::select! { _ = call => false, () = arrived => true }
    };
    assert!(request_arrived);
    assert_eq!(log.entries()[0].ending, Ending::Cancelled);
    assert_eq!(log.entries()[0].operation, "DescribeRegistry");
}
