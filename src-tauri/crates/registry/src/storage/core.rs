//! What all parts of an open store share, and finding or making a repository in it.

use std::{collections::HashMap, sync::Arc};

use parking_lot::{Mutex, RwLock};

use super::{disk::Disk, repository::Repository, upload::Uploads};
use crate::{error::StorageError, names::check_name};

#[derive(Debug)]
pub(crate) struct Core {
    pub(super) disk: Disk,
    pub(super) gate: RwLock<()>,
    pub(super) repositories: RwLock<HashMap<String, Arc<Repository>>>,
    pub(super) uploads: Mutex<Uploads>,
}

impl Core {
    pub(super) fn repository(&self, name: &str) -> Option<Arc<Repository>> {
        self.repositories.read().get(name).cloned()
    }

    pub(super) fn known(&self, name: &str) -> Result<Arc<Repository>, StorageError> {
        self.repository(name).ok_or_else(|| StorageError::RepositoryUnknown { name: name.to_owned() })
    }

    /// The gate must be held.
    pub(super) fn repository_or_new(&self, name: &str) -> Result<Arc<Repository>, StorageError> {
        check_name(name)?;
        if let Some(known) = self.repository(name) {
            return Ok(known);
        }
        let mut repositories = self.repositories.write();
        if let Some(known) = repositories.get(name) {
            return Ok(Arc::clone(known));
        }
        let repository = Arc::new(Repository::create(name, &self.disk)?);
        repositories.insert(name.to_owned(), Arc::clone(&repository));
        Ok(repository)
    }
}
