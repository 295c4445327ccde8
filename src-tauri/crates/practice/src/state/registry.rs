//! The registry's own settings: its policy, replication, and the rules of its pull-through cache.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::moment::Moment;

/// The registry's own settings.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct RegistrySettings {
    /// The registry's policy, as it was written.
    pub(crate) policy: Option<String>,
    pub(crate) replication: Replication,
    /// The rules of the pull-through cache, by the prefix of repositories.
    pub(crate) pull_through: BTreeMap<String, PullThroughRule>,
}

/// The replication of images to other registries.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct Replication {
    pub(crate) rules: Vec<ReplicationRule>,
    /// When the rules were put. Images that were pushed before are not replicated.
    pub(crate) since: Moment,
}

/// A rule of the replication, in the members of the API.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ReplicationRule {
    pub(crate) destinations: Vec<Destination>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) repository_filters: Vec<PrefixFilter>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) delete_replication: Option<DeleteReplication>,
}

/// A registry that images are replicated to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Destination {
    pub(crate) region: String,
    pub(crate) registry_id: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PrefixFilter {
    pub(crate) filter: String,
    pub(crate) filter_type: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct DeleteReplication {
    pub(crate) enabled: bool,
}

/// A rule of the pull-through cache.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PullThroughRule {
    pub(crate) upstream_url: String,
    /// `docker-hub`
    pub(crate) upstream: String,
    pub(crate) upstream_prefix: String,
    #[serde(default)]
    pub(crate) credential_arn: Option<String>,
    #[serde(default)]
    pub(crate) custom_role_arn: Option<String>,
    pub(crate) created_at: Moment,
    #[serde(default)]
    pub(crate) updated_at: Option<Moment>,
}

impl ReplicationRule {
    /// Whether it replicates the images of this repository.
    pub(crate) fn applies_to(&self, repository: &str) -> bool {
        let filters = &self.repository_filters;
        filters.is_empty() || filters.iter().any(|filter| repository.starts_with(&filter.filter))
    }
}
