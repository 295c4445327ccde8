//! The network address and the protocol of each registry.

use std::{collections::BTreeMap, fmt, net::SocketAddr, path::Path, sync::Arc, time::Duration};

use oci_client::client::{Certificate, CertificateEncoding, ClientConfig, ClientProtocol};
use reqwest::{NoProxy, redirect};
use rustls::pki_types::{CertificateDer, pem::PemObject as _};

use super::{failure::RemoteError, host::is_loopback};
use crate::{
    config::{EngineConfig, Proxy},
    error::EngineError,
};

const USER_AGENT: &str = concat!("image-security-lab/", env!("CARGO_PKG_VERSION"));
const CONNECT_TIMEOUT: Duration = Duration::from_secs(15);
const READ_TIMEOUT: Duration = Duration::from_mins(1);
const MAX_REDIRECTS: usize = 5;

/// Every name and every address, as a list of hosts that need no proxy.
const ALL_HOSTS: &str = "*,0.0.0.0/0,::/0";

/// The HTTP clients, and the addresses of registries that differ from their names.
#[derive(Clone, Debug)]
pub(crate) struct Network {
    hosts: BTreeMap<String, String>,
    direct: reqwest::Client,
    proxied: reqwest::Client,
    proxy: Option<Proxy>,
    /// Trusted beside the system's, in DER.
    certificates: Arc<[Vec<u8>]>,
}

/// The address of one registry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Endpoint {
    pub(crate) secure: bool,
    /// Host and port.
    pub(crate) authority: String,
}

impl Network {
    pub(crate) fn new(config: &EngineConfig) -> Result<Self, EngineError> {
        for (host, address) in &config.hosts {
            if !address.parse::<SocketAddr>().is_ok_and(|address| address.ip().is_loopback()) {
                return Err(EngineError::Host { host: host.clone(), address: address.clone() });
            }
        }
        // Another part of the process may have installed a provider; any will do.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let certificates = config.ca_bundle.as_deref().map(certificates).transpose()?.unwrap_or_default();
        let builder = || {
            let trusted = certificates.iter().filter_map(|der| reqwest::Certificate::from_der(der).ok());
            reqwest::Client::builder()
                .user_agent(USER_AGENT)
                .connect_timeout(CONNECT_TIMEOUT)
                .read_timeout(READ_TIMEOUT)
                .redirect(redirect::Policy::custom(follow))
                .tls_certs_merge(trusted)
                .no_proxy()
        };
        let tls = |error: reqwest::Error| EngineError::Tls { reason: super::failure::root_cause(&error) };
        let mut proxied = builder();
        if let Some(proxy) = &config.proxy {
            let unusable = |_| EngineError::Proxy { proxy: proxy.shown() };
            let no_proxy = proxy.no_proxy.as_deref().and_then(NoProxy::from_string);
            proxied = proxied.proxy(reqwest::Proxy::https(&proxy.url).map_err(unusable)?.no_proxy(no_proxy));
        }
        Ok(Self {
            hosts: config.hosts.clone(),
            direct: builder().build().map_err(tls)?,
            proxied: proxied.build().map_err(tls)?,
            proxy: config.proxy.clone(),
            certificates: certificates.into(),
        })
    }

    pub(crate) fn endpoint(&self, host: &str) -> Endpoint {
        let plain = |authority: &str| Endpoint { secure: false, authority: authority.to_owned() };
        if let Some(address) = self.hosts.get(host) {
            return plain(address);
        }
        match host {
            "docker.io" => Endpoint { secure: true, authority: "registry-1.docker.io".to_owned() },
            _ if is_loopback(host) => plain(host),
            _ => Endpoint { secure: true, authority: host.to_owned() },
        }
    }

    /// Plain HTTP is used on this machine only, and a proxy could not reach it.
    pub(crate) fn http(&self, endpoint: &Endpoint) -> &reqwest::Client {
        if endpoint.secure { &self.proxied } else { &self.direct }
    }

