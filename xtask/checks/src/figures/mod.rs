//! `figures`: the size of files, functions and of the shell, and the counts of the other checks. Fails where the shell's share
//! of the code is too large.

mod functions;

use std::path::Path;

use crate::{cycles, files, names, report::Report};

/// The shell, which adapts the lab to Tauri and does nothing else.
const SHELL: &str = "src-tauri/src/";

/// The greatest share of the lines of Rust that the shell may have, in percent.
const LARGEST_SHARE: f64 = 4.0;

pub(crate) fn report(root: &Path) -> Result<Report, String> {
    let mut sizes = Sizes::default();
    for path in files::list(root)?.into_iter().filter(|path| is_rust(path)) {
        let source = std::fs::read_to_string(root.join(&path)).map_err(|error| format!("{path}: {error}"))?;
        sizes.add(&path, &source).map_err(|error| format!("{path}: {error}"))?;
    }
    let share = sizes.shell_share();
    let text = format!(
        "lines of Rust files: {}\nlines of Rust functions: {}\nimport cycles of Rust files: {}\nwords of {}: {}\n\
         share of {SHELL} in all Rust src folders: {share:.2} % ({} of {} lines; at most {LARGEST_SHARE} %)\n",
        describe(&mut sizes.files),
        describe(&mut sizes.functions),
        cycles::count(root)?,
        names::LIST,
        names::count(root)?,
        sizes.shell,
        sizes.sources,
    );
    Ok(Report { text, passed: share <= LARGEST_SHARE })
}

/// Numbers of lines.
#[derive(Default)]
struct Sizes {
    files: Vec<usize>,
    functions: Vec<usize>,
    /// In all `src` folders.
    sources: usize,
    shell: usize,
}

impl Sizes {
    fn add(&mut self, path: &str, source: &str) -> Result<(), syn::Error> {
        let lines = source.lines().count();
        self.files.push(lines);
        self.functions.extend(functions::lengths(source)?);
        if path.contains("/src/") {
            self.sources += lines;
        }
        if path.starts_with(SHELL) {
            self.shell += lines;
        }
        Ok(())
    }

    /// In percent.
    fn shell_share(&self) -> f64 {
        if self.sources == 0 { 0.0 } else { self.shell as f64 * 100.0 / self.sources as f64 }
    }
}

fn is_rust(path: &str) -> bool {
    Path::new(path).extension().is_some_and(|extension| extension == "rs")
}

fn describe(sizes: &mut [usize]) -> String {
    sizes.sort_unstable();
    let at = |percent: usize| sizes.get((sizes.len() * percent / 100).min(sizes.len().saturating_sub(1)));
    let [median, high, largest] = [50, 95, 100].map(|percent| at(percent).copied().unwrap_or_default());
    format!("median {median}, 95th percentile {high}, largest {largest} ({} in all)", sizes.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shell_has_its_share_of_all_src_folders() {
        let mut sizes = Sizes::default();
        sizes.add("src-tauri/src/lib.rs", "fn f() {}\n").unwrap();
        sizes.add("src-tauri/crates/lab/src/lib.rs", "\n\n\n").unwrap();
        sizes.add("src-tauri/crates/lab/tests/it.rs", "\n\n\n").unwrap();
        assert!((sizes.shell_share() - 25.0).abs() < f64::EPSILON);
    }

    #[test]
    fn sizes_are_described_by_median_and_percentile() {
        let mut sizes: Vec<usize> = (1..=100).rev().collect();
        assert_eq!(describe(&mut sizes), "median 51, 95th percentile 96, largest 100 (100 in all)");
        assert_eq!(describe(&mut []), "median 0, 95th percentile 0, largest 0 (0 in all)");
    }
}
