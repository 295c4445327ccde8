//! The caller's say: who may do what, which repositories exist, which tags may move, and news of pushes and pulls.

use std::time::SystemTime;

use ::http::{HeaderName, HeaderValue, StatusCode, request::Parts};

use oci::Digest;

/// What a request wants to do with a repository.
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
    /// Where it went.
    pub repository: String,
    /// The manifest.
    pub digest: Digest,
    /// Its media type.
    pub media_type: String,
    /// The tag it got; `None` when it was put by digest.
    pub tag: Option<String>,
    /// Whether the repository did not hold the manifest before.
    pub created: bool,
    /// The manifest the tag stood at before, if it stood at another.
    pub moved_from: Option<Digest>,
    /// When, by [`Hooks::now`].
    pub at: SystemTime,
}

/// A request turned down. On the wire an error envelope of the specification, or plain text where a registry does that.
#[derive(Clone, Debug)]
pub struct Refusal {
    /// The HTTP status.
    pub status: StatusCode,
    /// The code of the envelope, such as `NAME_UNKNOWN`.
    pub code: String,
    /// The text for people.
    pub message: String,
    /// What the envelope's `detail` says. The elements of an array become one entry each.
    pub detail: Option<Box<serde_json::Value>>,
    /// Headers to send along, such as `WWW-Authenticate`.
    pub headers: Vec<(HeaderName, HeaderValue)>,
    /// Whether the body is `message` alone as `text/plain`, without an envelope.
    pub plain_text: bool,
}

impl Refusal {
    /// A refusal told by an envelope.
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

    /// Says `message` as it is, without an envelope.
    #[must_use]
    pub fn plain_text(mut self) -> Self {
        self.plain_text = true;
        self
    }

    /// Sends a header along.
    #[must_use]
    pub fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.push((name, value));
        self
    }

    /// Says more in the envelope's `detail`.
    #[must_use]
    pub fn detail(mut self, detail: serde_json::Value) -> Self {
        self.detail = Some(Box::new(detail));
        self
    }
}

/// What the owner of a registry decides and hears. Every default allows, and repositories appear at their first push.
/// The methods are called on the request's path: they must not block.
pub trait Hooks: Send + Sync + 'static {
    /// Asked first, for every request, `/v2/` included.
    fn authorize(&self, request: &Parts) -> Result<(), Refusal> {
        let _ = request;
        Ok(())
    }

    /// Whether the repository exists and takes the action.
    fn repository(&self, name: &str, action: Action) -> Result<(), Refusal> {
        let _ = (name, action);
        Ok(())
    }

    /// Whether `tag` may be put at `new`. `existing` is where it stands, which may be `new` itself. Asked and acted upon
    /// in one step: no other push of the repository comes between.
    fn may_tag(&self, repository: &str, tag: &str, existing: Option<&Digest>, new: &Digest) -> Result<(), Refusal> {
        let _ = (repository, tag, existing, new);
        Ok(())
    }

    /// The last word on a refusal that the registry itself came to, for registries that word theirs differently.
    fn reword(&self, repository: &str, refusal: Refusal) -> Refusal {
        let _ = repository;
        refusal
    }

    /// A manifest is stored and its tag stands.
    fn pushed(&self, event: &Pushed) {
        let _ = event;
    }

    /// A manifest was read (`GET`, not `HEAD`).
    fn pulled(&self, repository: &str, digest: &Digest) {
        let _ = (repository, digest);
    }

    /// The time that pushes and pulls are recorded with.
    fn now(&self) -> SystemTime {
        SystemTime::now()
    }
}

/// Hooks that allow everything and hear nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct AllowAll;

impl Hooks for AllowAll {}
