//! `cargo xtask TASK`: the project's own tasks. It uses the standard library only, so that it builds in a second on a machine
//! that has nothing yet; what needs libraries is in `checks`.

mod bench;
mod checks;
mod command;
mod desktop;
mod node;
mod output;
mod report_pages;
mod run;
mod setup;
mod skipped;
mod soak;
mod test;
mod timing;

use std::process::ExitCode;

const USAGE: &str = "\
usage: cargo xtask TASK

  run [OPTIONS]   set up what is missing, then open the window; without a display, or with OPTIONS (those of
                  `imagelab run`), run the lab in the terminal, in practice mode
  test            set up what is missing, then run every check and every test
  bench NAME      measure: lab | memory | findings | scan | catalogue | registry | engine | startup | window | all
                  (release builds)
  soak NAME       run every case of a test that is sampled otherwise: faults | kills | policy | fuzz | all
  screenshots     take a screenshot of every screen into screenshots/
  report-pages [FILE]...
                  count the A4 pages of the report, in both languages, or of these reports
  bindings        regenerate the UI's bindings to the shell's commands
  names [--path PREFIX]...
                  check that no name or text contains a word of xtask/names.txt
  cycles          check that no file imports itself through others
  figures         measure the source: sizes of files and functions, cycles, the shell's share
  fidelity [--check]
                  write docs/FIDELITY.md from docs/fidelity.toml, or check it
  setup           only set up what is missing
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let rest = arguments.get(1..).unwrap_or_default();
    let result = match arguments.first().map(String::as_str) {
        Some("run") => run::run(rest),
        Some("test") => test::test(),
        Some("bench") => bench::bench(rest),
        Some("soak") => soak::soak(rest),
        Some("screenshots") => desktop::screenshots(),
        Some("bindings") => desktop::bindings(),
        Some("report-pages") => report_pages::report_pages(rest),
        Some("names") => checks::names(rest),
        Some("cycles") => checks::cycles(),
        Some("figures") => checks::figures(),
        Some("fidelity") => checks::fidelity(rest),
        Some("setup") => setup::setup(&setup::FOR_TESTS),
        Some("help" | "--help" | "-h") => {
            command::print(USAGE);
            return ExitCode::SUCCESS;
        }
        _ => Err(format!("no such task\n\n{USAGE}")),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            command::print_error(&error);
            ExitCode::FAILURE
        }
    }
}
