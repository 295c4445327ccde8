//! The commands and their options. Their help texts are in `cli.ftl`; `help` adds them.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use findings::{Severity, export};
use i18n::Lang;
use lab::{ConfigurationChoice, EngineChoice, Plan, RunId, StepId};
use practice::Speed;

use self::{
    catalogue::{Catalogue, CatalogueAction},
    practice_cloud::{Practice, PracticeAction},
    values::{account, configuration, engine, run_id, severity, step},
};

pub(crate) mod catalogue;
pub(crate) mod practice_cloud;
mod values;

/// The parsed command line.
#[derive(Debug, Parser)]
#[command(name = "imagelab", version, disable_help_flag = true, disable_version_flag = true)]
#[command(disable_help_subcommand = true, arg_required_else_help = true)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
    /// The language of everything that is printed.
    #[arg(long, global = true, value_name = "ko|en", value_parser = clap::value_parser!(Lang))]
    pub(crate) lang: Option<Lang>,
    /// The folder that holds the session, the practice cloud and the images.
    #[arg(long, global = true, value_name = "DIR", env = "IMAGELAB_DATA")]
    pub(crate) data: Option<PathBuf>,
    /// Print the program's log, on standard error.
    #[arg(long, short, global = true)]
    pub(crate) verbose: bool,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Runs the whole lab. Version 0.1.0 called it `rehearse`.
    #[command(alias = "rehearse")]
    Run(Box<Run>),
    /// Runs the practice cloud and engine until stopped.
    Practice(Box<Practice>),
    /// Continues an interrupted run.
    Resume(Resume),
    /// Shows the state of the last run.
    Status(Status),
    /// Undoes what the last run did.
    Cleanup(Cleanup),
    /// Shows the findings of the last run.
    Findings(Findings),
    /// Shows any repository of a registry, without a run.
    Explore(Explore),
    /// Shows and extends the catalogue of vulnerabilities.
    Catalogue(Catalogue),
    /// Prints the IAM policy that a run needs.
    Policy(Policy),
    /// Shows and changes the user's list of excluded accounts.
    NeverHere(NeverHere),
}

impl Command {
    /// Whether it only reads what is recorded: it works while another process runs the lab, and creates nothing.
    pub(crate) fn only_reads(&self) -> bool {
        match self {
            Self::Status(_) | Self::Findings(_) => true,
            Self::Practice(practice) => {
                matches!(practice.action, Some(PracticeAction::Stop | PracticeAction::Env(_)))
            }
            Self::Catalogue(options) => matches!(options.action, None | Some(CatalogueAction::Show(_))),
            // An account needs no folder; the practice cloud is in one.
            Self::Explore(options) => options.mode == Mode::Aws,
            _ => false,
        }
    }
}

/// The practice cloud or the user's AWS account.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Mode {
    /// The practice cloud, on this machine.
    #[default]
    Practice,
    /// The user's own account.
    Aws,
}

impl From<Mode> for lab::Mode {
    fn from(mode: Mode) -> Self {
        match mode {
            Mode::Practice => Self::Practice,
            Mode::Aws => Self::Aws,
        }
    }
}

/// The options of `run`.
#[derive(Args, Debug)]
pub(crate) struct Run {
    #[arg(long, value_enum, default_value_t, value_name = "practice|aws")]
    pub(crate) mode: Mode,
    #[arg(long, value_name = "NAME")]
    pub(crate) profile: Option<String>,
    #[arg(long, value_name = "REGION")]
    pub(crate) region: Option<String>,
    #[arg(long, value_parser = engine(), default_value = "auto", value_name = "auto|docker|builtin")]
    pub(crate) engine: EngineChoice,
    #[arg(long, value_enum, default_value_t, value_name = "real|fast|instant")]
    pub(crate) speed: Speed,
    #[command(flatten)]
    pub(crate) plan: PlanOptions,
    #[arg(long, conflicts_with = "until")]
    pub(crate) keep: bool,
    #[arg(long, value_parser = step(), value_name = "STEP")]
    pub(crate) until: Option<StepId>,
    #[arg(long, conflicts_with_all = ["until", "keep"])]
    pub(crate) preflight_only: bool,
    #[arg(long, value_name = "SERVICE:OPERATION=KIND")]
    pub(crate) fault: Vec<practice::Fault>,
    #[command(flatten)]
    pub(crate) output: Output,
}

