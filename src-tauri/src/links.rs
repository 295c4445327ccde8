//! Links to the outside: opened in the browser, and only on hosts that the lesson refers to.

use lab::Problem;

/// Hosts that the lesson refers to; their subdomains count too.
const HOSTS: [&str; 16] = [
    "aws.amazon.com",
    "cisa.gov",
    "cve.org",
    "debian.org",
    "docs.aws.amazon.com",
    "docs.docker.com",
    "first.org",
    "gallery.ecr.aws",
    "github.com",
    "hub.docker.com",
    "logging.apache.org",
    "mitre.org",
    "neo4j.com",
    "nist.gov",
    "opencontainers.org",
    "console.aws.amazon.com",
];

/// Whether the address may be opened: https, on one of the hosts, without user names or ports.
///
/// # Errors
///
/// Problem `link-refused`.
pub fn check(address: &str) -> Result<tauri::Url, Problem> {
    let refused = || Problem::new("link-refused").with("url", address);
    let url = tauri::Url::parse(address).map_err(|_| refused())?;
    let host = url.host_str().ok_or_else(refused)?;
    let known = HOSTS.iter().any(|known| {
        host == *known || host.strip_suffix(known).is_some_and(|subdomain| subdomain.ends_with('.'))
    });
    let plain = url.scheme() == "https" && url.username().is_empty() && url.password().is_none() && url.port().is_none();
    if known && plain { Ok(url) } else { Err(refused()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documentation_opens_and_everything_else_does_not() {
        for good in ["https://docs.aws.amazon.com/AmazonECR/", "https://nvd.nist.gov/vuln/detail/CVE-2021-44228"] {
            assert!(check(good).is_ok(), "{good}");
        }
        for bad in [
            "http://docs.aws.amazon.com/",
            "https://docs.aws.amazon.com.example.org/",
            "https://evilnist.gov/",
            "https://nist.gov@example.org/",
            "https://user@nist.gov/",
            "https://nist.gov:8443/",
            "file:///etc/passwd",
            "javascript:alert(1)",
            "nonsense",
        ] {
            assert!(check(bad).is_err(), "{bad}");
        }
    }
}
