//! The crate's one error. What a person reads about it is decided by the callers.

use crate::Property;

/// Why findings could not be stored, asked for or exported.
#[derive(Debug, thiserror::Error)]
pub enum FindingsError {
    /// The database refused.
    #[error("the findings database failed: {0}")]
    Database(#[from] rusqlite::Error),
    /// The database could not be brought to this version's schema.
    #[error("the findings database could not be migrated: {0}")]
    Migration(#[from] rusqlite_migration::Error),
    /// The database was made by a newer version of this program.
    #[error(
        "the findings database has schema {version}, made by a newer version of this program; this one supports up to {supported}"
    )]
    NewerSchema {
        /// The database's schema version.
        version: i64,
        /// The newest schema version that this program supports.
        supported: i64,
    },
    /// A finding could not be written as JSON, or does not read back.
    #[error("a finding could not be read or written as JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// A stored finding could not be packed or unpacked.
    #[error("a stored finding could not be packed or unpacked: {0}")]
    Packing(#[source] std::io::Error),
    /// The report's destination refused.
    #[error("the report could not be written: {0}")]
    Write(#[from] std::io::Error),
    /// No scan has this id.
    #[error("no scan {0} is stored")]
    NoScan(i64),
    /// A page was added to a scan whose import has not started, or has already finished.
    #[error("scan {0} is not being imported")]
    NotStarted(i64),
    /// To be compared, a scan must be finished: until then it shows nothing, and all would seem fixed.
    #[error("no finished scan is there to compare with")]
    NotFinished,
    /// The value cannot be compared with this property: not a number, or not a time.
    #[error("`{value}` is no value for {property:?}")]
    BadValue {
        /// The property asked about.
        property: Property,
        /// What it was to be compared with.
        value: String,
    },
    /// The property does not know the operator.
    #[error("{property:?} cannot be compared with `{operator}`")]
    BadOperator {
        /// The property asked about.
        property: Property,
        /// The operator's symbol.
        operator: &'static str,
    },
    /// Groups within groups beyond what a person could have built.
    #[error("the filter's groups are nested too deep")]
    TooDeep,
    /// Not a CVSS vector of a known version.
    #[error("`{0}` is no CVSS vector")]
    BadVector(String),
}
