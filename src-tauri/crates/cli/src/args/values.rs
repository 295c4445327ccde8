//! Parsers of the values of options.

use std::time::Duration;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use findings::Severity;
use lab::{ConfigurationChoice, EngineChoice, RunId, StepId};
use launcher::ShellSyntax;

/// Reads a policy document from a file.
pub(super) fn policy_file(argument: &str) -> Result<practice::Policy, String> {
    let text = std::fs::read_to_string(argument).map_err(|error| error.to_string())?;
    text.parse().map_err(|error: practice::PolicySyntaxError| error.to_string())
}

/// Parses an account id.
pub(super) fn account(argument: &str) -> Result<String, String> {
    if redaction::is_account_id(argument) { Ok(argument.to_owned()) } else { Err("123456789012".to_owned()) }
}

/// Parses the id of a run. The error has an example.
pub(super) fn run_id(argument: &str) -> Result<RunId, String> {
    RunId::parse(argument).ok_or_else(|| "0123456789ab".to_owned())
}

/// Parses a severity, in upper or lower case. The error lists the valid ones.
pub(super) fn severity(argument: &str) -> Result<Severity, String> {
    let severity = Severity::ALL.into_iter().find(|severity| severity.as_str().eq_ignore_ascii_case(argument));
    severity.ok_or_else(|| Severity::ALL.map(Severity::as_str).join(", "))
}

/// Parses the name of a step.
pub(super) fn step() -> impl TypedValueParser<Value = StepId> {
    PossibleValuesParser::new(StepId::ALL.map(StepId::name))
        .map(|name| StepId::by_name(&name).expect("only names of steps are possible values"))
}

/// Parses the name of a shell.
pub(super) fn shell() -> impl TypedValueParser<Value = ShellSyntax> {
    PossibleValuesParser::new(ShellSyntax::NAMES)
        .map(|name| name.parse().expect("only names of shells are possible values"))
}

/// Parses the name of an image engine.
pub(super) fn engine() -> impl TypedValueParser<Value = EngineChoice> {
    PossibleValuesParser::new(EngineChoice::NAMES)
        .map(|name| EngineChoice::by_name(&name).expect("only names of choices are possible values"))
}

/// Parses what becomes of a scanning configuration.
pub(super) fn configuration() -> impl TypedValueParser<Value = ConfigurationChoice> {
    PossibleValuesParser::new(ConfigurationChoice::NAMES)
        .map(|name| ConfigurationChoice::by_name(&name).expect("only names of choices are possible values"))
}

/// Parses a time such as `15d`. The error has examples.
pub(super) fn time_forward(argument: &str) -> Result<Duration, String> {
    let examples = || "1d, 14d, 12h, 30m, 90s".to_owned();
    let unit = match argument.chars().last() {
        Some('d') => 24 * 3600,
        Some('h') => 3600,
        Some('m') => 60,
        Some('s') => 1,
        _ => return Err(examples()),
    };
    let number = &argument[..argument.len() - 1];
    let number = if number.bytes().all(|byte| byte.is_ascii_digit()) { number.parse::<u64>().ok() } else { None };
    number.and_then(|number| number.checked_mul(unit)).map(Duration::from_secs).ok_or_else(examples)
}
