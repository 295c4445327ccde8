//! A clock that was ahead and was set right: times that it stored are in the future, and what they are waited for would take as
//! long again as the clock was ahead. No stored time can be later than now and the duration that it was computed with.

use crate::{
    clock::Clock,
    moment::Moment,
    permissions::sessions::LONGEST_USER_SESSION,
    state::{
        State,
        repository::{Completion, Repository, Scan},
    },
    timeline::{ACTIVATION, DEACTIVATION, RESTORATION},
};

/// Limits every stored time to now, or to now and its own duration.
pub(crate) fn clamp(state: &mut State, clock: &Clock) {
    let now = clock.moment();
    let activation = now + clock.scaled(ACTIVATION);
    for resource in state.inspector.resources.values_mut() {
        resource.clamp(if resource.is_on() { activation } else { now + clock.scaled(DEACTIVATION) });
    }
    limit_if_any(&mut state.inspector.since, now);
    limit_if_any(&mut state.inspector.rescan.updated_at, now);
    state.inspector.usage.clamp(now);
    for filter in state.inspector.filters.values_mut() {
        limit(&mut filter.created_at, now);
        limit(&mut filter.updated_at, now);
    }
    for session in state.user_sessions.values_mut() {
        limit(&mut session.expires_at, clock.unmoved().moment() + LONGEST_USER_SESSION);
    }
    for repository in state.repositories.values_mut() {
        clamp_repository(repository, now, activation, now + clock.scaled(RESTORATION));
    }
    limit(&mut state.registry.replication.since, now);
    for rule in state.registry.pull_through.values_mut() {
        limit(&mut rule.created_at, now);
        limit_if_any(&mut rule.updated_at, now);
    }
    for closed in &mut state.closed {
        limit(&mut closed.pushed_at, now);
        limit(&mut closed.closed_at, now);
        clamp_scan(&mut closed.scan, now, activation);
    }
}

fn clamp_repository(repository: &mut Repository, now: Moment, activation: Moment, restoration: Moment) {
    limit(&mut repository.created_at, now);
    limit_if_any(&mut repository.watched_since, now);
    clamp_images(repository, now, restoration);
    for scan in repository.scans.values_mut() {
        clamp_scan(scan, now, activation);
    }
    for scan in repository.basic.values_mut() {
        limit(&mut scan.started_at, now);
        limit_completion(&mut scan.done, now);
    }
}

fn clamp_images(repository: &mut Repository, now: Moment, restoration: Moment) {
    if let Some(lifecycle) = &mut repository.lifecycle {
        limit(&mut lifecycle.since, now);
        limit_if_any(&mut lifecycle.last_evaluated_at, now);
    }
    if let Some(preview) = &mut repository.lifecycle_preview {
        limit(&mut preview.started_at, now);
    }
    for image in repository.archive.images_mut() {
        limit(&mut image.archived_at, now);
        limit_if_any(&mut image.activated_at, restoration);
    }
}

/// A scan that waits for Inspector is queued for the end of its activation.
fn clamp_scan(scan: &mut Scan, now: Moment, activation: Moment) {
    limit(&mut scan.queued_at, activation);
    limit_if_any(&mut scan.pushed_at, now);
    limit_if_any(&mut scan.pulled_at, now);
    limit_if_any(&mut scan.expired_at, now);
    limit_completion(&mut scan.done, now);
}

fn limit(moment: &mut Moment, latest: Moment) {
    *moment = (*moment).min(latest);
}

fn limit_if_any(moment: &mut Option<Moment>, latest: Moment) {
    if let Some(moment) = moment {
        limit(moment, latest);
    }
}

fn limit_completion(done: &mut Option<Completion>, latest: Moment) {
    if let Some(done) = done {
        limit(&mut done.at, latest);
    }
}
