//! The versions that a vulnerability affects, parsed once when a catalogue is read.

use crate::catalogue::error::CatalogueError;
use crate::catalogue::vulnerability::Vulnerability;
use crate::version::any::Version;
use crate::version::range::Range;

/// The affected versions of an entry, and its fixed ones in the entry's order.
#[derive(Debug)]
pub(crate) struct Affected {
    ranges: Vec<Range<Version>>,
    fixed: Vec<Version>,
}

impl Affected {
    /// # Errors
    ///
    /// [`CatalogueError::Version`] if a range or version is invalid in the entry's ecosystem.
    pub(crate) fn of(entry: &Vulnerability) -> Result<Self, CatalogueError> {
        let parse = |text: &str| Version::parse(entry.ecosystem, text);
        let invalid = |error| CatalogueError::Version { id: entry.id.clone(), error };
        Ok(Self {
            ranges: entry
                .affected
                .iter()
                .map(|text| Range::parse(text, parse))
                .collect::<Result<_, _>>()
                .map_err(invalid)?,
            fixed: entry.fixed.iter().map(|text| parse(text)).collect::<Result<_, _>>().map_err(invalid)?,
        })
    }

    pub(crate) fn contains(&self, version: &Version) -> bool {
        self.ranges.iter().any(|range| range.contains(version))
    }

    /// The position of the lowest fixed version after this one.
    pub(crate) fn first_fix_after(&self, version: &Version) -> Option<usize> {
        let later = self.fixed.iter().enumerate().filter(|(_, fix)| *fix > version);
        // Versions of one ecosystem are always ordered.
        let first = later.min_by(|(_, one), (_, other)| one.partial_cmp(other).unwrap_or(std::cmp::Ordering::Equal));
        first.map(|(position, _)| position)
    }
}
