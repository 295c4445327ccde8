//! A cloud without an image engine: what the read-only explorer needs.

use std::time::Duration;

use i18n::Message;
use lab::{Access, AwsAccess, Code, FindingsOrigin, Mode, PracticeClock};
use practice::{Practice, PracticeConfig, RunningCloud, Speed};

use crate::{
    error::LaunchError,
    folder::Folder,
    local::start_practice,
    notice::{Notice, quarantined},
};

/// The practice cloud, or the user's account. What was started for it stops with [`close`](Self::close), or on drop.
pub struct Cloud {
    /// Which cloud it is.
    pub mode: Mode,
    /// The addresses and credentials of its AWS APIs.
    pub aws: AwsAccess,
    /// Distinguishes its findings from those of another cloud.
    pub findings_origin: FindingsOrigin,
    /// Messages to show to the user: what could not be read.
    pub notices: Vec<Notice>,
    practice_clock: Option<PracticeClock>,
    practice: Option<Practice>,
}

impl Cloud {
    /// Starts the practice cloud, or uses the one that another process runs; or selects the user's account.
    ///
    /// # Errors
    ///
    /// Problem `place-folder-in-use` while another process has the practice cloud's folder and does not answer, or why it does not
    /// start.
    pub async fn open(
        folder: &Folder,
        mode: Mode,
        profile: Option<String>,
        region: Option<String>,
    ) -> Result<Self, LaunchError> {
        if mode == Mode::Aws {
            let aws = AwsAccess::Profile { profile, region };
            let (findings_origin, notices) = (FindingsOrigin::AccountAndRegion, Vec::new());
            return Ok(Self { mode, aws, findings_origin, notices, practice_clock: None, practice: None });
        }
        let region = region.unwrap_or_else(|| practice::DEFAULT_REGION.to_owned());
        let config = PracticeConfig {
            advisories: Some(folder.advisories()),
            region: region.clone(),
            // Nothing is started that could be waited for.
            speed: Speed::Instant,
            ..PracticeConfig::new(folder.practice(&region))
        };
        let mut ports = folder.ports();
        let practice = match start_practice(config, &mut ports).await {
            Ok(practice) => practice,
            Err(failure) if failure.problem.code == Code::DataFolderInUse => {
                return Self::of_running(folder, region).await.ok_or(failure);
            }
            Err(failure) => return Err(failure),
        };
        folder.remember(ports);
        Ok(Self {
            mode,
            aws: practice_access(&practice, region),
            findings_origin: practice_origin(),
            notices: practice.quarantined().iter().map(quarantined).map(Notice::from).collect(),
            practice_clock: Some(PracticeClock::moved_by(practice.clock().ahead())),
            practice: Some(practice),
        })
    }

    /// The practice cloud that another process runs, which stays that process's. `None` if it does not answer.
    async fn of_running(folder: &Folder, region: String) -> Option<Self> {
        let running = match practice::running(&folder.practice(&region)).await {
            Ok(running) => running,
            Err(error) => {
                tracing::debug!(%error, "the running practice cloud does not answer");
                return None;
            }
        };
        let RunningCloud { endpoint: url, access_key, secret_key, ahead_seconds } = running;
        let notice = Message::new("place-running-practice").with("endpoint", &url);
        Some(Self {
            mode: Mode::Practice,
            aws: AwsAccess::Endpoint { url, region, access_key, secret_key },
            findings_origin: practice_origin(),
            notices: vec![notice.into()],
            practice_clock: Some(PracticeClock::moved_by(Duration::from_secs(ahead_seconds))),
            practice: None,
        })
    }

    /// The cloud of an open run, which stays the run's.
    pub fn of_run(access: &Access) -> Self {
        let (mode, aws) = (access.mode, access.aws.clone());
        let findings_origin = access.findings_origin.clone();
        Self { mode, aws, findings_origin, notices: Vec::new(), practice_clock: None, practice: None }
    }

    /// How far the clock of the practice cloud was moved forward when it was opened.
    pub fn practice_clock(&self) -> Option<PracticeClock> {
        self.practice_clock
    }

    /// Stops what was started, and waits until it has stopped.
    pub async fn close(self) {
        if let Some(practice) = self.practice {
            practice.shutdown().await;
        }
    }
}

/// The addresses and credentials of a practice cloud.
pub(crate) fn practice_access(practice: &Practice, region: String) -> AwsAccess {
    let (access_key, secret_key) = practice.credentials();
    AwsAccess::Endpoint { url: practice.endpoint(), region, access_key, secret_key }
}

/// All practice clouds have the same account; their findings have an origin of their own.
pub(crate) fn practice_origin() -> FindingsOrigin {
    FindingsOrigin::Named("practice".to_owned())
}
