//! References to tests: `path/of/a/file.rs::name`, or, in TypeScript, `path/of/a/file.test.ts::sentence`.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use proc_macro2::{TokenStream, TokenTree};
use syn::{
    Attribute, ItemFn, Macro,
    visit::{self, Visit},
};

/// The path and the name of a reference.
pub(crate) fn split(reference: &str) -> (&str, &str) {
    reference.split_once("::").unwrap_or((reference, ""))
}

/// Whether a file is in Rust.
pub(crate) fn is_rust(path: &str) -> bool {
    Path::new(path).extension().is_some_and(|extension| extension == "rs")
}

/// The tests of the files read so far.
#[derive(Default)]
pub(crate) struct Tests(BTreeMap<String, Result<BTreeSet<String>, String>>);

impl Tests {
    /// What is wrong with a reference.
    pub(crate) fn problem(&mut self, root: &Path, reference: &str) -> Option<String> {
        let (path, name) = split(reference);
        let tests = self.0.entry(path.to_owned()).or_insert_with(|| {
            let source = std::fs::read_to_string(root.join(path)).map_err(|error| error.to_string())?;
            names(path, &source)
        });
        match tests {
            Ok(tests) if tests.contains(name) => None,
            Ok(_) => Some(format!("{reference}: the file has no such test")),
            Err(error) => Some(format!("{reference}: {error}")),
        }
    }
}

/// The names of the tests in a file.
pub(crate) fn names(path: &str, source: &str) -> Result<BTreeSet<String>, String> {
    if !is_rust(path) {
        return Ok(quoted_after(source, &["it(", "test("]));
    }
    let file = syn::parse_file(source).map_err(|error| error.to_string())?;
    let mut found_tests = Functions::default();
    found_tests.visit_file(&file);
    Ok(found_tests.0)
}

/// The texts in double quotes that follow one of these.
fn quoted_after(source: &str, calls: &[&str]) -> BTreeSet<String> {
    let after = calls.iter().flat_map(|call| source.split(call).skip(1));
    after.filter_map(|rest| Some(rest.strip_prefix('"')?.split_once('"')?.0.to_owned())).collect()
}

#[derive(Default)]
struct Functions(BTreeSet<String>);

impl Visit<'_> for Functions {
    fn visit_item_fn(&mut self, function: &ItemFn) {
        if function.attrs.iter().any(is_test) {
            self.0.insert(function.sig.ident.to_string());
        }
        visit::visit_item_fn(self, function);
    }

    /// A macro that makes a test has the test's name as its first word (`operations! { name, … }`), or its function in it
    /// (`proptest! { #[test] fn name … }`).
    fn visit_macro(&mut self, made: &Macro) {
        let tokens: Vec<TokenTree> = made.tokens.clone().into_iter().collect();
        if let [TokenTree::Ident(name), TokenTree::Punct(comma), ..] = &tokens[..]
            && comma.as_char() == ','
        {
            self.0.insert(name.to_string());
        }
        self.0.extend(functions_behind_test(&made.tokens));
    }
}

fn is_test(attribute: &Attribute) -> bool {
    attribute.path().segments.last().is_some_and(|segment| segment.ident == "test")
}

/// The names of functions after `#[test]`, in tokens that are not parsed.
fn functions_behind_test(tokens: &TokenStream) -> Vec<String> {
    let mut names = Vec::new();
    let mut marked = false;
    let mut previous_is_fn = false;
    for token in tokens.clone() {
        match token {
            TokenTree::Group(group) => marked = marked || group.stream().to_string() == "test",
            TokenTree::Ident(ident) if previous_is_fn && marked => {
                names.push(ident.to_string());
                (marked, previous_is_fn) = (false, false);
            }
            TokenTree::Ident(ident) => previous_is_fn = ident == "fn",
            TokenTree::Punct(_) | TokenTree::Literal(_) => previous_is_fn = false,
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tests_are_found_in_functions_modules_and_macros() {
        let source = r#"
            fn helper() {}
            #[tokio::test(flavor = "multi_thread")] async fn one() {}
            mod tests { #[test] fn two() { fn inner() {} } }
            proptest! { #![config(x)] #[test] fn three(a in 0..4) { assert!(a < 4) } fn not_one() {} }
            operations! { four, client, "A" => "B", }
        "#;
        let names = names("a.rs", source).unwrap();
        assert_eq!(names.iter().map(String::as_str).collect::<Vec<_>>(), ["four", "one", "three", "two"]);
    }

    #[test]
    fn tests_in_typescript_are_their_sentences() {
        let names = names("a.test.ts", "describe(\"a\", () => { it(\"does b\", f); test(\"c\", g); });").unwrap();
        assert_eq!(names.into_iter().collect::<Vec<_>>(), ["c", "does b"]);
    }
}
