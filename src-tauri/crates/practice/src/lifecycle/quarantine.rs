//! Repositories whose state cannot be read: they are taken out of the account, so that the rest of it can start.

use std::path::PathBuf;

use crate::{cloud::Cloud, error::PracticeError};

/// A repository that was taken out of the account because its state could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quarantined {
    /// Its name.
    pub repository: String,
    /// Where its files are now.
    pub folder: PathBuf,
}

/// Takes the damaged repositories out of the account: those whose entry in the account's state, and those whose folder in the
/// registry, cannot be read. Their files are kept.
pub(crate) async fn quarantine(cloud: &Cloud, dir: &std::path::Path) -> Result<Vec<Quarantined>, PracticeError> {
    let mut quarantined = Vec::new();
    for name in cloud.store.damaged() {
        let moved = cloud.storage.quarantine(name).await?;
        let folder = moved.unwrap_or_else(|| dir.join("quarantine"));
        quarantined.push(Quarantined { repository: name.clone(), folder });
    }
    let names: Vec<String> = cloud.store.read(|state| state.repositories.keys().cloned().collect());
    for name in names {
        if let Some(folder) = cloud.storage.quarantined(&name) {
            quarantined.push(Quarantined { repository: name, folder: folder.to_owned() });
        }
    }
    if !quarantined.is_empty() {
        cloud.store.change_now(|state| {
            let is_quarantined = |name: &str| quarantined.iter().any(|other| other.repository == name);
            state.repositories.retain(|name, _| !is_quarantined(name));
            state.closed.retain(|closed| !is_quarantined(&closed.repository));
        });
    }
    Ok(quarantined)
}
