//! The options of `practice` and of its actions.

use std::time::Duration;

use clap::{Args, Subcommand};
use launcher::ShellSyntax;
use practice::Speed;

use super::values::{policy_file, shell, time_forward};

/// What to do with the practice cloud; without an action it runs until it is interrupted.
#[derive(Args, Debug)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct Practice {
    #[command(subcommand)]
    pub(crate) action: Option<PracticeAction>,
    #[command(flatten)]
    pub(crate) options: PracticeOptions,
}

/// The actions of `practice`.
#[derive(Debug, Subcommand)]
pub(crate) enum PracticeAction {
    /// Starts it in the background, and prints its variables.
    Start(Box<PracticeStart>),
    /// Stops the one that runs.
    Stop,
    /// Prints the variables of the one that runs.
    Env(PracticeEnv),
    /// Moves its clock forward, whether it runs or not.
    Advance(PracticeAdvance),
}

/// The options of `practice start`.
#[derive(Args, Debug)]
pub(crate) struct PracticeStart {
    #[command(flatten)]
    pub(crate) options: PracticeOptions,
    #[command(flatten)]
    pub(crate) env: PracticeEnv,
    /// Set by `start` for the process that it starts.
    #[arg(long, hide = true)]
    pub(crate) in_background: bool,
}

/// The options of `practice env`.
#[derive(Args, Debug)]
pub(crate) struct PracticeEnv {
    #[arg(long, value_parser = shell(), value_name = "sh|fish|powershell|cmd")]
    pub(crate) shell: Option<ShellSyntax>,
}

/// The options of `practice advance`.
#[derive(Args, Debug)]
pub(crate) struct PracticeAdvance {
    #[arg(value_name = "TIME", value_parser = time_forward)]
    pub(crate) by: Duration,
    #[arg(long, value_name = "REGION", default_value = practice::DEFAULT_REGION)]
    pub(crate) region: String,
}

/// The options of the practice cloud.
#[derive(Args, Debug)]
pub(crate) struct PracticeOptions {
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) port: u16,
    #[arg(long, value_name = "N")]
    pub(crate) engine_port: Option<u16>,
    #[arg(long, value_enum, default_value_t, value_name = "real|fast|instant")]
    pub(crate) speed: Speed,
    #[arg(long, value_name = "REGION", default_value = practice::DEFAULT_REGION)]
    pub(crate) region: String,
    #[arg(long, value_name = "SERVICE:OPERATION=KIND")]
    pub(crate) fault: Vec<practice::Fault>,
    #[arg(long, value_name = "FILE", value_parser = policy_file)]
    pub(crate) policy: Option<practice::Policy>,
    #[arg(long, value_name = "FILE", value_parser = policy_file)]
    pub(crate) registry_policy: Option<practice::Policy>,
    #[arg(long, value_name = "ALIAS")]
    pub(crate) alias: Option<String>,
    #[arg(long)]
    pub(crate) loopback_names: bool,
    #[arg(long)]
    pub(crate) reset: bool,
}
