//! Converts an error of an engine, or of a registry behind it, to a [`Problem`]: what failed, why, and what to do. Engines return no
//! codes, only messages, and their wording differs between Docker's two image stores, Podman and the built-in engine.

use std::io::ErrorKind;

use bollard::errors::Error;
use i18n::Message;

use crate::{
    model::{
        code::Code,
        problem::{LabError, Problem},
    },
    shell_word::quote,
    transcript::Ending,
};

/// The operation that failed, for the problem's texts.
#[derive(Clone, Debug)]
pub(super) struct Operation<'a> {
    kind: Kind,
    host: &'a str,
    reference: String,
    platform: &'a str,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Connect,
    Local,
    Pull,
    Push,
}

impl<'a> Operation<'a> {
    pub(super) fn connect(host: &'a str) -> Self {
        Self { kind: Kind::Connect, host, reference: String::new(), platform: "" }
    }

    pub(super) fn local(host: &'a str, reference: &str) -> Self {
        Self { kind: Kind::Local, host, reference: reference.to_owned(), platform: "" }
    }

    pub(super) fn pull(host: &'a str, reference: &str, platform: &'a str) -> Self {
        Self { kind: Kind::Pull, host, reference: reference.to_owned(), platform }
    }

    pub(super) fn push(host: &'a str, repository_uri: &str, tag: &str, platform: &'a str) -> Self {
        Self { kind: Kind::Push, host, reference: format!("{repository_uri}:{tag}"), platform }
    }

    fn registry(&self) -> &str {
        self.reference.split('/').next().unwrap_or_default()
    }
}

/// A failed engine operation: its problem, and its code in the transcript.
#[derive(Debug)]
pub(super) struct EngineFailure {
    problem: Box<Problem>,
    /// The engine's HTTP status, or a name of our own.
    code: String,
}

impl EngineFailure {
    /// From an error of `bollard`.
    pub(super) fn engine(operation: &Operation<'_>, error: Error) -> Self {
        match error {
            Error::DockerResponseServerError { status_code, message } => Self::new(
                operation,
                classify(operation, &message, Some(status_code)),
                &status_code.to_string(),
                &message,
            ),
            Error::DockerStreamError { error } => Self::from_message(operation, &error),
            Error::SocketNotFoundError(path) => {
                Self::new(operation, Problem::new(Code::EngineNotRunning), "SocketNotFound", &path)
            }
            Error::UnsupportedURISchemeError { uri } => {
                Self::new(operation, unsupported(&uri), "UnsupportedScheme", &uri)
            }
            Error::RequestTimeoutError => {
                Self::new(operation, Problem::new(Code::EngineSilent).retryable(), "Timeout", "")
            }
            Error::CertPathError { .. }
            | Error::CertMultipleKeys { .. }
            | Error::CertParseError { .. }
            | Error::NoNativeCertsError { .. }
            | Error::LoadNativeCertsErrors { .. }
            | Error::NoHomePathError => Self::new(operation, Problem::new(Code::EngineTls), "Tls", &error.to_string()),
            Error::JsonDataError { .. } | Error::JsonSerdeError { .. } | Error::APIVersionParseError {} => {
                Self::new(operation, Problem::new(Code::EngineUnreadable), "Unreadable", &error.to_string())
            }
            error => Self::transport(operation, &error),
        }
    }

    /// From the error message in a line of a pull or a push.
    pub(super) fn from_message(operation: &Operation<'_>, message: &str) -> Self {
        Self::new(operation, classify(operation, message, None), "Failed", message)
    }

    /// The engine's API version is too old.
    pub(super) fn too_old(host: &str, version: &str) -> Self {
        let problem = Problem::new(Code::EngineTooOld).with("version", version);
        Self::new(&Operation::connect(host), problem, "TooOld", version)
    }

    /// The response is not one of an engine.
    pub(super) fn unreadable(operation: &Operation<'_>) -> Self {
        Self::new(operation, Problem::new(Code::EngineUnreadable), "Unreadable", "")
    }

    /// The response ended before it was complete.
    pub(super) fn cut(operation: &Operation<'_>) -> Self {
        Self::new(operation, Problem::new(Code::EngineLost).retryable(), "Cut", "")
    }

    /// The reference cannot be put into a request.
    pub(super) fn bad_reference(operation: &Operation<'_>) -> Self {
        Self::new(operation, Problem::new(Code::ReferenceInvalid), "BadReference", &operation.reference)
    }

    /// The problem to report.
    pub(super) fn problem(&self) -> &Problem {
        &self.problem
    }

    /// The end of the call, for the transcript.
    pub(super) fn ending(&self) -> Ending {
        Ending::Error { code: self.code.clone(), message: self.problem.details.clone().unwrap_or_default() }
    }

