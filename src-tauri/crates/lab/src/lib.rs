//! The lesson as code: the plan, the seven steps, the session, the scan monitor and the report.
//!
//! Talks to AWS through its SDK and to images through `bollard`, wherever [`Access`] says that they are; never asks which mode it
//! is in. Starting a practice cloud or an engine, and showing things, is left to others.

mod access;
mod aws;
mod call;
#[cfg(test)]
mod canned;
mod cloud;
mod context;
pub mod filters;
mod images;
mod lab;
mod loading;
mod monitor;
mod outcome;
mod plan;
mod problem;
mod progress;
pub mod report;
mod run;
mod scanning;
mod session;
mod step;
mod steps;
mod transcript;
mod view;

pub use access::{Access, AwsAccess, EngineAccess, EngineKind, Mode, Pace};
pub use images::{EngineOrigin, EngineVersion, FoundEngine, can_reach, detect};
pub use lab::{Lab, RunInfo};
pub use outcome::{
    ComparisonOutcome, Deleted, FindingCounts, Kept, Receipt, RepositoryOutcome, ResourceKind, RunOutcome,
};
pub use plan::Plan;
pub use problem::{LabError, Problem};
pub use progress::{Direction, Event, Layer, LayerState, Progress, ScanPhase, ScanView};
pub use run::Run;
pub use session::RunId;
pub use step::{Change, ChangeKind, Check, CheckStatus, CommandLine, Preview, StepId, StepRecord, StepState};
pub use transcript::{Ending, Entry, Record, Recorder, Service};
pub use view::{
    Caller, CardImage, CoverageRow, FilterPreview, FilterPreviewName, FilterPreviewOrigin, InspectorCounts,
    InspectorRepository, ProfileOption, RepositoryCard, Span, profiles, who_am_i,
};
