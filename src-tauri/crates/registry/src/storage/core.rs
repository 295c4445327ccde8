//! The shared parts of an open store, and its repositories.

use std::{
    collections::{HashMap, HashSet},
    path::PathBuf,
    sync::Arc,
};

use parking_lot::{Mutex, RwLock};

use super::{disk::Disk, repository::Repository, upload::Uploads};
use crate::{error::StorageError, names::check_name};
use oci::Digest;

#[derive(Debug)]
pub(crate) struct Core {
    pub(super) disk: Disk,
    pub(super) collection_lock: RwLock<()>,
    pub(super) repositories: RwLock<HashMap<String, Arc<Repository>>>,
    pub(super) uploads: Mutex<Uploads>,
    /// Blobs of repositories in the quarantine, which are not removed.
    pub(super) kept: RwLock<HashSet<Digest>>,
    /// Repositories that could not be read when the store was opened: where their folders were, and where they are now.
    pub(super) quarantined: Vec<(PathBuf, PathBuf)>,
}

impl Core {
    pub(super) fn repository(&self, name: &str) -> Option<Arc<Repository>> {
        self.repositories.read().get(name).cloned()
    }

    pub(super) fn existing(&self, name: &str) -> Result<Arc<Repository>, StorageError> {
        self.repository(name).ok_or_else(|| StorageError::RepositoryUnknown { name: name.to_owned() })
    }

    /// The collection lock must be held.
    pub(super) fn get_or_create_repository(&self, name: &str) -> Result<Arc<Repository>, StorageError> {
        check_name(name)?;
        if let Some(existing) = self.repository(name) {
            return Ok(existing);
        }
        let mut repositories = self.repositories.write();
        if let Some(existing) = repositories.get(name) {
            return Ok(Arc::clone(existing));
        }
        let repository = Arc::new(Repository::create(name, &self.disk)?);
        repositories.insert(name.to_owned(), Arc::clone(&repository));
        Ok(repository)
    }
}
