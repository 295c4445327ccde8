//! A registry's authentication challenge: its `WWW-Authenticate`, and the tokens of its token server.

use http::{HeaderMap, header::WWW_AUTHENTICATE};
use http_auth::parser::ChallengeParser;
use reqwest::Url;
use serde::Deserialize;

use super::{body::bounded, credentials::Secret, endpoint::Endpoint, failure::RemoteError, host::is_loopback};

const RESPONSE_LIMIT: u64 = 1 << 20;

#[derive(Clone, Debug)]
pub(crate) enum Challenge {
    /// No authentication is required.
    NotRequired,
    Basic,
    Bearer {
        realm: Url,
        service: Option<String>,
        scope: Option<String>,
    },
}

impl Challenge {
    /// The supported scheme among those offered; bearer is preferred to basic.
    pub(crate) fn of(headers: &HeaderMap) -> Result<Self, RemoteError> {
        let offered: Vec<_> = headers
            .get_all(WWW_AUTHENTICATE)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| ChallengeParser::new(value).filter_map(Result::ok).collect::<Vec<_>>())
            .collect();
        if let Some(bearer) = offered.iter().find(|challenge| challenge.scheme.eq_ignore_ascii_case("bearer")) {
            let parameter = |name: &str| {
                let entry = bearer.params.iter().find(|(key, _)| key.eq_ignore_ascii_case(name));
                entry.map(|(_, value)| value.to_unescaped())
            };
            let realm = parameter("realm").and_then(|realm| Url::parse(&realm).ok()).ok_or_else(|| {
                RemoteError::Invalid("the registry asks for a token and does not say where to get one".to_owned())
            })?;
            return Ok(Self::Bearer { realm, service: parameter("service"), scope: parameter("scope") });
        }
        if offered.iter().any(|challenge| challenge.scheme.eq_ignore_ascii_case("basic")) {
            return Ok(Self::Basic);
        }
        Err(RemoteError::Invalid("the registry asks for an authentication that is not known here".to_owned()))
    }
}

/// Requests a token. Credentials are sent only to a token server that belongs to the registry.
pub(crate) async fn token(
    http: &reqwest::Client,
    registry: &Endpoint,
    realm: &Url,
    service: Option<&str>,
    scopes: &[String],
    secret: &Secret<'_>,
) -> Result<String, RemoteError> {
    if registry.secure && realm.scheme() != "https" {
        return Err(RemoteError::Invalid("the registry's token server is not reached by https".to_owned()));
    }
    let mut parameters: Vec<(&str, &str)> = service.map(|service| ("service", service)).into_iter().collect();
    parameters.extend(scopes.iter().map(|scope| ("scope", scope.as_str())));
    let token_request = |parameters: &[(&str, &str)]| {
        let mut url = realm.clone();
        url.query_pairs_mut().extend_pairs(parameters);
        http.get(url)
    };
    let trusted = is_trusted_realm(realm, registry);
    let request = match secret {
        Secret::Password(user, password) if trusted => {
            parameters.push(("account", user));
            token_request(&parameters).basic_auth(user, Some(password))
        }
        Secret::Identity(token) if trusted => {
            let form = url::form_urlencoded::Serializer::new(String::new())
                .extend_pairs(&parameters)
                .append_pair("grant_type", "refresh_token")
                .append_pair("client_id", "image-security-lab")
                .append_pair("refresh_token", token)
                .finish();
            http.post(realm.clone()).header("content-type", "application/x-www-form-urlencoded").body(form)
        }
        Secret::Password(..) | Secret::Identity(_) => {
            tracing::warn!(registry = %registry, realm = realm.host_str(), "credentials are kept from a foreign token server");
            token_request(&parameters)
        }
        Secret::Anonymous | Secret::Token(_) => token_request(&parameters),
    };
    let response = request.send().await?;
    let (status, headers) = (response.status(), response.headers().clone());
    let body = bounded(response, RESPONSE_LIMIT).await?;
    if !status.is_success() {
        return Err(RemoteError::refused(status, &headers, &body));
    }
    token_in(&body).ok_or_else(|| RemoteError::Invalid("the registry's token server gave no token".to_owned()))
}

