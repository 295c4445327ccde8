//! The files of one layer before they are written, sorted and with their parent folders.

use std::collections::BTreeMap;

use crate::filler::Filler;

/// The files of a layer by path. Paths have no leading or trailing slashes.
#[derive(Debug, Default)]
pub(crate) struct Entries(BTreeMap<String, Entry>);

#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) kind: Kind,
    pub(crate) mode: u32,
    pub(crate) uid: u64,
}

#[derive(Debug)]
pub(crate) enum Kind {
    Folder,
    File(Vec<u8>),
    Filler(Filler),
    Link(String),
}

impl Entries {
    /// Adds a file, and its parent folders if they are missing.
    pub(crate) fn add(&mut self, path: &str, entry: Entry) {
        for (at, _) in path.match_indices('/') {
            let folder = Entry { kind: Kind::Folder, mode: 0o755, uid: 0 };
            self.0.entry(path[..at].to_owned()).or_insert(folder);
        }
        self.0.insert(path.to_owned(), entry);
    }

    /// Deletes a file of a lower layer (image specification, "Whiteouts").
    pub(crate) fn whiteout(&mut self, path: &str) {
        let (folder, name) = path.rsplit_once('/').map_or(("", path), |(folder, name)| (folder, name));
        let separator = if folder.is_empty() { "" } else { "/" };
        self.add(&format!("{folder}{separator}.wh.{name}"), Entry::file(Vec::new()));
    }

    /// Sets the owner of a folder and everything under it, and makes them writable for all users.
    pub(crate) fn set_owner(&mut self, folder: &str, uid: u64) {
        let under = |path: &str| path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        for (_, entry) in self.0.iter_mut().filter(|(path, _)| under(path)) {
            entry.uid = uid;
            if !matches!(entry.kind, Kind::Link(_)) {
                entry.mode = 0o777;
            }
        }
    }

    pub(crate) fn into_sorted(self) -> impl Iterator<Item = (String, Entry)> {
        self.0.into_iter()
    }
}

impl Entry {
    pub(crate) fn file(bytes: Vec<u8>) -> Self {
        Self { kind: Kind::File(bytes), mode: 0o644, uid: 0 }
    }

    pub(crate) fn link(target: &str) -> Self {
        Self { kind: Kind::Link(target.to_owned()), mode: 0o777, uid: 0 }
    }

    pub(crate) fn filler(filler: Filler) -> Self {
        Self { kind: Kind::Filler(filler), mode: 0o644, uid: 0 }
    }
}
