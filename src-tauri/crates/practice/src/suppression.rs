//! Suppresses the findings that a filter of the account selects. A suppressed finding is still found, listed and closed; it is
//! not active.

use crate::{
    api::inspector2::findings::filter::FilterCriteria,
    cloud::Cloud,
    observe::{self, ObservedFinding},
    state::filters::FilterAction,
    wire::error::ApiError,
};

/// The findings of all images, as `observe::all`, the suppressed ones marked.
pub(crate) async fn all(cloud: &Cloud) -> Result<Vec<ObservedFinding>, ApiError> {
    let mut findings = observe::all(cloud).await?;
    mark(cloud, &mut findings);
    Ok(findings)
}

/// Marks the findings that a filter suppresses. A filter's criterion of the status is for the one without any filter.
pub(crate) fn mark(cloud: &Cloud, findings: &mut [ObservedFinding]) {
    let filters = filters(cloud);
    if filters.is_empty() {
        return;
    }
    for finding in findings.iter_mut().filter(|finding| !finding.closed) {
        finding.suppressed = filters.iter().any(|criteria| criteria.fits(cloud, finding));
    }
}

/// The criteria of the filters that suppress.
fn filters(cloud: &Cloud) -> Vec<FilterCriteria> {
    let stored: Vec<_> = cloud.store.read(|state| {
        let filters = state.inspector.filters.values();
        filters.filter(|filter| filter.action == FilterAction::Suppress).map(|filter| filter.criteria.clone()).collect()
    });
    let parsed = stored.into_iter().map(serde_json::from_value);
    parsed
        .filter_map(|criteria| {
            // They were validated when they were stored; those of a newer version may not be readable.
            criteria.inspect_err(|error| tracing::error!(%error, "a stored filter cannot be read")).ok()
        })
        .collect()
}
