//! The hooks of the caller: authorization, which repositories exist, which tags may move, and events of pushes and pulls.

use std::time::SystemTime;

use ::http::{HeaderName, HeaderValue, StatusCode, request::Parts};

use oci::Digest;

/// What a request does with a repository.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Read blobs, manifests, tags or referrers.
    Pull,
    /// Upload blobs, put manifests.
    Push,
    /// Delete blobs, manifests or tags.
    Delete,
}

/// A manifest was put through HTTP.
#[derive(Clone, Debug)]
pub struct Pushed {
    /// The repository.
    pub repository: String,
    /// The manifest.
    pub digest: Digest,
    /// Its media type.
    pub media_type: String,
    /// The tag it got; `None` when it was put by digest.
    pub tag: Option<String>,
    /// Whether the repository did not hold the manifest before.
    pub created: bool,
    /// The manifest that had the tag before, if it was another.
    pub moved_from: Option<Digest>,
    /// When, by [`Hooks::now`].
    pub at: SystemTime,
}

/// A refusal of a request. It is sent as an error envelope of the specification, or as plain text.
#[derive(Clone, Debug)]
pub struct Refusal {
    /// The HTTP status.
    pub status: StatusCode,
    /// The code of the envelope, such as `NAME_UNKNOWN`.
    pub code: String,
    /// The text for people.
    pub message: String,
    /// The envelope's `detail`. Each element of an array becomes one entry.
    pub detail: Option<Box<serde_json::Value>>,
    /// Headers to send along, such as `WWW-Authenticate`.
    pub headers: Vec<(HeaderName, HeaderValue)>,
    /// Whether the body is `message` alone as `text/plain`, without an envelope.
    pub plain_text: bool,
}

impl Refusal {
    /// A refusal that is sent as an envelope.
    pub fn new(status: StatusCode, code: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            status,
            code: code.into(),
            message: message.into(),
            detail: None,
            headers: Vec::new(),
            plain_text: false,
        }
    }

    /// The same refusal, sent as plain text.
    #[must_use]
    pub fn plain_text(mut self) -> Self {
        self.plain_text = true;
        self
    }

    /// The same refusal with a header.
    #[must_use]
    pub fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.push((name, value));
        self
    }

    /// The same refusal with a `detail`.
    #[must_use]
    pub fn detail(mut self, detail: serde_json::Value) -> Self {
        self.detail = Some(Box::new(detail));
        self
    }
}

/// What the owner of a registry decides, and the events it receives. By default everything is allowed, and repositories are
/// created by their first push. The methods are called while a request is processed: they must not block.
pub trait Hooks: Send + Sync + 'static {
    /// Whether the request is allowed. Called first for every request, `/v2/` included.
    fn authorize(&self, request: &Parts) -> Result<(), Refusal> {
        let _ = request;
        Ok(())
    }

    /// Whether the repository exists and allows the action.
    fn repository(&self, name: &str, action: Action) -> Result<(), Refusal> {
        let _ = (name, action);
        Ok(())
    }

    /// Whether the manifest, which the repository has, may be read.
    fn may_read(&self, repository: &str, digest: &Digest) -> Result<(), Refusal> {
        let _ = (repository, digest);
        Ok(())
    }

    /// Whether `tag` may be given to `new`. `existing` has it now, and may be `new` itself. The call and the change are one
    /// step: no other push to the repository comes between.
    fn may_tag(&self, repository: &str, tag: &str, existing: Option<&Digest>, new: &Digest) -> Result<(), Refusal> {
        let _ = (repository, tag, existing, new);
        Ok(())
    }

    /// Replaces a refusal of the registry itself, for registries that word theirs differently.
    fn reword(&self, repository: &str, refusal: Refusal) -> Refusal {
        let _ = repository;
        refusal
    }

    /// A manifest and its tag were stored.
    fn pushed(&self, event: &Pushed) {
        let _ = event;
    }

    /// A manifest was read (`GET`, not `HEAD`).
    fn pulled(&self, repository: &str, digest: &Digest) {
        let _ = (repository, digest);
    }

    /// The time to record for pushes and pulls.
    fn now(&self) -> SystemTime {
        SystemTime::now()
    }
}

/// Hooks that allow everything and ignore events.
#[derive(Clone, Copy, Debug, Default)]
pub struct AllowAll;

impl Hooks for AllowAll {}
