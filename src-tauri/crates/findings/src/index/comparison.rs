//! The comparison of two indexes, by vulnerability and package.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use rusqlite::Transaction;

use crate::compare::{ComparedPackage, ComparedRow, Comparison, DiffCounts, DiffPage, DiffStatus, Tally};
use crate::error::FindingsError;
use crate::index::Index;
use crate::index::column::severity_of;
use crate::index::groups::members_by_group;
use crate::property::Property;
use crate::query::effective_page_size;
use crate::summary::{LOG4SHELL, TOP_PACKAGES};
use crate::vocabulary::Severity;

/// The differences between two indexes.
pub(crate) struct IndexComparison {
    before: Side,
    after: Side,
    summary: Comparison,
    fixed: Vec<Pairing>,
    new: Vec<Pairing>,
    remaining: Vec<Pairing>,
}

/// A vulnerability of a package: its group on each side that has one.
#[derive(Clone, Copy)]
struct Pairing {
    before: Option<usize>,
    after: Option<usize>,
}

impl IndexComparison {
    pub(crate) fn new(before: Arc<Index>, after: Arc<Index>) -> Self {
        let (before, after) = (Side::new(before), Side::new(after));
        let (mut fixed, mut new, mut remaining) = (Vec::new(), Vec::new(), Vec::new());
        let group_by_key: HashMap<_, _> = (0..before.group_count()).map(|group| (before.key(group), group)).collect();
        let mut is_paired = vec![false; before.group_count()];
        for group in 0..after.group_count() {
            match group_by_key.get(&after.key(group)) {
                Some(&previous) => {
                    is_paired[previous] = true;
                    remaining.push(Pairing { before: Some(previous), after: Some(group) });
                }
                None => new.push(Pairing { before: None, after: Some(group) }),
            }
        }
        let unpaired = is_paired.iter().enumerate().filter(|(_, is_paired)| !**is_paired);
        fixed.extend(unpaired.map(|(group, _)| Pairing { before: Some(group), after: None }));
        before.sort_by_severity(&mut fixed, |pairing| pairing.before);
        after.sort_by_severity(&mut new, |pairing| pairing.after);
        after.sort_by_severity(&mut remaining, |pairing| pairing.after);
        let mut comparison = Self { before, after, summary: Comparison::default(), fixed, new, remaining };
        comparison.summary = comparison.summarize();
        comparison
    }

    pub(crate) fn summary(&self) -> &Comparison {
        &self.summary
    }

    pub(crate) fn page(
        &self,
        status: DiffStatus,
        page: usize,
        page_size: usize,
        snapshot: &Transaction<'_>,
    ) -> Result<DiffPage, FindingsError> {
        let pairings = self.pairings(status);
        let page_size = effective_page_size(page_size);
        let on_page = pairings.iter().skip(page.saturating_mul(page_size)).take(page_size);
        let rows = on_page.map(|pairing| self.row(*pairing, snapshot)).collect::<Result<_, _>>()?;
        Ok(DiffPage { rows, total: pairings.len(), page, page_size })
    }

    fn pairings(&self, status: DiffStatus) -> &[Pairing] {
        match status {
            DiffStatus::Fixed => &self.fixed,
            DiffStatus::New => &self.new,
            DiffStatus::Remaining => &self.remaining,
        }
    }

    fn row(&self, pairing: Pairing, snapshot: &Transaction<'_>) -> Result<ComparedRow, FindingsError> {
        let (side, group) = self.current_side(pairing);
        let (index, worst) = (&side.index, side.worst[group] as usize);
        let text = |property, row| index.column(property).text(row).map(str::to_owned);
        let (scan, arn) = index.scan_and_arn(worst, snapshot)?;
        let mut rows = std::iter::once(worst).chain(side.rows(group));
        Ok(ComparedRow {
            vulnerability_id: text(Property::VulnerabilityId, worst),
            title: text(Property::Title, worst).unwrap_or_default(),
            package: text(Property::Package, worst),
            severity: severity_of(index.column(Property::Severity).code(worst)),
            score: index.column(Property::Score).values.number(side.greatest_score(group)),
            versions_before: pairing.before.map_or_else(Vec::new, |group| self.before.versions(group)),
            versions_after: pairing.after.map_or_else(Vec::new, |group| self.after.versions(group)),
            fixed_in: rows.find_map(|row| text(Property::FixedIn, row)),
            arn,
            scan,
        })
    }

    /// The side that a pairing is read from: the later one if it has the vulnerability.
    fn current_side(&self, pairing: Pairing) -> (&Side, usize) {
        match (pairing.after, pairing.before) {
            (Some(group), _) => (&self.after, group),
            (None, group) => (&self.before, group.unwrap_or_default()),
        }
    }

    fn summarize(&self) -> Comparison {
        let has_log4shell =
            |side: &Side| side.index.column(Property::VulnerabilityId).values.code_of(LOG4SHELL).is_some();
        Comparison {
            fixed: self.tally(DiffStatus::Fixed),
            new: self.tally(DiffStatus::New),
            remaining: self.tally(DiffStatus::Remaining),
            vulnerabilities: self.count_vulnerabilities(),
            by_package: self.count_by_package(),
            log4shell_fixed: has_log4shell(&self.before) && !has_log4shell(&self.after),
        }
    }

