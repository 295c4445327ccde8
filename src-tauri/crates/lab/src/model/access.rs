//! Where AWS and the image engine are. A mode is nothing but a set of these.

use std::{fmt, time::Duration};

use serde::{Deserialize, Serialize};

/// Which cloud a run changes.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// The practice cloud, on this machine.
    Practice,
    /// The user's own account.
    Aws,
}

/// Where AWS and the image engine are.
#[derive(Clone, Debug)]
pub struct Access {
    /// Which cloud a run changes. It is shown, and recorded with the run, which continues only in that cloud.
    pub mode: Mode,
    /// Where AWS is, and whose credentials are used.
    pub aws: AwsAccess,
    /// What moves the images.
    pub engine: EngineAccess,
    /// Where the engine finds `public.ecr.aws`, if not there: `127.0.0.1:<port>`.
    pub public_registry: Option<String>,
    /// Whether the user has to agree to what a step changes before it is run or undone.
    pub consent: ConsentPolicy,
    /// Distinguishes the findings of one cloud from those of another.
    pub findings_origin: FindingsOrigin,
    /// How often a scan is polled, and for how long.
    pub pace: Pace,
}

impl Access {
    /// Whether a run that is recorded with this mode can continue with this access: what it created is in that mode's cloud.
    pub(crate) fn reaches(&self, recorded: Mode) -> bool {
        self.mode == recorded
    }
}

/// Whether the user has to agree to what a step changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConsentPolicy {
    /// Nothing of theirs can be changed.
    NotNeeded,
    /// Steps that change something are refused without a [`Consent`](crate::Consent) that covers them.
    Required,
}

/// Distinguishes the findings of one cloud from those of another, in the store of findings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FindingsOrigin {
    /// The account and the Region: `123456789012/ap-northeast-2`.
    AccountAndRegion,
    /// A name: every practice cloud has the same account.
    Named(String),
}

/// Where AWS is, and whose credentials are used.
#[derive(Clone)]
pub enum AwsAccess {
    /// An endpoint that speaks all three services, with fixed keys.
    Endpoint {
        /// `http://127.0.0.1:<port>`.
        url: String,
        /// The region that is signed for.
        region: String,
        /// The access key's id.
        access_key: String,
        /// The secret. Kept in memory only.
        secret_key: String,
    },
    /// The user's configuration files and environment.
    Profile {
        /// A profile's name; `None`: the environment's, else `default`.
        profile: Option<String>,
        /// A region; `None`: the profile's.
        region: Option<String>,
    },
}

impl fmt::Debug for AwsAccess {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Endpoint { url, region, .. } => {
                f.debug_struct("Endpoint").field("url", url).field("region", region).finish_non_exhaustive()
            }
            Self::Profile { profile, region } => {
                f.debug_struct("Profile").field("profile", profile).field("region", region).finish()
            }
        }
    }
}

/// What moves the images: a Docker Engine API somewhere.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EngineAccess {
    /// The built-in engine, or the user's Docker.
    pub kind: EngineKind,
    /// `unix:///…`, `npipe:////…`, `tcp://host:port`, `http://…`, `https://…`.
    pub host: String,
    /// The folder with `ca.pem`, `cert.pem` and `key.pem`, for TLS.
    pub tls: Option<std::path::PathBuf>,
}

/// The built-in engine, or the user's Docker.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EngineKind {
    /// The engine that comes with the lab.
    Builtin,
    /// The user's Docker, or what speaks like it.
    Docker,
}

/// How often a scan is polled, and for how long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    /// Between two polls.
    pub poll: Duration,
    /// How long the counts must stay the same before a scan is stable.
    pub stable_after: Duration,
    /// After this the step fails; the scan may still finish, and the step can be run again.
    pub give_up: Duration,
}

impl Pace {
    /// For the real service: polled every ten seconds, stable after a minute, given up on after fifteen.
    pub const REAL: Self =
        Self { poll: Duration::from_secs(10), stable_after: Duration::from_mins(1), give_up: Duration::from_mins(15) };
    /// For a practice cloud at twenty times the speed.
    pub const FAST: Self = Self {
        poll: Duration::from_millis(500),
        stable_after: Duration::from_secs(3),
        give_up: Duration::from_mins(2),
    };
    /// For a practice cloud at five times the speed.
    pub const STEADY: Self = Self {
        poll: Duration::from_millis(500),
        stable_after: Duration::from_secs(8),
        give_up: Duration::from_mins(3),
    };
    /// For a practice cloud that does not wait.
    pub const INSTANT: Self = Self {
        poll: Duration::from_millis(25),
        stable_after: Duration::from_millis(50),
        give_up: Duration::from_mins(1),
    };
}
