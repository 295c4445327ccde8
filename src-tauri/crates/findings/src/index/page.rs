//! Building one page of rows: one per instance, or one per vulnerability.

use std::ops::Range;

use rusqlite::Transaction;

use crate::error::FindingsError;
use crate::index::Index;
use crate::index::column::severity_of;
use crate::index::order::{Key, distance, in_order};
use crate::index::select::Selection;
use crate::index::values::Text;
use crate::page::{Page, Row};
use crate::property::Property;
use crate::query::effective_page_size;
use crate::query::{Query, Sort, View};
use crate::scan::ScanId;
use crate::timestamp::Timestamp;
use crate::vocabulary::{ExploitAvailable, FixAvailable, Status};

impl Index {
    pub(crate) fn page(
        &self,
        selection: &Selection,
        query: &Query,
        snapshot: &Transaction<'_>,
    ) -> Result<Page, FindingsError> {
        let page_size = effective_page_size(query.page_size);
        let start = query.page.saturating_mul(page_size);
        let range = start..start.saturating_add(page_size);
        let (rows, total) = match query.view {
            View::Instances => (self.instance_rows(selection, &query.sort, range), selection.counts.instances),
            View::Unique => (self.unique_rows(selection, &query.sort, range), selection.counts.unique),
        };
        let mut stored_rows = Vec::with_capacity(rows.len());
        for (instance, mut row) in rows {
            (row.scan, row.arn) = self.scan_and_arn(instance, snapshot)?;
            stored_rows.push(row);
        }
        Ok(Page { rows: stored_rows, total, matched: selection.counts, page: query.page, page_size })
    }

    /// The scan and ARN of the instance's finding.
    pub(crate) fn scan_and_arn(
        &self,
        instance: usize,
        snapshot: &Transaction<'_>,
    ) -> Result<(ScanId, String), FindingsError> {
        let stored = snapshot
            .prepare_cached("SELECT scan, arn FROM finding WHERE id = ?1")?
            .query_row([self.rowid(instance)], |row| Ok((ScanId(row.get(0)?), row.get(1)?)))?;
        Ok(stored)
    }

