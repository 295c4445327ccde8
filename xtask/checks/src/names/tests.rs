//! Each kind of place that is searched, with a word planted in it, and without.

use std::path::Path;

use super::*;

const WORDS: &str = "
identifier told -> response
name found -> findings
text goes on -> continues
text nobody -> no one
";

fn report_on(path: &str, source: &str, words: &str) -> Report {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), LIST, words);
    write(folder.path(), path, source);
    report(folder.path(), &[]).unwrap()
}

fn write(root: &Path, path: &str, contents: &str) {
    let file = root.join(path);
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    std::fs::write(file, contents).unwrap();
}

#[track_caller]
fn assert_hit(path: &str, source: &str, line: &str) {
    let report = report_on(path, source, WORDS);
    assert!(!report.passed && report.text.lines().any(|hit| hit == line), "{}", report.text);
}

#[track_caller]
fn assert_clean(path: &str, source: &str) {
    let report = report_on(path, source, WORDS);
    assert!(report.passed, "{}", report.text);
}

#[test]
fn rust_names_and_comments_are_searched() {
    assert_hit("a.rs", "fn f() {\n    let told_by = 1;\n}\n", "a.rs:2: told in told_by -> response");
    assert_hit("a.rs", "struct WhatTold;\n", "a.rs:1: told in WhatTold -> response");
    assert_hit("a.rs", "let found = 1;\n", "a.rs:1: found -> findings");
    assert_hit("a.rs", "//! It goes\n//! on.\n", "a.rs:1: goes on -> continues");
    assert_hit("a.rs", "/// See [`Told`].\n", "a.rs:1: told in Told -> response");
    assert_hit("a.rs", "#[error(\"nobody {name} is here\")]\n", "a.rs:1: nobody -> no one");
}

#[test]
fn typescript_names_and_comments_are_searched() {
    assert_hit("a.tsx", "const a = `x ${told} y`;\n", "a.tsx:1: told -> response");
    assert_hit("a.ts", "/**\n * It goes on.\n */\n", "a.ts:2: goes on -> continues");
    assert_hit("a.js", "const whatTold = 1; // x\n", "a.js:1: told in whatTold -> response");
}

#[test]
fn css_classes_are_searched() {
    assert_hit("a.css", "/* x */\n.is-told { color: red; }\n", "a.css:2: told in is-told -> response");
    assert_hit("a.css", "/* It goes on. */\n", "a.css:1: goes on -> continues");
}

#[test]
fn names_of_files_and_folders_are_searched() {
    assert_hit("told/a.rs", "", "told/a.rs:1: told -> response");
    assert_hit("what-told.png", "", "what-told.png:1: told in what-told -> response");
}

#[test]
fn comments_of_scripts_and_settings_are_searched() {
    assert_hit("a.sh", "#!/bin/sh\nx # nobody\n", "a.sh:2: nobody -> no one");
    assert_hit("run", "#!/bin/sh\n# nobody\n", "run:2: nobody -> no one");
    assert_hit("a.toml", "a = 1 # nobody\n", "a.toml:1: nobody -> no one");
    assert_clean("a.sh", "told=nobody # x\n");
}

#[test]
fn documents_are_searched() {
    assert_hit("a.md", "# A\n\nNobody is here.\n", "a.md:3: nobody -> no one");
    assert_hit("a.md", "The type `Told` is here.\n", "a.md:1: told in Told -> response");
    assert_hit("a.md", "The variable told_by is here.\n", "a.md:1: told in told_by -> response");
}

#[test]
fn english_texts_are_searched_but_not_their_ids() {
    assert_hit("ui/locales/en/a.ftl", "nobody = x\n    It goes on.\n", "ui/locales/en/a.ftl:2: goes on -> continues");
    assert_clean("ui/locales/en/a.ftl", "nobody = x\n    .nobody = y\n");
    assert_clean("ui/locales/ko/a.ftl", "a = nobody\n");
}

#[test]
fn values_and_parts_of_words_are_no_hits() {
    assert_clean("a.rs", "let not_found = \"told\"; // what is found. Goes. On\n");
    assert_clean("a.rs", "let x = format!(\"a {told} in words\");\n");
    assert_clean("a.ts", "call('told'); // households\n");
    assert_clean("tests/data/told.txt", "nobody");
}

#[test]
fn exceptions_are_allowed_where_they_say() {
    let allow = |line: &str| format!("{WORDS}allow {line} -> it is stored\n");
    assert!(report_on("a.rs", "struct Told;", &allow("Told in a.rs")).passed);
    assert!(!report_on("b.rs", "struct Told;", &allow("Told in a.rs")).passed);
    assert!(report_on("a.md", "As nobody says.", &allow("\"as nobody\"")).passed);
    assert!(!report_on("a.md", "But nobody says.", &allow("\"as nobody\"")).passed);
}

#[test]
fn an_exception_that_is_not_needed_fails() {
    let report = report_on("a.rs", "", &format!("{WORDS}allow told -> it is stored\n"));
    assert!(!report.passed && report.text.contains("no longer needed"), "{}", report.text);
}

#[test]
fn a_list_that_cannot_be_read_is_an_error() {
    assert!(WordList::parse("identifier told").is_err());
    assert!(WordList::parse("word told -> response").is_err());
}