/// The options for what a run creates, and how.
#[derive(Args, Debug, Default)]
pub(crate) struct PlanOptions {
    #[arg(long, value_name = "REF")]
    pub(crate) image: Option<String>,
    #[arg(long, value_name = "REF")]
    pub(crate) fixed_image: Option<String>,
    #[command(flatten)]
    pub(crate) names: PlanNames,
    #[arg(long)]
    pub(crate) replace_rules: bool,
    /// What `--replace-rules` is the opposite of; the default since version 0.2.0.
    #[arg(long, hide = true, conflicts_with = "replace_rules")]
    pub(crate) keep_rules: bool,
    #[arg(long)]
    pub(crate) move_tags: bool,
    #[arg(long)]
    pub(crate) share_layers: bool,
}

/// The names of what a run creates: also what is left of one without a record is found by them.
#[derive(Args, Debug, Default)]
pub(crate) struct PlanNames {
    #[arg(long, value_name = "TAG")]
    pub(crate) tag: Option<String>,
    #[arg(long, value_name = "TAG")]
    pub(crate) fixed_tag: Option<String>,
    #[arg(long, value_name = "FILTER")]
    pub(crate) filter: Option<String>,
    #[arg(long, value_name = "NAME")]
    pub(crate) prod: Option<String>,
    #[arg(long, value_name = "NAME")]
    pub(crate) sandbox: Option<String>,
    #[arg(long, value_name = "NAME")]
    pub(crate) shared: Option<String>,
    #[arg(long, value_name = "PREFIX")]
    pub(crate) prefix: Option<String>,
}

impl PlanNames {
    /// The lesson's plan with these names.
    pub(crate) fn plan(&self) -> Plan {
        let lesson = Plan::default();
        let or = |name: &Option<String>, lesson: String| name.clone().unwrap_or(lesson);
        let plan = Plan {
            tag: or(&self.tag, lesson.tag),
            fixed_tag: or(&self.fixed_tag, lesson.fixed_tag),
            filter: or(&self.filter, lesson.filter),
            prod: or(&self.prod, lesson.prod),
            sandbox: or(&self.sandbox, lesson.sandbox),
            shared: or(&self.shared, lesson.shared),
            ..Plan::default()
        };
        match &self.prefix {
            Some(prefix) => plan.with_prefix(prefix),
            None => plan,
        }
    }
}

/// The options of a run's confirmation and output.
#[derive(Args, Debug)]
pub(crate) struct Output {
    #[arg(long, short)]
    pub(crate) yes: bool,
    #[arg(long, value_name = "ID")]
    pub(crate) account: Option<String>,
    #[arg(long, value_name = "FILE")]
    pub(crate) report: Option<PathBuf>,
    #[arg(long)]
    pub(crate) mask: bool,
    #[arg(long)]
    pub(crate) json: bool,
}

/// The options of `resume`.
#[derive(Args, Debug)]
pub(crate) struct Resume {
    #[arg(long, value_name = "NAME")]
    pub(crate) profile: Option<String>,
    #[arg(long, value_parser = engine(), value_name = "auto|docker|builtin")]
    pub(crate) engine: Option<EngineChoice>,
    #[arg(long, value_enum, value_name = "real|fast|instant")]
    pub(crate) speed: Option<Speed>,
    #[arg(long)]
    pub(crate) keep: bool,
    #[command(flatten)]
    pub(crate) output: Output,
}

/// The options of `status`.
#[derive(Args, Debug)]
pub(crate) struct Status {
    #[arg(long)]
    pub(crate) json: bool,
}

/// The options of `cleanup`.
#[derive(Args, Debug)]
pub(crate) struct Cleanup {
    #[arg(long, value_name = "ID", value_parser = run_id)]
    pub(crate) run: Option<RunId>,
    #[arg(long, value_enum, value_name = "practice|aws")]
    pub(crate) mode: Option<Mode>,
    #[arg(long, value_name = "NAME")]
    pub(crate) profile: Option<String>,
    #[arg(long, value_name = "NAME")]
    pub(crate) remove: Vec<String>,
    #[arg(long, value_name = "REGION")]
    pub(crate) region: Option<String>,
    #[command(flatten)]
    pub(crate) names: PlanNames,
    #[arg(long, value_parser = engine(), value_name = "auto|docker|builtin")]
    pub(crate) engine: Option<EngineChoice>,
    #[arg(long, value_parser = configuration(), value_name = "restore|keep")]
    pub(crate) configuration: Option<ConfigurationChoice>,
    #[command(flatten)]
    pub(crate) output: Output,
}