    fn transport(operation: &Operation<'_>, error: &Error) -> Self {
        let message = crate::aws::errors::chain(error);
        let lower = message.to_ascii_lowercase();
        let about = |words: &[&str]| words.iter().any(|word| lower.contains(word));
        let never_connected = matches!(error, Error::HyperLegacyError { err } if err.is_connect());
        let problem = match io_kind(error) {
            Some(ErrorKind::PermissionDenied) => Problem::new(Code::EnginePermission),
            Some(ErrorKind::NotFound | ErrorKind::ConnectionRefused) => Problem::new(Code::EngineNotRunning),
            _ if about(&["certificate", "tls", "handshake", "invalid peer"]) => Problem::new(Code::EngineTls),
            // The server on this address does not speak HTTP.
            _ if operation.kind == Kind::Connect && about(&["invalid http", "unexpected message"]) => {
                Problem::new(Code::EngineUnreadable)
            }
            _ if never_connected => Problem::new(Code::EngineNotRunning).retryable(),
            _ => Problem::new(Code::EngineLost).retryable(),
        };
        Self::new(operation, problem, "Transport", &message)
    }

    fn new(operation: &Operation<'_>, problem: Problem, code: &str, message: &str) -> Self {
        let mut problem = problem.with("host", operation.host);
        if !operation.reference.is_empty() {
            problem = problem.with("reference", operation.reference.as_str()).with("registry", operation.registry());
        }
        if !operation.platform.is_empty() {
            problem = problem.with("platform", operation.platform);
        }
        if !message.is_empty() {
            problem = problem.details(message);
        }
        Self { problem: Box::new(problem), code: code.to_owned() }
    }
}

impl From<EngineFailure> for LabError {
    fn from(failure: EngineFailure) -> Self {
        Self::Problem(failure.problem)
    }
}

fn unsupported(uri: &str) -> Problem {
    match uri.strip_prefix("ssh://") {
        Some(address) => {
            let hint = Message::new("hint-ssh-forward").with("command", forward(address));
            Problem { hint, ..Problem::new(Code::EngineSsh) }
        }
        None => Problem::new(Code::EngineHostUnsupported),
    }
}

/// The command that forwards a remote engine's socket to one that detection finds.
fn forward(address: &str) -> String {
    let authority = address.split('/').next().unwrap_or_default();
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if !port.is_empty() && port.chars().all(|c| c.is_ascii_digit()) => {
            (host, format!("-p {port} "))
        }
        _ => (authority, String::new()),
    };
    format!("ssh {port}-NL \"$HOME/.docker/imagelab-ssh.sock:/var/run/docker.sock\" {}", quote(host))
}

fn io_kind(error: &Error) -> Option<ErrorKind> {
    // A wrapped I/O error is not in the chain of causes of this error.
    if let Error::IOError { err } = error {
        return Some(err.kind());
    }
    let mut next = std::error::Error::source(error);
    while let Some(cause) = next {
        if let Some(io) = cause.downcast_ref::<std::io::Error>() {
            return Some(io.kind());
        }
        next = cause.source();
    }
    None
}

/// Problem codes and the phrases that identify them; the first match counts. Ordered from specific to general, since a registry's
/// error is often wrapped in one of the engine.
const MESSAGES: &[(Code, &[&str])] = &[
    (Code::TokenExpired, &["authorization token has expired"]),
    (Code::RegistryRateLimited, &["toomanyrequests", "too many requests", "rate exceeded", "rate limit"]),
    (Code::EngineLosesPlatform, &["does not provide any platform"]),
    (
        Code::PlatformMissing,
        &[
            "no matching manifest",
            "does not provide the specified platform",
            "no match for platform",
            "multiple matching manifests",
        ],
    ),
    (Code::TagImmutable, &["cannot be overwritten because", "tag_invalid", "tag invalid", "is immutable"]),
    (
        Code::RepositoryMissing,
        &["name_unknown", "name unknown", "repository name not known", "does not exist in the registry with id"],
    ),
    (
        Code::RegistryLogin,
        &[
            "no basic auth credentials",
            "incorrect username or password",
            "unauthorized",
            "not authorized",
            "authentication required",
        ],
    ),
    (Code::PullDenied, &["pull access denied"]),
    (Code::RegistryDenied, &["denied", "403 forbidden"]),
    (Code::ImageNotInRegistry, &["manifest unknown", "manifest_unknown", "requested image not found"]),
    (
        Code::ImageNotLocal,
        &["no such image", "tag does not exist", "an image does not exist locally", "image not known"],
    ),
    (Code::EngineDiskFull, &["no space left on device", "not enough space", "disk quota exceeded"]),
    (Code::RegistryInsecure, &["server gave http response to https client"]),
    (Code::RegistryCertificate, &["x509", "certificate", "tls: "]),
    (
        Code::RegistryUnreachable,
        &[
            "no such host",
            "connection refused",
            "i/o timeout",
            "tls handshake timeout",
            "network is unreachable",
            "no route to host",
            "dial tcp",
            "connection reset",
            "broken pipe",
            "unexpected eof",
            "deadline exceeded",
            "request canceled",
            "error sending request",
            "failed to lookup",
            "the registry cannot be reached",
            "name resolution",
            "no address associated",
            "proxyconnect",
        ],
    ),
    (
        Code::RegistryFailed,
        &[
            "the connection to the registry broke",
            "the registry has gone silent",
            "the registry's token server",
            "received unexpected http status: 5",
            "unexpected status: 5",
            "error parsing http",
            "internal server error",
            "bad gateway",
            "service unavailable",
            "gateway time",
            "error reading from server",
            "failed to copy:",
            ": eof",
            "blob upload",
            "digest_invalid",
            "digest did not match",
        ],
    ),
    (Code::EngineTooNew, &["client version", "minimum supported api version"]),
    (Code::ReferenceInvalid, &["invalid reference format", "invalid tag format", "repository name must be lowercase"]),
    (Code::ImageInUse, &["image is being used", "image is in use", "conflict: unable to"]),
];

