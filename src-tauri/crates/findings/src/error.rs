//! The crate's error type. The texts shown to people are left to the callers.

use crate::property::Property;

/// Why findings could not be stored, queried or exported.
#[derive(Debug, thiserror::Error)]
pub enum FindingsError {
    /// The database returned an error.
    #[error("the findings database failed: {0}")]
    Database(#[from] rusqlite::Error),
    /// The database could not be migrated to this version's schema.
    #[error("the findings database could not be migrated: {0}")]
    Migration(#[from] rusqlite_migration::Error),
    /// A newer version of this program wrote the database.
    #[error(
        "the findings database has schema {version}, made by a newer version of this program; this one supports up to {supported}"
    )]
    NewerSchema {
        /// The database's schema version.
        version: i64,
        /// The newest schema version that this program supports.
        supported: i64,
    },
    /// A finding could not be serialized to JSON or deserialized from it.
    #[error("a finding could not be read or written as JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// A stored finding could not be compressed or decompressed.
    #[error("a stored finding could not be packed or unpacked: {0}")]
    Packing(#[source] std::io::Error),
    /// Writing the report failed.
    #[error("the report could not be written: {0}")]
    Write(#[from] std::io::Error),
    /// No scan has this id.
    #[error("no scan {0} is stored")]
    NoScan(i64),
    /// A page was added to a scan whose import has not started, or has already finished.
    #[error("scan {0} is not being imported")]
    NotStarted(i64),
    /// A scan to compare is not finished: it has no findings yet, and all would seem fixed.
    #[error("no finished scan is there to compare with")]
    NotFinished,
    /// The value cannot be compared with the property: it is not a number, time or severity.
    #[error("`{value}` is no value for {property:?}")]
    BadValue {
        /// The property.
        property: Property,
        /// The value.
        value: String,
    },
    /// The property does not support the operator.
    #[error("{property:?} cannot be compared with `{operator}`")]
    BadOperator {
        /// The property.
        property: Property,
        /// The operator's symbol.
        operator: &'static str,
    },
    /// The filter's groups are nested deeper than [`Filter::MAX_DEPTH`](crate::query::Filter::MAX_DEPTH).
    #[error("the filter's groups are nested too deep")]
    TooDeep,
    /// The text is not a CVSS vector of a supported version.
    #[error("`{0}` is no CVSS vector")]
    BadVector(String),
}
