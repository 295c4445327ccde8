//! The parts of SARIF 2.1.0 that a report uses, as types. Members are written in the order of the fields.

use serde::Serialize;

use crate::timestamp::Timestamp;
use crate::vocabulary::Severity;

/// `invocation`, section 3.20.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Invocation<'a> {
    pub(super) execution_successful: bool,
    pub(super) end_time_utc: Timestamp,
    pub(super) tool_execution_notifications: Vec<Notification<'a>>,
}

/// `notification`, section 3.58.
#[derive(Serialize)]
pub(super) struct Notification<'a> {
    pub(super) level: Level,
    pub(super) message: Text<'a>,
}

/// `message` and `multiformatMessageString`, sections 3.11 and 3.12.
#[derive(Serialize)]
pub(super) struct Text<'a> {
    pub(super) text: &'a str,
}

/// [`Text`] that was put together.
#[derive(Serialize)]
pub(super) struct OwnedText {
    pub(super) text: String,
}

/// The level of a result or notification, section 3.27.10.
#[derive(Clone, Copy, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Level {
    Error,
    Warning,
    Note,
}

/// `reportingDescriptor`, section 3.49.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Rule<'a> {
    pub(super) id: &'a str,
    pub(super) short_description: Text<'a>,
    pub(super) full_description: Text<'a>,
    pub(super) default_configuration: Configuration,
    pub(super) properties: RuleProperties,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) help_uri: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) help: Option<Text<'a>>,
}

/// `reportingConfiguration`, section 3.50.
#[derive(Serialize)]
pub(super) struct Configuration {
    pub(super) level: Level,
}

/// A rule's properties, as GitHub's code scanning reads them.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct RuleProperties {
    pub(super) tags: Vec<String>,
    pub(super) precision: &'static str,
    /// A score from 0.0 to 10.0, as text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) security_severity: Option<String>,
}

/// `result`, section 3.27.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ResultObject<'a> {
    pub(super) rule_id: &'a str,
    pub(super) rule_index: usize,
    pub(super) kind: &'static str,
    pub(super) level: Level,
    pub(super) message: OwnedText,
    pub(super) locations: Vec<Location<'a>>,
    pub(super) partial_fingerprints: Fingerprints,
    pub(super) properties: ResultProperties<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) suppressions: Option<[Suppression; 1]>,
}

/// Fingerprints by algorithm and version.
#[derive(Serialize)]
pub(super) struct Fingerprints {
    #[serde(rename = "imageSecurityLab/v1")]
    pub(super) version_1: String,
}

/// `location`, section 3.28.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Location<'a> {
    pub(super) physical_location: PhysicalLocation,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) logical_locations: Vec<LogicalLocation<'a>>,
}

/// `physicalLocation`, section 3.29.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct PhysicalLocation {
    pub(super) artifact_location: ArtifactLocation,
    pub(super) region: Region,
}

/// `artifactLocation`, section 3.4.
#[derive(Serialize)]
pub(super) struct ArtifactLocation {
    pub(super) uri: String,
}

/// `region`, section 3.30.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Region {
    pub(super) start_line: u32,
}

/// `logicalLocation`, section 3.33.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct LogicalLocation<'a> {
    pub(super) name: &'a str,
    pub(super) kind: &'static str,
    pub(super) fully_qualified_name: String,
}

/// `suppression`, section 3.35.
#[derive(Serialize)]
pub(super) struct Suppression {
    pub(super) kind: &'static str,
    pub(super) status: &'static str,
}

/// A result's properties: values of the finding for which SARIF has no member.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ResultProperties<'a> {
    pub(super) finding_arn: &'a str,
    pub(super) severity: Severity,
    pub(super) vendor_severity: Option<&'a str>,
    pub(super) status: Option<&'a str>,
    pub(super) score: Option<f64>,
    pub(super) epss: Option<f64>,
    /// Whether Inspector's details were read: without them `kev` is `null`, and weaknesses are unknown.
    pub(super) details_read: bool,
    pub(super) kev: Option<bool>,
    pub(super) fix_available: Option<&'a str>,
    pub(super) exploit_available: Option<&'a str>,
    pub(super) digest: Option<&'a str>,
    pub(super) layers: Vec<&'a str>,
}