    pub(crate) fn oci_client(&self, endpoint: &Endpoint) -> Result<oci_client::Client, RemoteError> {
        let authority = endpoint.authority.clone();
        let protocol =
            if endpoint.secure { ClientProtocol::Https } else { ClientProtocol::HttpsExcept(vec![authority]) };
        let (secure_proxy, unused_proxy, direct_hosts) = match self.proxy.as_ref().filter(|_| endpoint.secure) {
            Some(proxy) => (Some(proxy.url.clone()), None, proxy.no_proxy.clone()),
            // `oci-client` has no way to ignore the environment's proxy; a proxy that is used for no host has that effect.
            None => (None, Some("http://127.0.0.1:9".to_owned()), Some(ALL_HOSTS.to_owned())),
        };
        let trusted = |der: &Vec<u8>| Certificate { encoding: CertificateEncoding::Der, data: der.clone() };
        let config = ClientConfig {
            protocol,
            use_monolithic_push: true,
            platform_resolver: None,
            connect_timeout: Some(CONNECT_TIMEOUT),
            // No read_timeout: it would also run while a layer is being sent. Callers detect stalls.
            read_timeout: None,
            user_agent: USER_AGENT,
            https_proxy: secure_proxy,
            http_proxy: unused_proxy,
            no_proxy: direct_hosts,
            extra_root_certificates: self.certificates.iter().map(trusted).collect(),
            ..ClientConfig::default()
        };
        oci_client::Client::try_from(config).map_err(RemoteError::from)
    }

    /// The proxy's address without user and password, and the hosts that are reached without it.
    pub(crate) fn shown_proxy(&self) -> (String, String) {
        let proxy = self.proxy.as_ref();
        (
            proxy.map(Proxy::shown).unwrap_or_default(),
            proxy.and_then(|proxy| proxy.no_proxy.clone()).unwrap_or_default(),
        )
    }
}

impl Endpoint {
    pub(crate) fn scheme(&self) -> &'static str {
        if self.secure { "https" } else { "http" }
    }
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}", self.scheme(), self.authority)
    }
}

/// The certificates of a file, in DER.
fn certificates(path: &Path) -> Result<Vec<Vec<u8>>, EngineError> {
    let unusable = |reason: String| EngineError::Certificates { path: path.to_owned(), reason };
    let pem = std::fs::read(path).map_err(|error| unusable(error.to_string()))?;
    let certificates: Result<Vec<_>, _> =
        CertificateDer::pem_slice_iter(&pem).map(|certificate| certificate.map(|der| der.to_vec())).collect();
    let certificates = certificates.map_err(|error| unusable(error.to_string()))?;
    if certificates.is_empty() { Err(unusable("no certificate in PEM".to_owned())) } else { Ok(certificates) }
}

/// Refuses redirects from HTTPS to HTTP. reqwest itself does not send credentials to another host.
fn follow(attempt: redirect::Attempt) -> redirect::Action {
    let downgrade = attempt.url().scheme() == "http" && attempt.previous().iter().any(|url| url.scheme() == "https");
    if downgrade {
        attempt.error("redirected from https to http")
    } else if attempt.previous().len() > MAX_REDIRECTS {
        attempt.error("too many redirects")
    } else {
        attempt.follow()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_loopback_registries_are_reached_by_plain_http() {
        let hosts = BTreeMap::from([("public.ecr.aws".to_owned(), "127.0.0.1:4".to_owned())]);
        let network = Network::new(&EngineConfig { hosts, ..EngineConfig::new("unused") }).unwrap();
        for (host, url) in [
            ("public.ecr.aws", "http://127.0.0.1:4"),
            ("127.0.0.1:5000", "http://127.0.0.1:5000"),
            ("127.9.9.9", "http://127.9.9.9"),
            ("[::1]:5000", "http://[::1]:5000"),
            ("localhost:5000", "http://localhost:5000"),
            ("docker.io", "https://registry-1.docker.io"),
            ("localhost.example.com", "https://localhost.example.com"),
            ("128.0.0.1:5000", "https://128.0.0.1:5000"),
        ] {
            assert_eq!(network.endpoint(host).to_string(), url);
        }
    }

    #[test]
    fn plain_http_to_other_machines_cannot_be_configured() {
        for address in ["10.0.0.1:80", "example.com:80", "127.0.0.1"] {
            let hosts = BTreeMap::from([("a.b".to_owned(), address.to_owned())]);
            let config = EngineConfig { hosts, ..EngineConfig::new("unused") };
            assert!(matches!(Network::new(&config), Err(EngineError::Host { .. })), "{address}");
        }
    }
}
