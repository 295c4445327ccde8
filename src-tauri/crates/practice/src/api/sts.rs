//! STS: the caller's identity, and sessions of roles. Reading one's identity needs no permission, as in AWS.

use std::time::Duration;

use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use crate::{
    cloud::Cloud,
    config::ACCOUNT,
    permissions::{
        decision::authorize,
        principal::{Principal, role_id},
        required::Needed,
        sessions::Session,
        settings::Role,
    },
    wire::{
        error::ApiError,
        query::{Form, element, parent},
    },
};

/// The shortest and the longest session, and the default.
const LENGTHS: std::ops::RangeInclusive<u64> = 900..=43_200;
const DEFAULT_LENGTH: u64 = 3600;

/// The caller's identity.
pub(crate) fn identity(caller: &Principal) -> String {
    [element("Arn", &caller.arn()), element("UserId", &caller.user_id()), element("Account", ACCOUNT)].concat()
}

/// Starts a session of a role.
pub(crate) fn assume_role(cloud: &Cloud, caller: &Principal, form: &Form) -> Result<String, ApiError> {
    let arn = required(form, "RoleArn")?;
    authorize(cloud, caller, &[Needed::new("sts:AssumeRole", arn)])?;
    let role = find(cloud, arn).ok_or_else(|| not_authorized(caller, "sts:AssumeRole", arn))?;
    let session = start(cloud, &role, form)?;
    Ok(session_result(&session, &role))
}

/// Starts a session of a role for the holder of a web identity's token. The call is not signed.
pub(crate) fn assume_role_with_web_identity(cloud: &Cloud, form: &Form) -> Result<String, ApiError> {
    let (arn, token) = (required(form, "RoleArn")?, required(form, "WebIdentityToken")?);
    let action = "sts:AssumeRoleWithWebIdentity";
    let role = find(cloud, arn).filter(|role| role.web_identity_token.is_some());
    let role = role.ok_or_else(|| {
        let message = format!("Not authorized to perform {action}");
        ApiError::new("AccessDeniedException", message)
    })?;
    if role.web_identity_token.as_deref() != Some(token) {
        return Err(ApiError::new("InvalidIdentityToken", "The web identity token could not be validated."));
    }
    let session = start(cloud, &role, form)?;
    Ok(session_result(&session, &role) + &element("SubjectFromWebIdentityToken", "practice"))
}

fn find(cloud: &Cloud, arn: &str) -> Option<Role> {
    cloud.permissions.read(|settings| settings.roles.iter().find(|role| role.arn() == arn).cloned())
}

fn start(cloud: &Cloud, role: &Role, form: &Form) -> Result<Session, ApiError> {
    let name = required(form, "RoleSessionName")?;
    let is_valid = |c: char| c.is_ascii_alphanumeric() || "_+=,.@-".contains(c);
    if !(2..=64).contains(&name.len()) || !name.chars().all(is_valid) {
        return Err(invalid("roleSessionName", "must satisfy regular expression pattern: [\\w+=,.@-]*"));
    }
    let seconds = match form.get("DurationSeconds") {
        None => DEFAULT_LENGTH,
        Some(text) => text
            .parse()
            .ok()
            .filter(|seconds| LENGTHS.contains(seconds))
            .ok_or_else(|| invalid("durationSeconds", "must have value between 900 and 43200"))?,
    };
    let principal = Principal::Role { role: role.name.clone(), arn: role.arn(), session: name.to_owned() };
    Ok(cloud.sessions.start(principal, Duration::from_secs(seconds)))
}

fn session_result(session: &Session, role: &Role) -> String {
    let user = [element("AssumedRoleId", &session.principal.user_id()), element("Arn", &session.principal.arn())];
    debug_assert!(session.principal.user_id().starts_with(&role_id(&role.name)), "the id is the role's");
    credentials(session) + &parent("AssumedRoleUser", &user.concat())
}

/// `Credentials`
pub(super) fn credentials(session: &Session) -> String {
    let expiry = OffsetDateTime::from(std::time::SystemTime::from(session.expires_at));
    let expiry = expiry.replace_nanosecond(0).unwrap_or(expiry).format(&Rfc3339).unwrap_or_default();
    let members = [
        element("AccessKeyId", &session.access_key),
        element("SecretAccessKey", &session.secret_key),
        element("SessionToken", &session.token),
        element("Expiration", &expiry),
    ];
    parent("Credentials", &members.concat())
}

fn required<'a>(form: &'a Form, name: &str) -> Result<&'a str, ApiError> {
    form.get(name).filter(|value| !value.is_empty()).ok_or_else(|| invalid(name, "Member must not be null"))
}

pub(super) fn invalid(name: &str, constraint: &str) -> ApiError {
    let message = format!("1 validation error detected: Value at '{name}' failed to satisfy constraint: {constraint}");
    ApiError::new("ValidationError", message)
}

/// As AWS says it of a role that does not exist, or does not trust the caller.
fn not_authorized(caller: &Principal, action: &str, resource: &str) -> ApiError {
    let message = format!("User: {} is not authorized to perform: {action} on resource: {resource}", caller.arn());
    ApiError::new("AccessDeniedException", message)
}
