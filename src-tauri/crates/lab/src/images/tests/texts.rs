//! The messages of engines and registries, and the problems that they become.

use std::io;

use bollard::errors::Error;
use i18n::Lang;

use crate::{
    images::errors::{EngineFailure, Operation},
    model::code::Code,
};

const HOST: &str = "unix:///var/run/docker.sock";

/// Messages of Docker's two image stores, of Podman, and of registries through them.
const PUSH: &[(Code, &str)] = &[
    (Code::TokenExpired, "denied: Your authorization token has expired. Reauthenticate and try again."),
    (
        Code::TokenExpired,
        "failed to authorize: unexpected status from HEAD request to https://r/v2/a/manifests/1: 403 Forbidden: denied: Your authorization token has expired. Reauthenticate and try again.",
    ),
    (Code::RegistryLogin, "no basic auth credentials"),
    (
        Code::RegistryLogin,
        "push access denied, repository does not exist or may require authorization: authorization failed: no basic auth credentials",
    ),
    (Code::RegistryLogin, "unexpected status from POST request to https://r/v2/a/blobs/uploads/: 401 Unauthorized"),
    (
        Code::RepositoryMissing,
        "name unknown: The repository with name 'eks-security-prod' does not exist in the registry with id '123456789012'",
    ),
    (
        Code::TagImmutable,
        "tag invalid: The image tag 'latest' already exists in the 'a' repository and cannot be overwritten because the repository is immutable.",
    ),
    (
        Code::AccessDenied,
        "denied: User: arn:aws:iam::123456789012:user/me is not authorized to perform: ecr:InitiateLayerUpload on resource: arn:aws:ecr:us-east-1:123456789012:repository/a because no identity-based policy allows the action",
    ),
    (Code::RegistryDenied, "denied: requested access to the resource is denied"),
    (Code::RegistryRateLimited, "toomanyrequests: Rate exceeded"),
    (Code::RegistryRateLimited, "unexpected status: 429 Too Many Requests"),
    (Code::RegistryUnreachable, "Get \"http://127.0.0.1:9/v2/\": dial tcp 127.0.0.1:9: connect: connection refused"),
    (Code::RegistryUnreachable, "Get \"https://r/v2/\": dial tcp: lookup r on 10.0.0.1:53: no such host"),
    (Code::RegistryUnreachable, "Get \"https://r/v2/\": net/http: TLS handshake timeout"),
    (Code::RegistryFailed, "received unexpected HTTP status: 500 Internal Server Error"),
    (Code::RegistryInsecure, "http: server gave HTTP response to HTTPS client"),
    (Code::RegistryCertificate, "tls: failed to verify certificate: x509: certificate signed by unknown authority"),
    (Code::ImageNotLocal, "tag does not exist: r/a:1"),
    (Code::ImageNotLocal, "An image does not exist locally with the tag: r/a"),
    (Code::EngineLosesPlatform, "image with reference r/a:1 was found but does not provide any platform"),
    (
        Code::EngineLosesPlatform,
        "content digest sha256:0000000000000000000000000000000000000000000000000000000000000000: not found",
    ),
    (
        Code::PlatformMissing,
        "image with reference r/a:1 was found but does not provide the specified platform (linux/amd64)",
    ),
    (Code::EngineDiskFull, "write /var/lib/docker/tmp/x: no space left on device"),
    (Code::RegistryFailed, "unknown: received unexpected HTTP status: 502 Bad Gateway"),
    (Code::RegistryFailed, "unknown: The registry is under maintenance."),
    (Code::RegistryFailed, "the connection to the registry broke: connection closed before message completed"),
    (Code::RegistryFailed, "cannot upload: the registry has gone silent"),
    (Code::RegistryFailed, "failed to copy: httpReadSeeker: failed open: Get \"https://r/v2/a/blobs/x\": EOF"),
    (
        Code::RegistryFailed,
        "error parsing HTTP 503 response body: invalid character '<' looking for beginning of value",
    ),
    (Code::RegistryUnreachable, "the registry cannot be reached: dns error"),
    (Code::TransferFailed, "an unknown message"),
];

