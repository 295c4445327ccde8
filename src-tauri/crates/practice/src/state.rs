//! What the practice cloud remembers: all of `cloud.json`. Images themselves are remembered by the registry's storage,
//! what was found in them by `scan`; here is who owns them and where their scans stand.

mod inspector;
mod repository;
mod scanning;
mod store;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub(crate) use self::{
    inspector::{Inspector, Rescan, Resource, Standing},
    repository::{BasicScan, ClosedScan, Done, Encryption, Mutability, Outcome, Repository, Scan, Unsupported},
    scanning::{Rule, ScanFrequency, ScanType, Scanning},
    store::{SaveError, Store, write as write_file},
};

/// The version of `cloud.json` that this code writes.
pub(crate) const VERSION: u32 = 1;

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct State {
    pub(crate) version: u32,
    pub(crate) region: String,
    pub(crate) credentials: Credentials,
    #[serde(default)]
    pub(crate) scanning: Scanning,
    #[serde(default)]
    pub(crate) inspector: Inspector,
    #[serde(default)]
    pub(crate) account_settings: BTreeMap<String, String>,
    #[serde(default)]
    pub(crate) repositories: BTreeMap<String, Repository>,
    /// Scans whose image is gone or no longer watched: their findings are closed, and after a while forgotten.
    #[serde(default)]
    pub(crate) closed: Vec<ClosedScan>,
}

/// The one key that opens the practice account.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Credentials {
    pub(crate) access_key: String,
    pub(crate) secret_key: String,
}

impl State {
    /// A new account: basic scanning without rules, Inspector off, no repositories.
    pub(crate) fn new(region: &str) -> Self {
        Self {
            version: VERSION,
            region: region.to_owned(),
            credentials: Credentials::random(),
            scanning: Scanning::default(),
            inspector: Inspector::default(),
            account_settings: BTreeMap::new(),
            repositories: BTreeMap::new(),
            closed: Vec::new(),
        }
    }

    /// How Inspector watches a repository; `None` if it does not. Without any rule, enhanced scanning is continuous
    /// scanning of everything.
    pub(crate) fn watch(&self, name: &str) -> Option<(ScanFrequency, Vec<String>)> {
        if self.scanning.scan_type != ScanType::Enhanced || !self.inspector.ecr().is_on() {
            return None;
        }
        self.enhanced_rule(name)
    }

    /// What the registry's configuration says of a repository, whatever Inspector's own state is.
    pub(crate) fn configured(&self, name: &str) -> Option<(ScanFrequency, Vec<String>)> {
        match self.scanning.scan_type {
            ScanType::Enhanced => self.enhanced_rule(name),
            ScanType::Basic => crate::filters::applied(&self.scanning.rules, name),
        }
    }

    fn enhanced_rule(&self, name: &str) -> Option<(ScanFrequency, Vec<String>)> {
        if self.scanning.rules.is_empty() {
            return Some((ScanFrequency::ContinuousScan, Vec::new()));
        }
        crate::filters::applied(&self.scanning.rules, name)
    }
}

impl Credentials {
    /// In the shape of AWS's, and no one else's: another user of this machine cannot guess them.
    fn random() -> Self {
        let random = || uuid::Uuid::new_v4().simple().to_string();
        let access_key = format!("AKIAPRACTICE{}", random()[..8].to_ascii_uppercase());
        let secret_key = format!("{}{}", random(), &random()[..8]);
        Self { access_key, secret_key }
    }
}
