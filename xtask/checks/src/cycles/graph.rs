//! Which file refers to which, and the cycles in that.

use std::collections::{BTreeMap, BTreeSet};

/// Files, the files that each refers to, and the line of the first such reference.
#[derive(Default)]
pub(crate) struct Graph {
    edges: BTreeMap<String, BTreeMap<String, usize>>,
}

impl Graph {
    /// A file may refer to itself.
    pub(crate) fn add(&mut self, from: &str, to: &str, line: usize) {
        if from != to {
            let first = self.edges.entry(from.to_owned()).or_default().entry(to.to_owned()).or_insert(line);
            *first = line.min(*first);
        }
    }

    /// The sets of files that can all reach each other, if they are more than one.
    pub(crate) fn cycles(&self) -> Vec<BTreeSet<&str>> {
        let reachable: BTreeMap<&str, BTreeSet<&str>> =
            self.edges.keys().map(|file| (file.as_str(), self.reachable(file))).collect();
        let mut cycles: Vec<BTreeSet<&str>> = Vec::new();
        for (file, targets) in &reachable {
            if targets.contains(file) && !cycles.iter().any(|cycle| cycle.contains(file)) {
                let reaches_back = |other: &&&str| reachable.get(**other).is_some_and(|back| back.contains(file));
                cycles.push(targets.iter().filter(reaches_back).copied().collect());
            }
        }
        cycles
    }

    fn reachable(&self, file: &str) -> BTreeSet<&str> {
        let mut reached = BTreeSet::new();
        let mut pending = vec![file];
        while let Some(file) = pending.pop() {
            for target in self.edges.get(file).into_iter().flat_map(BTreeMap::keys) {
                if reached.insert(target.as_str()) {
                    pending.push(target);
                }
            }
        }
        reached
    }

    /// The references between the files of a cycle.
    pub(crate) fn describe(&self, cycle: &BTreeSet<&str>) -> Vec<String> {
        let mut lines = vec![format!("{} files import each other:", cycle.len())];
        for file in cycle {
            let targets = self.edges.get(*file).into_iter().flatten();
            lines.extend(
                targets
                    .filter(|(target, _)| cycle.contains(target.as_str()))
                    .map(|(target, line)| format!("  {file}:{line} -> {target}")),
            );
        }
        lines
    }
}