const PULL: &[(Code, u16, &str)] = &[
    (Code::PullDenied, 404, "pull access denied for r/a, repository does not exist or may require 'docker login'"),
    (Code::PlatformMissing, 404, "no matching manifest for linux/s390x in the manifest list entries"),
    (Code::ImageNotInRegistry, 404, "manifest for r/a:1 not found: manifest unknown: Requested image not found"),
    (Code::ImageNotInRegistry, 404, "failed to resolve reference \"r/a:1\": r/a:1: not found"),
    (Code::RepositoryMissing, 404, "error from registry: repository name not known to registry"),
    (
        Code::RegistryUnreachable,
        500,
        "Get \"http://127.0.0.1:9/v2/\": dial tcp 127.0.0.1:9: connect: connection refused",
    ),
    // The registry of another owner: no policy in the user's account decides about it.
    (Code::PullDenied, 500, "denied: Your authorization token has expired. Reauthenticate and try again."),
    (Code::PullDenied, 403, "denied: User: x is not authorized to perform: ecr-public:GetImage on resource: y"),
    (Code::PullDenied, 403, "denied: requested access to the resource is denied"),
    (Code::RegistryFailed, 500, "received unexpected HTTP status: 503 Service Unavailable"),
    (Code::PullDenied, 500, "Head \"https://r/v2/a/manifests/1\": no basic auth credentials"),
    (Code::ReferenceInvalid, 400, "invalid reference format: repository name must be lowercase"),
];

#[test]
fn each_message_of_a_push_becomes_its_problem() {
    for (code, text) in PUSH {
        let failure = EngineFailure::from_message(&Operation::push(HOST, "r/a", "1", "linux/amd64"), text);
        assert_eq!(failure.problem().code, *code, "{text}");
        assert_eq!(failure.problem().details.as_deref(), Some(*text));
    }
}

#[test]
fn each_error_of_a_pull_becomes_its_problem() {
    for (code, status, text) in PULL {
        let error = Error::DockerResponseServerError { status_code: *status, message: (*text).to_owned() };
        let failure = EngineFailure::engine(&Operation::pull(HOST, "r/a:1", "linux/amd64"), error);
        assert_eq!(failure.problem().code, *code, "{text}");
    }
}

#[test]
fn in_the_accounts_own_registry_a_denied_pull_is_one_of_its_policies() {
    let reference = "123456789012.dkr.ecr.us-east-1.amazonaws.com/a:1";
    let text = "denied: User: x is not authorized to perform: ecr:BatchGetImage on resource: y";
    let failure = EngineFailure::from_message(&Operation::pull(HOST, reference, "linux/amd64"), text);
    assert_eq!(failure.problem().code, Code::AccessDenied);
}

#[test]
fn an_ssh_address_has_the_command_that_forwards_its_socket() {
    let error = Error::UnsupportedURISchemeError { uri: "ssh://me@build farm:2222".to_owned() };
    let failure = EngineFailure::engine(&Operation::connect("ssh://me@build farm:2222"), error);
    assert_eq!(
        failure.problem().hint.args["command"],
        i18n::Arg::from("ssh -p 2222 -NL \"$HOME/.docker/imagelab-ssh.sock:/var/run/docker.sock\" 'me@build farm'")
    );
}

#[test]
fn a_denial_names_the_permission() {
    let text = "denied: User: arn:aws:iam::1:user/me is not authorized to perform: ecr:PutImage on resource: x";
    let failure = EngineFailure::from_message(&Operation::push(HOST, "r/a", "1", "linux/amd64"), text);
    assert_eq!(failure.problem().hint.args["action"], i18n::Arg::from("ecr:PutImage"));
}

