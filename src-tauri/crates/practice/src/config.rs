//! The configuration of a practice cloud.

use std::path::PathBuf;

use crate::{faults::fault::Fault, permissions::settings::PermissionSettings, speed::Speed};

/// The id of the practice account.
pub const ACCOUNT: &str = "123456789012";

/// The default region.
pub const DEFAULT_REGION: &str = "ap-northeast-2";

/// The configuration of a practice cloud.
#[derive(Clone, Debug)]
pub struct PracticeConfig {
    /// The data folder, which one process can use at a time.
    pub data_dir: PathBuf,
    /// The database of the advisories that the user has imported. Scans use it while it is there; it can be imported while the
    /// practice cloud runs.
    pub advisories: Option<PathBuf>,
    /// The port of the AWS APIs and the private registry; 0 for any.
    pub port: u16,
    /// The port of the public registry; 0 for any.
    pub public_port: u16,
    /// The region; a practice cloud has only one.
    pub region: String,
    /// How fast scans and activations run.
    pub speed: Speed,
    /// The form of repository addresses.
    pub addressing: Addressing,
    /// The faults in force from the start.
    pub faults: Vec<Fault>,
    /// Who may do what, from the start.
    pub permissions: PermissionSettings,
}

impl PracticeConfig {
    /// Free ports, the default region, AWS names, instant speed, no imported advisories, no faults, and a user who may do
    /// everything.
    pub fn new(data_dir: impl Into<PathBuf>) -> Self {
        Self {
            data_dir: data_dir.into(),
            advisories: None,
            port: 0,
            public_port: 0,
            region: DEFAULT_REGION.to_owned(),
            speed: Speed::Instant,
            addressing: Addressing::AwsNames,
            faults: Vec::new(),
            permissions: PermissionSettings::default(),
        }
    }
}

/// The form of repository addresses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Addressing {
    /// `123456789012.dkr.ecr.<region>.amazonaws.com/<name>`: for an engine that is configured with its address.
    #[default]
    AwsNames,
    /// `127.0.0.1:<port>/<name>`: for Docker, which treats loopback as an insecure registry.
    Loopback,
}
