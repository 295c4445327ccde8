//! The help in the user's language: every command and option gets its text from `cli.ftl`.

use std::ffi::OsString;

use clap::{Arg, ArgAction, CommandFactory, FromArgMatches};
use i18n::{Lang, Localizer};

use crate::args::Cli;

/// The options of every command.
const GLOBAL: [&str; 5] = ["lang", "data", "verbose", "help", "version"];

/// Parses the command line. Help and errors are in the language of its `--lang`, or else in the system's.
pub(crate) fn parse(arguments: Vec<OsString>) -> Result<Cli, clap::Error> {
    let mut command = localised(&Localizer::new(language(&arguments)));
    let matches = command.try_get_matches_from_mut(arguments)?;
    Cli::from_arg_matches(&matches).map_err(|error| error.format(&mut command))
}

/// The language of `--lang`, found before the command line is parsed because the help is in that language.
pub(crate) fn language(arguments: &[OsString]) -> Lang {
    let mut arguments = arguments.iter().filter_map(|argument| argument.to_str());
    while let Some(argument) = arguments.next() {
        let code = if argument == "--lang" { arguments.next() } else { argument.strip_prefix("--lang=") };
        if let Some(Ok(lang)) = code.map(str::parse) {
            return lang;
        }
    }
    Lang::of_system()
}

fn localised(localizer: &Localizer) -> clap::Command {
    let mut command = Cli::command()
        .about(localizer.text_by_id("cli-about"))
        .after_help(localizer.text_by_id("cli-exit-codes"))
        .arg(Arg::new("help").short('h').long("help").global(true).action(ArgAction::Help))
        .arg(Arg::new("version").short('V').long("version").action(ArgAction::Version));
    command = with_texts(command, &["cli".to_owned()], localizer);
    with_subcommand_texts(command, &["cli".to_owned()], localizer)
}

/// Adds the texts of all subcommands, and of theirs. `prefixes` are the beginnings of the command's ids, its own first.
fn with_subcommand_texts(mut command: clap::Command, prefixes: &[String], localizer: &Localizer) -> clap::Command {
    let names: Vec<String> = command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    if !names.is_empty() {
        command = command
            .subcommand_help_heading(localizer.text_by_id("cli-heading-commands"))
            .subcommand_value_name(localizer.text_by_id("cli-heading-command"))
            .disable_help_subcommand(true);
    }
    for name in names {
        let own = format!("{}-{name}", prefixes[0]);
        let about = localizer.text_by_id(&own);
        let prefixes: Vec<String> = std::iter::once(own).chain(prefixes.iter().cloned()).collect();
        command = command.mut_subcommand(&name, |sub| {
            with_subcommand_texts(with_texts(sub.about(about), &prefixes, localizer), &prefixes, localizer)
        });
    }
    command
}

/// Adds each option's text: `cli-run-image` if the command or the one that it belongs to has its own, else `cli-option-image`. The texts also state
/// defaults and values, because `clap`'s own texts for those exist in English only.
fn with_texts(command: clap::Command, prefixes: &[String], localizer: &Localizer) -> clap::Command {
    let usage = localizer.text_by_id("cli-heading-usage");
    let mut command =
        command.help_template(format!("{{about-with-newline}}\n{usage} {{usage}}\n\n{{all-args}}{{after-help}}"));
    let ids: Vec<String> = command.get_arguments().map(|argument| argument.get_id().to_string()).collect();
    for (at, id) in ids.into_iter().enumerate() {
        let name = id.replace('_', "-");
        let own = prefixes.iter().map(|prefix| format!("{prefix}-{name}")).find(|own| localizer.has(own));
        let text = localizer.text_by_id(&own.unwrap_or_else(|| format!("cli-option-{name}")));
        command = command.mut_arg(&id, |argument| {
            // The options of every command come after the command's own.
            let order = GLOBAL.iter().position(|global| *global == id).map_or(at, |global| 100 + global);
            let argument =
                argument.help(text).help_heading(localizer.text_by_id("cli-heading-options")).display_order(order);
            if argument.get_action().takes_values() {
                argument.hide_default_value(true).hide_possible_values(true).hide_env(true)
            } else {
                argument
            }
        });
    }
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    fn help(lang: Lang) -> String {
        let mut command = localised(&Localizer::new(lang));
        command.build();
        let mut help = command.render_help().to_string();
        for sub in command.get_subcommands_mut() {
            let name = sub.get_name().to_owned();
            append(sub, &name, &mut help);
        }
        help
    }

    fn append(command: &mut clap::Command, name: &str, help: &mut String) {
        *help += &["\n──── ", name, "\n\n", &command.render_help().to_string()].concat();
        for sub in command.get_subcommands_mut() {
            let name = format!("{name} {}", sub.get_name());
            append(sub, &name, help);
        }
    }

    #[test]
    fn every_command_and_option_has_a_text_in_both_languages() {
        for lang in Lang::ALL {
            assert!(!help(lang).contains("cli-"), "{}", help(lang));
        }
    }

    #[test]
    fn the_help_reads_well_in_korean() {
        insta::assert_snapshot!(help(Lang::Ko));
    }

    #[test]
    fn the_help_reads_well_in_english() {
        insta::assert_snapshot!(help(Lang::En));
    }

    #[test]
    fn the_former_name_of_run_still_works_and_is_not_shown() {
        let typed = ["imagelab", "rehearse", "--keep"].map(OsString::from).to_vec();
        assert!(matches!(parse(typed).unwrap().command, crate::args::Command::Run(options) if options.keep));
        assert!(!help(Lang::En).contains("rehearse"));
    }

    #[test]
    fn the_command_line_is_well_formed() {
        localised(&Localizer::new(Lang::En)).debug_assert();
    }

    #[test]
    fn the_language_is_known_before_the_rest_is_parsed() {
        let typed = |localizer: &[&str]| language(&localizer.iter().map(Into::into).collect::<Vec<_>>());
        assert_eq!(typed(&["imagelab", "run", "--lang", "ko"]), Lang::Ko);
        assert_eq!(typed(&["imagelab", "--lang=en", "run"]), Lang::En);
    }
}
