//! ECR's rules for the private registry: authorization, existing repositories, immutable tags, and ECR's error
//! messages.

use std::{sync::Arc, time::SystemTime};

use base64::{Engine, engine::general_purpose::STANDARD};
use http::{
    HeaderValue, StatusCode,
    header::{AUTHORIZATION, WWW_AUTHENTICATE},
    request::Parts,
};
use oci::Digest;
use registry::{Action, Hooks, Pushed, Refusal};

use crate::{
    cloud::Cloud,
    config::ACCOUNT,
    lifecycle::enroll,
    names::Names,
    permissions::{
        decision::authorize,
        denial::Denial,
        required::{by_registry_request, on_repository},
    },
    state::repository::Repository,
    tokens::TokenStatus,
    wire::injected_fault::expired_token,
};

/// The hooks of the private registry.
pub(crate) struct PrivateHooks(pub(crate) Arc<Cloud>);

/// Whether a layer can be mounted with this request, which names the repositories that it is in and is for: the caller may
/// read the one, and both are encrypted alike.
pub(crate) fn may_mount(cloud: &Cloud, request: &Parts) -> bool {
    let Some(TokenStatus::Valid(caller)) = token_status(cloud, request) else { return false };
    let Some((from, to)) = mount_of(request) else { return true };
    let alike = cloud.store.read(|state| {
        let encryption = |name: &str| state.repositories.get(name).map(|repository| repository.encryption.clone());
        encryption(&from) == encryption(to)
    });
    let needed = on_repository(cloud, "GetDownloadUrlForLayer", &from);
    alike && authorize(cloud, &caller, &[needed]).is_ok()
}

/// The repositories that a request mounts a layer from and into; `None` if it does not.
fn mount_of(request: &Parts) -> Option<(String, &str)> {
    let query = request.uri.query()?;
    let value = |name: &str| url::form_urlencoded::parse(query.as_bytes()).find(|(key, _)| key == name);
    value("mount")?;
    let (_, from) = value("from")?;
    let to = request.uri.path().strip_prefix("/v2/")?.trim_end_matches('/').strip_suffix("/blobs/uploads")?;
    Some((from.into_owned(), to))
}

fn token_status(cloud: &Cloud, request: &Parts) -> Option<TokenStatus> {
    basic_password(request).map(|password| cloud.tokens.status(&password))
}

impl Hooks for PrivateHooks {
    fn authorize(&self, request: &Parts) -> Result<(), Refusal> {
        match token_status(&self.0, request) {
            Some(TokenStatus::Valid(caller)) => {
                let needed = by_registry_request(&self.0, request);
                authorize(&self.0, &caller, &needed).map_err(|denial| denied(&denial))
            }
            Some(TokenStatus::Expired) => Err(expired_token()),
            Some(TokenStatus::Unknown) | None => Err(not_authorized(&self.0.names)),
        }
    }

    fn repository(&self, name: &str, _: Action) -> Result<(), Refusal> {
        if self.0.store.read(|state| state.repositories.contains_key(name)) {
            return Ok(());
        }
        Err(Refusal::new(StatusCode::NOT_FOUND, "NAME_UNKNOWN", unknown_repository(name)))
    }

    fn may_read(&self, repository: &str, digest: &Digest) -> Result<(), Refusal> {
        if self.0.is_active(repository, digest) {
            return Ok(());
        }
        let message = "Requested image not found: it is archived, and can be pulled once it is restored";
        Err(Refusal::new(StatusCode::NOT_FOUND, "MANIFEST_UNKNOWN", message))
    }

    fn may_tag(&self, repository: &str, tag: &str, existing: Option<&Digest>, _: &Digest) -> Result<(), Refusal> {
        let immutable = || {
            let is_immutable = |existing: &Repository| existing.is_immutable(tag);
            self.0.store.read(|state| state.repositories.get(repository).is_some_and(is_immutable))
        };
        if existing.is_none() || !immutable() {
            return Ok(());
        }
        Err(Refusal::new(StatusCode::BAD_REQUEST, "TAG_INVALID", immutable_tag(repository, tag)))
    }

    fn reword(&self, repository: &str, mut refusal: Refusal) -> Refusal {
        match refusal.code.as_str() {
            "MANIFEST_UNKNOWN" => "Requested image not found".clone_into(&mut refusal.message),
            "NAME_UNKNOWN" => refusal.message = unknown_repository(repository),
            _ => {}
        }
        refusal
    }

    fn pushed(&self, event: &Pushed) {
        enroll::pushed(&self.0, &event.repository, &event.digest);
    }

    fn pulled(&self, repository: &str, digest: &Digest) {
        enroll::pulled(&self.0, repository, digest);
    }

    fn now(&self) -> SystemTime {
        self.0.clock.now()
    }
}

/// ECR's refusal of missing or wrong credentials: plain text, with a challenge for Basic authentication.
pub(crate) fn not_authorized(names: &Names) -> Refusal {
    let realm = format!("Basic realm=\"{}/\",service=\"ecr.amazonaws.com\"", names.proxy_endpoint());
    let refusal = Refusal::new(StatusCode::UNAUTHORIZED, "UNAUTHORIZED", "Not Authorized\n").plain_text();
    match HeaderValue::try_from(realm) {
        Ok(realm) => refusal.header(WWW_AUTHENTICATE, realm),
        Err(_) => refusal,
    }
}

/// ECR's refusal of a request that the caller's policies do not allow.
fn denied(denial: &Denial) -> Refusal {
    Refusal::new(StatusCode::FORBIDDEN, "DENIED", denial.to_string())
}

pub(crate) fn unknown_repository(name: &str) -> String {
    format!("The repository with name '{name}' does not exist in the registry with id '{ACCOUNT}'")
}

pub(crate) fn immutable_tag(repository: &str, tag: &str) -> String {
    format!(
        "The image tag '{tag}' already exists in the '{repository}' repository and cannot be overwritten because the tag \
         is immutable."
    )
}

/// The password of `Basic base64(AWS:password)`.
pub(crate) fn basic_password(request: &Parts) -> Option<String> {
    let header = request.headers.get(AUTHORIZATION)?.to_str().ok()?;
    let (scheme, encoded) = header.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let decoded = String::from_utf8(STANDARD.decode(encoded.trim()).ok()?).ok()?;
    let (user, password) = decoded.split_once(':')?;
    (user == "AWS").then(|| password.to_owned())
}
