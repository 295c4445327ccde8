//! How far the practice clock of a run is moved forward.

use lab::PracticeClock;

use crate::console::Console;

/// Says it, if it is moved, or if that could not be read.
pub(crate) fn practice_clock(console: &Console, clock: Option<PracticeClock>) {
    if let Some(moved) = clock.and_then(PracticeClock::message) {
        console.message(&moved);
    }
}
