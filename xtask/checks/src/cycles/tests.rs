//! Programs with a cycle planted in each of the ways that files refer to each other, and without.

use super::*;

/// A crate of these files, with a `Cargo.toml`.
fn cycles(files: &[(&str, &str)]) -> String {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "a/Cargo.toml", "[package]\nname = \"a\"\n");
    for (path, source) in files {
        write(folder.path(), &format!("a/src/{path}"), source);
    }
    report(folder.path()).unwrap().text
}

fn write(root: &Path, path: &str, contents: &str) {
    let file = root.join(path);
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    std::fs::write(file, contents).unwrap();
}

const ROOT: (&str, &str) = ("lib.rs", "mod one; mod two;");
const ITEM: &str = "pub(crate) struct Two;";

#[track_caller]
fn assert_cycle(one: &str) {
    let text = cycles(&[ROOT, ("one.rs", one), ("two.rs", &format!("use crate::one::One; {ITEM}"))]);
    assert!(text.contains("a/src/one.rs:1 -> a/src/two.rs") && text.ends_with("cycles: 1\n"), "{text}");
}

#[test]
fn imports_and_paths_in_code_make_a_cycle() {
    assert_cycle("use crate::two::Two; struct One;");
    assert_cycle("use super::{two::{self, Two as Other}}; struct One;");
    assert_cycle("struct One(crate::two::Two);");
    assert_cycle("struct One; fn f() { super::two::g() }");
    assert_cycle("struct One; fn f() { use crate::two::Two; }");
    assert_cycle("struct One; fn f() { vec![crate::two::Two] }");
    assert_cycle("#[serde(with = \"crate::two\")] struct One;");
    assert_cycle("use super::two::*; struct One;");
    assert_cycle("mod inner { use super::super::two::Two; } struct One;");
}

#[test]
fn reexports_are_followed_to_the_file_that_defines_the_item() {
    let root = ("lib.rs", "mod one; mod two; pub use two::Two; use one::*;");
    let two = ("two.rs", "use crate::One; pub(crate) struct Two;");
    let text = cycles(&[root, ("one.rs", "use crate::Two; pub(crate) struct One;"), two]);
    assert!(text.contains("a/src/two.rs:1 -> a/src/one.rs") && text.ends_with("cycles: 1\n"), "{text}");
}

#[test]
fn cycles_through_modules_in_folders_are_seen() {
    let text = cycles(&[
        ("lib.rs", "mod one;"),
        ("one/mod.rs", "mod two; pub(crate) struct One;"),
        ("one/two.rs", "mod three; use super::One; use three::g;"),
        ("one/two/three.rs", "pub(crate) fn g() { super::super::two::f() }"),
    ]);
    assert!(text.contains("2 files") && text.ends_with("cycles: 1\n"), "{text}");
}

#[test]
fn declarations_and_tests_do_not_count() {
    let text = cycles(&[
        ("lib.rs", "mod one; mod two; #[cfg(test)] mod tests;"),
        ("one.rs", "pub struct One; #[cfg(test)] mod tests { use crate::two::Two; }"),
        (
            "two.rs",
            "mod three; use crate::one::One; fn g() { three::h() } impl One { #[cfg(test)] fn f() { crate::one::g() } }",
        ),
        ("two/three.rs", "use super::g; fn h() {}"),
    ]);
    assert_eq!(text, "cycles: 0\n");
}
