//! The names that the registry accepts, and the errors for others.

use crate::error::StorageError;

/// `Ok` for a repository name of the distribution specification, at most 255 characters long.
///
/// # Errors
///
/// [`StorageError::InvalidName`] for anything else.
pub fn check_name(name: &str) -> Result<(), StorageError> {
    if oci::is_repository_name(name) { Ok(()) } else { Err(StorageError::InvalidName { value: name.to_owned() }) }
}

/// `Ok` for a tag of the distribution specification.
///
/// # Errors
///
/// [`StorageError::InvalidTag`] for anything else.
pub fn check_tag(tag: &str) -> Result<(), StorageError> {
    if oci::is_tag(tag) { Ok(()) } else { Err(StorageError::InvalidTag { value: tag.to_owned() }) }
}
