//! Moves the practice clock forward. What has expired by then is recorded; everything else is computed from the clock on request.

use std::time::Duration;

use crate::{
    cloud::Cloud,
    error::PracticeError,
    rescan,
    state::{State, store::SaveError},
};

/// How far ahead the practice clock may be, in days.
const MAX_DAYS_AHEAD: u64 = 3650;

/// Why the practice clock was not moved.
#[derive(Debug, thiserror::Error)]
pub enum AdvanceError {
    /// By nothing, or further ahead than it may be. It only moves forward.
    #[error("the practice clock moves forward only, by a second at least and to {} days ahead at most", MAX_DAYS_AHEAD)]
    TooFar,
    /// The folder's practice cloud cannot be opened.
    #[error(transparent)]
    Practice(#[from] PracticeError),
    /// The change could not be saved.
    #[error(transparent)]
    Save(#[from] SaveError),
    /// A process runs the practice cloud and was not reached by its control address, or refused.
    #[error("the running practice cloud was not reached by its control address: {0}")]
    Control(String),
}

/// Moves the clock of a running cloud, and returns how far it is ahead when that is on disk.
pub(crate) async fn advance(cloud: &Cloud, by: Duration) -> Result<Duration, AdvanceError> {
    let moved = cloud
        .store
        .change(|state| {
            let ahead = add(state, by)?;
            rescan::expire(state, cloud.clock.moment() + by);
            Ok::<_, AdvanceError>(ahead)
        })
        .await?;
    // Only once it is on disk: the clock never goes back.
    cloud.clock.set_ahead(moved.as_secs());
    Ok(moved)
}

/// Adds to how far the clock of a stored state is ahead, and returns the sum. The state is left as it is if it cannot be.
pub(crate) fn add(state: &mut State, by: Duration) -> Result<Duration, AdvanceError> {
    let ahead = state.clock_ahead.checked_add(by.as_secs()).filter(|ahead| *ahead <= MAX_DAYS_AHEAD * 24 * 3600);
    match ahead {
        Some(ahead) if by.as_secs() > 0 => {
            state.clock_ahead = ahead;
            Ok(Duration::from_secs(ahead))
        }
        _ => Err(AdvanceError::TooFar),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_moves_forward_only_and_not_beyond_its_limit() {
        let mut state = State::new("eu-north-1");
        let day = Duration::from_hours(24);
        assert_eq!(add(&mut state, day).unwrap(), day);
        assert_eq!(add(&mut state, 14 * day).unwrap(), 15 * day);
        for refused in [Duration::ZERO, Duration::from_millis(999), Duration::MAX, 3636 * day] {
            assert!(matches!(add(&mut state, refused), Err(AdvanceError::TooFar)), "{refused:?}");
        }
        assert_eq!(state.clock_ahead, 15 * 24 * 3600);
        assert_eq!(add(&mut state, 3635 * day).unwrap(), 3650 * day);
    }
}
