//! The user's list of excluded accounts, a file in the lab's folder: to change one of them needs a second confirmation.

use std::{io::ErrorKind, path::Path};

use crate::model::{
    code::Code,
    problem::{LabError, Problem},
};

const FILE: &str = "never-here.json";

/// The accounts on the list; none if it was never stored.
///
/// # Errors
///
/// Problem `never-here-unreadable`: then it is not known which accounts are on it.
pub(crate) fn read(folder: &Path) -> Result<Vec<String>, LabError> {
    let path = folder.join(FILE);
    let unreadable = |details: String| {
        let problem = Problem::new(Code::NeverHereUnreadable).with("path", path.display().to_string());
        LabError::from(problem.details(details))
    };
    match std::fs::read(&path) {
        Ok(bytes) => serde_json::from_slice(&bytes).map_err(|error| unreadable(error.to_string())),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(unreadable(error.to_string())),
    }
}

/// Replaces the list, sorted and without duplicates.
///
/// # Errors
///
/// Problem `never-here-account` for what is no account id, `session-failed` if the file cannot be written.
pub(crate) fn write(folder: &Path, accounts: &[String]) -> Result<Vec<String>, LabError> {
    if let Some(other) = accounts.iter().find(|account| !redaction::is_account_id(account)) {
        return Err(Problem::new(Code::NeverHereAccount).with("account", other).into());
    }
    let mut accounts = accounts.to_vec();
    accounts.sort();
    accounts.dedup();
    let json = serde_json::to_vec(&accounts).map_err(LabError::defect)?;
    atomic_file::write(&folder.join(FILE), &json, atomic_file::Options::SHARED)
        .map_err(|error| Problem::new(Code::SessionFailed).details(error.to_string()))?;
    Ok(accounts)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code<T: std::fmt::Debug>(result: Result<T, LabError>) -> Code {
        result.unwrap_err().into_problem().code
    }

    #[test]
    fn the_list_is_stored_sorted_and_without_duplicates() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(read(folder.path()).unwrap(), Vec::<String>::new());
        let accounts = ["210987654321", "123456789012", "210987654321"].map(str::to_owned);
        assert_eq!(write(folder.path(), &accounts).unwrap(), ["123456789012", "210987654321"]);
        assert_eq!(read(folder.path()).unwrap(), ["123456789012", "210987654321"]);
        assert_eq!(write(folder.path(), &[]).unwrap(), Vec::<String>::new());
    }

    #[test]
    fn only_account_ids_are_stored() {
        let folder = tempfile::tempdir().unwrap();
        for other in ["", "12345678901", "1234567890123", "acme-prod", "12345678901２"] {
            assert_eq!(code(write(folder.path(), &[other.to_owned()])), Code::NeverHereAccount, "{other}");
        }
        assert_eq!(read(folder.path()).unwrap(), Vec::<String>::new());
    }

    #[test]
    fn an_unreadable_list_is_not_an_empty_one() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(FILE), "{").unwrap();
        assert_eq!(code(read(folder.path())), Code::NeverHereUnreadable);
    }
}