#[test]
fn each_transport_error_becomes_its_problem() {
    let io = |kind| Error::IOError { err: io::Error::from(kind) };
    let cases = [
        (Code::EnginePermission, io(io::ErrorKind::PermissionDenied)),
        (Code::EngineNotRunning, io(io::ErrorKind::ConnectionRefused)),
        (Code::EngineNotRunning, Error::SocketNotFoundError("/var/run/docker.sock".to_owned())),
        (Code::EngineSsh, Error::UnsupportedURISchemeError { uri: "ssh://me@far".to_owned() }),
        (Code::EngineHostUnsupported, Error::UnsupportedURISchemeError { uri: "fd://".to_owned() }),
        (Code::EngineSilent, Error::RequestTimeoutError),
        (Code::EngineTls, Error::CertPathError { path: "/certs/ca.pem".into() }),
        (Code::EngineUnreadable, Error::APIVersionParseError {}),
        (Code::EngineTooNew, Error::DockerResponseServerError {
            status_code: 400,
            message: "client version 1.53 is too old. Minimum supported API version is 1.60, please upgrade your client to a newer version".to_owned(),
        }),
    ];
    for (code, error) in cases {
        assert_eq!(EngineFailure::engine(&Operation::connect(HOST), error).problem().code, code);
    }
    let local = |status_code, message: &str| {
        let error = Error::DockerResponseServerError { status_code, message: message.to_owned() };
        EngineFailure::engine(&Operation::local(HOST, "r/a:1"), error).problem().code
    };
    assert_eq!(local(404, "No such image: r/a:1"), Code::ImageNotLocal);
    assert_eq!(
        local(
            409,
            "conflict: unable to remove repository reference \"r/a:1\" (must force) - container 1 is using its referenced image"
        ),
        Code::ImageInUse
    );
    assert_eq!(local(500, "no"), Code::EngineRefused);
}

#[test]
fn every_problem_has_texts_in_both_languages_and_all_their_variables() {
    let pushes = PUSH
        .iter()
        .map(|(_, text)| EngineFailure::from_message(&Operation::push(HOST, "r/a", "1", "linux/amd64"), text));
    let pulls = PULL
        .iter()
        .map(|(_, _, text)| EngineFailure::from_message(&Operation::pull(HOST, "r/a:1", "linux/amd64"), text));
    let engines = [
        Error::SocketNotFoundError(String::new()),
        Error::UnsupportedURISchemeError { uri: "ssh://far".to_owned() },
        Error::UnsupportedURISchemeError { uri: "fd://".to_owned() },
        Error::RequestTimeoutError,
        Error::NoHomePathError,
        Error::APIVersionParseError {},
        Error::IOError { err: io::ErrorKind::PermissionDenied.into() },
        Error::IOError { err: io::ErrorKind::ConnectionReset.into() },
        Error::DockerResponseServerError { status_code: 400, message: "client version is too old".to_owned() },
    ];
    let engines = engines.into_iter().map(|error| EngineFailure::engine(&Operation::connect(HOST), error));
    let locals = ["No such image", "conflict: unable to", "no"];
    let locals = locals.iter().map(|text| EngineFailure::from_message(&Operation::local(HOST, "r/a:1"), text));
    let others = [EngineFailure::too_old(HOST, "1.24"), EngineFailure::bad_reference(&Operation::local(HOST, "r/ü"))];
    for failure in pushes.chain(pulls).chain(engines).chain(locals).chain(others) {
        for lang in Lang::ALL {
            let variables = i18n::message_variables(lang);
            for message in [&failure.problem().message, &failure.problem().hint] {
                let names = variables.get(&message.id).unwrap_or_else(|| panic!("{lang}: no text {}", message.id));
                for name in names {
                    assert!(message.args.contains_key(name), "{lang}: {} has no {name}", message.id);
                }
            }
        }
    }
}
