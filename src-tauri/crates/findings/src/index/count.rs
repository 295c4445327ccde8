//! Statistics of a selection: counts by severity, package, layer, fix, score and more.

use std::ops::Range;

use crate::index::Index;
use crate::index::column::{severity_code, severity_of};
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
        let [severity, score, kev] =
            [Property::Severity, Property::Score, Property::Kev].map(|property| self.codes(selection, property));
        let (mut by_package, packages, _) = self.buckets(selection, Property::Package, &severity);
        by_package.truncate(TOP_PACKAGES);
        let (by_layer, _, without_layer) = self.buckets(selection, Property::Layer, &severity);
        let mut score_bands = self.score_bands(selection, &score);
        let points = self.points(selection, &severity, &score, &kev);
        let plotted: usize = points.iter().map(|point| point.unique).sum();
        let without_score = score_bands.pop().unwrap_or_default();
        let [exploit, status] =
            [Property::ExploitAvailable, Property::Status].map(|property| self.codes(selection, property));
        let ids = self.column(Property::VulnerabilityId);
        Summary {
            matched: counts,
            by_severity: by_severity(selection, &severity),
            by_package,
            packages,
            by_layer,
            without_layer,
            by_fix: self.by_fix(selection),
            score_bands: score_bands
                .into_iter()
                .enumerate()
                .map(|(band, counts)| ScoreBand { from: band as f64, to: band as f64 + 1.0, counts })
                .collect(),
            without_score,
            points,
            without_point: counts.unique - plotted,
            kev: self.count_of(selection, Property::Kev, &kev, "YES"),
            kev_unknown: selection.counts_by(&kev, |code| usize::from(code == 0))[1],
            suppressed: self.count_of(selection, Property::Status, &status, Status::Suppressed.as_str()),
            exploit: self.count_of(selection, Property::ExploitAvailable, &exploit, "YES"),
            log4shell: ids.values.code_of(LOG4SHELL).is_some_and(|code| ids.contains(code, &selection.rows)),
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

    /// The values of a text column with their counts, those with the most vulnerabilities first; the number of values; and
    /// the counts of what has no value.
    fn buckets(&self, selection: &Matches, property: Property, severity: &Codes) -> (Vec<Bucket>, usize, Counts) {
        let column = self.column(property);
        let values = self.codes(selection, property);
        let counts = selection.counts_by(&values, |code| code);
        let mut by_severity = vec![[0; 6]; counts.len()];
        for (&value, &severity) in values.of_rows.iter().zip(&severity.of_rows) {
            by_severity[value as usize][severity_position(severity)] += 1;
        }
        let vulnerabilities = unique_by_severity(selection, &values, severity);
        let mut codes: Vec<usize> = (1..counts.len()).filter(|code| counts[*code].instances > 0).collect();
        let total = codes.len();
        codes.sort_by_key(|code| std::cmp::Reverse((counts[*code].unique, counts[*code].findings)));
        let bucket = |code: usize| {
            let value = column.values.text(code)?.original().to_owned();
            let (instances_by_severity, unique_by_severity) = (by_severity[code], vulnerabilities[code]);
            Some(Bucket { value, counts: counts[code], instances_by_severity, unique_by_severity })
        };
        (codes.into_iter().take(MAX_BUCKETS).filter_map(bucket).collect(), total, counts[0])
    }

    fn by_fix(&self, selection: &Matches) -> Vec<FixCounts> {
        let column = self.column(Property::FixAvailable);
        let fixes = self.codes(selection, Property::FixAvailable);
        let mut counts = selection.counts_by(&fixes, |code| code);
        count_once(&mut counts, selection, &fixes, |code| code);
        let named = counts.into_iter().enumerate().filter(|(_, counts)| counts.instances > 0).map(|(code, counts)| {
            FixCounts { fix: column.values.text(code).map(|text| FixAvailable::from(text.original())), counts }
        });
        named.collect()
    }

    /// The counts of ten score bands, and of what has no score.
    fn score_bands(&self, selection: &Matches, scores: &Codes) -> Vec<Counts> {
        let values = &self.column(Property::Score).values;
        let bands: Vec<usize> = (0..scores.end)
            .map(|code| values.number(code).map_or(10, |score| (score.max(0.0) as usize).min(9)))
            .collect();
        let mut counts = selection.counts_by(scores, |code| bands[code]);
        counts.resize(11, Counts::default());
        count_once(&mut counts, selection, scores, |code| bands[code]);
        counts
    }

    fn count_of(&self, selection: &Matches, property: Property, codes: &Codes, value: &str) -> Counts {
        let wanted = self.column(property).values.code_of(value);
        wanted.map_or_else(Counts::default, |wanted| selection.counts_by(codes, |code| usize::from(code == wanted))[1])
    }

    fn points(&self, selection: &Matches, severities: &Codes, scores: &Codes, kevs: &Codes) -> Vec<Point> {
        const COLUMNS: usize = 101;
        let ids = self.column(Property::VulnerabilityId);
        let log4shell = ids.values.code_of(LOG4SHELL);
        let [score, epss, kev] = [Property::Score, Property::Epss, Property::Kev].map(|property| self.column(property));
        let epsses = self.codes(selection, Property::Epss);
        let mut grid: Vec<Option<Cell>> = Vec::new();
        grid.resize_with(COLUMNS * COLUMNS, || None);
        for range in selection.vulnerabilities() {
            let [score_code, epss_code, severity_code, kev_code] =
                [scores, &epsses, severities, kevs].map(|codes| codes.greatest(&range));
            let row = selection.by_identity[range.start].1 as usize;
            let (Some(score), Some(epss)) = (score.values.number(score_code), epss.values.number(epss_code)) else {
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
            if log4shell.is_some_and(|code| code == ids.code(row)) {
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
                vulnerability_id: (cell.unique == 1).then(|| ids.text(cell.row)).flatten().map(str::to_owned),
                kev: cell.kev,
                log4shell: cell.log4shell,
            })
        });
        points.collect()
    }

    /// The codes of a column for the matching instances, in both orders.
    fn codes(&self, selection: &Matches, property: Property) -> Codes {
        let column = self.column(property);
        Codes {
            of_rows: column.codes_of(selection.rows.iter().copied()),
            by_identity: column.codes_of(selection.by_identity.iter().map(|(_, row)| *row)),
            end: column.values.len() + 1,
        }
    }

    fn matches(&self, selection: &Selection) -> Matches {
        let in_order = self.identity_instances.iter().filter(|row| selection.mask[**row as usize]);
        let rows: Vec<u32> = selection.rows().map(|row| row as u32).collect();
        Matches {
            findings: rows.iter().map(|row| self.findings[*row as usize]).collect(),
            rows,
            by_identity: in_order.map(|&row| (self.identities[row as usize], row)).collect(),
        }
    }
}

