//! Locks by which one process at a time uses a folder.

use std::{
    fs::{File, OpenOptions, TryLockError},
    io,
    path::Path,
    thread,
    time::Duration,
};

/// How often the lock is tried. A process that is just ending has it for a moment, and so has a program that its owner is just
/// starting, before that closes what it has inherited.
const ATTEMPTS: u32 = 10;
const INTERVAL: Duration = Duration::from_millis(50);

/// Locks a file, which is created if it does not exist, for as long as the returned one is open: the system releases it when the
/// process ends, in whatever way. `None` if another one has it. Blocks for up to half a second.
///
/// # Errors
///
/// If the file cannot be opened or locked.
pub fn lock(path: &Path) -> io::Result<Option<File>> {
    let file = OpenOptions::new().create(true).truncate(false).write(true).open(path)?;
    for _ in 0..ATTEMPTS {
        match file.try_lock() {
            Ok(()) => return Ok(Some(file)),
            Err(TryLockError::WouldBlock) => thread::sleep(INTERVAL),
            Err(TryLockError::Error(error)) => return Err(error),
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_has_the_lock_at_a_time_and_the_next_one_as_soon_as_it_is_free() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("any.lock");
        let held = lock(&path).unwrap().unwrap();
        assert!(lock(&path).unwrap().is_none());
        let waiting = thread::spawn(move || lock(&path).unwrap().is_some());
        thread::sleep(INTERVAL);
        drop(held);
        assert!(waiting.join().unwrap());
        assert!(lock(&dir.path().join("none").join("any.lock")).is_err());
    }
}
