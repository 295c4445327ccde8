//! Reads the modules of the project's crates from their files.

use std::path::Path;

use super::{
    collect::Collector,
    program::{Module, Program},
};

/// Reads the crates whose root files are among `files`.
pub(crate) fn program(root: &Path, files: &[String]) -> Result<Program, String> {
    let mut program = Program::default();
    for file in files {
        let Some((package, target)) = split_root_file(file) else { continue };
        let module = program.add(Module { file: file.clone(), folder: parent_folder(file), ..Module::default() });
        if target == "lib.rs" {
            program.libraries.insert(library_name(root, package)?, module);
        }
        read_file(&mut program, root, module)?;
    }
    Ok(program)
}

/// Reads the file of a module, and those of the modules that it declares.
fn read_file(program: &mut Program, root: &Path, module: usize) -> Result<(), String> {
    let file = program.modules[module].file.clone();
    let source = std::fs::read_to_string(root.join(&file)).map_err(|error| format!("{file}: {error}"))?;
    let syntax = syn::parse_file(&source).map_err(|error| format!("{file}: {error}"))?;
    Collector::new(program, module).collect(&syntax);
    read_declared(program, root, module)
}

/// Modules that have been declared but have no file yet.
fn read_declared(program: &mut Program, root: &Path, module: usize) -> Result<(), String> {
    for child in program.modules[module].children.values().copied().collect::<Vec<_>>() {
        if program.modules[child].file == program.modules[module].file {
            read_declared(program, root, child)?;
            continue;
        }
        let folder = &program.modules[child].folder;
        let candidates = [program.modules[child].file.clone(), format!("{folder}/mod.rs")];
        let file = candidates.into_iter().find(|file| root.join(file).is_file());
        program.modules[child].file = file.ok_or_else(|| format!("{folder}.rs does not exist"))?;
        read_file(program, root, child)?;
    }
    Ok(())
}

/// `package/src/lib.rs` → `package`, `lib.rs`. Packages of tests, and the tests and examples of others, do not count.
fn split_root_file(file: &str) -> Option<(&str, &str)> {
    let (package, target) = file.split_once("/src/").filter(|(package, _)| !package.starts_with("tests"))?;
    let is_root = target == "lib.rs" || target == "main.rs" || target.starts_with("bin/") && is_rust(target);
    is_root.then_some((package, target))
}

fn is_rust(file: &str) -> bool {
    Path::new(file).extension().is_some_and(|extension| extension == "rs")
}

fn parent_folder(file: &str) -> String {
    file.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned()
}

/// The name of the library, or else of the package, in `Cargo.toml`.
fn library_name(root: &Path, package: &str) -> Result<String, String> {
    let manifest = format!("{package}/Cargo.toml");
    let text = std::fs::read_to_string(root.join(&manifest)).map_err(|error| format!("{manifest}: {error}"))?;
    let mut section = "";
    let mut name = None;
    for line in text.lines() {
        if line.starts_with('[') {
            section = line.trim();
        } else if let Some(value) = line.strip_prefix("name = ").filter(|_| ["[package]", "[lib]"].contains(&section)) {
            name = Some(value.trim().trim_matches('"').replace('-', "_"));
        }
    }
    name.ok_or_else(|| format!("{manifest}: no name"))
}
