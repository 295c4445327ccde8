//! Tests over many cases: all of them in `cargo xtask soak`, and a sample otherwise.

use std::future::Future;

use futures::StreamExt as _;

/// The environment variable that `cargo xtask soak` sets.
pub const VARIABLE: &str = "IMAGELAB_SOAK";

/// Whether all cases are run.
pub fn is_soak() -> bool {
    std::env::var_os(VARIABLE).is_some()
}

/// All cases in `cargo xtask soak`; otherwise this many of them, evenly spaced, so that the sample is always the same.
pub fn cases<T>(all: Vec<T>, sample: usize) -> Vec<T> {
    let total = all.len();
    if is_soak() || total <= sample {
        return all;
    }
    // Case number n is chosen where n * sample / total reaches the next whole number.
    let is_chosen = |n: usize| n == 0 || n * sample / total > (n - 1) * sample / total;
    all.into_iter().enumerate().filter(|(n, _)| is_chosen(*n)).map(|(_, case)| case).collect()
}

/// Runs a test for each case, two at a time, and fails with every case that failed.
///
/// # Panics
///
/// If a case failed.
pub async fn each<T, F>(cases: Vec<T>, test: impl Fn(T) -> F)
where
    F: Future<Output = Result<(), String>>,
{
    let total = cases.len();
    let results: Vec<_> = futures::stream::iter(cases.into_iter().map(test)).buffer_unordered(2).collect().await;
    let failed: Vec<_> = results.into_iter().filter_map(Result::err).collect();
    assert!(failed.is_empty(), "{} of {total} cases failed:\n\n{}", failed.len(), failed.join("\n\n"));
}

#[cfg(test)]
mod tests {
    use super::cases;

    #[test]
    fn a_sample_is_evenly_spaced() {
        assert_eq!(cases((0..10).collect(), 5), [0, 2, 4, 6, 8]);
        assert_eq!(cases((0..7).collect(), 3), [0, 3, 5]);
        assert_eq!(cases(vec![1, 2], 5), [1, 2]);
    }
}
