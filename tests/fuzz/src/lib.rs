//! Fuzzing on stable Rust, without instrumentation: inputs are mutated from a small corpus that is committed beside the tests. A target
//! fails if it reports a failure, if any thread panics, if an input takes long, or if the process grows.
//!
//! `cargo test` runs a few hundred inputs of each target; `cargo xtask soak fuzz` runs each for [`MINUTES`].

pub mod http;
mod mutation;
mod process;

use std::{
    path::Path,
    sync::atomic::Ordering,
    time::{Duration, Instant},
};

use parking_lot::Mutex;
use proptest::test_runner::{Config, TestCaseError, TestError, TestRunner};

use process::{PANICS, count_panics, memory};

/// Set by `cargo xtask soak`.
const SOAK: &str = "IMAGELAB_SOAK";

/// How many minutes `cargo xtask soak fuzz` gives each target: 60 if it is not set.
pub const MINUTES: &str = "IMAGELAB_FUZZ_MINUTES";

/// The inputs of a target without soaking.
const CASES: u32 = 300;

/// The longest that one input may take.
const SLOWEST: Duration = Duration::from_secs(30);

/// What a process may grow by after its first inputs: the caches of its allocator are smaller.
const GROWTH: u64 = 96 << 20;

/// Only one target of a process runs at a time: its panics and its memory are its own.
static ALONE: Mutex<()> = Mutex::new(());

/// Runs a target with each input of the corpus, the files in a folder, and then with mutations of them.
///
/// # Panics
///
/// If an input fails. It is written to a file, whose path is in the message: once the fault is mended, it belongs into the corpus.
pub fn run(corpus: &Path, target: impl Fn(&[u8]) -> Result<(), String>) {
    let _alone = ALONE.lock();
    count_panics();
    let inputs = read(corpus);
    for (name, input) in &inputs {
        if let Err(reason) = check(input, &target) {
            panic!("{}: {reason}", corpus.join(name).display());
        }
    }
    let inputs: Vec<Vec<u8>> = inputs.into_iter().map(|(_, input)| input).collect();
    let deadline = soak_time().map(|time| Instant::now() + time);
    let mut before = memory();
    for number in 0.. {
        batch(&inputs, &target);
        let after = memory();
        if let (Some(before), Some(after)) = (before, after) {
            assert!(after < before + GROWTH, "the process grew from {before} to {after} bytes");
        }
        if deadline.is_none_or(|deadline| Instant::now() > deadline) {
            return;
        }
        if number == 0 {
            // The first batch has filled what is kept on purpose.
            before = after;
        }
    }
}

fn soak_time() -> Option<Duration> {
    std::env::var_os(SOAK)?;
    let minutes = std::env::var(MINUTES).ok().and_then(|minutes| minutes.parse().ok()).unwrap_or(60);
    Some(Duration::from_secs(60 * minutes))
}

/// The files of a corpus by name.
fn read(corpus: &Path) -> Vec<(String, Vec<u8>)> {
    let entries = std::fs::read_dir(corpus).unwrap_or_else(|error| panic!("{}: {error}", corpus.display()));
    let file = |entry: std::io::Result<std::fs::DirEntry>| {
        let entry = entry.expect("a folder can be read");
        let bytes = std::fs::read(entry.path()).expect("a corpus has files only");
        (entry.file_name().to_string_lossy().into_owned(), bytes)
    };
    let mut inputs: Vec<_> = entries.map(file).collect();
    inputs.sort();
    assert!(!inputs.is_empty(), "{} is empty", corpus.display());
    inputs
}

fn batch(inputs: &[Vec<u8>], target: &impl Fn(&[u8]) -> Result<(), String>) {
    let config = Config { cases: CASES, failure_persistence: None, max_shrink_iters: 256, ..Config::default() };
    let outcome = TestRunner::new(config).run(&mutation::mutated(inputs.len()), |mutations| {
        let input = mutations.apply(inputs);
        check(&input, target).map_err(TestCaseError::fail)
    });
    match outcome {
        Ok(()) => {}
        Err(TestError::Fail(reason, mutations)) => {
            let input = mutations.apply(inputs);
            let file = std::env::temp_dir().join(format!("fuzz-{}", std::process::id()));
            std::fs::write(&file, &input).expect("the folder for temporary files can be written");
            let start = input[..input.len().min(1024)].escape_ascii();
            panic!("{reason}\nthe input is in {}; it begins with\n{start}", file.display());
        }
        Err(TestError::Abort(reason)) => panic!("{reason}"),
    }
}

/// Runs one input.
fn check(input: &[u8], target: &impl Fn(&[u8]) -> Result<(), String>) -> Result<(), String> {
    let (panics, started) = (PANICS.load(Ordering::SeqCst), Instant::now());
    target(input)?;
    let duration = started.elapsed();
    if PANICS.load(Ordering::SeqCst) > panics {
        return Err("a thread panicked".to_owned());
    }
    if duration > SLOWEST {
        return Err(format!("it took {} s", duration.as_secs()));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn corpus(content: &[u8]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("one"), content).unwrap();
        folder
    }

    #[test]
    fn mutations_reach_what_the_corpus_does_not_have() {
        let folder = corpus(b"abcdef");
        let seen = Mutex::new(std::collections::BTreeSet::new());
        run(folder.path(), |input| {
            seen.lock().insert(input.to_vec());
            Ok(())
        });
        let seen = seen.into_inner();
        assert!(seen.len() > 200 && seen.contains(&b"abcdef"[..]), "{}", seen.len());
        assert!(seen.iter().any(|input| input.len() > 6) && seen.iter().any(|input| input.len() < 6));
    }

    #[test]
    #[should_panic(expected = "the input is in")]
    fn a_failure_names_the_file_of_its_input() {
        run(corpus(b"abcdef").path(), |input| if input.len() > 6 { Err("too long".to_owned()) } else { Ok(()) });
    }

    #[test]
    #[should_panic(expected = "a thread panicked")]
    fn a_panic_of_another_thread_is_a_failure() {
        run(corpus(b"abcdef").path(), |_| {
            // It is the panic itself that counts, not its result.
            drop(std::thread::spawn(|| panic!("on purpose")).join());
            Ok(())
        });
    }
}
