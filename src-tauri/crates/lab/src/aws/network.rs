//! How AWS is reached from this network: proxy, certificates, and the kind of AWS's endpoints. From the environment and the profile,
//! by the rules of the `aws` command.

use std::{fmt, path::PathBuf};

use aws_config::profile::Profile;
use aws_smithy_http_client::{
    Builder, Connector,
    proxy::ProxyConfig,
    tls::{Provider, TlsContext, TrustStore, rustls_provider::CryptoMode},
};
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use aws_types::os_shim_internal::Env;

use crate::model::{
    code::Code,
    problem::{LabError, Problem},
};

/// The addresses of the metadata services of EC2, ECS and EKS. Credentials come from them: they are never asked through a proxy.
const METADATA: &str =
    "169.254.169.254,169.254.170.2,169.254.170.23,fd00:ec2::254,fd00:ec2::23,localhost,127.0.0.0/8,::1";

/// How other machines are reached.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Network {
    /// The proxy for HTTPS.
    pub proxy: Option<Proxy>,
    /// A file of certificates that are trusted, in PEM.
    pub ca_bundle: Option<PathBuf>,
    /// Whether endpoints validated under FIPS 140 are used.
    pub fips: bool,
    /// Whether endpoints with IPv6 are used.
    pub dual_stack: bool,
}

/// A proxy, and the hosts that are reached without it.
#[derive(Clone, PartialEq, Eq)]
pub struct Proxy {
    /// `http://user:password@host:port`. Holds the password: never shown.
    pub url: String,
    /// `NO_PROXY`, as it is written.
    pub no_proxy: Option<String>,
}

impl Network {
    /// From this process's environment alone.
    pub fn of_environment() -> Self {
        Self::read(&Env::real(), None)
    }

    /// From the environment, and a profile for what the environment leaves open.
    pub(crate) fn read(env: &Env, profile: Option<&Profile>) -> Self {
        let var =
            |name: &str| env.get(name).ok().map(|value| value.trim().to_owned()).filter(|value| !value.is_empty());
        let either = |name: &str| var(&name.to_ascii_uppercase()).or_else(|| var(name));
        let setting = |variable: &str, property: &str| {
            var(variable).or_else(|| profile.and_then(|profile| profile.get(property)).map(str::to_owned))
        };
        let is_on = |value: Option<String>| value.is_some_and(|value| value.eq_ignore_ascii_case("true"));
        let proxy = either("https_proxy").or_else(|| either("all_proxy")).map(|url| Proxy {
            url: if url.contains("://") { url } else { format!("http://{url}") },
            no_proxy: either("no_proxy"),
        });
        Self {
            proxy,
            ca_bundle: setting("AWS_CA_BUNDLE", "ca_bundle").map(PathBuf::from),
            fips: is_on(setting("AWS_USE_FIPS_ENDPOINT", "use_fips_endpoint")),
            dual_stack: is_on(setting("AWS_USE_DUALSTACK_ENDPOINT", "use_dualstack_endpoint")),
        }
    }

    /// The HTTP client of AWS's calls.
    ///
    /// # Errors
    /// `ca-bundle` if its file cannot be read, `proxy-invalid` if the proxy's address is none.
    pub(super) fn http_client(&self) -> Result<SharedHttpClient, LabError> {
        let tls = self.tls_context()?;
        let proxy = match &self.proxy {
            Some(proxy) => proxy.config()?,
            None => ProxyConfig::disabled(),
        };
        Ok(Builder::new().build_with_connector_fn(move |settings, components| {
            let mut connector = Connector::builder().proxy_config(proxy.clone());
            connector.set_connector_settings(settings.cloned());
            if let Some(components) = components {
                connector.set_sleep_impl(components.sleep_impl());
            }
            connector.tls_provider(Provider::Rustls(CryptoMode::Ring)).tls_context(tls.clone()).build()
        }))
    }

    /// As in the `aws` command, a bundle takes the place of the system's certificates.
    fn tls_context(&self) -> Result<TlsContext, LabError> {
        let store = match &self.ca_bundle {
            Some(path) => {
                let pem = std::fs::read(path).map_err(|error| unusable_bundle(path, &error.to_string()))?;
                if !pem.windows(BEGIN.len()).any(|part| part == BEGIN) {
                    return Err(unusable_bundle(path, "no certificate in PEM"));
                }
                TrustStore::empty().with_pem_certificate(pem)
            }
            None => TrustStore::default(),
        };
        TlsContext::builder().with_trust_store(store).build().map_err(LabError::defect)
    }
}

const BEGIN: &[u8] = b"-----BEGIN CERTIFICATE-----";

fn unusable_bundle(path: &std::path::Path, reason: &str) -> LabError {
    Problem::new(Code::CaBundle).with("path", path.display().to_string()).details(reason).into()
}

impl Proxy {
    fn config(&self) -> Result<ProxyConfig, LabError> {
        let no_proxy = match &self.no_proxy {
            Some(own) => format!("{own},{METADATA}"),
            None => METADATA.to_owned(),
        };
        // The error may repeat the address, and with it the password.
        let invalid = |_| Problem::new(Code::ProxyInvalid).with("proxy", self.shown());
        Ok(ProxyConfig::https(&self.url).map_err(invalid)?.no_proxy(no_proxy))
    }

    /// The address without user and password.
    pub fn shown(&self) -> String {
        redaction::origin_of(&self.url)
    }

    /// Whether the address has a user.
    pub fn has_user(&self) -> bool {
        self.url.contains('@')
    }
}

impl fmt::Debug for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Proxy").field("url", &self.shown()).field("no_proxy", &self.no_proxy).finish()
    }
}
