//! STS: temporary credentials of the practice user, and what cannot be called with them. A call needs no permission, as in AWS.

use std::time::Duration;

use crate::{
    api::sts::{credentials, invalid},
    cloud::Cloud,
    permissions::{
        principal::Principal,
        sessions::{LONGEST_USER_SESSION, Session},
    },
    service::Service,
    state::UserSession,
    wire::{error::ApiError, query::Form},
};

/// The shortest session and the default, in seconds.
const SHORTEST: u64 = 900;
const DEFAULT: u64 = 43_200;

/// Issues temporary credentials for the practice user. They are kept with the account, and so valid after a restart.
pub(crate) async fn get(cloud: &Cloud, caller: &Principal, form: &Form) -> Result<String, ApiError> {
    let length = length(form)?;
    check_device(form)?;
    if *caller != Principal::User {
        return Err(ApiError::new("AccessDeniedException", "Cannot call GetSessionToken with session credentials"));
    }
    // Clients compare the end with their own clock.
    let now = cloud.clock.unmoved().moment();
    let session = Session::random(Principal::UserSession, now + Duration::from_secs(length));
    let stored = UserSession {
        secret_key: session.secret_key.clone(),
        token: session.token.clone(),
        expires_at: session.expires_at,
    };
    cloud
        .store
        .change(|state| {
            // An expired one is kept for as long as another can last: until then its use is refused as expired.
            state.user_sessions.retain(|_, other| now < other.expires_at + LONGEST_USER_SESSION);
            state.user_sessions.insert(session.access_key.clone(), stored);
            Ok::<_, ApiError>(())
        })
        .await?;
    Ok(credentials(&session))
}

/// Refuses what AWS documents that such credentials cannot call: IAM, and of STS all but two operations, since no device for
/// multi-factor authentication is involved. The codes are inferred.
pub(crate) fn check_allowed(caller: &Principal, service: Service, operation: &str) -> Result<(), ApiError> {
    if *caller != Principal::UserSession {
        return Ok(());
    }
    match service {
        Service::Iam => {
            let message = "The security token included in the request is invalid.";
            Err(ApiError::new("UnrecognizedClientException", message))
        }
        // `GetSessionToken` itself refuses every session.
        Service::Sts if !["AssumeRole", "GetCallerIdentity", "GetSessionToken"].contains(&operation) => {
            let message = format!("Cannot call {operation} with session credentials");
            Err(ApiError::new("AccessDeniedException", message))
        }
        _ => Ok(()),
    }
}

fn length(form: &Form) -> Result<u64, ApiError> {
    let Some(text) = form.get("DurationSeconds") else { return Ok(DEFAULT) };
    let constraint = "Member must have value between 900 and 129600";
    text.parse()
        .ok()
        .filter(|seconds| (SHORTEST..=LONGEST_USER_SESSION.as_secs()).contains(seconds))
        .ok_or_else(|| invalid("durationSeconds", constraint))
}

/// The practice user has no device for multi-factor authentication.
fn check_device(form: &Form) -> Result<(), ApiError> {
    let (serial, code) = (form.get("SerialNumber"), form.get("TokenCode"));
    let is_serial = |text: &str| {
        (9..=256).contains(&text.len()) && text.chars().all(|c| c.is_ascii_alphanumeric() || "_+=/:,.@-".contains(c))
    };
    if serial.is_some_and(|serial| !is_serial(serial)) {
        return Err(invalid("serialNumber", "Member must satisfy regular expression pattern: [\\w+=/:,.@-]*"));
    }
    if code.is_some_and(|code| code.len() != 6 || !code.bytes().all(|byte| byte.is_ascii_digit())) {
        return Err(invalid("tokenCode", "Member must satisfy regular expression pattern: [\\d]*, with a length of 6"));
    }
    if serial.is_none() && code.is_none() {
        return Ok(());
    }
    let message = "MultiFactorAuthentication failed, unable to validate MFA code. Please verify your MFA serial number is \
                   valid and associated with this user.";
    Err(ApiError::new("AccessDeniedException", message))
}
