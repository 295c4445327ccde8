//! The budget of a running scan: stops it when it is cancelled or exceeds a limit.

use std::{
    cell::Cell,
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
}

impl<'a> Budget<'a> {
    pub(crate) fn new(limits: &'a Limits, cancelled: &'a dyn Fn() -> bool) -> Self {
        let [unpacked, entries, jar_unpacked, jar_entries] = [const { Cell::new(0) }; 4];
        Self { limits, cancelled, unpacked, entries, jar_unpacked, jar_entries }
    }

    /// Returns an error if the scan is cancelled.
    pub(crate) fn check_cancelled(&self) -> Result<(), Fault> {
        if (self.cancelled)() { Err(Fault::Cancelled) } else { Ok(()) }
    }

    /// Counts one entry of a layer's archive.
    pub(crate) fn entry(&self) -> Result<(), Fault> {
        let entries = self.entries.get() + 1;
        self.entries.set(entries);
        if entries > self.limits.entries {
            return Err(Fault::LimitExceeded(ExceededLimit::Entries(self.limits.entries)));
        }
        Ok(())
    }

    /// Counts decompressed bytes of a nested JAR. An error ends the reading of that JAR, not of the image.
    pub(crate) fn jar_unpacked(&self, more: u64) -> Result<(), Fault> {
        let unpacked = self.jar_unpacked.get().saturating_add(more);
        self.jar_unpacked.set(unpacked);
        if unpacked > self.limits.jar_unpacked {
            return Err(Fault::broken("the JARs of the image unpack to more than is read"));
        }
        Ok(())
    }

    /// Counts one entry of a JAR. An error ends the reading of that JAR, not of the image.
    pub(crate) fn jar_entry(&self) -> Result<(), Fault> {
        let entries = self.jar_entries.get() + 1;
        self.jar_entries.set(entries);
        if entries > self.limits.jar_entries {
            return Err(Fault::broken("the JARs of the image have more entries than are read"));
        }
        if entries.is_multiple_of(1024) { self.check_cancelled() } else { Ok(()) }
    }

    /// A reader of a layer's decompressed bytes that enforces the limits. `packed` is the layer's size.
    pub(crate) fn limit<R: Read>(&self, inner: R, packed: u64) -> LimitedReader<'_, 'a, R> {
        LimitedReader { inner, budget: self, packed, unpacked: 0 }
    }

    fn unpacked(&self, more: u64) -> Result<(), Fault> {
        let unpacked = self.unpacked.get().saturating_add(more);
        self.unpacked.set(unpacked);
        if unpacked > self.limits.unpacked {
            return Err(Fault::LimitExceeded(ExceededLimit::Unpacked(self.limits.unpacked)));
        }
        Ok(())
    }
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