fn token_in(body: &[u8]) -> Option<String> {
    #[derive(Deserialize)]
    struct TokenResponse {
        token: Option<String>,
        access_token: Option<String>,
    }
    let response: TokenResponse = serde_json::from_slice(body).ok()?;
    [response.token, response.access_token].into_iter().flatten().find(|token| !token.is_empty())
}

/// Whether a token server may receive the credentials of a registry: it is on the same host or, by HTTPS, on the host's
/// parent or sibling domain, as `auth.docker.io` is of `registry-1.docker.io`.
fn is_trusted_realm(realm: &Url, registry: &Endpoint) -> bool {
    let Some(host) = realm.host_str() else { return false };
    let Ok(own) = Url::parse(&format!("{registry}/")) else { return false };
    let own_host = own.host_str().unwrap_or_default();
    if host == own_host && realm.port_or_known_default() == own.port_or_known_default() {
        return true;
    }
    if !registry.secure || is_loopback(host) || own_host.parse::<std::net::IpAddr>().is_ok() {
        return false;
    }
    // A parent domain of one label, such as `io`, is shared by all.
    own_host
        .split_once('.')
        .filter(|(_, parent)| parent.contains('.'))
        .is_some_and(|(_, parent)| host == parent || host.strip_suffix(parent).is_some_and(|rest| rest.ends_with('.')))
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn challenge(values: &[&str]) -> Result<Challenge, RemoteError> {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(WWW_AUTHENTICATE, HeaderValue::from_str(value).unwrap());
        }
        Challenge::of(&headers)
    }

    #[test]
    fn the_challenges_of_real_registries_are_understood() {
        let ecr = r#"Basic realm="https://123456789012.dkr.ecr.us-east-1.amazonaws.com/",service="ecr.amazonaws.com""#;
        assert!(matches!(challenge(&[ecr]), Ok(Challenge::Basic)));
        let public = r#"Bearer realm="https://public.ecr.aws/token/",service="public.ecr.aws",scope="aws""#;
        for offered in [&[public][..], &["Basic realm=\"x\"", public], &[&format!("Basic realm=\"x\", {public}")]] {
            let Ok(Challenge::Bearer { realm, service, scope }) = challenge(offered) else { panic!("{offered:?}") };
            assert_eq!(realm.as_str(), "https://public.ecr.aws/token/");
            assert_eq!((service.as_deref(), scope.as_deref()), (Some("public.ecr.aws"), Some("aws")));
        }
        for malformed in [&[][..], &["Negotiate"], &["Bearer realm=\"nowhere\""], &["Bearer"], &["\"\""]] {
            assert!(challenge(malformed).is_err(), "{malformed:?}");
        }
    }

    #[test]
    fn only_a_registrys_own_token_server_is_trusted() {
        let trusted = |realm: &str, secure: bool, authority: &str| {
            is_trusted_realm(&Url::parse(realm).unwrap(), &Endpoint { secure, authority: authority.to_owned() })
        };
        assert!(trusted("https://auth.docker.io/token", true, "registry-1.docker.io"));
        assert!(trusted("https://gitlab.com/jwt/auth", true, "registry.gitlab.com"));
        assert!(trusted("https://ghcr.io/token", true, "ghcr.io"));
        assert!(trusted("http://127.0.0.1:5/token", false, "127.0.0.1:5"));
        assert!(!trusted("http://127.0.0.1:6/token", false, "127.0.0.1:5"));
        assert!(!trusted("https://evil.com/token", true, "registry-1.docker.io"));
        assert!(!trusted("https://evildocker.io/token", true, "registry-1.docker.io"));
        assert!(!trusted("https://evil.io/token", true, "ghcr.io"));
        assert!(!trusted("https://2.0.0.1/token", true, "1.0.0.1"));
    }
}
