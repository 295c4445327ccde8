//! The index in memory that answers questions: a column of small codes for each property, a row for each instance.
//!
//! SQLite alone cannot keep the bound of 16 ms for every filter, order and count over 100,000 findings; a pass over a
//! column takes a fraction of a millisecond. The index is made from the stored findings when a scope is first asked about and after it changed
//! (see `cache`).

mod brief;
pub(crate) mod cache;
pub(crate) mod column;
pub(crate) mod compared;
mod count;
mod load;
mod order;
pub(crate) mod page;
mod select;
mod text_index;
pub(crate) mod values;

use crate::Property;
use crate::index::column::Column;
use crate::index::text_index::TextIndex;

pub(crate) use select::Selection;

pub(crate) struct Index {
    /// In the order of [`Property::ALL`]; those of counts are empty of values.
    columns: Vec<Column>,
    /// For each instance, its finding. The instances of a finding lie together.
    findings: Vec<u32>,
    /// For each finding, its first instance.
    first_instances: Vec<u32>,
    /// For each finding, where it is stored.
    rowids: Vec<i64>,
    /// For each instance, its vulnerability, numbered as they first come.
    identities: Vec<u32>,
    /// For each vulnerability, where its instances begin in `identity_instances`; one more at the end.
    identity_starts: Vec<u32>,
    identity_instances: Vec<u32>,
    texts: TextIndex,
    /// For each instance, its description's number among the words' texts.
    descriptions: Vec<u32>,
    /// The numbers of the empty texts of those columns that words are looked for in: a value's number is that plus its code.
    worded: Vec<(Property, u32)>,
}

impl Index {
    /// How many instances there are.
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

    /// Where the instance's finding is stored.
    pub(crate) fn rowid(&self, row: usize) -> i64 {
        self.rowids[self.findings[row] as usize]
    }

    /// Which of its finding's instances it is.
    pub(crate) fn ordinal(&self, row: usize) -> usize {
        row - self.first_instances[self.findings[row] as usize] as usize
    }

    /// The instance's vulnerability: its id, or else its title.
    pub(crate) fn identity_text(&self, row: usize) -> &str {
        let id = self.column(Property::VulnerabilityId).text(row);
        id.or_else(|| self.column(Property::Title).text(row)).unwrap_or_default()
    }
}
