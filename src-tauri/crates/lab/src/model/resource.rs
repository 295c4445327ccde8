//! The kinds of resources that a run creates or changes.

use serde::{Deserialize, Serialize};

/// The kinds of resources that a run creates or changes.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ResourceKind {
    /// A repository of the registry.
    Repository,
    /// An image in a repository.
    Image,
    /// An image, or a name of one, in the engine.
    LocalImage,
    /// The registry's scanning configuration.
    ScanningConfiguration,
    /// Inspector's scanning of ECR.
    InspectorScanning,
    /// A filter of Inspector, such as a suppression rule. The lab makes none.
    InspectorFilter,
}

impl ResourceKind {
    /// The id of its name among the words.
    pub const fn message_id(self) -> &'static str {
        match self {
            Self::Repository => "report-kind-repository",
            Self::Image => "report-kind-image",
            Self::LocalImage => "report-kind-local-image",
            Self::ScanningConfiguration => "report-kind-scanning-configuration",
            Self::InspectorScanning => "report-kind-inspector-scanning",
            Self::InspectorFilter => "report-kind-inspector-filter",
        }
    }
}
