//! `names`: fails on words that this project does not use, in names, comments, documents and English texts.

mod list;
mod places;
mod search;

use std::path::Path;

use crate::{files, report::Report};
use list::WordList;
use search::Search;

/// Where the list is, from the project's root.
pub(crate) const LIST: &str = "xtask/names.txt";

/// Searches the files below `prefixes`, or all.
pub(crate) fn report(root: &Path, prefixes: &[&str]) -> Result<Report, String> {
    let list = list(root)?;
    let search = search(root, &list, prefixes)?;
    Ok(describe(&search, prefixes.is_empty()))
}

/// The number of hits in all files.
pub(crate) fn count(root: &Path) -> Result<usize, String> {
    Ok(search(root, &list(root)?, &[])?.hits.len())
}

fn list(root: &Path) -> Result<WordList, String> {
    let list = std::fs::read_to_string(root.join(LIST)).map_err(|error| format!("{LIST}: {error}"))?;
    WordList::parse(&list).map_err(|error| format!("{LIST}: {error}"))
}

fn search<'a>(root: &Path, list: &'a WordList, prefixes: &[&str]) -> Result<Search<'a>, String> {
    let mut search = Search::new(list);
    for path in files::list(root)? {
        if prefixes.is_empty() || prefixes.iter().any(|prefix| path.starts_with(prefix)) {
            search.file(root, &path);
        }
    }
    Ok(search)
}

/// An exception that is no longer needed fails as a hit does, where every file was searched.
fn describe(search: &Search<'_>, complete: bool) -> Report {
    let unused = if complete { search.unused_exceptions() } else { Vec::new() };
    let mut lines: Vec<String> = search.hits.iter().map(ToString::to_string).collect();
    lines.extend(
        unused.iter().map(|exception| format!("{LIST}:{}: this exception is no longer needed", exception.line)),
    );
    lines.push(format!("names: {} hits in {} files\n", search.hits.len(), search.files_with_hits()));
    Report { text: lines.join("\n"), passed: search.hits.is_empty() && unused.is_empty() }
}

#[cfg(test)]
mod tests;
