//! Reading and changing a repository in the stored state; one that is not there is the service's error.

use crate::{
    api::ecr::check::repository_not_found,
    cloud::Cloud,
    state::{State, repository::Repository},
    wire::error::ApiError,
};

/// A repository.
pub(super) fn repository<'s>(state: &'s State, name: &str) -> Result<&'s Repository, ApiError> {
    state.repositories.get(name).ok_or_else(|| repository_not_found(name))
}

/// Changes a repository; a change that fails must leave it as it was.
pub(super) async fn change_repository<T>(
    cloud: &Cloud,
    name: &str,
    change: impl FnOnce(&mut Repository) -> Result<T, ApiError>,
) -> Result<T, ApiError> {
    let repository = |state: &'_ mut State| {
        state.repositories.get_mut(name).ok_or_else(|| repository_not_found(name)).and_then(change)
    };
    cloud.store.change(repository).await
}
