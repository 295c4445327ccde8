//! What is watched of the process: panics of any thread, and its memory.

use std::sync::{
    Once,
    atomic::{AtomicUsize, Ordering},
};

/// The panics of this process so far.
pub(crate) static PANICS: AtomicUsize = AtomicUsize::new(0);

/// Counts panics from now on: a server catches those of its tasks, and only logs them.
pub(crate) fn count_panics() {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let previous = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            PANICS.fetch_add(1, Ordering::SeqCst);
            previous(info);
        }));
    });
}

/// The memory of this process, in bytes; `None` where the system is not Linux.
pub(crate) fn memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().strip_suffix(" kB")?.trim().parse::<u64>().ok().map(|kilobytes| kilobytes << 10)
}
