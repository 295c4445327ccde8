//! From an error of the SDK to a [`Problem`]: what failed, why, and what to do. Sorted by the service's code, since the
//! services give codes that their models do not name.

use std::error::Error;

use aws_credential_types::provider::error::CredentialsError;
use aws_smithy_runtime_api::client::{orchestrator::HttpResponse, result::SdkError};
use aws_smithy_types::error::metadata::ProvideErrorMetadata;

use crate::model::{
    code::Code,
    problem::{LabError, Problem},
};

/// The service's code, if it was the service that refused.
pub(crate) fn code<E: ProvideErrorMetadata>(error: &SdkError<E, HttpResponse>) -> Option<&str> {
    error.as_service_error().and_then(ProvideErrorMetadata::code)
}

/// What a person is told when the call that needs the IAM permission `action` (`ecr:CreateRepository`) failed.
#[expect(clippy::needless_pass_by_value, reason = "it is used up: callers hand it over in `map_err`")]
pub(crate) fn problem<E>(action: &str, error: SdkError<E, HttpResponse>) -> LabError
where
    E: Error + ProvideErrorMetadata + Send + Sync + 'static,
{
    let problem = match &error {
        SdkError::ServiceError(refused) => {
            return refusal(action, refused.err(), refused.raw().status().as_u16()).into();
        }
        SdkError::TimeoutError(_) => Problem::new(Code::Timeout).retryable(),
        SdkError::ResponseError(_) => Problem::new(Code::MalformedAnswer).retryable(),
        SdkError::ConstructionFailure(_) => not_sent(&error),
        SdkError::DispatchFailure(failure) if failure.is_timeout() => Problem::new(Code::Timeout).retryable(),
        SdkError::DispatchFailure(_) => {
            if find::<CredentialsError>(&error).is_some() {
                not_sent(&error)
            } else {
                unreachable(&error)
            }
        }
        _ => Problem::new(Code::ServiceError).retryable(),
    };
    problem.with("action", action).details(chain(&error)).into()
}

#[expect(clippy::too_many_lines, reason = "a table of the services' error codes, with a line for each")]
fn refusal<E: ProvideErrorMetadata>(action: &str, error: &E, status: u16) -> Problem {
    let (code, message) = (error.code().unwrap_or_default(), error.message().unwrap_or_default());
    let mut asked = action;
    let problem = match code {
        "AccessDeniedException" | "AccessDenied" | "UnauthorizedOperation" | "NotAuthorized" => {
            // Under enhanced scanning one call may need permissions of another service, which only the text names.
            asked = denied_action(message).unwrap_or(action);
            let by_organization =
                message.contains("service control policy") || message.contains("resource control policy");
            Problem::new(if by_organization { Code::DeniedByOrganization } else { Code::AccessDenied })
        }
        "BlockedByOrganizationPolicyException" => Problem::new(Code::DeniedByOrganization),
        "ExpiredTokenException" | "ExpiredToken" | "TokenRefreshRequired" => Problem::new(Code::CredentialsExpired),
        "InvalidSignatureException"
        | "SignatureDoesNotMatch"
        | "IncompleteSignature"
        | "RequestExpired"
        | "RequestTimeTooSkewed"
        | "RequestInTheFuture" => {
            let by_clock = code.starts_with("Request")
                || ["expired", "not yet current", "skew"].iter().any(|word| message.contains(word));
            Problem::new(if by_clock { Code::ClockSkew } else { Code::SignatureMismatch })
        }
        "UnrecognizedClientException"
        | "InvalidClientTokenId"
        | "InvalidAccessKeyId"
        | "AuthFailure"
        | "MissingAuthenticationToken"
        | "MissingAuthenticationTokenException" => Problem::new(Code::CredentialsInvalid),
        "OptInRequired" | "SubscriptionRequiredException" | "RegionDisabledException" => {
            Problem::new(Code::RegionDisabled)
        }
        "ThrottlingException"
        | "Throttling"
        | "ThrottledException"
        | "TooManyRequestsException"
        | "RequestLimitExceeded"
        | "RequestThrottled"
        | "RequestThrottledException"
        | "SlowDown"
        | "ThrottleException" => Problem::new(Code::Throttled).retryable(),
        "LimitExceededException" | "ServiceQuotaExceededException" | "TooManyTagsException" => {
            Problem::new(Code::QuotaExceeded)
        }
        "RepositoryNotFoundException" => Problem::new(Code::RepositoryNotFound),
        "RepositoryAlreadyExistsException" => Problem::new(Code::RepositoryExists),
        "RepositoryNotEmptyException" => Problem::new(Code::RepositoryNotEmpty),
        "ImageNotFoundException" => Problem::new(Code::ImageNotFound),
        "ImageTagAlreadyExistsException" => Problem::new(Code::TagExists),
        "ScanNotFoundException" => Problem::new(Code::ScanNotFound),
        "ResourceNotFoundException" => Problem::new(Code::ResourceNotFound),
        "ConflictException" => Problem::new(Code::Conflict).retryable(),
        "KmsException" => Problem::new(Code::EncryptionKey),
        "ValidationException"
        | "InvalidParameterException"
        | "InvalidTagParameterException"
        | "BadRequestException"
        | "SerializationException" => Problem::new(Code::RequestInvalid),
        _ if status >= 500 => Problem::new(Code::ServiceError).retryable(),
        "ServerException"
        | "InternalServerException"
        | "InternalFailure"
        | "ServiceUnavailable"
        | "ServiceUnavailableException" => Problem::new(Code::ServiceError).retryable(),
        // A proxy, a captive portal or something else that is no AWS service answers without a code.
        "" if status == 407 => Problem::new(Code::ProxyRefused),
        "" => Problem::new(Code::MalformedAnswer).retryable(),
        _ => Problem::new(Code::ServiceRefused),
    };
    let said = match (code, message) {
        ("", "") => format!("HTTP {status}"),
        ("", message) => format!("HTTP {status}: {message}"),
        (code, "") => code.to_owned(),
        (code, message) => format!("{code}: {message}"),
    };
    problem.with("action", asked).with("code", if code.is_empty() { "-" } else { code }).details(said)
}

