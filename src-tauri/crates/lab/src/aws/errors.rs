//! Converts an SDK error to a [`Problem`]: what failed, why, and what to do. Matches on the service's error code, since the services
//! return codes that the SDK's models do not define.

use std::error::Error;

use aws_credential_types::provider::error::CredentialsError;
use aws_sdk_sts::operation::{
    assume_role::AssumeRoleError, assume_role_with_web_identity::AssumeRoleWithWebIdentityError,
};
use aws_smithy_runtime_api::client::{
    orchestrator::HttpResponse,
    result::{ConnectorError, SdkError},
};
use aws_smithy_types::error::metadata::ProvideErrorMetadata;

use crate::model::{
    code::Code,
    problem::{LabError, Problem},
};

/// The service's error code, if the error comes from the service.
pub(crate) fn code<E: ProvideErrorMetadata>(error: &SdkError<E, HttpResponse>) -> Option<&str> {
    error.as_service_error().and_then(ProvideErrorMetadata::code)
}

/// The problem to report when the answer to a call lacks what it always has.
pub(crate) fn incomplete(action: &str) -> LabError {
    Problem::new(Code::MalformedAnswer).with("action", action).retryable().into()
}

/// The problem to report when the call that needs the IAM permission `action` (`ecr:CreateRepository`) failed.
#[expect(clippy::needless_pass_by_value, reason = "callers pass it by value in `map_err`")]
pub(crate) fn problem<E>(action: &str, error: SdkError<E, HttpResponse>) -> LabError
where
    E: Error + ProvideErrorMetadata + Send + Sync + 'static,
{
    let problem = match &error {
        SdkError::ServiceError(error) => {
            return refusal(action, error.err(), error.raw().status().as_u16()).into();
        }
        SdkError::TimeoutError(_) => Problem::new(Code::Timeout).retryable(),
        SdkError::ResponseError(_) => Problem::new(Code::MalformedAnswer).retryable(),
        SdkError::ConstructionFailure(_) => not_sent(&error),
        SdkError::DispatchFailure(failure) if failure.is_timeout() => Problem::new(Code::Timeout).retryable(),
        // The SDK's cache of credentials has given up on their provider; it says so in words only.
        SdkError::DispatchFailure(_) if chain(&error).contains("identity resolver timed out") => {
            Problem::new(Code::CredentialsSlow).retryable()
        }
        SdkError::DispatchFailure(_) => {
            if find_cause::<CredentialsError>(&error).is_some() {
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
    let mut denied = action;
    let problem = match code {
        "AccessDeniedException" | "AccessDenied" | "UnauthorizedOperation" | "NotAuthorized" => {
            // Under enhanced scanning a call may need a permission of another service, which only the message names.
            denied = denied_action(message).unwrap_or(action);
            let by_organization =
                message.contains("service control policy") || message.contains("resource control policy");
            let by_resource = message.contains("in a resource-based policy");
            Problem::new(match (by_organization, by_resource) {
                (true, _) => Code::DeniedByOrganization,
                (false, true) => Code::DeniedByRegistryPolicy,
                (false, false) => Code::AccessDenied,
            })
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
        // A response without a code comes from a proxy, a captive portal or another server that is not AWS.
        "" if status == 407 => Problem::new(Code::ProxyRefused),
        "" => Problem::new(Code::MalformedAnswer).retryable(),
        _ => Problem::new(Code::ServiceRefused),
    };
    let details = match (code, message) {
        ("", "") => format!("HTTP {status}"),
        ("", message) => format!("HTTP {status}: {message}"),
        (code, "") => code.to_owned(),
        (code, message) => format!("{code}: {message}"),
    };
    problem.with("action", denied).with("code", if code.is_empty() { "-" } else { code }).details(details)
}

/// The problem of a request that was not sent: credentials are missing or unreadable, or the request could not be built.
fn not_sent<E: Error + 'static>(error: &E) -> Problem {
    let text = chain(error);
    match find_cause::<CredentialsError>(error) {
        Some(CredentialsError::ProviderTimedOut(_)) => Problem::new(Code::CredentialsSlow).retryable(),
        // A provider that calls AWS itself fails as any other call does.
        Some(cause) if find_cause::<ConnectorError>(cause).is_some() => provider_unreachable(cause),
        Some(_) if find_cause::<AssumeRoleError>(error).is_some() => {
            find_cause(error).map_or_else(unreadable, |cause: &AssumeRoleError| refusal("sts:AssumeRole", cause, 400))
        }
        Some(_) if find_cause::<AssumeRoleWithWebIdentityError>(error).is_some() => {
            let action = "sts:AssumeRoleWithWebIdentity";
            find_cause(error)
                .map_or_else(unreadable, |cause: &AssumeRoleWithWebIdentityError| refusal(action, cause, 400))
        }
        Some(_) if about_login(&text) => Problem::new(Code::LoginExpired),
        Some(_) if about_sso(&text) => Problem::new(Code::SsoExpired),
        Some(CredentialsError::CredentialsNotLoaded(_)) => Problem::new(Code::NoCredentials),
        Some(_) => unreadable(),
        // The signing identity is resolved before the request is built; its absence has no type, only a message.
        None if text.contains("credential") || text.contains("identity") => Problem::new(Code::NoCredentials),
        None => Problem::new(Code::RequestInvalid).with("code", "-"),
    }
}

fn unreadable() -> Problem {
    Problem::new(Code::CredentialsUnreadable)
}

fn provider_unreachable<E: Error + 'static>(error: &E) -> Problem {
    match find_cause::<ConnectorError>(error) {
        Some(connector) if connector.is_timeout() => Problem::new(Code::Timeout).retryable(),
        _ => unreachable(error),
    }
}

fn about_login(text: &str) -> bool {
    text.contains("Login token") || text.contains("login/cache") || text.contains("login\\cache")
}

fn about_sso(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    // Only IAM Identity Center's portal answers so; its error does not say whose it is. A missing token file is named by
    // its path only.
    if text.contains("unauthorizedexception") || text.contains("sso/cache") || text.contains("sso\\cache") {
        return true;
    }
    text.contains("sso") && ["expired", "token", "login", "unauthorized"].iter().any(|word| text.contains(word))
}

fn unreachable<E: Error + 'static>(error: &E) -> Problem {
    let text = chain(error).to_ascii_lowercase();
    let about = |words: &[&str]| words.iter().any(|word| text.contains(word));
    if about(&["proxy auth", "407"]) {
        Problem::new(Code::ProxyRefused)
    } else if about(&["tunnel", "proxy"]) {
        Problem::new(Code::ProxyFailed).retryable()
    } else if about(&["certificate", "unknownissuer", "tls", "handshake"]) {
        Problem::new(Code::Certificate)
    } else if about(&["dns error", "failed to lookup", "name or service not known", "nodename nor servname"]) {
        Problem::new(Code::NameUnknown).retryable()
    } else {
        Problem::new(Code::Network).retryable()
    }
}

/// The permission that a denial's message names: `… is not authorized to perform: ecr:PutImage on resource: …`.
pub(crate) fn denied_action(message: &str) -> Option<&str> {
    let rest = message.split_once("not authorized to perform: ")?.1;
    let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == ':' || c == '-')).unwrap_or(rest.len());
    let action = &rest[..end];
    action.contains(':').then_some(action)
}

/// An error and its causes, in one line.
pub(crate) fn chain(error: &(dyn Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        let cause_text = cause.to_string();
        // Many error messages already contain their cause.
        if !text.contains(&cause_text) {
            text.push_str(": ");
            text.push_str(&cause_text);
        }
        next = cause.source();
    }
    text
}

fn find_cause<'a, T: Error + 'static>(error: &'a (dyn Error + 'static)) -> Option<&'a T> {
    let mut next = Some(error);
    while let Some(cause) = next {
        if let Some(matching) = cause.downcast_ref::<T>() {
            return Some(matching);
        }
        next = cause.source();
    }
    None
}
