//! How scans and findings look in the services' answers.

pub(crate) mod basic;
pub(crate) mod ecr;
pub(crate) mod inspector;
mod parts;

use serde_json::{Map, Value};

use crate::observe::SEVERITIES;

/// What `DescribeImageScanFindings` says of a scan.
#[derive(Debug)]
pub(crate) struct ScanView {
    pub(crate) enhanced: bool,
    pub(crate) status: &'static str,
    pub(crate) description: Option<String>,
    pub(crate) completed_at: Option<Value>,
    pub(crate) source_updated_at: Option<Value>,
    pub(crate) counts: Value,
    /// Whether there is a list of findings at all, empty or not.
    pub(crate) shows_findings: bool,
    /// The findings, each with what it is known by.
    pub(crate) findings: Vec<(String, Value)>,
}

/// How often each severity occurs; what does not occur is not named.
fn counts<'a>(severities: impl Iterator<Item = &'a str>) -> Value {
    let mut counted: Map<String, Value> = Map::new();
    let severities: Vec<_> = severities.collect();
    for severity in SEVERITIES.iter().chain(&["UNDEFINED"]) {
        let count = severities.iter().filter(|occurs| *occurs == severity).count();
        if count > 0 {
            counted.insert((*severity).to_owned(), count.into());
        }
    }
    Value::Object(counted)
}