/// The options of `never-here`.
#[derive(Args, Debug)]
pub(crate) struct NeverHere {
    #[arg(long, value_name = "ID")]
    pub(crate) add: Vec<String>,
    #[arg(long, value_name = "ID")]
    pub(crate) remove: Vec<String>,
}

/// The output format of findings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// A table for people.
    #[default]
    Table,
    /// All properties, for programs.
    Json,
    /// For spreadsheets.
    Csv,
    /// For code scanning tools: SARIF 2.1.0.
    Sarif,
}

impl Format {
    /// The format for other programs; `None` for the table.
    pub(crate) fn exported(self) -> Option<export::Format> {
        match self {
            Self::Table => None,
            Self::Json => Some(export::Format::Json),
            Self::Csv => Some(export::Format::Csv),
            Self::Sarif => Some(export::Format::Sarif),
        }
    }
}

/// The options of `findings`.
#[derive(Args, Debug)]
pub(crate) struct Findings {
    #[arg(long, value_name = "NAME")]
    pub(crate) repository: Option<String>,
    #[arg(long, value_name = "TAG", conflicts_with = "digest")]
    pub(crate) tag: Option<String>,
    #[arg(long, value_name = "DIGEST")]
    pub(crate) digest: Option<String>,
    #[arg(long, value_name = "SEVERITY", value_delimiter = ',', value_parser = severity)]
    pub(crate) severity: Vec<Severity>,
    #[arg(long, value_enum, default_value_t, value_name = "table|json|csv|sarif")]
    pub(crate) format: Format,
    #[arg(long)]
    pub(crate) excel: bool,
    #[arg(long)]
    pub(crate) mask: bool,
}

/// The options of `explore`.
#[derive(Args, Debug)]
pub(crate) struct Explore {
    #[arg(value_name = "REPOSITORY[:TAG|@DIGEST]")]
    pub(crate) image: Option<String>,
    #[arg(long, value_name = "REPOSITORY:TAG", requires = "image")]
    pub(crate) compare: Option<String>,
    #[arg(long = "where", value_name = "CVE", conflicts_with_all = ["image", "compare"])]
    pub(crate) vulnerability: Option<String>,
    #[arg(long, value_enum, default_value_t, value_name = "practice|aws")]
    pub(crate) mode: Mode,
    #[arg(long, value_name = "NAME")]
    pub(crate) profile: Option<String>,
    #[arg(long, value_name = "REGION")]
    pub(crate) region: Option<String>,
    #[arg(
        long,
        value_name = "SEVERITY",
        value_delimiter = ',',
        value_parser = severity,
        requires = "image",
        conflicts_with = "compare"
    )]
    pub(crate) severity: Vec<Severity>,
    #[arg(long, value_enum, default_value_t, value_name = "table|json|csv|sarif")]
    pub(crate) format: Format,
    #[arg(long)]
    pub(crate) excel: bool,
    #[arg(long)]
    pub(crate) mask: bool,
}

/// The form of a policy.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum PolicyFormat {
    /// A policy document of IAM.
    #[default]
    Json,
    /// Terraform configuration.
    Terraform,
}

/// The options of `policy`.
#[derive(Args, Debug)]
pub(crate) struct Policy {
    #[arg(long, value_name = "ID", value_parser = account)]
    pub(crate) account: Option<String>,
    #[arg(long, value_name = "NAME")]
    pub(crate) profile: Option<String>,
    #[arg(long, value_name = "REGION")]
    pub(crate) region: Option<String>,
    #[arg(long, value_enum, default_value_t, value_name = "json|terraform")]
    pub(crate) format: PolicyFormat,
    #[arg(long)]
    pub(crate) explorer: bool,
    #[command(flatten)]
    pub(crate) plan: PlanOptions,
}
