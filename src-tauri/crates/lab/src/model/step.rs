//! The seven steps, with the types of their commands, previews and checks.

use i18n::Message;
use serde::{Deserialize, Serialize};

use super::{
    configuration_choice::ConfigurationChoice, resource::ResourceKind, scanning_configuration::ScanningConfiguration,
};

/// A step of the lab, in order.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum StepId {
    /// Identity, region, permissions, Inspector, engine, disk, network.
    Prepare,
    /// Configure scanning.
    Scanning,
    /// Create repositories.
    Repositories,
    /// Push the image.
    Push,
    /// Read the results.
    Results,
    /// Fix and compare.
    Remediate,
    /// Clean up.
    Cleanup,
}

impl StepId {
    /// All of them, in order.
    pub const ALL: [Self; 7] =
        [Self::Prepare, Self::Scanning, Self::Repositories, Self::Push, Self::Results, Self::Remediate, Self::Cleanup];

    /// Whether running it changes anything in the cloud or the engine.
    pub const fn changes_something(self) -> bool {
        !matches!(self, Self::Prepare | Self::Results)
    }

    /// As in JSON: `prepare`, `scanning`, …
    pub const fn name(self) -> &'static str {
        match self {
            Self::Prepare => "prepare",
            Self::Scanning => "scanning",
            Self::Repositories => "repositories",
            Self::Push => "push",
            Self::Results => "results",
            Self::Remediate => "remediate",
            Self::Cleanup => "cleanup",
        }
    }

    /// The step with a name; `None` if there is no such name.
    pub fn by_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.name() == name)
    }

    /// How many items its check has when nothing of others is in the way: those that count as not asked while it has not been checked.
    pub const fn check_items(self) -> usize {
        match self {
            Self::Prepare => 12,
            Self::Scanning => 3,
            Self::Repositories => 6,
            Self::Push | Self::Remediate => 4,
            Self::Results => 7,
            Self::Cleanup => 5,
        }
    }

    /// Whether the step can be undone by itself: it changes something, and is not the clean-up, which undoes the others.
    pub const fn is_undoable(self) -> bool {
        !matches!(self, Self::Prepare | Self::Results | Self::Cleanup)
    }
}

/// The state of a step.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepState {
    /// Not started.
    #[default]
    Pending,
    /// Started and not ended: under way, or interrupted by the end of the process.
    Running,
    /// Done.
    Done,
    /// Ended by an error; can be run again.
    Failed,
    /// Ended by the user; can be run again.
    Cancelled,
    /// It was undone.
    Undone,
}

/// One item of a check.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Check {
    /// In kebab case, unique within its step: `prod-watched`.
    pub id: String,
    /// Met or not.
    pub outcome: CheckStatus,
    /// What is checked, in a few words.
    pub title: Message,
    /// The result, in words.
    pub detail: Message,
    /// What to do, when it is not met.
    pub hint: Option<Message>,
}

/// Whether an item is met.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CheckStatus {
    /// Read back and right.
    Met,
    /// Read back and not right.
    NotMet,
    /// Could not be read.
    Unknown,
}

/// A line that a person could paste in a terminal to do the same.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CommandLine {
    /// What it does.
    pub title: Message,
    /// The line; may have continuation lines.
    pub line: String,
}

/// What a step would change, from the account's present state.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Preview {
    /// Line by line.
    pub changes: Vec<Change>,
    /// What it costs, as far as that is known.
    pub cost: Option<Message>,
    /// What a person should know before saying yes.
    pub warnings: Vec<Message>,
    /// What a person should know, and what is true of every run.
    #[serde(default)]
    pub notes: Vec<Message>,
    /// Of the clean-up: what a person can choose to become of the scanning configuration; none if there is nothing to decide.
    #[serde(default)]
    pub choices: Vec<ConfigurationChoice>,
    /// Of the clean-up: what is kept unless a person chooses it by name.
    pub named_by_plan: Vec<NamedByPlan>,
    /// What it means for the whole registry, if the scanning configuration is changed.
    #[serde(default)]
    pub scanning: Option<ScanningPreview>,
    /// The changes are in place: this run has made them.
    #[serde(default)]
    pub applied: bool,
}

/// Something that the plan names and this run did not make, as by hand in a terminal, or of which that is not known. The clean-up
/// keeps it, unless a person has chosen it.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NamedByPlan {
    /// A repository, an image in one, or a local image.
    pub kind: ResourceKind,
    /// Its name: a repository's, `repository:tag`, a local image's reference.
    pub name: String,
    /// The line that removes it in a terminal.
    pub command: String,
    /// The person has chosen to have it removed.
    pub chosen: bool,
    /// The record of the run is lost, so that it is not known who made it.
    #[serde(default)]
    pub unknown_origin: bool,
}

/// What a new scanning configuration means for the registry's other repositories.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ScanningPreview {
    /// The configuration before the lab.
    pub before: ScanningConfiguration,
    /// The configuration with the lab's rule.
    pub after: ScanningConfiguration,
    /// Other repositories that the lab's filter matches: their images are scanned, and cost money.
    pub matched: Vec<MatchedRepository>,
    /// Other repositories that kept rules match: enhanced scanning of them costs money, where basic scanning did not.
    pub kept: Vec<MatchedRepository>,
    /// Other repositories that lose scanning, because the rules that match them are dropped until clean-up.
    pub dropped: Vec<MatchedRepository>,
    /// Whether the registry's repositories could be listed. If not, the three lists above are not known.
    pub complete: bool,
    /// What clean-up cannot undo.
    pub irreversible: Vec<Message>,
}

/// A repository, and the filters that match it.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MatchedRepository {
    /// Its name.
    pub name: String,
    /// The filters.
    pub filters: Vec<String>,
}

/// One change.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Change {
    /// What is changed, by its name: a repository, an image, the scanning configuration.
    pub what: Message,
    /// What happens to it.
    pub kind: ChangeKind,
    /// How it is now.
    pub before: Option<Message>,
    /// How it will be.
    pub after: Option<Message>,
}

/// What happens to a resource.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// It is created.
    Create,
    /// It is changed.
    Replace,
    /// It exists already and is used as it is.
    Keep,
    /// It is deleted.
    Delete,
    /// It becomes what it was before the lab.
    Restore,
}
