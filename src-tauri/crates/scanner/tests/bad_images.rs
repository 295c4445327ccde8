//! Small images that need much memory or time if their contents are copied instead of shared. Each is scanned in a process
//! of its own whose memory is limited; the budgets end the scan, and the result says which.
#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "a failed step fails the test")]
#![expect(clippy::print_stdout, reason = "the outcome is what a process prints")]

#[path = "it/support.rs"]
#[expect(dead_code, reason = "shared with the other tests")]
mod support;

use std::process::Command;

use practice_images::OversizedLayer;
use scanner::{Catalogue, ExceededLimit, Limits};
use support::{GZIP, Image, gzip};

/// The limit of a process's memory, in KiB: 768 MiB, of which the test's own program takes a part.
const MEMORY: u32 = 768 << 10;
/// Names the layer to scan to the process that scans it.
const LAYER: &str = "SCANNER_TEST_LAYER";

/// What the process found.
#[derive(Debug, PartialEq, Eq)]
struct Outcome {
    packages: usize,
    limits: String,
}

/// Scans an image of this layer in a process that runs only this test. In that process it scans, prints the outcome and
/// returns `None`.
fn scan_in_a_process(test: &str, layer: OversizedLayer) -> Option<Outcome> {
    if let Ok(path) = std::env::var(LAYER) {
        let started = std::time::Instant::now();
        let layer = scanner::Layer { digest: "sha256:0".to_owned(), media_type: GZIP.to_owned(), path: path.into() };
        let inventory = scanner::read(&[layer], &Limits::default(), &|| false).unwrap();
        let matches = Catalogue::bundled().matches(&inventory).len();
        let status = std::fs::read_to_string("/proc/self/status").unwrap();
        let peak = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap();
        println!("\noutcome: {} {matches} {:?}", inventory.packages.len(), inventory.limits);
        println!("{test}: {:?}, {peak}, {matches} matches", started.elapsed());
        return None;
    }
    let image = Image::of(&[(GZIP, gzip(&layer.tar()))]);
    let limited = format!("ulimit -v {MEMORY} && exec \"$0\" \"$@\"");
    let mut process = Command::new("sh");
    process.args(["-c", &limited]).arg(std::env::current_exe().unwrap()).args([test, "--exact", "--nocapture"]);
    let output = process.args(["--test-threads", "1"]).env(LAYER, &image.layers[0].path).output().unwrap();
    let printed = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{} {printed}", output.status);
    // What `--nocapture` shows.
    println!("{printed}");
    let line = printed.lines().find_map(|line| line.strip_prefix("outcome: ")).expect(&printed);
    let mut words = line.splitn(3, ' ');
    let packages = words.next().unwrap().parse().unwrap();
    Some(Outcome { packages, limits: words.nth(1).unwrap().to_owned() })
}

#[test]
fn hard_links_to_a_jar_of_many_artifacts_end_at_the_number_of_packages() {
    let name = "hard_links_to_a_jar_of_many_artifacts_end_at_the_number_of_packages";
    let Some(outcome) = scan_in_a_process(name, OversizedLayer::HardLinks) else { return };
    // The JAR, three links, and for each of the others one package fits: none is laid down in part.
    assert_eq!(outcome, Outcome { packages: 80_000, limits: "[Packages(100000)]".to_owned() });
}

#[test]
fn nested_jars_of_many_artifacts_end_at_the_number_of_packages() {
    let name = "nested_jars_of_many_artifacts_end_at_the_number_of_packages";
    let Some(outcome) = scan_in_a_process(name, OversizedLayer::NestedJars) else { return };
    assert_eq!(outcome, Outcome { packages: 100_000, limits: "[Packages(100000)]".to_owned() });
}

#[test]
fn names_of_nested_jars_are_read_up_to_the_length_of_a_path() {
    let name = "names_of_nested_jars_are_read_up_to_the_length_of_a_path";
    let Some(outcome) = scan_in_a_process(name, OversizedLayer::LongNames) else { return };
    let text = Limits::default().text;
    assert_eq!(outcome.limits, format!("{:?}", [ExceededLimit::Path(4096), ExceededLimit::Text(text)]));
    // Each artifact's path has 5 × 786 bytes.
    assert!((4_000..text / 3900).contains(&outcome.packages), "{outcome:?}");
}

#[test]
fn a_list_of_packages_with_long_versions_is_matched_once_each() {
    let name = "a_list_of_packages_with_long_versions_is_matched_once_each";
    let Some(outcome) = scan_in_a_process(name, OversizedLayer::LongVersions) else { return };
    assert_eq!(outcome, Outcome { packages: 25_000, limits: "[]".to_owned() });
}

#[test]
fn a_lock_file_of_nested_dependencies_is_not_copied_at_every_level() {
    let name = "a_lock_file_of_nested_dependencies_is_not_copied_at_every_level";
    let Some(outcome) = scan_in_a_process(name, OversizedLayer::NestedLock) else { return };
    // The others have no version, or are deeper than is read.
    assert_eq!(outcome, Outcome { packages: 0, limits: "[]".to_owned() });
}
