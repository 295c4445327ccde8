//! `cycles`: fails where files of Rust import each other in a circle. The UI's imports are checked by dependency-cruiser.
//!
//! An edge is any `use`, and any path in code, to the file that defines the item. Re-exports are followed and are no edges
//! themselves. Declarations of modules do not count, nor does what a module calls in the modules that it declares without
//! importing it; nor does code for tests.

mod collect;
mod graph;
mod program;
mod read;
mod resolve;

use std::path::Path;

use crate::{files, report::Report};
use graph::Graph;

/// Each cycle with the imports that make it.
pub(crate) fn report(root: &Path) -> Result<Report, String> {
    let graph = graph_of(root)?;
    let cycles = graph.cycles();
    let mut lines: Vec<String> = cycles.iter().flat_map(|cycle| graph.describe(cycle)).collect();
    lines.push(format!("cycles: {}\n", cycles.len()));
    Ok(Report { text: lines.join("\n"), passed: cycles.is_empty() })
}

/// How many there are.
pub(crate) fn count(root: &Path) -> Result<usize, String> {
    Ok(graph_of(root)?.cycles().len())
}

fn graph_of(root: &Path) -> Result<Graph, String> {
    Ok(resolve::graph(&read::program(root, &files::list(root)?)?))
}

#[cfg(test)]
mod tests;
