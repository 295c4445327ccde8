//! Inspector's own state in the account: what it is activated for, and how long it re-scans.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::moment::Moment;

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Inspector {
    #[serde(default)]
    pub(crate) resources: BTreeMap<Resource, Activation>,
    #[serde(default)]
    pub(crate) rescan: Rescan,
    #[serde(default)]
    pub(crate) ec2_scan_mode: Option<String>,
    /// When Inspector was first activated.
    #[serde(default)]
    pub(crate) since: Option<Moment>,
}

/// What Inspector can be activated for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum Resource {
    Ec2,
    Ecr,
    Lambda,
    LambdaCode,
    CodeRepository,
}

/// Whether a resource type is on, and when the change to that is complete.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Activation {
    on: bool,
    complete_at: Moment,
}

/// As the services word it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    Enabling,
    Enabled,
    Disabling,
    Disabled,
}

/// How long images are scanned again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Rescan {
    pub(crate) push_duration: String,
    pub(crate) pull_duration: String,
    pub(crate) pull_mode: String,
    pub(crate) updated_at: Option<Moment>,
}

impl Inspector {
    pub(crate) fn of(&self, resource: Resource) -> Activation {
        self.resources.get(&resource).copied().unwrap_or_default()
    }

    pub(crate) fn ecr(&self) -> Activation {
        self.of(Resource::Ecr)
    }

    pub(crate) fn switch(&mut self, resource: Resource, on: bool, complete_at: Moment) {
        self.resources.insert(resource, Activation { on, complete_at });
    }
}

impl Resource {
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

    /// The member of `resourceStatus` and `resourceState`.
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
    /// Switched on, complete or not.
    pub(crate) fn is_on(self) -> bool {
        self.on
    }

    /// When the last switch takes effect.
    pub(crate) fn complete_at(self) -> Moment {
        self.complete_at
    }

    pub(crate) fn standing(self, now: Moment) -> Standing {
        match (self.on, now >= self.complete_at) {
            (true, true) => Standing::Enabled,
            (true, false) => Standing::Enabling,
            (false, true) => Standing::Disabled,
            (false, false) => Standing::Disabling,
        }
    }
}

impl Standing {
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
    /// As for accounts made since May 2025.
    fn default() -> Self {
        Self {
            push_duration: "DAYS_14".into(),
            pull_duration: "DAYS_14".into(),
            pull_mode: "LAST_IN_USE_AT".into(),
            updated_at: None,
        }
    }
}
