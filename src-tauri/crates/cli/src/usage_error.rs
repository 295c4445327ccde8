//! Errors of the command line itself in the user's language: `clap`'s own texts exist in English only.

use clap::error::{ContextKind, ContextValue, ErrorKind};
use i18n::{Localizer, Message};

/// The text of an error, its last line with why and what to do; `None` for help and the version, which are no errors.
pub(crate) fn text(error: &clap::Error, localizer: &Localizer) -> Option<String> {
    let (why, what) = match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            return None;
        }
        ErrorKind::UnknownArgument => ("cli-usage-unknown-option", ContextKind::SuggestedArg),
        ErrorKind::InvalidSubcommand => ("cli-usage-unknown-command", ContextKind::SuggestedSubcommand),
        ErrorKind::InvalidValue if value(error, ContextKind::InvalidValue).is_empty() => {
            ("cli-usage-no-value", ContextKind::ValidValue)
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => ("cli-usage-value", ContextKind::ValidValue),
        ErrorKind::MissingSubcommand => ("cli-usage-no-command", ContextKind::ValidSubcommand),
        ErrorKind::MissingRequiredArgument => ("cli-usage-missing", ContextKind::ValidValue),
        ErrorKind::ArgumentConflict => ("cli-usage-conflict", ContextKind::PriorArg),
        ErrorKind::TooManyValues | ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues | ErrorKind::NoEquals => {
            ("cli-usage-no-value", ContextKind::ValidValue)
        }
        _ => ("cli-usage-other", ContextKind::ValidValue),
    };
    let argument = [ContextKind::InvalidSubcommand, ContextKind::InvalidArg].map(|kind| value(error, kind)).concat();
    let why = Message::new(why).with("argument", argument).with("value", value(error, ContextKind::InvalidValue));
    let values = value(error, what);
    let what = if values.is_empty() {
        Message::new("cli-usage-help")
    } else if what == ContextKind::ValidValue || what == ContextKind::ValidSubcommand {
        Message::new("cli-usage-values").with("known", values)
    } else {
        Message::new("cli-usage-suggestion").with("known", values)
    };
    let label = |id: &str, message: &Message| localizer.text(&Message::new(id).with("text", localizer.text(message)));
    let last = format!("{} {}", label("cli-error", &why), label("cli-hint", &what));
    Some(match std::error::Error::source(error) {
        Some(source) => {
            let details = localizer.text(&Message::new("cli-details").with("text", source.to_string()));
            format!("{details}\n{last}")
        }
        None => last,
    })
}

fn value(error: &clap::Error, kind: ContextKind) -> String {
    match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(", "),
        Some(other @ (ContextValue::StyledStr(_) | ContextValue::StyledStrs(_))) => other.to_string(),
        _ => String::new(),
    }
}
