//! `fidelity`: writes `docs/FIDELITY.md` from `docs/fidelity.toml`, and fails where a row is not proved: its test does not
//! exist or did not run, an operation of the practice cloud has no row, or the page is out of date.

mod documents;
mod operations;
mod page;
mod reference;
mod results;
mod rows;

use std::path::Path;

use crate::report::Report;
use documents::{PAGE, REASONS, ROWS, read};
use operations::Operations;
use reference::Tests;
use results::Results;
use rows::Rows;

/// What to do with the rows.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Options<'a> {
    /// Whether the page is only compared, not written.
    pub(crate) check: bool,
    /// The output of `cargo test`, to see which tests ran.
    pub(crate) ran: Option<&'a Path>,
    /// The skipped tests with their reasons, as the crate `skipped` collects them.
    pub(crate) skipped: Option<&'a Path>,
}

/// Checks the rows. Writes the page, or compares it.
pub(crate) fn report(root: &Path, options: &Options<'_>) -> Result<Report, String> {
    let rows = Rows::parse(&read(&root.join(ROWS))?).map_err(|error| format!("{ROWS}: {error}"))?;
    let reasons = results::reasons(&read(&root.join(REASONS))?);
    let mut problems = rows.problems();
    problems.extend(results::unlisted(&rows, &reasons));
    problems.extend(Operations::read(root)?.problems(&rows));
    let mut tests = Tests::default();
    problems.extend(rows.tests().filter_map(|test| tests.problem(root, test)));
    if let Some(ran) = options.ran {
        let skipped = options.skipped.map(read).transpose()?.unwrap_or_default();
        problems.extend(Results::parse(&read(ran)?, &skipped).problems(&rows));
    }
    let page = page::markdown(&rows, &reasons);
    if !options.check {
        std::fs::write(root.join(PAGE), &page).map_err(|error| format!("{PAGE}: {error}"))?;
    } else if read(&root.join(PAGE))? != page {
        problems.push(format!("{PAGE} is out of date: `cargo xtask fidelity` writes it"));
    }
    problems.push(format!("fidelity: {} facts, {} operations\n", rows.fact.len(), rows.operation.len()));
    Ok(Report { passed: problems.len() == 1, text: problems.join("\n") })
}

#[cfg(test)]
mod tests;
