//! Statistics of a selection: counts by severity, package, layer, fix, score and more.

use crate::index::Index;
use crate::index::column::{Column, severity_code, severity_of};
use crate::index::select::Selection;
use crate::index::values::{Text, Values, fold};
use crate::page::{Counts, ValueCount};
use crate::property::{Property, PropertyKind};
use crate::summary::{Bucket, FixCounts, LOG4SHELL, Point, ScoreBand, SeverityCounts, Summary, TOP_PACKAGES};
use crate::timestamp::Timestamp;
use crate::vocabulary::{FixAvailable, Severity, Status};

impl Index {
    pub(crate) fn summary(&self, selection: &Selection) -> Summary {
        let counts = selection.counts;
        let selection = &self.matches(selection);
        let (mut by_package, packages) = self.buckets(selection, Property::Package);
        by_package.truncate(TOP_PACKAGES);
        let mut score_bands = self.score_bands(selection);
        let points = self.points(selection);
        let plotted: usize = points.iter().map(|point| point.unique).sum();
        let without_score = score_bands.pop().unwrap_or_default();
        Summary {
            matched: counts,
            by_severity: self.by_severity(selection),
            by_package,
            packages,
            by_layer: self.buckets(selection, Property::Layer).0,
            without_layer: self.count_missing(selection, Property::Layer),
            by_fix: self.by_fix(selection),
            score_bands: score_bands
                .into_iter()
                .enumerate()
                .map(|(band, counts)| ScoreBand { from: band as f64, to: band as f64 + 1.0, counts })
                .collect(),
            without_score,
            points,
            without_point: counts.unique - plotted,
            kev: self.count_of(selection, Property::Kev, "YES"),
            kev_unknown: self.count_missing(selection, Property::Kev),
            suppressed: self.count_of(selection, Property::Status, Status::Suppressed.as_str()),
            exploit: self.count_of(selection, Property::ExploitAvailable, "YES"),
            log4shell: self.count_of(selection, Property::VulnerabilityId, LOG4SHELL).instances > 0,
        }
    }

    /// The values that contain `part`, with the numbers of vulnerabilities and instances that have each, the most frequent
    /// first.
    pub(crate) fn values(&self, property: Property, part: &str, limit: usize) -> Vec<ValueCount> {
        let Some(column) = self.columns.get(property as usize) else { return Vec::new() };
        let all: Vec<(u32, u32)> =
            self.identity_instances.iter().map(|row| (self.identities[*row as usize], *row)).collect();
        let part = fold(part);
        let counted: Vec<(String, Occurrences)> = match &column.values {
            Values::Texts(values) => {
                let counts = occurrences(&all, values.len(), |row, each| {
                    if let Some(code) = column.code(row).checked_sub(1) {
                        each(code);
                    }
                });
                let named = values.iter().zip(counts).filter(|(text, _)| text.folded().contains(&part));
                named.map(|(text, counts)| (text.original().to_owned(), counts)).collect()
            }
            Values::Sets(sets) => {
                let (members, of_sets) = members_of_sets(sets);
                let counts = occurrences(&all, members.len(), |row, each| {
                    if let Some(set) = column.code(row).checked_sub(1) {
                        of_sets[set].iter().copied().for_each(each);
                    }
                });
                let named = members.into_iter().zip(counts).filter(|(text, _)| text.folded().contains(&part));
                named.map(|(text, counts)| (text.original().to_owned(), counts)).collect()
            }
            Values::Numbers(numbers) => {
                let counts = occurrences(&all, numbers.len(), |row, each| {
                    if let Some(code) = column.code(row).checked_sub(1) {
                        each(code);
                    }
                });
                let named = numbers.iter().map(|number| number_text(property, *number)).zip(counts);
                named.filter(|(text, _)| fold(text).contains(&part)).collect()
            }
        };
        most_frequent(counted, limit)
    }

    fn by_severity(&self, selection: &Matches) -> Vec<SeverityCounts> {
        let column = self.column(Property::Severity);
        let mut counts = self.counts_by(selection, column.values.len() + 1, |row| column.code(row));
        count_once(&mut counts, selection, column, |code| code);
        let of = |severity| SeverityCounts { severity, counts: counts[severity_code(severity)] };
        Severity::ALL.into_iter().map(of).collect()
    }

    /// The values of a text column with their counts, those with the most vulnerabilities first; and the number of values.
    fn buckets(&self, selection: &Matches, property: Property) -> (Vec<Bucket>, usize) {
        let column = self.column(property);
        let counts = self.counts_by(selection, column.values.len() + 1, |row| column.code(row));
        let severity = self.column(Property::Severity);
        let mut by_severity = vec![[0; 6]; counts.len()];
        for &row in &selection.rows {
            by_severity[column.code(row as usize)][severity_position(severity, row as usize)] += 1;
        }
        let vulnerabilities = unique_by_severity(selection, column, severity, counts.len());
        let mut codes: Vec<usize> = (1..counts.len()).filter(|code| counts[*code].instances > 0).collect();
        let total = codes.len();
        codes.sort_by_key(|code| std::cmp::Reverse((counts[*code].unique, counts[*code].findings)));
        let bucket = |code: usize| {
            let value = column.values.text(code)?.original().to_owned();
            let (instances_by_severity, unique_by_severity) = (by_severity[code], vulnerabilities[code]);
            Some(Bucket { value, counts: counts[code], instances_by_severity, unique_by_severity })
        };
        (codes.into_iter().take(MAX_BUCKETS).filter_map(bucket).collect(), total)
    }