    fn instance_rows(&self, selection: &Selection, sort: &[Sort], range: Range<usize>) -> Vec<(usize, Row)> {
        let keys: Vec<Key<'_>> = sort
            .iter()
            .filter(|sort| !is_count(sort.by))
            .map(|sort| -> Key<'_> {
                let column = self.column(sort.by);
                Box::new(|row| distance(column.code(row as usize), sort.descending))
            })
            .collect();
        let rows = in_order(selection.rows().map(|row| row as u32), &keys, range);
        rows.into_iter().map(|row| (row as usize, self.row(row as usize))).collect()
    }

    fn unique_rows(&self, selection: &Selection, sort: &[Sort], range: Range<usize>) -> Vec<(usize, Row)> {
        let worst = self.most_severe_instances(selection);
        let aggregates: Vec<Option<Vec<u32>>> = sort.iter().map(|sort| self.aggregate(selection, sort.by)).collect();
        let keys: Vec<Key<'_>> = sort
            .iter()
            .zip(&aggregates)
            .map(|(sort, aggregate)| -> Key<'_> {
                let (worst, descending) = (&worst, sort.descending);
                if let Some(codes) = aggregate {
                    return Box::new(move |identity| distance(codes[identity as usize] as usize, descending));
                }
                let column = self.column(sort.by);
                Box::new(move |identity| distance(column.code(worst[identity as usize] as usize), descending))
            })
            .collect();
        let matched = (0..worst.len() as u32).filter(|identity| worst[*identity as usize] != NONE);
        let identities = in_order(matched, &keys, range);
        let rows = identities.into_iter().map(|identity| {
            let instance = worst[identity as usize] as usize;
            (instance, self.unique_row(selection, identity as usize, instance))
        });
        rows.collect()
    }

    /// The most severe matching instance of each vulnerability, by severity, then score, then order; [`NONE`] if there is
    /// none.
    pub(crate) fn most_severe_instances(&self, selection: &Selection) -> Vec<u32> {
        let (severity, score) = (self.column(Property::Severity), self.column(Property::Score));
        let mut worst = vec![(NONE, 0); self.identity_count()];
        for row in selection.rows() {
            let rank = (severity.code(row) as u64) << 32 | score.code(row) as u64;
            let current = &mut worst[self.identity(row)];
            if current.0 == NONE || rank > current.1 {
                *current = (row as u32, rank);
            }
        }
        worst.into_iter().map(|(row, _)| row).collect()
    }

    /// The code by which each vulnerability sorts; `None` if that is the code of its most severe instance.
    fn aggregate(&self, selection: &Selection, property: Property) -> Option<Vec<u32>> {
        let mut codes = vec![0; self.identity_count()];
        match property {
            Property::InstanceCount => selection.rows().for_each(|row| codes[self.identity(row)] += 1),
            Property::FindingCount => {
                let mut last = u32::MAX;
                for row in selection.rows() {
                    // A finding has one vulnerability, and its instances are adjacent.
                    codes[self.identity(row)] += u32::from(self.findings[row] != last);
                    last = self.findings[row];
                }
            }
            Property::FirstObservedAt => {
                let column = self.column(property);
                for row in selection.rows() {
                    let (earliest, code) = (&mut codes[self.identity(row)], column.code(row) as u32);
                    if code > 0 && (*earliest == 0 || code < *earliest) {
                        *earliest = code;
                    }
                }
            }
            _ if shows_greatest(property) => {
                let column = self.column(property);
                for row in selection.rows() {
                    let greatest = &mut codes[self.identity(row)];
                    *greatest = (*greatest).max(column.code(row) as u32);
                }
            }
            _ => return None,
        }
        Some(codes)
    }

    fn unique_row(&self, selection: &Selection, identity: usize, worst: usize) -> Row {
        let mut row = self.row(worst);
        (row.instances, row.findings) = (0, 0);
        row.packages.clear();
        let mut last = u32::MAX;
        let mut greatest = [0; GREATEST_SHOWN.len()];
        for instance in self.instances_of(identity).filter(|instance| selection.mask[*instance]) {
            row.instances += 1;
            row.suppressed &= self.is_suppressed(instance);
            row.findings += usize::from(self.findings[instance] != last);
            last = self.findings[instance];
            row.packages.extend(self.column(Property::Package).text(instance).map(str::to_owned));
            let first = self.time(Property::FirstObservedAt, instance);
            row.first_observed_at = match (row.first_observed_at, first) {
                (Some(earliest), Some(first)) => Some(earliest.min(first)),
                (earliest, first) => earliest.or(first),
            };
            for (greatest, property) in greatest.iter_mut().zip(GREATEST_SHOWN) {
                *greatest = self.column(property).code(instance).max(*greatest);
            }
        }
        row.packages.sort_unstable();
        row.packages.dedup();
        let [score, epss, fix, exploit, kev, last_observed] = greatest;
        row.score = self.column(Property::Score).values.number(score);
        row.epss = self.column(Property::Epss).values.number(epss);
        let text = |property, code| self.column(property).values.text(code).map(Text::original);
        row.fix_available = text(Property::FixAvailable, fix).map(FixAvailable::from);
        row.exploit_available = text(Property::ExploitAvailable, exploit).map(ExploitAvailable::from);
        row.kev = text(Property::Kev, kev).map(|value| value == "YES");
        let last_observed = self.column(Property::LastObservedAt).values.number(last_observed);
        row.last_observed_at = last_observed.map(|millis| Timestamp::from_epoch_millis(millis as i64));
        row
    }

    fn is_suppressed(&self, row: usize) -> bool {
        self.column(Property::Status).text(row) == Some(Status::Suppressed.as_str())
    }

    fn row(&self, row: usize) -> Row {
        let text = |property| self.column(property).text(row).map(str::to_owned);
        let package = text(Property::Package);
        Row {
            arn: String::new(),
            scan: ScanId(0),
            ordinal: self.ordinal(row),
            instances: 1,
            findings: 1,
            packages: package.clone().into_iter().collect(),
            vulnerability_id: text(Property::VulnerabilityId),
            title: text(Property::Title).unwrap_or_default(),
            severity: severity_of(self.column(Property::Severity).code(row)),
            status: self.column(Property::Status).text(row).map(Status::from),
            suppressed: self.is_suppressed(row),
            score: self.column(Property::Score).number(row),
            epss: self.column(Property::Epss).number(row),
            fix_available: self.column(Property::FixAvailable).text(row).map(FixAvailable::from),
            exploit_available: self.column(Property::ExploitAvailable).text(row).map(ExploitAvailable::from),
            kev: self.column(Property::Kev).text(row).map(|value| value == "YES"),
            package,
            version: text(Property::PackageVersion),
            fixed_in: text(Property::FixedIn),
            manager: text(Property::PackageManager),
            file_path: text(Property::FilePath),
            layer: text(Property::Layer),
            repository: text(Property::Repository),
            digest: text(Property::Digest),
            first_observed_at: self.time(Property::FirstObservedAt, row),
            last_observed_at: self.time(Property::LastObservedAt, row),
        }
    }

    fn time(&self, property: Property, row: usize) -> Option<Timestamp> {
        self.column(property).number(row).map(|millis| Timestamp::from_epoch_millis(millis as i64))
    }
}

/// The value for no instance.
pub(crate) const NONE: u32 = u32::MAX;

/// The properties of which a unique row shows the greatest value, besides the severity.
const GREATEST_SHOWN: [Property; 6] = [
    Property::Score,
    Property::Epss,
    Property::FixAvailable,
    Property::ExploitAvailable,
    Property::Kev,
    Property::LastObservedAt,
];

fn shows_greatest(property: Property) -> bool {
    GREATEST_SHOWN.contains(&property) || property == Property::Severity
}

fn is_count(property: Property) -> bool {
    matches!(property, Property::InstanceCount | Property::FindingCount)
}
