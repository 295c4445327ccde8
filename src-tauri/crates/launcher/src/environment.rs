//! The environment variables with which a terminal's `aws` and `docker` reach the practice cloud and the engine.

use engine::Engine;
use practice::Practice;
use serde::{Deserialize, Serialize};

use crate::{error::LaunchError, folder::Folder};

/// Variables of the user's own configuration that would take precedence, or make the programs refuse to work: other profiles,
/// endpoints and tokens, endpoints that a custom one cannot be combined with, and a Docker API that the engine does not have. They are
/// removed, because an empty profile is an error for the AWS CLI.
const REMOVED: [&str; 15] = [
    "AWS_PROFILE",
    "AWS_DEFAULT_PROFILE",
    "AWS_SECURITY_TOKEN",
    "AWS_CREDENTIAL_EXPIRATION",
    "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
    "AWS_ENDPOINT_URL_ECR",
    "AWS_ENDPOINT_URL_ECR_PUBLIC",
    "AWS_ENDPOINT_URL_INSPECTOR2",
    "AWS_ENDPOINT_URL_IAM",
    "AWS_ENDPOINT_URL_ORGANIZATIONS",
    "AWS_ENDPOINT_URL_STS",
    "AWS_USE_DUALSTACK_ENDPOINT",
    "AWS_USE_FIPS_ENDPOINT",
    "DOCKER_API_VERSION",
    "DOCKER_CONTENT_TRUST",
];

/// What is reached without a proxy: everything of the practice cloud is on this machine.
const LOOPBACK: [&str; 3] = ["127.0.0.1", "localhost", "::1"];

/// An environment variable.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Variable {
    /// Its name.
    pub name: String,
    /// Its value; `None`: it is removed. Access keys are those of the practice cloud and are valid nowhere else.
    pub value: Option<String>,
}

/// The variables, in order.
///
/// # Errors
///
/// Problem `place-folder` if the folder for `DOCKER_CONFIG` cannot be created.
pub fn environment(folder: &Folder, cloud: &Practice, engine: Option<&Engine>) -> Result<Vec<Variable>, LaunchError> {
    let (access_key, secret_key) = cloud.credentials();
    let mut values = vec![
        ("AWS_ENDPOINT_URL", cloud.endpoint()),
        ("AWS_REGION", cloud.region().to_owned()),
        ("AWS_DEFAULT_REGION", cloud.region().to_owned()),
        ("AWS_ACCESS_KEY_ID", access_key),
        ("AWS_SECRET_ACCESS_KEY", secret_key),
        ("AWS_SESSION_TOKEN", String::new()),
        ("AWS_PAGER", String::new()),
    ];
    if let Some(engine) = engine {
        values.extend([
            ("DOCKER_HOST", engine.docker_host()),
            ("DOCKER_CONTEXT", String::new()),
            ("DOCKER_TLS_VERIFY", String::new()),
        ]);
    }
    values.push(("DOCKER_CONFIG", folder.docker_config()?.display().to_string()));
    let own = ["NO_PROXY", "no_proxy"].map(|name| std::env::var(name).unwrap_or_default());
    let no_proxy = with_loopback(&own);
    values.extend([("NO_PROXY", no_proxy.clone()), ("no_proxy", no_proxy)]);
    let set = values.into_iter().map(|(name, value)| Variable { name: name.to_owned(), value: Some(value) });
    let removed = REMOVED.into_iter().map(|name| Variable { name: name.to_owned(), value: None });
    Ok(set.chain(removed).collect())
}

/// The hosts of these lists and the loopback addresses, each once.
fn with_loopback(lists: &[String]) -> String {
    let mut hosts: Vec<&str> = Vec::new();
    let own = lists.iter().flat_map(|list| list.split(',')).map(str::trim).filter(|host| !host.is_empty());
    for host in own.chain(LOOPBACK) {
        if !hosts.contains(&host) {
            hosts.push(host);
        }
    }
    hosts.join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_users_own_hosts_without_a_proxy_stay() {
        let extended = |upper: &str, lower: &str| with_loopback(&[upper.to_owned(), lower.to_owned()]);
        assert_eq!(extended("", ""), "127.0.0.1,localhost,::1");
        assert_eq!(
            extended("school.example, 127.0.0.1", "intranet"),
            "school.example,127.0.0.1,intranet,localhost,::1"
        );
        assert_eq!(extended("*", "*"), "*,127.0.0.1,localhost,::1");
    }
}