    fn by_fix(&self, selection: &Matches) -> Vec<FixCounts> {
        let column = self.column(Property::FixAvailable);
        let mut counts = self.counts_by(selection, column.values.len() + 1, |row| column.code(row));
        count_once(&mut counts, selection, column, |code| code);
        let named = counts.into_iter().enumerate().filter(|(_, counts)| counts.instances > 0).map(|(code, counts)| {
            FixCounts { fix: column.values.text(code).map(|text| FixAvailable::from(text.original())), counts }
        });
        named.collect()
    }

    /// The counts of ten score bands, and of what has no score.
    fn score_bands(&self, selection: &Matches) -> Vec<Counts> {
        let column = self.column(Property::Score);
        let bands: Vec<usize> = (0..=column.values.len())
            .map(|code| column.values.number(code).map_or(10, |score| (score.max(0.0) as usize).min(9)))
            .collect();
        let mut counts = self.counts_by(selection, 11, |row| bands[column.code(row)]);
        count_once(&mut counts, selection, column, |code| bands[code]);
        counts
    }

    fn count_missing(&self, selection: &Matches, property: Property) -> Counts {
        let column = self.column(property);
        self.counts_by(selection, 2, |row| usize::from(column.code(row) == 0))[1]
    }

    fn count_of(&self, selection: &Matches, property: Property, value: &str) -> Counts {
        let column = self.column(property);
        let Some(wanted) = column.values.code_of(value) else { return Counts::default() };
        self.counts_by(selection, 2, |row| usize::from(column.code(row) == wanted))[1]
    }

    fn points(&self, selection: &Matches) -> Vec<Point> {
        const COLUMNS: usize = 101;
        let log4shell = self.column(Property::VulnerabilityId).values.code_of(LOG4SHELL);
        let [score, epss, severity, kev] =
            [Property::Score, Property::Epss, Property::Severity, Property::Kev].map(|property| self.column(property));
        let mut grid: Vec<Option<Cell>> = Vec::new();
        grid.resize_with(COLUMNS * COLUMNS, || None);
        for instances in selection.vulnerabilities() {
            let mut greatest = [0; 4];
            for (_, row) in instances {
                for (greatest, column) in greatest.iter_mut().zip([score, epss, severity, kev]) {
                    *greatest = column.code(*row as usize).max(*greatest);
                }
            }
            let first = instances.first().map(|(_, row)| *row as usize);
            let [score_code, epss_code, severity_code, kev_code] = greatest;
            let (Some(row), Some(score), Some(epss)) =
                (first, score.values.number(score_code), epss.values.number(epss_code))
            else {
                continue;
            };
            let x = (score.clamp(0.0, 10.0) * 10.0).round() as usize;
            let y = (epss.clamp(0.0, 1.0) * 100.0).round() as usize;
            let cell = grid[y * COLUMNS + x].get_or_insert(Cell {
                row,
                unique: 0,
                epss: (epss, epss),
                severity: 0,
                kev: Some(false),
                log4shell: false,
            });
            cell.epss = (cell.epss.0.min(epss), cell.epss.1.max(epss));
            if log4shell.is_some_and(|code| code == self.column(Property::VulnerabilityId).code(row)) {
                (cell.row, cell.log4shell) = (row, true);
            }
            cell.unique += 1;
            cell.severity = cell.severity.max(severity_code);
            let listed = kev.values.text(kev_code).map(|text| text.original() == "YES");
            cell.kev = if cell.kev == Some(true) || listed == Some(true) { Some(true) } else { cell.kev.and(listed) };
        }
        let points = grid.into_iter().enumerate().filter_map(|(position, cell)| {
            let cell = cell?;
            Some(Point {
                score: (position % COLUMNS) as f64 / 10.0,
                epss: (position / COLUMNS) as f64 / 100.0,
                lowest_epss: cell.epss.0,
                greatest_epss: cell.epss.1,
                unique: cell.unique,
                severity: severity_of(cell.severity),
                example: self.identity_text(cell.row).to_owned(),
                kev: cell.kev,
                log4shell: cell.log4shell,
            })
        });
        points.collect()
    }

    /// The counts of each bucket, given the bucket of each instance.
    fn counts_by(&self, selection: &Matches, buckets: usize, bucket_of: impl Fn(usize) -> usize) -> Vec<Counts> {
        let mut counts = vec![Counts::default(); buckets];
        let mut last = vec![u32::MAX; buckets];
        for &row in &selection.rows {
            let (row, bucket) = (row as usize, bucket_of(row as usize));
            counts[bucket].instances += 1;
            // The instances of a finding are adjacent, so a finding other than the bucket's last one is new to it.
            counts[bucket].findings += usize::from(last[bucket] != self.findings[row]);
            last[bucket] = self.findings[row];
        }
        last.fill(u32::MAX);
        for &(identity, row) in &selection.by_identity {
            let bucket = bucket_of(row as usize);
            counts[bucket].unique += usize::from(last[bucket] != identity);
            last[bucket] = identity;
        }
        counts
    }

