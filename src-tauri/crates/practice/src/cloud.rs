//! What all services of the practice cloud share: state, images, clock, tokens and faults.

use std::collections::BTreeMap;

use oci::Digest;
use registry::{ImageRecord, Storage, StorageError};

use crate::{
    clock::Clock,
    faults::injector::Faults,
    names::Names,
    permissions::{
        sessions::{Session, Sessions},
        settings::Permissions,
    },
    scan::Scanner,
    state::{image_lifecycle::ImageStatus, store::Store},
    tokens::Tokens,
    wire::bandwidth::Bandwidth,
};

/// A practice cloud, without its listeners.
#[derive(Debug)]
pub(crate) struct Cloud {
    pub(crate) names: Names,
    pub(crate) clock: Clock,
    /// The rate of all transfers of images.
    pub(crate) bandwidth: Bandwidth,
    pub(crate) faults: Faults,
    pub(crate) store: Store,
    pub(crate) storage: Storage,
    /// The tokens of the private registry, for callers with the credentials.
    pub(crate) tokens: Tokens,
    /// The sessions of roles.
    pub(crate) sessions: Sessions,
    /// Who may do what.
    pub(crate) permissions: Permissions,
    /// The tokens of the public registry, for any caller.
    pub(crate) public_tokens: Tokens,
    pub(crate) scanner: Scanner,
    /// Held while lifecycle policies are applied.
    pub(crate) applying: tokio::sync::Mutex<()>,
}

impl Cloud {
    /// Whether an image can be pulled: it is not in the archive.
    pub(crate) fn is_active(&self, repository: &str, digest: &Digest) -> bool {
        self.image_status(repository, digest) == ImageStatus::Active
    }

    pub(crate) fn image_status(&self, repository: &str, digest: &Digest) -> ImageStatus {
        let now = self.clock.moment();
        self.store.read(|state| {
            let repository = state.repositories.get(repository);
            repository.map_or(ImageStatus::Active, |repository| repository.archive.status(digest.as_str(), now))
        })
    }

    /// The temporary credentials with this access key, expired or not.
    pub(crate) fn session(&self, access_key: &str) -> Option<Session> {
        let of_user = || {
            let stored = self.store.read(|state| state.user_sessions.get(access_key).cloned());
            stored.map(|stored| Session::of_user(access_key, stored))
        };
        self.sessions.find(access_key).or_else(of_user)
    }

    /// The images of a repository; empty if nothing was pushed to it.
    pub(crate) async fn images(&self, repository: &str) -> Result<Vec<ImageRecord>, StorageError> {
        match self.storage.images(repository).await {
            Err(StorageError::RepositoryUnknown { .. }) => Ok(Vec::new()),
            other => other,
        }
    }

    /// The images of all repositories.
    pub(crate) async fn all_images(&self) -> Result<BTreeMap<String, Vec<ImageRecord>>, StorageError> {
        let names: Vec<String> = self.store.read(|state| state.repositories.keys().cloned().collect());
        let mut all = BTreeMap::new();
        for name in names {
            let images = self.images(&name).await?;
            all.insert(name, images);
        }
        Ok(all)
    }
}