    fn tally(&self, status: DiffStatus) -> Tally {
        let mut tally = Tally { total: self.pairings(status).len(), ..Tally::default() };
        let mut seen = vec![false; self.before.index.identity_count().max(self.after.index.identity_count())];
        for pairing in self.pairings(status) {
            let (side, group) = self.current_side(*pairing);
            let worst = side.worst[group] as usize;
            let seen = &mut seen[side.index.identity(worst)];
            tally.unique += usize::from(!*seen);
            *seen = true;
            let severity = severity_of(side.index.column(Property::Severity).code(worst));
            tally.by_severity[Severity::ALL.len() - 1 - severity as usize] += 1;
        }
        tally
    }

    fn count_vulnerabilities(&self) -> DiffCounts {
        let before: std::collections::HashSet<_> = self.before.identities().collect();
        let remaining = self.after.identities().filter(|identity| before.contains(identity)).count();
        DiffCounts { fixed: before.len() - remaining, new: self.after.index.identity_count() - remaining, remaining }
    }

    fn count_by_package(&self) -> Vec<ComparedPackage> {
        let mut packages: HashMap<&str, DiffCounts> = HashMap::new();
        for status in [DiffStatus::Fixed, DiffStatus::New, DiffStatus::Remaining] {
            for pairing in self.pairings(status) {
                let (side, group) = self.current_side(*pairing);
                let Some(package) = side.package(group) else { continue };
                let counts = packages.entry(package).or_default();
                *match status {
                    DiffStatus::Fixed => &mut counts.fixed,
                    DiffStatus::New => &mut counts.new,
                    DiffStatus::Remaining => &mut counts.remaining,
                } += 1;
            }
        }
        let mut packages: Vec<_> = packages.into_iter().collect();
        packages.sort_unstable_by_key(|(package, counts)| {
            (Reverse(counts.fixed), Reverse(counts.new), Reverse(counts.remaining), *package)
        });
        packages.truncate(TOP_PACKAGES);
        packages.into_iter().map(|(package, counts)| ComparedPackage { package: package.to_owned(), counts }).collect()
    }
}

/// One of the two indexes, with its instances grouped by vulnerability and package name.
struct Side {
    index: Arc<Index>,
    starts: Vec<u32>,
    members: Vec<u32>,
    /// The most severe instance of each group: by severity, then score, then order.
    worst: Vec<u32>,
}

impl Side {
    fn new(index: Arc<Index>) -> Self {
        let packages = index.column(Property::Package);
        let mut numbers: HashMap<(usize, usize), u32> = HashMap::new();
        let groups: Vec<u32> = (0..index.len())
            .map(|row| {
                let next = numbers.len() as u32;
                *numbers.entry((index.identity(row), packages.code(row))).or_insert(next)
            })
            .collect();
        let (starts, members) = members_by_group(&groups, numbers.len());
        let mut side = Self { index, starts, members, worst: Vec::new() };
        side.worst = (0..side.group_count()).map(|group| side.most_severe(group)).collect();
        side
    }

    fn group_count(&self) -> usize {
        self.starts.len() - 1
    }

    fn rows(&self, group: usize) -> impl Iterator<Item = usize> {
        let range: Range<usize> = self.starts[group] as usize..self.starts[group + 1] as usize;
        self.members[range].iter().map(|row| *row as usize)
    }

    fn most_severe(&self, group: usize) -> u32 {
        let [severity, score] = [Property::Severity, Property::Score].map(|property| self.index.column(property));
        let worst = self.rows(group).min_by_key(|&row| (Reverse(severity.code(row)), Reverse(score.code(row)), row));
        worst.unwrap_or_default() as u32
    }

    fn greatest_score(&self, group: usize) -> usize {
        let score = self.index.column(Property::Score);
        self.rows(group).map(|row| score.code(row)).max().unwrap_or_default()
    }

    /// The key by which groups of both sides are paired.
    fn key(&self, group: usize) -> (bool, &str, Option<&str>) {
        let (has_id, text) = self.identity(self.worst[group] as usize);
        (has_id, text, self.package(group))
    }

    fn package(&self, group: usize) -> Option<&str> {
        self.index.column(Property::Package).text(self.worst[group] as usize)
    }

    /// The distinct vulnerabilities.
    fn identities(&self) -> impl Iterator<Item = (bool, &str)> {
        (0..self.index.identity_count())
            .filter_map(|identity| self.index.instances_of(identity).next())
            .map(|row| self.identity(row))
    }

    /// Whether the vulnerability has an id, and its id or title: an id and a title that are spelled alike differ.
    fn identity(&self, row: usize) -> (bool, &str) {
        (self.index.column(Property::VulnerabilityId).code(row) > 0, self.index.identity_text(row))
    }

    fn versions(&self, group: usize) -> Vec<String> {
        let column = self.index.column(Property::PackageVersion);
        let mut codes: Vec<_> = self.rows(group).map(|row| column.code(row)).collect();
        codes.sort_unstable();
        codes.dedup();
        codes.into_iter().filter_map(|code| column.values.text(code)).map(|text| text.original().to_owned()).collect()
    }

    /// Sorts by severity, score, id, title and package, the most severe first.
    fn sort_by_severity(&self, pairings: &mut [Pairing], group: impl Fn(&Pairing) -> Option<usize>) {
        let [severity, id, title, package] =
            [Property::Severity, Property::VulnerabilityId, Property::Title, Property::Package]
                .map(|property| self.index.column(property));
        pairings.sort_by_cached_key(|pairing| {
            let group = group(pairing).unwrap_or_default();
            let row = self.worst[group] as usize;
            let first = (Reverse(severity.code(row)), Reverse(self.greatest_score(group)));
            (first, id.code(row), title.code(row), package.code(row))
        });
    }
}
