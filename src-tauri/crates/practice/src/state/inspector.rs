//! Inspector's state in the account: the resource types it is activated for, and how long it re-scans images.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    moment::Moment,
    state::{filters::SavedFilter, usage::Usage},
};

/// Inspector's state in the account.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Inspector {
    #[serde(default)]
    pub(crate) resources: BTreeMap<ResourceType, Activation>,
    #[serde(default)]
    pub(crate) rescan: Rescan,
    #[serde(default)]
    pub(crate) ec2_scan_mode: Option<String>,
    /// When Inspector was first activated.
    #[serde(default)]
    pub(crate) since: Option<Moment>,
    /// The filters that the account keeps, by the id at the end of their ARNs.
    #[serde(default)]
    pub(crate) filters: BTreeMap<String, SavedFilter>,
    #[serde(default)]
    pub(crate) usage: Usage,
}

/// A resource type that Inspector can be activated for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum ResourceType {
    Ec2,
    Ecr,
    Lambda,
    LambdaCode,
    CodeRepository,
}

/// Whether a resource type is activated, and when the change to that completes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Activation {
    on: bool,
    complete_at: Moment,
}

/// A resource type's activation status, as the services name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ActivationStatus {
    Enabling,
    Enabled,
    Disabling,
    Disabled,
}

/// How long images are re-scanned after a push, and after a pull or their last use.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Rescan {
    pub(crate) push_duration: String,
    pub(crate) pull_duration: String,
    pub(crate) pull_mode: String,
    pub(crate) updated_at: Option<Moment>,
}

impl Inspector {
    pub(crate) fn activation(&self, resource: ResourceType) -> Activation {
        self.resources.get(&resource).copied().unwrap_or_default()
    }

    pub(crate) fn ecr(&self) -> Activation {
        self.activation(ResourceType::Ecr)
    }

    /// Whether any resource type is activated or being activated.
    pub(crate) fn is_on(&self) -> bool {
        self.resources.values().any(|activation| activation.is_on())
    }

    pub(crate) fn switch(&mut self, resource: ResourceType, on: bool, complete_at: Moment) {
        self.resources.insert(resource, Activation { on, complete_at });
    }
}

impl ResourceType {
    pub(crate) const ALL: [Self; 5] = [Self::Ec2, Self::Ecr, Self::Lambda, Self::LambdaCode, Self::CodeRepository];

    pub(crate) fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|resource| resource.as_str() == text)
    }

    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Ec2 => "EC2",
            Self::Ecr => "ECR",
            Self::Lambda => "LAMBDA",
            Self::LambdaCode => "LAMBDA_CODE",
            Self::CodeRepository => "CODE_REPOSITORY",
        }
    }

    /// The name of the member in `resourceStatus` and `resourceState`.
    pub(crate) fn member(self) -> &'static str {
        match self {
            Self::Ec2 => "ec2",
            Self::Ecr => "ecr",
            Self::Lambda => "lambda",
            Self::LambdaCode => "lambdaCode",
            Self::CodeRepository => "codeRepository",
        }
    }
}

impl Activation {
    /// Whether it is activated or being activated.
    pub(crate) fn is_on(self) -> bool {
        self.on
    }

    /// Lets the last change take effect at this time at the latest.
    pub(crate) fn clamp(&mut self, latest: Moment) {
        self.complete_at = self.complete_at.min(latest);
    }

    /// When the last change takes effect.
    pub(crate) fn complete_at(self) -> Moment {
        self.complete_at
    }

    pub(crate) fn status(self, now: Moment) -> ActivationStatus {
        match (self.on, now >= self.complete_at) {
            (true, true) => ActivationStatus::Enabled,
            (true, false) => ActivationStatus::Enabling,
            (false, true) => ActivationStatus::Disabled,
            (false, false) => ActivationStatus::Disabling,
        }
    }
}

impl ActivationStatus {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Enabling => "ENABLING",
            Self::Enabled => "ENABLED",
            Self::Disabling => "DISABLING",
            Self::Disabled => "DISABLED",
        }
    }
}

impl Default for Rescan {
    /// The settings of accounts created since May 2025.
    fn default() -> Self {
        Self {
            push_duration: "DAYS_14".into(),
            pull_duration: "DAYS_14".into(),
            pull_mode: "LAST_IN_USE_AT".into(),
            updated_at: None,
        }
    }
}
