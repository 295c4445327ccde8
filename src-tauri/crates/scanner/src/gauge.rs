//! Measures a scan while it runs: stops it when it is cancelled or unpacks too much.

use std::{
    cell::Cell,
    io::{self, Read},
};

use crate::error::{Bound, Fault};
use crate::limits::Limits;

/// Below this, a layer may be as well compressed as it likes.
const RATIO_FROM: u64 = 1 << 30;

/// What one scan has used up.
pub(crate) struct Gauge<'a> {
    pub(crate) limits: &'a Limits,
    cancelled: &'a dyn Fn() -> bool,
    unpacked: Cell<u64>,
    entries: Cell<u64>,
    jar_unpacked: Cell<u64>,
    jar_entries: Cell<u64>,
}

impl<'a> Gauge<'a> {
    pub(crate) fn new(limits: &'a Limits, cancelled: &'a dyn Fn() -> bool) -> Self {
        let [unpacked, entries, jar_unpacked, jar_entries] = [const { Cell::new(0) }; 4];
        Self { limits, cancelled, unpacked, entries, jar_unpacked, jar_entries }
    }

    pub(crate) fn go_on(&self) -> Result<(), Fault> {
        if (self.cancelled)() { Err(Fault::Cancelled) } else { Ok(()) }
    }

    /// One more entry of a layer's archive.
    pub(crate) fn entry(&self) -> Result<(), Fault> {
        let entries = self.entries.get() + 1;
        self.entries.set(entries);
        if entries > self.limits.entries {
            return Err(Fault::TooMuch(Bound::Entries(self.limits.entries)));
        }
        Ok(())
    }

    /// More bytes that a JAR in a JAR unpacked to. Ends the reading of that JAR, not of the image.
    pub(crate) fn jar_unpacked(&self, more: u64) -> Result<(), Fault> {
        let unpacked = self.jar_unpacked.get().saturating_add(more);
        self.jar_unpacked.set(unpacked);
        if unpacked > self.limits.jar_unpacked {
            return Err(Fault::broken("the JARs of the image unpack to more than is read"));
        }
        Ok(())
    }

    /// One more entry of a JAR. Ends the reading of that JAR, not of the image.
    pub(crate) fn jar_entry(&self) -> Result<(), Fault> {
        let entries = self.jar_entries.get() + 1;
        self.jar_entries.set(entries);
        if entries > self.limits.jar_entries {
            return Err(Fault::broken("the JARs of the image have more entries than are read"));
        }
        if entries.is_multiple_of(1024) { self.go_on() } else { Ok(()) }
    }

    /// Watches what a layer of `packed` bytes unpacks to.
    pub(crate) fn watch<R: Read>(&self, inner: R, packed: u64) -> Watched<'_, 'a, R> {
        Watched { inner, gauge: self, packed, unpacked: 0 }
    }

    fn unpacked(&self, more: u64) -> Result<(), Fault> {
        let unpacked = self.unpacked.get().saturating_add(more);
        self.unpacked.set(unpacked);
        if unpacked > self.limits.unpacked {
            return Err(Fault::TooMuch(Bound::Unpacked(self.limits.unpacked)));
        }
        Ok(())
    }
}

/// A layer's decompressed bytes.
pub(crate) struct Watched<'g, 'a, R> {
    inner: R,
    gauge: &'g Gauge<'a>,
    packed: u64,
    unpacked: u64,
}

impl<R: Read> Read for Watched<'_, '_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.gauge.go_on()?;
        let read = self.inner.read(buffer)?;
        self.unpacked += read as u64;
        self.gauge.unpacked(read as u64)?;
        let ratio = self.gauge.limits.ratio;
        if self.unpacked > RATIO_FROM && self.unpacked > self.packed.saturating_mul(ratio) {
            return Err(Fault::TooMuch(Bound::Ratio(ratio)).into());
        }
        Ok(read)
    }
}
