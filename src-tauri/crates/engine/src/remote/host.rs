//! The hosts of registries, as references name them.

/// The address that a registry's name means, which messages show: HTTPS, also where this engine reaches the registry at
/// another address.
pub(crate) fn named_url(host: &str) -> String {
    match host {
        "docker.io" => "https://registry-1.docker.io".to_owned(),
        _ if is_loopback(host) => format!("http://{host}"),
        _ => format!("https://{host}"),
    }
}

/// 127.0.0.0/8, `[::1]` or `localhost`, with a port or without.
pub(crate) fn is_loopback(host: &str) -> bool {
    let name = match host.rfind(':') {
        Some(colon) if !host.ends_with(']') => &host[..colon],
        _ => host,
    };
    let address = name.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(name);
    address == "localhost" || address.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}
