//! `cargo xtask run | test | bench | screenshots | bindings | setup`: the project's own tasks. Nothing but the standard library, so that it is
//! built in a second on a machine that has nothing yet.

mod bench;
mod checks;
mod command;
mod desktop;
mod node;
mod run;
mod setup;
mod test;

use std::process::ExitCode;

const USAGE: &str = "\
usage: cargo xtask TASK

  run [OPTIONS]   set up what is missing, then open the window; without a display, or with OPTIONS (those of
                  `imagelab run`), run the lab in the terminal, in practice mode
  test            set up what is missing, then run every check and every test
  bench NAME      measure: lab | memory | findings | scan | engine | startup | window | all (release builds)
  screenshots     photograph every screen of the window into screenshots/
  bindings        write anew what the web side knows of the commands
  names [--path PREFIX]...
                  find words that names and texts do not use (xtask/names.txt), below PREFIX or everywhere
  setup           only set up what is missing
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let rest = arguments.get(1..).unwrap_or_default();
    let outcome = match arguments.first().map(String::as_str) {
        Some("run") => run::run(rest),
        Some("test") => test::test(),
        Some("bench") => bench::bench(rest),
        Some("screenshots") => desktop::screenshots(),
        Some("bindings") => desktop::bindings(),
        Some("names") => checks::names(rest),
        Some("setup") => setup::setup(&setup::FOR_TESTS),
        Some("help" | "--help" | "-h") => {
            command::say(USAGE);
            return ExitCode::SUCCESS;
        }
        _ => Err(format!("no such task\n\n{USAGE}")),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            command::complain(&why);
            ExitCode::FAILURE
        }
    }
}
