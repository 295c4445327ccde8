//! The budget of a running scan: stops it when it is cancelled or exceeds a limit.

use std::{
    cell::{Cell, RefCell},
    collections::BTreeSet,
    io::{self, Read},
};

use crate::error::{ExceededLimit, Fault};
use crate::limits::Limits;

/// The decompressed size up to which a layer may have any compression ratio.
const RATIO_CHECKED_FROM: u64 = 1 << 30;

/// What one scan has consumed so far, and its limits.
pub(crate) struct Budget<'a> {
    pub(crate) limits: &'a Limits,
    cancelled: &'a dyn Fn() -> bool,
    unpacked: Cell<u64>,
    entries: Cell<u64>,
    jar_unpacked: Cell<u64>,
    jar_entries: Cell<u64>,
    jar_members: Cell<u64>,
    jar_metadata: Cell<u64>,
    reached: RefCell<BTreeSet<ExceededLimit>>,
}

impl<'a> Budget<'a> {
    pub(crate) fn new(limits: &'a Limits, cancelled: &'a dyn Fn() -> bool) -> Self {
        let [unpacked, entries, jar_unpacked, jar_entries, jar_members, jar_metadata] = [const { Cell::new(0) }; 6];
        let reached = RefCell::default();
        Self { limits, cancelled, unpacked, entries, jar_unpacked, jar_entries, jar_members, jar_metadata, reached }
    }

    /// Notes a limit at which a part of the image was left out. The scan continues.
    pub(crate) fn reach(&self, limit: ExceededLimit) {
        self.reached.borrow_mut().insert(limit);
    }

    /// The limits at which parts of the image were left out.
    pub(crate) fn reached(&self) -> Vec<ExceededLimit> {
        self.reached.borrow().iter().copied().collect()
    }

    /// Returns an error if the scan is cancelled.
    pub(crate) fn check_cancelled(&self) -> Result<(), Fault> {
        if (self.cancelled)() { Err(Fault::Cancelled) } else { Ok(()) }
    }

    /// Counts one entry of a layer's archive.
    pub(crate) fn entry(&self) -> Result<(), Fault> {
        count(&self.entries, 1, self.limits.entries, ExceededLimit::Entries(self.limits.entries))
    }

    /// Counts decompressed bytes of nested JARs. An error ends the reading of that file, not of the image.
    pub(crate) fn jar_unpacked(&self, more: u64) -> Result<(), Fault> {
        let limit = self.limits.jar_unpacked;
        count(&self.jar_unpacked, more, limit, ExceededLimit::JarUnpacked(limit))
    }

    /// Counts decompressed bytes of metadata files in JARs. They count separately: after a nested JAR that unpacks to too much,
    /// the other JARs can still be identified.
    pub(crate) fn jar_metadata(&self, more: u64) -> Result<(), Fault> {
        let limit = self.limits.jar_unpacked;
        count(&self.jar_metadata, more, limit, ExceededLimit::JarUnpacked(limit))
    }

    /// Counts the zeros of a hole in a file that is read. They count as if a JAR unpacked to them: the layer has none of them.
    pub(crate) fn hole(&self, more: u64) -> Result<(), Fault> {
        self.jar_unpacked(more)
    }

    /// Counts one entry of a JAR. An error ends the reading of that JAR, not of the image.
    pub(crate) fn jar_entry(&self) -> Result<(), Fault> {
        let limit = self.limits.jar_entries;
        count(&self.jar_entries, 1, limit, ExceededLimit::JarEntries(limit))?;
        if self.jar_entries.get().is_multiple_of(1024) { self.check_cancelled() } else { Ok(()) }
    }

    /// Counts one file that is read in a JAR. An error ends the reading of that JAR, not of the image.
    pub(crate) fn jar_member(&self) -> Result<(), Fault> {
        let limit = self.limits.jar_members;
        self.check_cancelled()?;
        count(&self.jar_members, 1, limit, ExceededLimit::JarMembers(limit))
    }

    /// A reader of a layer's decompressed bytes that enforces the limits. `packed` is the layer's size.
    pub(crate) fn limit<R: Read>(&self, inner: R, packed: u64) -> LimitedReader<'_, 'a, R> {
        LimitedReader { inner, budget: self, packed, unpacked: 0 }
    }

    fn unpacked(&self, more: u64) -> Result<(), Fault> {
        count(&self.unpacked, more, self.limits.unpacked, ExceededLimit::Unpacked(self.limits.unpacked))
    }
}

fn count(counter: &Cell<u64>, more: u64, limit: u64, exceeded: ExceededLimit) -> Result<(), Fault> {
    counter.set(counter.get().saturating_add(more));
    if counter.get() > limit { Err(Fault::LimitExceeded(exceeded)) } else { Ok(()) }
}

/// A layer's decompressed bytes, read within the limits of a [`Budget`].
pub(crate) struct LimitedReader<'g, 'a, R> {
    inner: R,
    budget: &'g Budget<'a>,
    packed: u64,
    unpacked: u64,
}

impl<R: Read> Read for LimitedReader<'_, '_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.budget.check_cancelled()?;
        let read = self.inner.read(buffer)?;
        self.unpacked += read as u64;
        self.budget.unpacked(read as u64)?;
        let ratio = self.budget.limits.ratio;
        if self.unpacked > RATIO_CHECKED_FROM && self.unpacked > self.packed.saturating_mul(ratio) {
            return Err(Fault::LimitExceeded(ExceededLimit::Ratio(ratio)).into());
        }
        Ok(read)
    }
}
