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
    /// When each image was scanned first: `repository@digest`. Kept while the image has a scan, since a later one is another one,
    /// and for as long as the first counts.
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

    /// Forgets the first scans that no longer count, of images that have no scan any more: `has_scan` of a repository and a
    /// digest.
    pub(crate) fn forget(&mut self, now: Moment, has_scan: impl Fn(&str, &str) -> bool) {
        let has_scan = |image: &str| image.rsplit_once('@').is_some_and(|(name, digest)| has_scan(name, digest));
        self.first.retain(|image, at| now <= *at + PERIOD || has_scan(image));
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

    #[test]
    fn a_first_scan_is_remembered_while_it_counts_or_the_image_has_a_scan() {
        let at = |days: u64| Moment::default() + Duration::from_hours(24 * days);
        let mut usage = Usage::default();
        for number in 0..100 {
            usage.count("deleted/image", &format!("sha256:{number}"), at(1));
        }
        usage.count("kept", "sha256:1", at(1));
        usage.count("deleted/image", "sha256:new", at(20));
        let has_scan = |name: &str, digest: &str| (name, digest) == ("kept", "sha256:1");
        usage.forget(at(31), has_scan);
        assert_eq!((usage.totals(at(31)), usage.first.len()), ((102, 0), 102), "all of them count");
        usage.forget(at(32), has_scan);
        assert_eq!((usage.totals(at(32)), usage.first.len()), ((1, 0), 2));
        usage.count("kept", "sha256:1", at(33));
        usage.count("deleted/image", "sha256:1", at(33));
        assert_eq!(usage.totals(at(33)), (2, 1), "a deleted image that is pushed again is a new one");
    }
}
