//! Folders as tests compare them.

use std::path::Path;

/// The names of a folder's entries, sorted.
///
/// # Panics
///
/// If the folder cannot be read, or a name is not Unicode.
pub fn names_in(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("the folder can be read");
    let name = |entry: std::io::Result<std::fs::DirEntry>| {
        entry.expect("the folder can be read").file_name().into_string().expect("names are Unicode")
    };
    let mut names: Vec<_> = entries.map(name).collect();
    names.sort();
    names
}