/// The problems that an engine reports without a registry being involved.
const ENGINE_PROBLEMS: &[Code] =
    &[Code::EngineDiskFull, Code::EngineTooNew, Code::ImageInUse, Code::ImageNotLocal, Code::ReferenceInvalid];

fn classify(operation: &Operation<'_>, message: &str, status: Option<u16>) -> Problem {
    if matches!(operation.kind, Kind::Connect | Kind::Local) {
        return Problem::new(of_engine(operation, message, status));
    }
    // The registry of another owner: nothing in the user's own account decides about it.
    let is_foreign = operation.kind == Kind::Pull && !is_private_ecr(operation.registry());
    let action = crate::aws::errors::denied_action(message);
    if let Some(action) = action.filter(|_| !is_foreign) {
        return Problem::new(Code::AccessDenied).with("action", action);
    }
    let lower = message.to_ascii_lowercase();
    let code = match match_text(&lower, |_| true) {
        _ if is_foreign && action.is_some() => Code::PullDenied,
        Some(Code::TokenExpired | Code::RegistryLogin | Code::RegistryDenied) if is_foreign => Code::PullDenied,
        Some(
            code @ (Code::RegistryUnreachable | Code::RegistryFailed | Code::RegistryRateLimited | Code::TokenExpired),
        ) => {
            return Problem::new(code).retryable();
        }
        Some(code) => code,
        // The graph driver store's message for a platform whose content it does not have.
        None if operation.kind == Kind::Push && lower.contains("content digest") && lower.contains("not found") => {
            Code::EngineLosesPlatform
        }
        None if operation.kind == Kind::Pull && (lower.contains("not found") || status == Some(404)) => {
            Code::ImageNotInRegistry
        }
        // Engines write the registry's code before its message, and this one where it has no other: the failure is the registry's.
        None if lower.starts_with("unknown: ") || lower.contains(": unknown: ") => {
            return Problem::new(Code::RegistryFailed).retryable();
        }
        // The message does not say whose it is: the engine's, or that of the registry behind it.
        None => Code::TransferFailed,
    };
    Problem::new(code)
}

/// `<account>.dkr.ecr.<region>.amazonaws.com`, or one of its variants.
fn is_private_ecr(registry: &str) -> bool {
    registry.contains(".dkr.ecr") || registry.contains(".dkr-ecr")
}

fn of_engine(operation: &Operation<'_>, message: &str, status: Option<u16>) -> Code {
    let about_image = |code| matches!(code, Code::ImageInUse | Code::ImageNotLocal | Code::ReferenceInvalid);
    let possible = |code| operation.kind == Kind::Local || !about_image(code);
    let lower = message.to_ascii_lowercase();
    if lower.contains("http request to an https server") {
        return Code::EngineTls;
    }
    let code = match_text(&lower, |code| ENGINE_PROBLEMS.contains(&code) && possible(code));
    code.unwrap_or(match (operation.kind, status) {
        (Kind::Local, Some(404)) => Code::ImageNotLocal,
        (Kind::Local, Some(409)) => Code::ImageInUse,
        _ => Code::EngineRefused,
    })
}

fn match_text(lower: &str, allowed: impl Fn(Code) -> bool) -> Option<Code> {
    let says = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    MESSAGES.iter().find(|(code, words)| allowed(*code) && says(words)).map(|(code, _)| *code)
}
