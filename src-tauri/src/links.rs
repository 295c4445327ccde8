//! Which links may be opened in the browser: only those to hosts that the lesson refers to.

use lab::{Code, LabError, Problem};

/// The hosts of the lesson's links and of the usual references of vulnerabilities. Subdomains are included. The web side shows
/// other addresses as text.
pub(crate) const HOSTS: [&str; 32] = [
    "aws.amazon.com",
    "console.aws.amazon.com",
    "docs.aws.amazon.com",
    "gallery.ecr.aws",
    "apache.org",
    "bouncycastle.org",
    "cert.org",
    "chromium.org",
    "cisa.gov",
    "cve.org",
    "debian.org",
    "docker.com",
    "dpkg.org",
    "eclipse.org",
    "fedoraproject.org",
    "first.org",
    "gentoo.org",
    "github.com",
    "gnu.org",
    "kernel.org",
    "mitre.org",
    "neo4j.com",
    "netapp.com",
    "nist.gov",
    "opencontainers.org",
    "openssl-library.org",
    "openssl.org",
    "openwall.com",
    "oracle.com",
    "redhat.com",
    "sourceware.org",
    "ubuntu.com",
];

/// Returns the address if it may be opened: on one of the hosts, without user name or port. `http`, as in old references, becomes
/// `https`.
///
/// # Errors
///
/// Problem `link-refused`.
pub fn check(address: &str) -> Result<tauri::Url, LabError> {
    let refused = || LabError::from(Problem::new(Code::LinkRefused).with("url", address));
    let mut url = tauri::Url::parse(address).map_err(|_| refused())?;
    if url.scheme() == "http" {
        url.set_scheme("https").map_err(|()| refused())?;
    }
    let host = url.host_str().ok_or_else(refused)?;
    let listed = HOSTS.iter().any(|allowed| {
        host == *allowed || host.strip_suffix(allowed).is_some_and(|subdomain| subdomain.ends_with('.'))
    });
    let plain =
        url.scheme() == "https" && url.username().is_empty() && url.password().is_none() && url.port().is_none();
    if listed && plain { Ok(url) } else { Err(refused()) }
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    use super::*;

    #[test]
    fn documentation_opens_and_everything_else_does_not() {
        for good in [
            "https://docs.aws.amazon.com/AmazonECR/",
            "https://nvd.nist.gov/vuln/detail/CVE-2021-44228",
            "http://www.openwall.com/lists/oss-security/2021/12/10/1",
        ] {
            assert_eq!(check(good).unwrap().scheme(), "https", "{good}");
        }
        for bad in [
            "https://docs.aws.amazon.com.example.org/",
            "https://evilnist.gov/",
            "https://nist.gov@example.org/",
            "https://user@nist.gov/",
            "https://nist.gov:8443/",
            "http://nist.gov:8080/",
            "file:///etc/passwd",
            "javascript:alert(1)",
            "ftp://nist.gov/",
            "nonsense",
        ] {
            assert!(check(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn every_link_that_the_web_side_shows_opens() {
        let ui = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui");
        let mut links = Vec::new();
        for folder in ["src", "locales"] {
            collect_links(&ui.join(folder), &mut links);
        }
        assert!(links.len() > 5, "{links:?}");
        let refused: Vec<_> = links.iter().filter(|link| check(link).is_err()).collect();
        assert!(refused.is_empty(), "{refused:?}");
    }

    fn collect_links(folder: &Path, links: &mut Vec<String>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                collect_links(&path, links);
            } else if path.to_string_lossy().ends_with(".test.ts") {
                // Unit tests contain links that must be refused; the window does not show them.
            } else if let Ok(text) = fs::read_to_string(&path) {
                let starts = text.match_indices("https://").map(|(at, _)| &text[at..]);
                let end = |c: char| c.is_whitespace() || "\"'`<>()$".contains(c);
                let addresses = starts.map(|rest| rest[..rest.find(end).unwrap_or(rest.len())].to_owned());
                // A bare `https://` in a text names no host.
                links.extend(addresses.filter(|link| link.contains('.')));
            }
        }
    }
}