    fn matches(&self, selection: &Selection) -> Matches {
        let in_order = self.identity_instances.iter().filter(|row| selection.mask[**row as usize]);
        Matches {
            rows: selection.rows().map(|row| row as u32).collect(),
            by_identity: in_order.map(|&row| (self.identities[row as usize], row)).collect(),
        }
    }
}

/// The matching instances in two orders: as stored, and by vulnerability.
struct Matches {
    rows: Vec<u32>,
    /// Each with its vulnerability; those of one vulnerability are adjacent.
    by_identity: Vec<(u32, u32)>,
}

impl Matches {
    fn vulnerabilities(&self) -> impl Iterator<Item = &[(u32, u32)]> {
        self.by_identity.chunk_by(|a, b| a.0 == b.0)
    }
}

/// Counts each vulnerability once, in the bucket of its greatest value, so that the counts of all buckets add up to the total.
fn count_once(counts: &mut [Counts], selection: &Matches, column: &Column, bucket_of: impl Fn(usize) -> usize) {
    for counts in &mut *counts {
        counts.unique = 0;
    }
    for instances in selection.vulnerabilities() {
        if let Some(greatest) = instances.iter().map(|(_, row)| column.code(*row as usize)).max() {
            counts[bucket_of(greatest)].unique += 1;
        }
    }
}

/// The vulnerabilities of each value of a column by severity. In each value, a vulnerability counts once, at its greatest
/// severity there.
fn unique_by_severity(selection: &Matches, column: &Column, severity: &Column, values: usize) -> Vec<[usize; 6]> {
    let mut counted = vec![[0; 6]; values];
    let mut greatest = std::collections::BTreeMap::new();
    for instances in selection.vulnerabilities() {
        for (_, row) in instances {
            let position = severity_position(severity, *row as usize);
            greatest
                .entry(column.code(*row as usize))
                .and_modify(|least: &mut usize| *least = position.min(*least))
                .or_insert(position);
        }
        while let Some((value, position)) = greatest.pop_first() {
            counted[value][position] += 1;
        }
    }
    counted
}

/// The greatest number of buckets returned: no image has more layers, and no chart shows more packages.
const MAX_BUCKETS: usize = 500;

struct Cell {
    row: usize,
    unique: usize,
    /// The lowest and the greatest.
    epss: (f64, f64),
    severity: usize,
    kev: Option<bool>,
    log4shell: bool,
}

/// The position of the instance's severity in [`Severity::ALL`].
fn severity_position(column: &Column, row: usize) -> usize {
    Severity::ALL.len() - column.code(row).max(1)
}

/// How often a value occurs.
#[derive(Clone, Copy, Default)]
struct Occurrences {
    instances: usize,
    unique: usize,
    /// The last vulnerability that was counted.
    last: Option<u32>,
}

/// Counts values over all instances, those of one vulnerability after the other. `codes_of` calls its argument with the
/// values of an instance.
fn occurrences(all: &[(u32, u32)], values: usize, codes_of: impl Fn(usize, &mut dyn FnMut(usize))) -> Vec<Occurrences> {
    let mut counts = vec![Occurrences::default(); values];
    for &(identity, row) in all {
        codes_of(row as usize, &mut |code| {
            let counted = &mut counts[code];
            counted.instances += 1;
            counted.unique += usize::from(counted.last != Some(identity));
            counted.last = Some(identity);
        });
    }
    counts
}

fn most_frequent(mut counted: Vec<(String, Occurrences)>, limit: usize) -> Vec<ValueCount> {
    counted.retain(|(_, counts)| counts.instances > 0);
    counted.sort_by_key(|(_, counts)| std::cmp::Reverse((counts.unique, counts.instances)));
    counted.truncate(limit);
    let named = |(value, Occurrences { instances, unique, .. })| ValueCount { value, instances, unique };
    counted.into_iter().map(named).collect()
}

/// The distinct members of all sets, and for each set the positions of its members.
fn members_of_sets(sets: &[Vec<Text>]) -> (Vec<&Text>, Vec<Vec<usize>>) {
    let mut positions = std::collections::BTreeMap::new();
    let mut members = Vec::new();
    let of_sets = sets.iter().map(|set| {
        let mut position = |member| {
            *positions.entry(Text::original(member)).or_insert_with(|| {
                members.push(member);
                members.len() - 1
            })
        };
        set.iter().map(&mut position).collect()
    });
    let of_sets = of_sets.collect();
    (members, of_sets)
}

fn number_text(property: Property, number: f64) -> String {
    match property.kind() {
        PropertyKind::Time => Timestamp::from_epoch_millis(number as i64).to_string(),
        _ => number.to_string(),
    }
}
