//! How scans and findings are formatted in the services' responses.

pub(crate) mod basic;
pub(crate) mod ecr;
pub(crate) mod inspector;
mod parts;

use serde_json::{Map, Value};

use crate::observe::SEVERITIES;

/// A scan as `DescribeImageScanFindings` reports it.
#[derive(Debug)]
pub(crate) struct ScanView {
    pub(crate) enhanced: bool,
    pub(crate) status: &'static str,
    pub(crate) description: Option<String>,
    pub(crate) completed_at: Option<Value>,
    pub(crate) source_updated_at: Option<Value>,
    pub(crate) counts: Value,
    /// Whether the response has counts and a list of findings, empty or not.
    pub(crate) shows_findings: bool,
    /// The findings, each with its key.
    pub(crate) findings: Vec<(String, Value)>,
}

impl ScanView {
    /// An archived image is not scanned.
    pub(crate) fn archived() -> Self {
        Self {
            enhanced: false,
            status: "IMAGE_ARCHIVED",
            description: Some("The image is archived.".to_owned()),
            completed_at: None,
            source_updated_at: None,
            counts: Value::Null,
            shows_findings: false,
            findings: Vec::new(),
        }
    }
}

/// The number of findings of each severity; severities that do not occur are left out.
fn counts<'a>(severities: impl Iterator<Item = &'a str>) -> Value {
    let mut counts: Map<String, Value> = Map::new();
    let severities: Vec<_> = severities.collect();
    for severity in SEVERITIES.iter().chain(&["UNDEFINED"]) {
        let count = severities.iter().filter(|occurs| *occurs == severity).count();
        if count > 0 {
            counts.insert((*severity).to_owned(), count.into());
        }
    }
    Value::Object(counts)
}
