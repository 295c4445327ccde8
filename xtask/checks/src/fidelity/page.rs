//! The page that people read.

use std::fmt::Write as _;

use super::{
    reference::split,
    results::Reason,
    rows::{ASPECTS, Fact, Operation, Rows},
};

const INTRODUCTION: &str = "\
# Fidelity

What the practice cloud, the built-in engine and the lab take for the behaviour of AWS and Docker, and how far that is known. Only a
real account can show what is *unverified*. This page is generated from `fidelity.toml` by `cargo xtask fidelity`; `cargo xtask test`
fails if a test that is named here does not exist or did not run.

## Facts and choices

*documented*: a public source states it. *inferred*: it follows from one. *choice*: not known, or our own. *unverified*: assumed, and
asserted by no test. *deviation*: AWS does otherwise.

| fact or choice | status | source | tests |
| --- | --- | --- | --- |
";

const OPERATIONS: &str = "
## Operations

*faithful*: tests through the SDK show its effect, its paging, its errors, and that it survives a restart, as far as it has these.
*partly*: the note says what is missing. *absent*: the practice cloud refuses it.

| operation | | note | effect | paging | errors | restart |
| --- | --- | --- | --- | --- | --- | --- |
";

const SKIPPED: &str = "
## Tests that may leave themselves out

The reasons are those of `tests/skipped.txt`; any other reason fails the tests where `CI` is set.

| reason | why it is accepted | tests named above |
| --- | --- | --- |
";

/// The page.
pub(crate) fn markdown(rows: &Rows, reasons: &[Reason]) -> String {
    let mut page = INTRODUCTION.to_owned();
    page.extend(rows.fact.iter().map(fact));
    page.push_str(OPERATIONS);
    page.extend(rows.operation.iter().map(operation));
    page.push_str(SKIPPED);
    for reason in reasons {
        let of_reason = rows.may_be_skipped.iter().filter(|row| row.reason == reason.part);
        let tests = links(of_reason.flat_map(|row| &row.tests));
        line(&mut page, &[&reason.part, &reason.accepted_because, &tests]);
    }
    page
}

fn fact(row: &Fact) -> String {
    let tests = match &row.why {
        Some(why) => format!("none: {why}"),
        None => links(&row.tests),
    };
    let mut text = String::new();
    line(&mut text, &[&row.text, row.status.as_str(), &row.source, &tests]);
    text
}

fn operation(row: &Operation) -> String {
    let aspects = ASPECTS.map(|aspect| match row.without.get(aspect) {
        Some(why) => format!("none: {why}"),
        None => links(row.tests_of(aspect)),
    });
    let name = if row.name.contains(' ') { row.name.clone() } else { format!("`{}`", row.name) };
    let (name, status) = (format!("{} {name}", row.service), row.status.as_str());
    let [effect, paging, errors, restart] = &aspects;
    let mut text = String::new();
    line(&mut text, &[&name, status, &row.note, effect, paging, errors, restart]);
    text
}

/// Each test by its name, with a link to its file.
fn links<'a>(tests: impl IntoIterator<Item = &'a String>) -> String {
    let link = |test: &String| {
        let (path, name) = split(test);
        format!("[`{name}`](../{path})")
    };
    tests.into_iter().map(link).collect::<Vec<_>>().join(", ")
}

fn line(page: &mut String, cells: &[&str]) {
    for cell in cells {
        let cell = cell.replace('|', "\\|");
        // Writing to a text cannot fail.
        let _ = if cell.is_empty() { write!(page, "| ") } else { write!(page, "| {cell} ") };
    }
    page.push_str("|\n");
}
