//! Image configurations: the parts that are read. The store keeps the exact bytes.

use std::collections::BTreeMap;

use oci::Platform;
use serde::Deserialize;
use serde_json::Value;
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use crate::failure::Failure;

/// The longest manifest or image configuration that is read.
pub(crate) const DOCUMENT_LIMIT: u64 = oci::MANIFEST_LIMIT as u64;

/// An image configuration.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct ImageConfig {
    #[serde(flatten)]
    pub(crate) platform: Platform,
    pub(crate) created: Option<String>,
    pub(crate) author: Option<String>,
    pub(crate) docker_version: Option<String>,
    /// Returned verbatim when an image is inspected, as Docker does.
    pub(crate) config: Option<Value>,
    #[serde(default)]
    pub(crate) rootfs: RootFs,
    #[serde(default)]
    pub(crate) history: Option<Vec<History>>,
}

#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct RootFs {
    #[serde(default)]
    pub(crate) diff_ids: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
pub(crate) struct History {
    pub(crate) created: Option<String>,
    #[serde(default)]
    pub(crate) created_by: String,
    #[serde(default)]
    pub(crate) comment: String,
    #[serde(default)]
    pub(crate) empty_layer: bool,
}

impl ImageConfig {
    pub(crate) fn parse(bytes: &[u8]) -> Result<Self, Failure> {
        serde_json::from_slice(bytes)
            .map_err(|error| Failure::internal(format!("invalid image configuration: {error}")))
    }

    pub(crate) fn labels(&self) -> BTreeMap<String, String> {
        let labels = self.config.as_ref().and_then(|config| config.get("Labels")).and_then(Value::as_object);
        let text = |(key, value): (&String, &Value)| Some((key.clone(), value.as_str()?.to_owned()));
        labels.map(|labels| labels.iter().filter_map(text).collect()).unwrap_or_default()
    }
}

/// The Unix time of an RFC 3339 text; 0 if it is none.
pub(crate) fn unix_seconds(rfc3339: Option<&str>) -> i64 {
    rfc3339.and_then(|text| OffsetDateTime::parse(text, &Rfc3339).ok()).map_or(0, OffsetDateTime::unix_timestamp)
}
