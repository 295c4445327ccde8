//! The state of the practice cloud: all of `cloud.json`. Images are stored by the registry's storage, and findings by
//! `scan`; the state has the repositories, their settings, and the times of their scans.

pub(crate) mod clock_change;
pub(crate) mod filters;
pub(crate) mod image_lifecycle;
pub(crate) mod inspector;
pub(crate) mod registry;
pub(crate) mod repository;
pub(crate) mod scanning;
pub(crate) mod store;
pub(crate) mod usage;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    moment::Moment,
    state::{
        inspector::Inspector,
        registry::RegistrySettings,
        repository::{ClosedScan, Repository},
        scanning::{ScanFrequency, ScanType, Scanning},
    },
};

/// The version of `cloud.json` that this code writes.
pub(crate) const VERSION: u32 = 1;

/// The content of `cloud.json`.
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
    pub(crate) registry: RegistrySettings,
    #[serde(default)]
    pub(crate) repositories: BTreeMap<String, Repository>,
    /// Scans whose image was deleted or is no longer watched: their findings are closed, and dropped after a while.
    #[serde(default)]
    pub(crate) closed: Vec<ClosedScan>,
    /// How far the practice clock was moved forward, in seconds.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub(crate) clock_ahead: u64,
    /// How often the scanner has started to read an image without an outcome, by digest: a scan that ends the process leaves
    /// its attempt here.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) scan_attempts: BTreeMap<String, u32>,
    /// The temporary credentials of the practice user, by access key.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) user_sessions: BTreeMap<String, UserSession>,
}

/// Temporary credentials of the practice user.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct UserSession {
    pub(crate) secret_key: String,
    pub(crate) token: String,
    pub(crate) expires_at: Moment,
}

/// The only credentials of the practice account.
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
            registry: RegistrySettings::default(),
            repositories: BTreeMap::new(),
            closed: Vec::new(),
            clock_ahead: 0,
            scan_attempts: BTreeMap::new(),
            user_sessions: BTreeMap::new(),
        }
    }

    /// The closed scans whose findings are kept. Those of an image that is scanned again are its new scan's.
    pub(crate) fn kept_closed(&self, now: Moment) -> impl Iterator<Item = &ClosedScan> {
        let has_scan = |closed: &ClosedScan| {
            let repository = self.repositories.get(&closed.repository);
            repository.is_some_and(|repository| repository.scans.contains_key(&closed.digest))
        };
        self.closed.iter().filter(move |closed| closed.is_kept(now) && !has_scan(closed))
    }

    /// How Inspector watches a repository: the frequency and the filters that match; `None` if it does not. Without any
    /// rule, enhanced scanning is continuous scanning of everything.
    pub(crate) fn watch(&self, name: &str) -> Option<(ScanFrequency, Vec<String>)> {
        if self.scanning.scan_type != ScanType::Enhanced || !self.inspector.ecr().is_on() {
            return None;
        }
        self.enhanced_rule(name)
    }

    /// How the registry's configuration scans a repository, regardless of whether Inspector is activated.
    pub(crate) fn configured(&self, name: &str) -> Option<(ScanFrequency, Vec<String>)> {
        match self.scanning.scan_type {
            ScanType::Enhanced => self.enhanced_rule(name),
            ScanType::Basic => self.scanning.applied(name),
        }
    }

    fn enhanced_rule(&self, name: &str) -> Option<(ScanFrequency, Vec<String>)> {
        if self.scanning.rules.is_empty() {
            return Some((ScanFrequency::ContinuousScan, Vec::new()));
        }
        self.scanning.applied(name)
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_zero(seconds: &u64) -> bool {
    *seconds == 0
}

impl Credentials {
    /// Random credentials in AWS's format, which other users of this machine cannot guess.
    fn random() -> Self {
        let random = || uuid::Uuid::new_v4().simple().to_string();
        let access_key = format!("AKIAPRACTICE{}", random()[..8].to_ascii_uppercase());
        let secret_key = format!("{}{}", random(), &random()[..8]);
        Self { access_key, secret_key }
    }
}
