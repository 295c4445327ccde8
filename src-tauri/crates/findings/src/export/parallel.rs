//! Formatting findings on every processor: what is formatted is written in the order of the findings.

use std::collections::VecDeque;
use std::io::{self, Write};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use parking_lot::Mutex;

use crate::document::Unpacker;
use crate::error::FindingsError;
use crate::export::item::Item;

/// A stored finding that is to be formatted.
pub(super) struct Stored {
    /// Its document, as it is stored.
    pub(super) packed: Vec<u8>,
    /// The positions of its matching packages.
    pub(super) ordinals: Vec<usize>,
    /// The row of its first matching instance.
    pub(super) row: usize,
}

/// Some findings that follow each other.
pub(super) struct Batch {
    /// The number of findings before them.
    before: usize,
    findings: Vec<Stored>,
}

impl Batch {
    /// Calls `each` with what is exported of every finding, and with the number of findings before it.
    pub(super) fn for_each(
        &self,
        unpacker: &mut Unpacker,
        mut each: impl FnMut(&Item<'_>, &Stored, usize) -> Result<(), FindingsError>,
    ) -> Result<(), FindingsError> {
        for (position, stored) in self.findings.iter().enumerate() {
            each(&serde_json::from_str(unpacker.unpack(&stored.packed)?)?, stored, self.before + position)?;
        }
        Ok(())
    }
}

/// The findings of a batch: enough that handing it over costs nothing beside formatting it.
const BATCH: usize = 128;

/// More threads would wait for the store.
const MOST_THREADS: usize = 4;

type Formatted = Result<Vec<u8>, FindingsError>;
type Job = (Batch, SyncSender<Formatted>);

/// Formats the findings on several threads and writes them in order. Some batches are in memory at a time.
pub(super) fn write_formatted(
    out: &mut impl Write,
    mut findings: impl Iterator<Item = Result<Stored, FindingsError>>,
    format: impl Fn(&Batch, &mut Unpacker, &mut Vec<u8>) -> Result<(), FindingsError> + Sync,
) -> Result<(), FindingsError> {
    let threads = thread::available_parallelism().map_or(1, usize::from).min(MOST_THREADS);
    let unpackers = (0..threads).map(|_| Unpacker::new()).collect::<Result<Vec<_>, _>>()?;
    let (jobs, queue) = sync_channel::<Job>(threads);
    let (queue, format) = (&Mutex::new(queue), &format);
    thread::scope(|scope| {
        for unpacker in unpackers {
            scope.spawn(move || work(queue, unpacker, format));
        }
        // It ends with this closure, and the threads with it.
        let jobs = jobs;
        let mut waiting = VecDeque::new();
        let mut before = 0;
        loop {
            let batch = findings.by_ref().take(BATCH).collect::<Result<Vec<_>, _>>()?;
            if batch.is_empty() || waiting.len() > 2 * threads {
                if let Some(formatted) = waiting.pop_front() {
                    out.write_all(&receive(&formatted)?)?;
                } else {
                    return Ok(());
                }
            }
            if !batch.is_empty() {
                let (reply, formatted) = sync_channel(1);
                let count = batch.len();
                jobs.send((Batch { before, findings: batch }, reply)).map_err(|_| lost())?;
                before += count;
                waiting.push_back(formatted);
            }
        }
    })
}

fn work(
    queue: &Mutex<Receiver<Job>>,
    mut unpacker: Unpacker,
    format: &(impl Fn(&Batch, &mut Unpacker, &mut Vec<u8>) -> Result<(), FindingsError> + Sync),
) {
    loop {
        let job = queue.lock().recv();
        let Ok((batch, reply)) = job else { return };
        let mut formatted = Vec::new();
        let result = format(&batch, &mut unpacker, &mut formatted).map(|()| formatted);
        // No one waits for it any more after another part could not be written.
        let _ = reply.send(result);
    }
}

fn receive(formatted: &Receiver<Formatted>) -> Formatted {
    formatted.recv().unwrap_or_else(|_| Err(lost()))
}

/// A thread ended without an answer: it panicked, which the end of all threads reports.
fn lost() -> FindingsError {
    FindingsError::Write(io::Error::other("a part of the report was not formatted"))
}
