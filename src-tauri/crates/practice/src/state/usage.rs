//! What Inspector was used for: first and further scans of images.

use std::{
    collections::{BTreeMap, btree_map::Entry},
    time::Duration,
};

use serde::{Deserialize, Serialize};

use crate::moment::Moment;

/// The time over which usage is reported.
pub(crate) const PERIOD: Duration = Duration::from_hours(30 * 24);

/// The scans that Inspector has completed.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Usage {
    /// When each image was scanned first: `repository@digest`. Kept for as long as the account, since a later scan is another one.
    #[serde(default)]
    first: BTreeMap<String, Moment>,
    #[serde(default)]
    rescans: Vec<Moment>,
}

impl Usage {
    /// Counts a completed scan.
    pub(crate) fn count(&mut self, repository: &str, digest: &str, at: Moment) {
        match self.first.entry(format!("{repository}@{digest}")) {
            Entry::Vacant(entry) => {
                entry.insert(at);
            }
            Entry::Occupied(_) => self.rescans.push(at),
        }
        self.rescans.retain(|rescan| at <= *rescan + PERIOD);
    }

    /// The first scans and the re-scans in the last thirty days.
    pub(crate) fn totals(&self, now: Moment) -> (usize, usize) {
        let recent = |at: &&Moment| now <= **at + PERIOD;
        (self.first.values().filter(recent).count(), self.rescans.iter().filter(recent).count())
    }

    /// Limits every time to this one.
    pub(crate) fn clamp(&mut self, latest: Moment) {
        self.first.values_mut().chain(&mut self.rescans).for_each(|at| *at = (*at).min(latest));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_scan_of_an_image_is_a_rescan_and_both_count_for_thirty_days() {
        let at = |days: u64| Moment::default() + Duration::from_hours(24 * days);
        let mut usage = Usage::default();
        usage.count("a", "sha256:1", at(1));
        usage.count("b", "sha256:1", at(1));
        usage.count("a", "sha256:1", at(20));
        assert_eq!(usage.totals(at(20)), (2, 1));
        assert_eq!(usage.totals(at(32)), (0, 1));
        usage.count("a", "sha256:1", at(60));
        assert_eq!(usage.totals(at(60)), (0, 1), "the first scan is too long ago, and this is another one");
    }
}