/// The matching instances in two orders: as stored, and by vulnerability.
struct Matches {
    rows: Vec<u32>,
    /// For each of `rows`, its finding.
    findings: Vec<u32>,
    /// Each with its vulnerability; those of one vulnerability are adjacent.
    by_identity: Vec<(u32, u32)>,
}

/// The codes of a column for the matching instances, copied once so that every count passes over adjacent numbers.
struct Codes {
    of_rows: Vec<u32>,
    by_identity: Vec<u32>,
    /// Above every code.
    end: usize,
}

impl Codes {
    /// The greatest code of a vulnerability's instances.
    fn greatest(&self, instances: &Range<usize>) -> usize {
        self.by_identity[instances.clone()].iter().copied().max().unwrap_or_default() as usize
    }
}

impl Matches {
    /// For each vulnerability, the range of its instances in `by_identity`.
    fn vulnerabilities(&self) -> impl Iterator<Item = Range<usize>> {
        let mut start = 0;
        self.by_identity.chunk_by(|a, b| a.0 == b.0).map(move |instances| {
            let range = start..start + instances.len();
            start = range.end;
            range
        })
    }

    /// The counts of each bucket, given the bucket of each code.
    fn counts_by(&self, codes: &Codes, bucket_of: impl Fn(usize) -> usize) -> Vec<Counts> {
        let buckets = (0..codes.end).map(&bucket_of).max().unwrap_or_default() + 1;
        let mut counts = vec![Counts::default(); buckets];
        let mut last = vec![u32::MAX; buckets];
        for (&code, &finding) in codes.of_rows.iter().zip(&self.findings) {
            let bucket = bucket_of(code as usize);
            counts[bucket].instances += 1;
            // The instances of a finding are adjacent, so a finding other than the bucket's last one is new to it.
            counts[bucket].findings += usize::from(last[bucket] != finding);
            last[bucket] = finding;
        }
        last.fill(u32::MAX);
        for (&code, &(identity, _)) in codes.by_identity.iter().zip(&self.by_identity) {
            let bucket = bucket_of(code as usize);
            counts[bucket].unique += usize::from(last[bucket] != identity);
            last[bucket] = identity;
        }
        counts
    }
}

/// Counts each vulnerability once, in the bucket of its greatest value, so that the counts of all buckets add up to the total.
fn count_once(counts: &mut [Counts], selection: &Matches, codes: &Codes, bucket_of: impl Fn(usize) -> usize) {
    for counts in &mut *counts {
        counts.unique = 0;
    }
    for instances in selection.vulnerabilities() {
        counts[bucket_of(codes.greatest(&instances))].unique += 1;
    }
}

fn by_severity(selection: &Matches, severity: &Codes) -> Vec<SeverityCounts> {
    let mut counts = selection.counts_by(severity, |code| code);
    count_once(&mut counts, selection, severity, |code| code);
    let of = |severity| SeverityCounts { severity, counts: counts[severity_code(severity)] };
    Severity::ALL.into_iter().map(of).collect()
}

/// The vulnerabilities of each value of a column by severity. In each value, a vulnerability counts once, at its greatest
/// severity there.
fn unique_by_severity(selection: &Matches, values: &Codes, severity: &Codes) -> Vec<[usize; 6]> {
    let mut counted = vec![[0; 6]; values.end];
    // The position of the current vulnerability's greatest severity in each value; which values it has.
    let mut greatest = vec![usize::MAX; values.end];
    let mut present = Vec::new();
    for instances in selection.vulnerabilities() {
        let severities = &severity.by_identity[instances.clone()];
        for (&value, &severity) in values.by_identity[instances].iter().zip(severities) {
            let least = &mut greatest[value as usize];
            if *least == usize::MAX {
                present.push(value as usize);
            }
            *least = severity_position(severity).min(*least);
        }
        for value in present.drain(..) {
            counted[value][greatest[value]] += 1;
            greatest[value] = usize::MAX;
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

/// The position of a code in a column of severities in [`Severity::ALL`].
fn severity_position(code: u32) -> usize {
    Severity::ALL.len() - (code as usize).max(1)
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
