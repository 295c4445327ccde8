//! What a scan found: the model, the SQLite store, queries, summaries, comparison and reports.
//!
//! Knows neither AWS's SDK nor the window: callers bring [`Finding`]s in and take pages, counts and reports out.
//! Findings are kept whole in SQLite, in a file of its own (by custom `findings.db`); questions are answered by an
//! index in memory that is made from them when first asked, and again when they change.

mod compare;
mod cvss;
mod document;
mod error;
pub mod export;
pub mod generator;
mod index;
mod intake;
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
pub use cvss::{CvssExplanation, CvssVersion, Metric, MetricGroup, cvss_message_ids, explain_cvss};
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
