//! Routing. Image names contain slashes, so the end of a path decides, as in Docker's own routes.

use std::borrow::Cow;

use http::{Method, StatusCode};
use percent_encoding::percent_decode_str;

use super::version::{NEWEST, OLDEST, Version};
use crate::failure::{ApiResult, Failure};

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Endpoint {
    Ping,
    Version,
    Info,
    DiskUsage,
    Events,
    Auth,
    /// The list of containers, always empty.
    NoContainers,
    Create,
    /// The image of the path, or those of the query.
    Save(Option<String>),
    Load,
    List,
    Prune,
    Inspect(String),
    History(String),
    Tag(String),
    Push(String),
    Remove(String),
    Distribution(String),
}

/// Splits the version off a path, and decodes the rest.
pub(super) fn version(path: &str) -> ApiResult<(Option<Version>, String)> {
    let decoded = |path: &str| {
        let decoded = percent_decode_str(path).decode_utf8();
        decoded.map(Cow::into_owned).map_err(|_| Failure::bad_request("the path is not UTF-8"))
    };
    let version = path.strip_prefix("/v").and_then(|rest| {
        let (version, rest) = rest.split_once('/')?;
        Some((version.parse::<Version>().ok()?, rest))
    });
    let Some((version, rest)) = version else { return Ok((None, decoded(path)?)) };
    if version < OLDEST {
        return Err(Failure::bad_request(format!(
            "client version {version} is too old. Minimum supported API version is {OLDEST}, please upgrade your client \
             to a newer version"
        )));
    }
    if version > NEWEST {
        return Err(Failure::bad_request(format!(
            "client version {version} is too new. Maximum supported API version is {NEWEST}"
        )));
    }
    Ok((Some(version), decoded(&format!("/{rest}"))?))
}

pub(super) fn endpoint(method: &Method, path: &str) -> ApiResult<Endpoint> {
    let get = method == Method::GET;
    let post = method == Method::POST;
    let fixed = match path {
        "/_ping" if get || method == Method::HEAD => Some(Endpoint::Ping),
        "/version" if get => Some(Endpoint::Version),
        "/info" if get => Some(Endpoint::Info),
        "/system/df" if get => Some(Endpoint::DiskUsage),
        "/events" if get => Some(Endpoint::Events),
        "/auth" if post => Some(Endpoint::Auth),
        "/containers/json" if get => Some(Endpoint::NoContainers),
        "/images/create" if post => Some(Endpoint::Create),
        "/images/get" if get => Some(Endpoint::Save(None)),
        "/images/load" if post => Some(Endpoint::Load),
        "/images/json" if get => Some(Endpoint::List),
        "/images/prune" if post => Some(Endpoint::Prune),
        _ => None,
    };
    if let Some(endpoint) = fixed {
        return Ok(endpoint);
    }
    let images = path.strip_prefix("/images/");
    let named = |suffix: &str| images.and_then(|rest| rest.strip_suffix(suffix)).filter(|name| !name.is_empty());
    let distribution = || path.strip_prefix("/distribution/")?.strip_suffix("/json").filter(|name| !name.is_empty());
    let own = |make: fn(String) -> Endpoint| move |name: &str| make(name.to_owned());
    let endpoint = match *method {
        Method::GET => named("/json")
            .map(own(Endpoint::Inspect))
            .or_else(|| named("/history").map(own(Endpoint::History)))
            .or_else(|| named("/get").map(own(|name| Endpoint::Save(Some(name)))))
            .or_else(|| distribution().map(own(Endpoint::Distribution))),
        Method::POST => named("/push").map(own(Endpoint::Push)).or_else(|| named("/tag").map(own(Endpoint::Tag))),
        Method::DELETE => named("").map(own(Endpoint::Remove)),
        _ => None,
    };
    endpoint.ok_or_else(|| unsupported(method, path))
}

/// The failure for a path that Docker serves and this engine does not, or that neither serves.
fn unsupported(method: &Method, path: &str) -> Failure {
    const DOCKER_PATHS: [&str; 18] = [
        "build",
        "commit",
        "configs",
        "containers",
        "events",
        "exec",
        "grpc",
        "images",
        "networks",
        "nodes",
        "plugins",
        "secrets",
        "services",
        "session",
        "swarm",
        "system",
        "tasks",
        "volumes",
    ];
    let parts: Vec<&str> = path.trim_start_matches('/').split('/').collect();
    // What this engine cannot have is reported as missing, as by a Docker that has none: `docker inspect` then tries the
    // name as an image.
    if *method == Method::GET
        && let [kind @ ("containers" | "networks" | "plugins" | "volumes"), name, ..] = parts[..]
    {
        let kind = kind.trim_end_matches('s');
        return Failure::not_found(format!("No such {kind}: {name}"));
    }
    if DOCKER_PATHS.contains(&parts[0]) {
        return Failure::new(
            StatusCode::NOT_IMPLEMENTED,
            format!("the built-in engine moves images and runs nothing: {method} {path} needs Docker"),
        );
    }
    Failure::not_found("page not found")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn routed(method: &str, path: &str) -> ApiResult<Endpoint> {
        let (_, path) = version(path)?;
        endpoint(&method.parse().unwrap(), &path)
    }

    #[test]
    fn names_with_slashes_are_separated_from_the_operation() {
        let name = "127.0.0.1:5000/a/json/push";
        for (method, suffix, expected) in [
            ("GET", "/json", Endpoint::Inspect(name.to_owned())),
            ("GET", "/history", Endpoint::History(name.to_owned())),
            ("GET", "/get", Endpoint::Save(Some(name.to_owned()))),
            ("POST", "/push", Endpoint::Push(name.to_owned())),
            ("POST", "/tag", Endpoint::Tag(name.to_owned())),
            ("DELETE", "", Endpoint::Remove(name.to_owned())),
        ] {
            for prefix in ["", "/v1.24", "/v1.41", "/v1.47"] {
                assert_eq!(routed(method, &format!("{prefix}/images/{name}{suffix}")).unwrap(), expected);
            }
            let encoded = name.replace('/', "%2F").replace(':', "%3A");
            assert_eq!(routed(method, &format!("/images/{encoded}{suffix}")).unwrap(), expected);
        }
        assert_eq!(routed("GET", "/distribution/a/b/json").unwrap(), Endpoint::Distribution("a/b".to_owned()));
    }

    #[test]
    fn versions_out_of_range_are_refused_in_dockers_words() {
        assert_eq!(
            routed("GET", "/v1.23/version").unwrap_err().message,
            "client version 1.23 is too old. Minimum supported API version is 1.24, please upgrade your client to a newer \
             version"
        );
        assert_eq!(
            routed("GET", "/v1.99/version").unwrap_err().message,
            "client version 1.99 is too new. Maximum supported API version is 1.47"
        );
        assert_eq!(super::super::version::NEWEST_TEXT, NEWEST.to_string());
    }

    #[test]
    fn paths_that_are_not_served_are_refused() {
        assert_eq!(routed("POST", "/containers/create").unwrap_err().status, StatusCode::NOT_IMPLEMENTED);
        assert_eq!(routed("POST", "/build").unwrap_err().status, StatusCode::NOT_IMPLEMENTED);
        assert_eq!(routed("GET", "/containers/x/json").unwrap_err().message, "No such container: x");
        assert_eq!(routed("GET", "/nothing").unwrap_err().status, StatusCode::NOT_FOUND);
        assert_eq!(routed("GET", "/vx/y").unwrap_err().status, StatusCode::NOT_FOUND);
    }
}
