//! Each kind of place that is searched, with a word planted in it, and without.

use std::path::Path;

use super::*;

const WORDS: &str = "
identifier wug -> response
name blick -> findings
text hums along -> continues
text dax -> no one
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
    assert_hit("a.rs", "fn f() {\n    let wug_by = 1;\n}\n", "a.rs:2: wug in wug_by -> response");
    assert_hit("a.rs", "struct WhatWug;\n", "a.rs:1: wug in WhatWug -> response");
    assert_hit("a.rs", "let blick = 1;\n", "a.rs:1: blick -> findings");
    assert_hit("a.rs", "//! It hums\n//! along.\n", "a.rs:1: hums along -> continues");
    assert_hit("a.rs", "/// See [`Wug`].\n", "a.rs:1: wug in Wug -> response");
    assert_hit("a.rs", "#[error(\"dax {name} is here\")]\n", "a.rs:1: dax -> no one");
}

#[test]
fn typescript_names_and_comments_are_searched() {
    assert_hit("a.tsx", "const a = `x ${wug} y`;\n", "a.tsx:1: wug -> response");
    assert_hit("a.ts", "/**\n * It hums along.\n */\n", "a.ts:2: hums along -> continues");
    assert_hit("a.js", "const whatWug = 1; // x\n", "a.js:1: wug in whatWug -> response");
}

#[test]
fn css_classes_are_searched() {
    assert_hit("a.css", "/* x */\n.is-wug { color: red; }\n", "a.css:2: wug in is-wug -> response");
    assert_hit("a.css", "/* It hums along. */\n", "a.css:1: hums along -> continues");
}

#[test]
fn names_of_files_and_folders_are_searched() {
    assert_hit("wug/a.rs", "", "wug/a.rs:1: wug -> response");
    assert_hit("what-wug.png", "", "what-wug.png:1: wug in what-wug -> response");
}

#[test]
fn comments_of_scripts_and_settings_are_searched() {
    assert_hit("a.sh", "#!/bin/sh\nx # dax\n", "a.sh:2: dax -> no one");
    assert_hit("run", "#!/bin/sh\n# dax\n", "run:2: dax -> no one");
    assert_hit("a.toml", "a = 1 # dax\n", "a.toml:1: dax -> no one");
    assert_clean("a.sh", "wug=dax # x\n");
}

#[test]
fn documents_are_searched() {
    assert_hit("a.md", "# A\n\nDax is here.\n", "a.md:3: dax -> no one");
    assert_hit("a.md", "The type `Wug` is here.\n", "a.md:1: wug in Wug -> response");
    assert_hit("a.md", "The variable wug_by is here.\n", "a.md:1: wug in wug_by -> response");
}

#[test]
fn english_texts_are_searched_but_not_their_ids() {
    assert_hit(
        "ui/locales/en/a.ftl",
        "dax = x\n    It hums along.\n",
        "ui/locales/en/a.ftl:2: hums along -> continues",
    );
    assert_clean("ui/locales/en/a.ftl", "dax = x\n    .dax = y\n");
    assert_clean("ui/locales/ko/a.ftl", "a = dax\n");
}

#[test]
fn values_and_parts_of_words_are_no_hits() {
    assert_clean("a.rs", "let not_blick = \"wug\"; // what is blick. Hums. Along\n");
    assert_clean("a.rs", "let x = format!(\"a {wug} in words\");\n");
    assert_clean("a.ts", "call('wug'); // wugginess\n");
    assert_clean("tests/data/wug.txt", "dax");
}

#[test]
fn exceptions_are_allowed_where_they_say() {
    let allow = |line: &str| format!("{WORDS}allow {line} -> it is stored\n");
    assert!(report_on("a.rs", "struct Wug;", &allow("Wug in a.rs")).passed);
    assert!(!report_on("b.rs", "struct Wug;", &allow("Wug in a.rs")).passed);
    assert!(report_on("a.md", "As dax says.", &allow("\"as dax\"")).passed);
    assert!(!report_on("a.md", "But dax says.", &allow("\"as dax\"")).passed);
}

#[test]
fn an_exception_that_is_not_needed_fails() {
    let report = report_on("a.rs", "", &format!("{WORDS}allow wug -> it is stored\n"));
    assert!(!report.passed && report.text.contains("no longer needed"), "{}", report.text);
}

#[test]
fn a_list_that_cannot_be_read_is_an_error() {
    assert!(WordList::parse("identifier wug").is_err());
    assert!(WordList::parse("word wug -> response").is_err());
}