/// Nothing went out: there are no credentials, they could not be read, or the request could not be built.
fn not_sent<E: Error + 'static>(error: &E) -> Problem {
    let said = chain(error);
    match find::<CredentialsError>(error) {
        // Only a profile that was asked for by name is told so; without a name it is the last of many places.
        Some(CredentialsError::CredentialsNotLoaded(_)) if said.contains("was not defined") => {
            Problem::new(Code::ProfileMissing)
        }
        Some(CredentialsError::CredentialsNotLoaded(_)) if !about_sso(&said) => Problem::new(Code::NoCredentials),
        Some(CredentialsError::ProviderTimedOut(_)) => Problem::new(Code::CredentialsSlow).retryable(),
        Some(_) if about_sso(&said) => Problem::new(Code::SsoExpired),
        Some(_) => Problem::new(Code::CredentialsUnreadable),
        // The identity that signs is asked for before the request is built, and its absence has a text only.
        None if said.contains("credential") || said.contains("identity") => Problem::new(Code::NoCredentials),
        None => Problem::new(Code::RequestInvalid).with("code", "-"),
    }
}

fn about_sso(said: &str) -> bool {
    let said = said.to_ascii_lowercase();
    said.contains("sso") && ["expired", "token", "login"].iter().any(|word| said.contains(word))
}

fn unreachable<E: Error + 'static>(error: &E) -> Problem {
    let said = chain(error).to_ascii_lowercase();
    let about = |words: &[&str]| words.iter().any(|word| said.contains(word));
    if about(&["certificate", "unknownissuer", "tls", "handshake"]) {
        Problem::new(Code::Certificate)
    } else if about(&["dns error", "failed to lookup", "name or service not known", "nodename nor servname"]) {
        Problem::new(Code::NameUnknown).retryable()
    } else {
        Problem::new(Code::Network).retryable()
    }
}

/// The permission that a denial's text names: `… is not authorized to perform: ecr:PutImage on resource: …`.
pub(crate) fn denied_action(message: &str) -> Option<&str> {
    let rest = message.split_once("not authorized to perform: ")?.1;
    let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == ':' || c == '-')).unwrap_or(rest.len());
    let action = &rest[..end];
    action.contains(':').then_some(action)
}

/// An error and its causes, in one line.
pub(crate) fn chain(error: &(dyn Error + 'static)) -> String {
    let mut said = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        let text = cause.to_string();
        // Many errors repeat their cause.
        if !said.contains(&text) {
            said.push_str(": ");
            said.push_str(&text);
        }
        next = cause.source();
    }
    said
}

fn find<'a, T: Error + 'static>(error: &'a (dyn Error + 'static)) -> Option<&'a T> {
    let mut next = Some(error);
    while let Some(cause) = next {
        if let Some(found) = cause.downcast_ref::<T>() {
            return Some(found);
        }
        next = cause.source();
    }
    None
}
