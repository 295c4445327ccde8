//! Protection from web pages: any page in a browser can send requests to loopback.

use http::{
    HeaderMap, HeaderName,
    header::{HOST, ORIGIN},
};

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Why a request is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// A browser sent it for a web page: it has an `Origin`, or a `Sec-Fetch-Site` other than `none` and `same-origin`. The latter
    /// is all that tells an image or a link of a page.
    WebPage,
    /// It is for a host name that the server does not have. An attacker can point any name at this machine (DNS rebinding).
    HostName,
}

/// Refuses requests of web pages. `answers_to` decides on the `Host` without its port, in lower case; it is empty if there is none.
///
/// # Errors
///
/// Why the request is to be refused, with status 403.
pub fn reject_web_page(headers: &HeaderMap, answers_to: impl FnOnce(&str) -> bool) -> Result<(), Refused> {
    let is_of_page = |site: &http::HeaderValue| !matches!(site.as_bytes(), b"none" | b"same-origin");
    if headers.contains_key(ORIGIN) || headers.get_all(SEC_FETCH_SITE).iter().any(is_of_page) {
        return Err(Refused::WebPage);
    }
    let host = headers.get(HOST).map_or(Ok(""), http::HeaderValue::to_str).map_err(|_| Refused::HostName)?;
    if answers_to(&without_port(host).to_ascii_lowercase()) { Ok(()) } else { Err(Refused::HostName) }
}

/// A `Host` without its port.
pub fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    }
}

/// Whether a host name without a port is this machine's: `localhost`, a name under it, or a loopback address.
pub fn is_loopback(name: &str) -> bool {
    let address = name.trim_start_matches('[').trim_end_matches(']').parse::<std::net::IpAddr>();
    name == "localhost" || name.ends_with(".localhost") || address.is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_on_this_machine_are_distinguished_from_web_pages() {
        let answer = |headers: &[(&'static str, &'static str)]| {
            let headers = headers
                .iter()
                .map(|(name, value)| (HeaderName::from_static(name), http::HeaderValue::from_static(value)))
                .collect();
            reject_web_page(&headers, is_loopback)
        };
        for host in ["127.0.0.1:5000", "localhost", "[::1]:80", "LOCALHOST:1", "api.moby.localhost"] {
            assert_eq!(answer(&[("host", host)]), Ok(()), "{host}");
            for site in ["none", "same-origin"] {
                assert_eq!(answer(&[("host", host), ("sec-fetch-site", site)]), Ok(()), "{host} {site}");
            }
            for site in ["cross-site", "same-site", "", "NONE"] {
                assert_eq!(answer(&[("host", host), ("sec-fetch-site", site)]), Err(Refused::WebPage), "{host} {site}");
            }
            for origin in ["https://evil.example", "http://127.0.0.1:5000", "null"] {
                assert_eq!(answer(&[("host", host), ("origin", origin)]), Err(Refused::WebPage), "{host} {origin}");
            }
        }
        for host in ["evil.example", "evil.example:5000", "1.2.3.4", "127.0.0.1.evil.example", "localhost.evil.example"]
        {
            assert_eq!(answer(&[("host", host)]), Err(Refused::HostName), "{host}");
        }
    }
}
