//! The clock of a practice cloud: how far it was moved forward, and moving it, whether a process runs the cloud or not.

use std::time::Duration;

use lab::{Code, PracticeClock, Problem};
use practice::{AdvanceError, DEFAULT_REGION};

use crate::{error::LaunchError, folder::Folder, local::practice_failure};

/// How far the clock of the practice cloud in a Region (`None`: the default one) was moved forward. Reads what is stored, which is
/// always as far as the clock of a running cloud.
pub fn practice_clock(folder: &Folder, region: Option<&str>) -> PracticeClock {
    match practice::stored_ahead(&folder.practice(region.unwrap_or(DEFAULT_REGION))) {
        Ok(ahead) => PracticeClock::moved_by(ahead),
        Err(error) => {
            tracing::warn!(%error, "the practice clock could not be read");
            PracticeClock::UNKNOWN
        }
    }
}

/// Moves the clock of the practice cloud in a Region (`None`: the default one) forward, and returns how far it is moved then.
///
/// # Errors
///
/// Problem `place-practice-clock` if it would be moved by nothing or too far, `place-practice-control` if a running cloud could not be
/// asked, or why the cloud's folder cannot be used.
pub async fn advance_practice(
    folder: &Folder,
    region: Option<&str>,
    by: Duration,
) -> Result<PracticeClock, LaunchError> {
    let region = region.unwrap_or(DEFAULT_REGION);
    let moved = practice::advance(&folder.practice(region), region, by).await;
    moved.map(PracticeClock::moved_by).map_err(|error| {
        let details = error.to_string();
        match error {
            AdvanceError::TooFar => LaunchError::misuse(Problem::new(Code::PracticeClock)),
            AdvanceError::Practice(error) => practice_failure(error),
            AdvanceError::Control(_) => LaunchError::fault(Problem::new(Code::PracticeControl).details(details)),
            AdvanceError::Save(_) => LaunchError::fault(
                Problem::new(Code::DataFolder).with("path", folder.path().display().to_string()).details(details),
            ),
        }
    })
}
