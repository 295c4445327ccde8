use std::path::Path;

use super::{
    Options,
    documents::{PAGE, REASONS, ROWS},
    report,
};

const SERVICE: &str = "const ECR: &[&str] = &[\"GetA\"]; const INSPECTOR2: &[(&str, &str)] = &[];";

const ROW: &str = r#"
[[fact]]
fact = "A is b"
status = "documented"
source = "the manual"
tests = ["a/tests/it/one.rs::it_is"]

[[fact]]
fact = "C | d"
status = "unverified"
source = ""

[[operation]]
service = "ecr"
name = "GetA"
status = "faithful"
effect = ["a/tests/it/one.rs::it_is"]
errors = ["a/tests/it/one.rs::it_fails"]
without = { paging = "one result", restart = "no state" }

[[may_be_skipped]]
reason = "no b"
tests = ["a/tests/it/one.rs::it_is"]
"#;

/// A project with these rows, whose page is up to date.
fn project(rows: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let services = ["ecr", "ecr-public", "inspector2", "iam", "sts"].map(|service| {
        format!("[[operation]]\nservice = \"{service}\"\nname = \"every other operation\"\nstatus = \"absent\"\nnote = \"refused\"\n")
    });
    for (path, content) in [
        (ROWS, format!("{rows}{}", services.concat())),
        (REASONS, "# a comment\nno b -> it is rare\n".to_owned()),
        ("a/tests/it/one.rs", "#[test] fn it_is() {}\n#[test] fn it_fails() {}\nfn it_helps() {}".to_owned()),
        ("src-tauri/crates/practice/src/service.rs", SERVICE.to_owned()),
    ] {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
    }
    report(folder.path(), &Options::default()).unwrap();
    folder
}

/// What is wrong, without the line of counts.
fn problems(root: &Path, options: &Options<'_>) -> Vec<String> {
    let report = report(root, options).unwrap();
    let mut lines: Vec<_> = report.text.lines().map(str::to_owned).collect();
    lines.pop();
    assert_eq!(report.passed, lines.is_empty());
    lines
}

fn check(rows: &str) -> Vec<String> {
    problems(project(rows).path(), &Options { check: true, ..Options::default() })
}

#[test]
fn rows_that_are_proved_pass_and_the_page_shows_them() {
    let folder = project(ROW);
    assert_eq!(problems(folder.path(), &Options { check: true, ..Options::default() }), Vec::<String>::new());
    let page = std::fs::read_to_string(folder.path().join(PAGE)).unwrap();
    for line in [
        "| A is b | documented | the manual | [`it_is`](../a/tests/it/one.rs) |",
        "| C \\| d | unverified | | |",
        "| ecr `GetA` | faithful | | [`it_is`](../a/tests/it/one.rs) | none: one result | [`it_fails`](../a/tests/it/one.rs) | none: no state |",
        "| no b | it is rare | [`it_is`](../a/tests/it/one.rs) |",
    ] {
        assert!(page.lines().any(|other| other == line), "{line}\n{page}");
    }
}

#[test]
fn a_page_that_was_edited_by_hand_is_out_of_date() {
    let folder = project(ROW);
    std::fs::write(folder.path().join(PAGE), "another page").unwrap();
    let problems = problems(folder.path(), &Options { check: true, ..Options::default() });
    assert_eq!(problems, ["docs/FIDELITY.md is out of date: `cargo xtask fidelity` writes it"]);
}

#[test]
fn a_test_that_does_not_exist_fails_the_check() {
    assert_eq!(check(&ROW.replace("it_fails", "it_helps")), ["a/tests/it/one.rs::it_helps: the file has no such test"]);
    assert!(
        check(&ROW.replace("one.rs::it_fails", "two.rs::it_fails"))[0].starts_with("a/tests/it/two.rs::it_fails: ")
    );
}

#[test]
fn a_row_needs_what_its_status_promises() {
    let without_test = ROW.replacen("tests = [\"a/tests/it/one.rs::it_is\"]", "", 1);
    assert_eq!(check(&without_test), ["A is b: name its tests, or say why there are none"]);
    let untested = ROW.replace("without = { paging = \"one result\", restart = \"no state\" }", "");
    let missing = ["paging", "restart"].map(|aspect| format!("ecr:GetA: faithful, but nothing tests its {aspect}"));
    assert_eq!(check(&untested), missing);
    let asserted = ROW.replace("status = \"documented\"", "status = \"unverified\"");
    assert_eq!(check(&asserted), ["A is b: a test must not assert what is unverified"]);
    let silent = ROW.replace("status = \"faithful\"", "status = \"partly\"");
    assert_eq!(check(&silent), ["ecr:GetA: partly, but nothing says what is missing"]);
    assert_eq!(
        check(&ROW.replace("reason = \"no b\"", "reason = \"no c\"")),
        ["`no c` is not a reason of tests/skipped.txt"]
    );
}

#[test]
fn every_operation_of_the_practice_cloud_has_one_row() {
    let other = ROW.replace("\"GetA\"", "\"GetB\"");
    assert_eq!(
        check(&other),
        ["ecr:GetA has no row in docs/fidelity.toml", "ecr:GetB: the practice cloud does not have it"]
    );
}

#[test]
fn a_test_that_did_not_run_fails_the_check_unless_its_reason_is_listed() {
    let folder = project(ROW);
    let (ran, skipped) = (folder.path().join("ran"), folder.path().join("skipped"));
    let options = Options { check: true, ran: Some(&ran), skipped: Some(&skipped) };
    for (output, reasons, expected) in [
        ("test one::it_is ... ok\ntest one::it_fails ... ok\n", "", vec![]),
        ("test one::it_is ... ok\ntest one::it_fails ... ok\n", "a: one::it_is\tthere is no b here\n", vec![]),
        ("test one::it_is ... ok\n", "", vec!["a/tests/it/one.rs::it_fails: did not run"]),
        (
            "test one::it_is ... ignored\ntest one::it_fails ... ok\n",
            "a: one::it_fails\tno b\n",
            vec![
                "a/tests/it/one.rs::it_fails: left itself out, and no row says that it may: no b",
                "a/tests/it/one.rs::it_is: ignored",
            ],
        ),
    ] {
        std::fs::write(&ran, output).unwrap();
        std::fs::write(&skipped, reasons).unwrap();
        assert_eq!(problems(folder.path(), &options), expected, "{output}{reasons}");
    }
}
