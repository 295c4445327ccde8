//! `imagelab catalogue`: importing advisories, showing what is imported, and removing it.

use std::{io::Write as _, path::PathBuf};

use crate::TestFolder;

fn record(id: &str, ecosystem: &str) -> String {
    format!(
        r#"{{"id": "{id}", "modified": "2026-11-2{}T00:00:00Z", "summary": "A flaw", "affected": [{{"package": {{"ecosystem":
        "{ecosystem}", "name": "package-{id}"}}, "ranges": [{{"type": "ECOSYSTEM", "events": [{{"introduced": "0"}}]}}]}}]}}"#,
        id.len() % 10
    )
}

fn file(folder: &TestFolder, name: &str, text: &str) -> String {
    let path: PathBuf = folder.path().join(name);
    std::fs::File::create(&path).unwrap().write_all(text.as_bytes()).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn what_is_imported_is_shown_with_its_date_and_counts_and_can_be_removed() {
    let folder = TestFolder::new();
    let shown = folder.run(&["catalogue"]).with(0);
    assert!(shown.out.contains("It covers only the lab"), "{}", shown.out);
    let npm = file(&folder, "npm.json", &record("CVE-2026-1", "npm"));
    let debian = file(&folder, "debian.json", &record("CVE-2026-22", "Debian:12"));
    let unknown = file(&folder, "unknown.json", &record("CVE-2026-3", "crates.io"));
    let imported = folder.run(&["catalogue", "import", &npm, &debian, &unknown]).with(0);
    assert!(imported.err.contains("2 entries"), "{}", imported.err);
    assert!(
        imported.out.contains("npm.json") && imported.out.contains("of an unknown ecosystem 1"),
        "{}",
        imported.out
    );

    let json = folder.run(&["catalogue", "show", "--json"]).with(0).json();
    let summary = &json["imported"];
    assert_eq!((&summary["entries"], &summary["unknown"]), (&2.into(), &1.into()));
    assert_eq!(summary["files"][0]["newest"], "2026-11-20");
    assert_eq!(summary["ecosystems"][0], serde_json::json!({"ecosystem": "deb", "release": "12", "entries": 1}));
    assert!(summary["id"].as_str().unwrap().starts_with(summary["date"].as_str().unwrap()));

    let damaged = file(&folder, "damaged.json", "{\"id\": ");
    let refused = folder.run(&["catalogue", "import", &npm, &damaged]).with(2);
    assert!(refused.err.contains("damaged.json") && refused.err.contains("Nothing was changed"), "{}", refused.err);
    assert_eq!(folder.run(&["catalogue", "show", "--json"]).with(0).json(), json);

    folder.run(&["catalogue", "reset"]).with(0);
    assert!(folder.run(&["catalogue", "show", "--json"]).with(0).json()["imported"].is_null());
    assert!(folder.run(&["catalogue", "reset"]).with(0).err.contains("No advisories are imported"));
}

#[cfg(unix)]
#[test]
fn an_interrupted_import_changes_nothing_and_leaves_nothing() {
    let folder = TestFolder::new();
    let npm = file(&folder, "npm.json", &record("CVE-2026-1", "npm"));
    folder.run(&["catalogue", "import", &npm]).with(0);
    let before = folder.run(&["catalogue", "show", "--json"]).with(0).json();
    // Long enough to be interrupted: every package of a list of Debian's form.
    let issues = r#"{"CVE-2026-1": {"description": "A flaw.", "releases": {"bookworm": {"status": "open"}}}}"#;
    let list: Vec<_> = (0..400_000).map(|at| format!("\"package-{at}\": {issues}")).collect();
    let long = file(&folder, "tracker.json", &format!("{{{}}}", list.join(",")));
    let mut command = folder.command(&["catalogue", "import", &long]);
    let mut running = command.stderr(std::process::Stdio::piped()).spawn().unwrap();
    let mut messages = std::io::BufReader::new(running.stderr.take().unwrap());
    let mut line = String::new();
    // Over a second it says what it does.
    std::io::BufRead::read_line(&mut messages, &mut line).unwrap();
    assert!(line.contains("tracker.json"), "{line}");
    let id = running.id().to_string();
    assert!(std::process::Command::new("kill").args(["-INT", &id]).status().unwrap().success());
    assert_eq!(running.wait().unwrap().code(), Some(130));
    assert_eq!(folder.run(&["catalogue", "show", "--json"]).with(0).json(), before);
    let catalogue = folder.path().join("data/catalogue");
    let mut left: Vec<_> = std::fs::read_dir(catalogue).unwrap().map(|one| one.unwrap().file_name()).collect();
    left.sort();
    assert_eq!(left, ["advisories.db", "import.lock"]);
}

#[test]
fn a_run_scans_with_what_is_imported_and_says_so() {
    let folder = TestFolder::new();
    let advisory = record("CVE-2026-1", "Maven").replace("package-CVE-2026-1", "org.apache.logging.log4j:log4j-core");
    let maven = file(&folder, "maven.json", &advisory);
    folder.run(&["catalogue", "import", &maven]).with(0);
    let run = folder.run_lab(&["--until", "results"]).with(0);
    // On a line of its own, which says what was assessed.
    assert!(run.out.contains("and 1 entry of advisories imported on 20"), "{}", run.out);
    let findings = folder.run(&["findings", "--format", "json"]).with(0);
    assert!(findings.out.contains("\"CVE-2026-1\""), "{}", findings.out);
}
