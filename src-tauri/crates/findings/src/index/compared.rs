//! Two indexes held against each other, by vulnerability and package.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use rusqlite::Transaction;

use crate::compare::{ComparedPackage, ComparedRow, Comparison, DiffCounts, DiffPage, DiffStatus, Tally};
use crate::index::Index;
use crate::index::column::severity_of;
use crate::index::load::gather;
use crate::query::effective_page_size;
use crate::{FindingsError, LOG4SHELL, Property, Severity, TOP_PACKAGES};

pub(crate) struct Compared {
    before: Side,
    after: Side,
    comparison: Comparison,
    fixed: Vec<Pairing>,
    new: Vec<Pairing>,
    remaining: Vec<Pairing>,
}

/// A vulnerability of a package: its groups in both sides, where there are.
#[derive(Clone, Copy)]
struct Pairing {
    before: Option<usize>,
    after: Option<usize>,
}

impl Compared {
    pub(crate) fn new(before: Arc<Index>, after: Arc<Index>) -> Self {
        let (before, after) = (Side::new(before), Side::new(after));
        let (mut fixed, mut new, mut remaining) = (Vec::new(), Vec::new(), Vec::new());
        let known: HashMap<_, _> = (0..before.group_count()).map(|group| (before.key(group), group)).collect();
        let mut found = vec![false; before.group_count()];
        for group in 0..after.group_count() {
            match known.get(&after.key(group)) {
                Some(&old) => {
                    found[old] = true;
                    remaining.push(Pairing { before: Some(old), after: Some(group) });
                }
                None => new.push(Pairing { before: None, after: Some(group) }),
            }
        }
        let gone = found.iter().enumerate().filter(|(_, found)| !**found);
        fixed.extend(gone.map(|(group, _)| Pairing { before: Some(group), after: None }));
        before.put_worst_first(&mut fixed, |pairing| pairing.before);
        after.put_worst_first(&mut new, |pairing| pairing.after);
        after.put_worst_first(&mut remaining, |pairing| pairing.after);
        let mut compared = Self { before, after, comparison: Comparison::default(), fixed, new, remaining };
        compared.comparison = compared.count();
        compared
    }

    pub(crate) fn comparison(&self) -> &Comparison {
        &self.comparison
    }

    pub(crate) fn page(
        &self,
        status: DiffStatus,
        page: usize,
        page_size: usize,
        snapshot: &Transaction<'_>,
    ) -> Result<DiffPage, FindingsError> {
        let pairings = self.of(status);
        let page_size = effective_page_size(page_size);
        let shown = pairings.iter().skip(page.saturating_mul(page_size)).take(page_size);
        let rows = shown.map(|pairing| self.row(*pairing, snapshot)).collect::<Result<_, _>>()?;
        Ok(DiffPage { rows, total: pairings.len(), page, page_size })
    }

    fn of(&self, status: DiffStatus) -> &[Pairing] {
        match status {
            DiffStatus::Fixed => &self.fixed,
            DiffStatus::New => &self.new,
            DiffStatus::Remaining => &self.remaining,
        }
    }

    fn row(&self, pairing: Pairing, snapshot: &Transaction<'_>) -> Result<ComparedRow, FindingsError> {
        let (side, group) = self.shown(pairing);
        let (index, worst) = (&side.index, side.worst[group] as usize);
        let text = |property, row| index.column(property).text(row).map(str::to_owned);
        let (scan, arn) = index.stored_as(worst, snapshot)?;
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

    /// Where a pairing is read: as it is now, or else as it was.
    fn shown(&self, pairing: Pairing) -> (&Side, usize) {
        match (pairing.after, pairing.before) {
            (Some(group), _) => (&self.after, group),
            (None, group) => (&self.before, group.unwrap_or_default()),
        }
    }

    fn count(&self) -> Comparison {
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
        let mut tally = Tally { total: self.of(status).len(), ..Tally::default() };
        let mut seen = vec![false; self.before.index.identity_count().max(self.after.index.identity_count())];
        for pairing in self.of(status) {
            let (side, group) = self.shown(*pairing);
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
            for pairing in self.of(status) {
                let (side, group) = self.shown(*pairing);
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
        let named =
            packages.into_iter().map(|(package, counts)| ComparedPackage { package: package.to_owned(), counts });
        named.collect()
    }
}

/// One of the two indexes, its instances grouped by vulnerability and package name.
struct Side {
    index: Arc<Index>,
    starts: Vec<u32>,
    members: Vec<u32>,
    /// For each group its most severe instance: by severity, then score, then order.
    worst: Vec<u32>,
}

impl Side {
    fn new(index: Arc<Index>) -> Self {
        let packages = index.column(Property::Package);
        let mut known: HashMap<(usize, usize), u32> = HashMap::new();
        let groups: Vec<u32> = (0..index.len())
            .map(|row| {
                let next = known.len() as u32;
                *known.entry((index.identity(row), packages.code(row))).or_insert(next)
            })
            .collect();
        let (starts, members) = gather(&groups, known.len());
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

    /// What a group is the same by in both sides.
    fn key(&self, group: usize) -> (bool, &str, Option<&str>) {
        let (has_id, text) = self.identity(self.worst[group] as usize);
        (has_id, text, self.package(group))
    }

    fn package(&self, group: usize) -> Option<&str> {
        self.index.column(Property::Package).text(self.worst[group] as usize)
    }

    /// Each vulnerability once.
    fn identities(&self) -> impl Iterator<Item = (bool, &str)> {
        (0..self.index.identity_count())
            .filter_map(|identity| self.index.instances_of(identity).next())
            .map(|row| self.identity(row))
    }

    /// Ids and titles are told apart, should one be spelled as the other.
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

    /// By severity, score, id, title and package.
    fn put_worst_first(&self, pairings: &mut [Pairing], group: impl Fn(&Pairing) -> Option<usize>) {
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
