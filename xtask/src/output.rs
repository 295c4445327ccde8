//! Runs a command and keeps a copy of its standard output.

use std::{
    io::{BufRead as _, BufReader, Write as _},
    path::Path,
    process::{Command, Stdio},
};

use crate::command::{TaskResult, print};

/// Runs a command to its end, shows what it prints, and writes its standard output to `copy` too.
pub(crate) fn run_with_copy(what: &str, mut command: Command, copy: &Path) -> TaskResult {
    print(&format!("\n── {what}\n"));
    let failed = |error: std::io::Error| format!("{what}: {error}");
    let mut copy = std::fs::File::create(copy).map_err(failed)?;
    let mut child = command.stdout(Stdio::piped()).spawn().map_err(failed)?;
    let mut output = BufReader::new(child.stdout.take().ok_or("its output is not readable")?);
    let mut line = Vec::new();
    while output.read_until(b'\n', &mut line).map_err(failed)? > 0 {
        // A closed standard output is not an error.
        drop(std::io::stdout().write_all(&line));
        copy.write_all(&line).map_err(failed)?;
        line.clear();
    }
    let status = child.wait().map_err(failed)?;
    if status.success() { Ok(()) } else { Err(format!("{what}: failed ({status})")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_copy_has_all_that_was_printed_also_by_a_command_that_fails() {
        let copy = std::env::temp_dir().join(format!("xtask-output-{}", std::process::id()));
        let own = std::env::current_exe().unwrap();
        let mut command = Command::new(own);
        command.args(["--list", "--format", "terse", "the_copy_has"]);
        run_with_copy("a list of tests", command, &copy).unwrap();
        assert!(std::fs::read_to_string(&copy).unwrap().contains("output::tests::the_copy_has_all"));
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.arg("--not-an-option");
        assert!(run_with_copy("a failure", command, &copy).unwrap_err().starts_with("a failure: failed ("));
        std::fs::remove_file(&copy).unwrap();
    }
}
