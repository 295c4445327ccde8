//! An HTTP client for loopback.

/// A client that uses no proxy.
///
/// # Panics
///
/// Never: a client without TLS needs nothing of the system.
pub fn http_client() -> reqwest::Client {
    install_tls_provider();
    reqwest::Client::builder().no_proxy().build().expect("a client without TLS needs nothing")
}

/// Installs rustls's provider, which `reqwest` wants even where nothing is encrypted.
pub fn install_tls_provider() {
    // Fails if a provider is installed already, which is fine.
    let _ = rustls::crypto::ring::default_provider().install_default();
}
