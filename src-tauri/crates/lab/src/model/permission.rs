//! What is known about a permission before it is used.

use i18n::Message;
use serde::{Deserialize, Serialize};

use super::step::StepId;

/// A permission that a run uses, and what is known about it.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PermissionLine {
    /// The action of IAM: `ecr:CreateRepository`.
    pub action: String,
    /// The ARNs that it is needed for, or `*`.
    pub resources: Vec<String>,
    /// The first step that uses it.
    pub step: StepId,
    /// Whether a step fails without it. Without the others the lab knows less, and says so.
    pub required: bool,
    /// What is known.
    pub status: PermissionStatus,
    /// Why it was refused, or why it could not be read.
    pub reason: Option<Message>,
}

/// What is known about a permission.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PermissionStatus {
    /// A call that reads was allowed.
    Proven,
    /// A call that reads was refused.
    Refused,
    /// IAM's simulation of the caller's policies expects it to be allowed. It knows neither the policies of a session nor those
    /// of the registry.
    ExpectedAllowed,
    /// IAM's simulation expects it to be refused.
    ExpectedRefused,
    /// Unknown until it is used.
    Unknown,
}
