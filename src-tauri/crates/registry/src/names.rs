//! The names that the registry accepts, and the errors for others.

use oci::is_component;

use crate::error::StorageError;

/// The longest name in characters. The specification has no limit of its own; ECR's is one more than that of clients.
const LONGEST: usize = 256;

/// `Ok` for a repository name of the distribution specification, at most 256 characters long.
///
/// # Errors
///
/// [`StorageError::InvalidName`] for anything else.
pub fn check_name(name: &str) -> Result<(), StorageError> {
    // Each component by itself: together they may be longer than a name of clients.
    let is_name = name.len() <= LONGEST && name.split('/').all(is_component);
    if is_name { Ok(()) } else { Err(StorageError::InvalidName { value: name.to_owned() }) }
}

/// `Ok` for a tag of the distribution specification.
///
/// # Errors
///
/// [`StorageError::InvalidTag`] for anything else.
pub fn check_tag(tag: &str) -> Result<(), StorageError> {
    if oci::is_tag(tag) { Ok(()) } else { Err(StorageError::InvalidTag { value: tag.to_owned() }) }
}
