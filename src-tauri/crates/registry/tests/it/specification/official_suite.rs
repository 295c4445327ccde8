//! The conformance suite of the specification's authors, where there is one on this machine: it is written in Go.

use std::process::Command;

use registry::{AllowAll, Options};

use crate::support::Server;

/// Names the program that `go test -c` makes of `opencontainers/distribution-spec/conformance`.
const VARIABLE: &str = "OCI_CONFORMANCE";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_official_suite_passes() {
    let Some(program) = std::env::var_os(VARIABLE) else {
        skipped::report(&format!(
            "{VARIABLE} does not name the conformance suite of the OCI distribution specification"
        ));
        return;
    };
    let server = Server::with(AllowAll, Options { blob_mounting: true, ..Options::default() }).await;
    let reports = tempfile::tempdir().unwrap();
    let mut suite = Command::new(program);
    suite.current_dir(reports.path()).env("OCI_ROOT_URL", format!("http://{}", server.addr));
    suite.env("OCI_NAMESPACE", "conformance/one").env("OCI_CROSSMOUNT_NAMESPACE", "conformance/two");
    for part in ["PULL", "PUSH", "CONTENT_DISCOVERY", "CONTENT_MANAGEMENT"] {
        suite.env(format!("OCI_TEST_{part}"), "1");
    }
    let output = tokio::task::spawn_blocking(move || suite.output()).await.unwrap().unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{text}{}", String::from_utf8_lossy(&output.stderr));
    assert!(text.contains("Passed"), "{text}");
}
