//! The findings of image scans: the model, the SQLite store, queries, summaries, comparison and exports.
//!
//! Independent of the AWS SDK and of the window: callers put in [`Finding`]s and get pages, counts and reports. Complete
//! findings are stored in a SQLite file of their own (usually `findings.db`); queries run on an in-memory index that is
//! built from them at the first query and again after they change.

mod compare;
mod cvss;
mod document;
mod error;
pub mod export;
#[cfg(feature = "generator")]
pub mod generator;
mod import;
mod index;
mod merge;
mod model;
mod page;
mod property;
mod query;
mod scan;
mod schema;
mod store;
mod summary;
mod timestamp;
mod vocabulary;

pub use compare::{ComparedPackage, ComparedRow, Comparison, DiffCounts, DiffPage, DiffStatus, Tally};
pub use cvss::metric::{CvssVersion, Metric, MetricGroup};
pub use cvss::{CvssExplanation, cvss_message_ids, explain_cvss};
pub use error::FindingsError;
pub use model::{
    Adjustment, Cvss, Details, Evidence, ExploitObserved, Finding, Image, Kev, Package, Remediation, Resource,
    ScoreDetails, Vulnerability,
};
pub use page::{Counts, Page, Row, ValueCount};
pub use property::{Operator, Property, PropertyInfo, PropertyKind};
pub use query::{Filter, Join, PAGE_SIZE, Query, Scope, Sort, Token, View};
pub use scan::{Scan, ScanId, ScanKey};
pub use store::Store;
pub use summary::{Bucket, FixCounts, LOG4SHELL, Point, ScoreBand, SeverityCounts, Summary, TOP_PACKAGES};
pub use timestamp::Timestamp;
pub use vocabulary::{ExploitAvailable, FixAvailable, Kind, Severity, Source, Status};
