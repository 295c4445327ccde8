//! Applies lifecycle policies on the practice clock. Nothing runs by itself: each call first does what has become due since
//! the last one.

use std::time::Duration;

use registry::ImageRecord;

use crate::{
    cloud::Cloud,
    image_lifecycle::{
        archive::archive,
        evaluation::{Affected, evaluate},
        policy::LifecyclePolicy,
    },
    lifecycle::close::close_image,
    moment::Moment,
    state::{
        State,
        image_lifecycle::{Action, Lifecycle},
    },
    timeline::BETWEEN_EVALUATIONS,
    wire::error::ApiError,
};

/// Where the clock was moved by more than a day, a policy is evaluated as if once a day, so that what it does on one day
/// counts on later ones.
const STEP: Duration = Duration::from_hours(24);
/// The most evaluations at a time: about three years.
const MAX_STEPS: usize = 1000;
/// The least time between two evaluations, at any speed.
const SHORTEST: Duration = Duration::from_secs(1);

/// Applies the policies that are due.
pub(crate) async fn apply_due(cloud: &Cloud) -> Result<(), ApiError> {
    if due(cloud).is_empty() {
        return Ok(());
    }
    let _applying = cloud.applying.lock().await;
    for (name, lifecycle, times) in due(cloud) {
        for at in &times {
            apply(cloud, &name, &lifecycle, *at).await?;
        }
    }
    Ok(())
}

/// The repositories whose policy is due, with the times of its evaluations.
fn due(cloud: &Cloud) -> Vec<(String, Lifecycle, Vec<Moment>)> {
    let (now, interval) = (cloud.clock.moment(), cloud.clock.scaled(BETWEEN_EVALUATIONS));
    cloud.store.read(|state| {
        let with_policy = state.repositories.iter().filter_map(|(name, repository)| {
            let lifecycle = repository.lifecycle.as_ref()?;
            let times = times(lifecycle, interval, now);
            (!times.is_empty()).then(|| (name.clone(), lifecycle.clone(), times))
        });
        with_policy.collect()
    })
}

/// The times of evaluations that are due, the last of which is now.
fn times(lifecycle: &Lifecycle, interval: Duration, now: Moment) -> Vec<Moment> {
    let first = match lifecycle.last_evaluated_at {
        None => lifecycle.since + interval,
        Some(last) => last + interval.max(SHORTEST),
    };
    if now < first {
        return Vec::new();
    }
    let daily = std::iter::successors(Some(first), |at| Some(*at + STEP));
    daily.take_while(|at| *at < now).take(MAX_STEPS).chain([now]).collect()
}

async fn apply(cloud: &Cloud, name: &str, lifecycle: &Lifecycle, at: Moment) -> Result<(), ApiError> {
    let images = cloud.images(name).await?;
    let affected = cloud.store.read(|state| affected(state, name, lifecycle, &images, at));
    for image in &affected {
        for expired in expired(image, &images) {
            cloud.storage.delete_manifest(name, &expired.digest).await?;
        }
    }
    cloud
        .store
        .change(|state| {
            for image in &affected {
                record(state, name, image, &images, at);
            }
            let repository = state.repositories.get_mut(name);
            if let Some(lifecycle) = repository.and_then(|repository| repository.lifecycle.as_mut()) {
                lifecycle.last_evaluated_at = Some(at);
            }
            Ok(())
        })
        .await
}

/// What the policy does, unless it was replaced meanwhile.
fn affected(state: &State, name: &str, lifecycle: &Lifecycle, images: &[ImageRecord], at: Moment) -> Vec<Affected> {
    let Some(repository) = state.repositories.get(name) else { return Vec::new() };
    let is_current = repository.lifecycle.as_ref().is_some_and(|current| current.text == lifecycle.text);
    match LifecyclePolicy::parse(&lifecycle.text) {
        Ok(policy) if is_current => evaluate(&policy, images, &repository.archive, at),
        _ => Vec::new(),
    }
}

/// The images that are deleted: the affected one, and the signatures and other artifacts that refer to it.
fn expired<'a>(affected: &Affected, images: &'a [ImageRecord]) -> Vec<&'a ImageRecord> {
    let goes =
        |image: &&ImageRecord| image.digest == affected.digest || image.subject.as_ref() == Some(&affected.digest);
    if affected.action == Action::Expire { images.iter().filter(goes).collect() } else { Vec::new() }
}

fn record(state: &mut State, name: &str, affected: &Affected, images: &[ImageRecord], at: Moment) {
    for image in expired(affected, images) {
        close_image(state, name, image.digest.as_str(), Some(image), at, true);
    }
    let image = images.iter().find(|image| image.digest == affected.digest);
    if let Some(image) = image.filter(|_| affected.action == Action::Transition) {
        archive(state, name, image, images, at);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_moves_far_has_an_evaluation_for_each_day() {
        let start = Moment::of_date("2026-01-01").unwrap();
        let hour = Duration::from_hours(1);
        let mut lifecycle = Lifecycle { text: String::new(), since: start, last_evaluated_at: None };
        assert_eq!(times(&lifecycle, hour, start + hour / 2), []);
        assert_eq!(times(&lifecycle, hour, start + hour), [start + hour]);
        lifecycle.last_evaluated_at = Some(start + hour);
        assert_eq!(times(&lifecycle, hour, start + hour), []);
        let later = start + hour * 2 + STEP * 2;
        assert_eq!(times(&lifecycle, hour, later), [start + hour * 2, start + hour * 2 + STEP, later]);
        assert_eq!(times(&lifecycle, hour, start + STEP * 5000).len(), MAX_STEPS + 1);
        // At instant speed.
        assert_eq!(times(&lifecycle, Duration::ZERO, start + hour), []);
        assert_eq!(times(&lifecycle, Duration::ZERO, start + hour + SHORTEST), [start + hour + SHORTEST]);
    }
}
