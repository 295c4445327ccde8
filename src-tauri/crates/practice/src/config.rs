//! What a practice cloud is started with.

use std::path::PathBuf;

use crate::{faults::fault::Fault, speed::Speed};

/// The practice account.
pub const ACCOUNT: &str = "123456789012";

/// The region served unless another is asked for.
pub const DEFAULT_REGION: &str = "ap-northeast-2";

/// What a practice cloud is started with.
#[derive(Clone, Debug)]
pub struct PracticeConfig {
    /// The folder that everything is kept in. One process at a time.
    pub data_dir: PathBuf,
    /// The port of the AWS APIs and the private registry; 0 for any.
    pub port: u16,
    /// The port of the public registry; 0 for any.
    pub public_port: u16,
    /// The one region that is served.
    pub region: String,
    /// How fast scans and activations run.
    pub speed: Speed,
    /// How repositories are named to clients.
    pub addressing: Addressing,
    /// What shall go wrong from the start.
    pub faults: Vec<Fault>,
}

impl PracticeConfig {
    /// Any free ports, the default region, AWS names, no waiting, no faults.
    pub fn new(data_dir: impl Into<PathBuf>) -> Self {
        Self {
            data_dir: data_dir.into(),
            port: 0,
            public_port: 0,
            region: DEFAULT_REGION.to_owned(),
            speed: Speed::Instant,
            addressing: Addressing::AwsNames,
            faults: Vec::new(),
        }
    }
}

/// How repositories are named to clients.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Addressing {
    /// `123456789012.dkr.ecr.<region>.amazonaws.com/<name>`: for an engine that is told where that is.
    #[default]
    AwsNames,
    /// `127.0.0.1:<port>/<name>`: for a stock Docker, which takes loopback as an insecure registry.
    Loopback,
}
