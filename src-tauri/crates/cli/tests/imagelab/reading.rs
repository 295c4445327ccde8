//! Commands that only read: they work while another process runs the lab, and create nothing; and what is printed for programs
//! and on narrow terminals.

use std::{
    collections::BTreeMap,
    fs,
    io::{BufRead, BufReader, Read},
    path::Path,
    process::Stdio,
};

use serde_json::Value;

use crate::{TestFolder, stopping::signal};

/// The files below a folder with their contents, except for those that SQLite keeps beside a database.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut contents = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        for entry in entries {
            let path = entry.unwrap().path();
            let name = path.display().to_string();
            if path.is_dir() {
                contents.insert(name, Vec::new());
                folders.push(path);
            } else if !name.ends_with("-shm") && !name.ends_with("-wal") {
                contents.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    contents
}

#[test]
fn status_and_findings_create_nothing() {
    let folder = TestFolder::new();
    folder.run(&["status"]).with(0);
    folder.run(&["findings"]).with(2);
    assert!(files(folder.path()).is_empty(), "{:?}", files(folder.path()).keys());

    folder.run_lab(&["--keep"]).with(0);
    let before = files(&folder.path().join("data"));
    folder.run(&["status"]).with(0);
    folder.run(&["findings"]).with(0);
    assert!(files(&folder.path().join("data")) == before, "a file was changed or created");
}

#[test]
fn status_and_findings_work_while_another_process_runs_the_lab() {
    let folder = TestFolder::new();
    let mut running = folder
        .command(&["run", "--engine", "builtin", "--speed", "instant", "--fault", "ecr:CreateRepository=slow:60s"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(running.stderr.take().unwrap());
    let mut err = String::new();
    while !err.contains("[2/7]") {
        assert_ne!(lines.read_line(&mut err).unwrap(), 0, "{err}");
    }
    let status = folder.run(&["status", "--json"]).with(0).json();
    assert_eq!((&status["finished"], &status["steps"][0]["state"]), (&false.into(), &"done".into()), "{status:#}");
    let findings = folder.run(&["findings", "--format", "json"]).with(1);
    assert_eq!((&findings.json()["findings"], &findings.json()["findings_reason"]), (&Value::Null, &"not_read".into()));
    // A command that changes something is refused meanwhile.
    folder.run(&["cleanup"]).with(2);
    signal(&running, "TERM");
    lines.read_to_string(&mut err).unwrap();
    assert_eq!(running.wait().unwrap().code(), Some(130), "{err}");
}

#[test]
fn cleanup_prints_json_whatever_it_finds() {
    let folder = TestFolder::new();
    let nothing = folder.run(&["cleanup", "--json"]).with(0).json();
    assert_eq!((&nothing["ok"], &nothing["run"]), (&true.into(), &serde_json::Value::Null));
    let refused = folder.run(&["cleanup", "--json", "--report", "report.pdf"]).with(2).json();
    assert_eq!((&refused["ok"], &refused["problem"]["code"]), (&false.into(), &"report-format".into()));
    folder.run_lab(&["--keep"]).with(0);
    assert_eq!(folder.run(&["cleanup", "--json"]).with(0).json()["receipt"]["restored"], true);
    let finished = folder.run(&["cleanup", "--json"]).with(0).json();
    assert_eq!((&finished["ok"], finished["run"].is_string()), (&true.into(), true));
}

#[test]
fn what_was_not_scanned_or_not_read_is_never_exported_as_an_empty_file() {
    let folder = TestFolder::new();
    // The scan is not waited for.
    folder.run_lab(&["--until", "push"]).with(0);
    for format in ["csv", "sarif", "table"] {
        for options in [&["--repository", "eks-security-prod"][..], &["--repository", "eks-security-sandbox"], &[]] {
            let output = folder.run(&[&["findings", "--format", format], options].concat()).with(1);
            assert_eq!(output.out, "", "{format} {options:?}");
            let reason = if options == ["--repository", "eks-security-sandbox"] { "not scanned" } else { "not read" };
            assert!(output.err.to_lowercase().contains(reason), "{format} {options:?}: {}", output.err);
        }
    }
    for (repository, reason) in [("eks-security-prod", "not_read"), ("eks-security-sandbox", "not_scanned")] {
        let json = folder.run(&["findings", "--repository", repository, "--format", "json"]).with(1).json();
        assert_eq!((&json["findings"], &json["findings_reason"]), (&Value::Null, &reason.into()), "{json:#}");
    }
}

#[test]
fn resuming_a_run_with_nothing_left_to_do_reads_everything_again() {
    let folder = TestFolder::new();
    folder.run_lab(&["--keep"]).with(0);
    let resumed = folder.run(&["resume", "--keep"]).with(0);
    // The first item of the first step, and the last one of the last.
    for item in ["AWS identity", "Amazon ECR reports CVE-2021-44228", "The two images are compared"] {
        assert!(resumed.err.contains(item), "{}", resumed.err);
    }
}

#[test]
fn csv_begins_with_a_byte_order_mark_for_excel_only() {
    let folder = TestFolder::new();
    folder.run_lab(&["--keep"]).with(0);
    let csv = folder.run(&["findings", "--format", "csv"]).with(0).out;
    assert!(csv.starts_with("vulnerability_id,"));
    let excel = folder.run(&["findings", "--format", "csv", "--excel"]).with(0).out;
    assert_eq!(excel.strip_prefix('\u{feff}').map(|rest| rest.lines().count()), Some(csv.lines().count()));
}

#[test]
fn tables_fit_eighty_columns() {
    use unicode_width::UnicodeWidthStr as _;
    let folder = TestFolder::new();
    let outcome = folder.run_lab(&["--keep"]).with(0).out;
    let findings = folder.run(&["findings"]).with(0).out;
    for text in [outcome, findings] {
        let lines = text.lines().filter(|line| line.starts_with(['│', '┌', '╞', '└']));
        assert!(lines.clone().count() > 4, "{text}");
        for line in lines {
            assert!(line.width() <= 80, "{} columns: {line}", line.width());
        }
    }
}
