//! The in-memory index that evaluates queries: a column of small codes for each property, a row for each instance.
//!
//! SQLite alone cannot apply every filter, order and count to 100,000 findings within 16 ms; a pass over a column takes a
//! fraction of a millisecond. The index of a scope is built from the stored findings at the first query and after the
//! scope changed (see `cache`).

pub(crate) mod brief;
pub(crate) mod cache;
pub(crate) mod column;
mod comparison;
mod count;
mod groups;
mod load;
mod order;
pub(crate) mod origin;
pub(crate) mod page;
pub(crate) mod select;
mod text_index;
pub(crate) mod values;

use crate::index::column::Column;
use crate::index::text_index::TextIndex;
use crate::property::Property;

/// The instances of a scope, by column.
pub(crate) struct Index {
    /// In the order of [`Property::ALL`]; the columns of counts have no values.
    columns: Vec<Column>,
    /// For each instance, its finding. The instances of a finding are adjacent.
    findings: Vec<u32>,
    /// For each finding, its first instance.
    first_instances: Vec<u32>,
    /// For each finding, its row id in the store.
    rowids: Vec<i64>,
    /// For each instance, its vulnerability; numbered in the order of the first instances.
    identities: Vec<u32>,
    /// For each vulnerability, the start of its instances in `identity_instances`; one more entry at the end.
    identity_starts: Vec<u32>,
    identity_instances: Vec<u32>,
    texts: TextIndex,
    /// For each instance, the number of its description in `texts`.
    descriptions: Vec<u32>,
    /// The columns that free text is searched in, each with the number of its empty text in `texts`: the number of a value
    /// is that plus the value's code.
    searched: Vec<(Property, u32)>,
}

impl Index {
    /// The number of instances.
    pub(crate) fn len(&self) -> usize {
        self.findings.len()
    }

    pub(crate) fn column(&self, property: Property) -> &Column {
        &self.columns[property as usize]
    }

    pub(crate) fn identity_count(&self) -> usize {
        self.identity_starts.len() - 1
    }

    pub(crate) fn identity(&self, row: usize) -> usize {
        self.identities[row] as usize
    }

    /// The instances of a vulnerability, in order.
    pub(crate) fn instances_of(&self, identity: usize) -> impl Iterator<Item = usize> {
        let range = self.identity_starts[identity] as usize..self.identity_starts[identity + 1] as usize;
        self.identity_instances[range].iter().map(|row| *row as usize)
    }

    /// The row id of the instance's finding in the store.
    pub(crate) fn rowid(&self, row: usize) -> i64 {
        self.rowids[self.findings[row] as usize]
    }

    /// The instance's position among those of its finding, from 0.
    pub(crate) fn ordinal(&self, row: usize) -> usize {
        row - self.first_instances[self.findings[row] as usize] as usize
    }

    /// The id of the instance's vulnerability, or the title if it has no id.
    pub(crate) fn identity_text(&self, row: usize) -> &str {
        let id = self.column(Property::VulnerabilityId).text(row);
        id.or_else(|| self.column(Property::Title).text(row)).unwrap_or_default()
    }
}
