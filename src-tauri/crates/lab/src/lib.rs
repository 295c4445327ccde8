//! The lesson as code: the plan, the seven steps, the session, the scan monitor and the report.
//!
//! Talks to AWS through its SDK and to images through `bollard`, wherever [`Access`] says that they are; never branches
//! on the mode. Starting a practice cloud or an engine, and all display, is left to other crates.

mod advice;
mod aws;
mod call;
mod clock;
mod cloud;
mod confirmation;
mod consent;
mod context;
#[cfg(test)]
mod entry_log;
pub mod filters;
mod former_counts;
mod former_state;
mod images;
mod lab;
mod loading;
mod model;
mod monitor;
mod never_here;
mod policy;
mod practice_settings;
mod pushed_record;
mod records;
mod recovery;
mod regions;
pub mod report;
mod restoration;
mod run;
mod run_preview;
mod scanning;
mod scanning_cost;
mod session;
mod shell_word;
mod steps;
mod transcript;
mod view;

pub use crate::{
    aws::{
        network::{Network, Proxy},
        profile::ProfileKind,
    },
    clock::{Clock, SystemClock},
    images::{
        detect::{DetectedEngine, EngineOrigin, EngineVersion, ImageStore, detect},
        reach::can_reach,
    },
    lab::Lab,
    model::{
        access::{Access, AwsAccess, ConsentPolicy, EngineAccess, EngineKind, FindingsOrigin, Mode, Pace},
        assessed_text::AssessedText,
        assessment::{AssessedSystem, Assessment, SkippedFile, Statement, Unreadable, UsedCatalogue, UsedImport},
        caution::{Caution, NameOf},
        code::Code,
        configuration_choice::ConfigurationChoice,
        consent::{
            AccountAlias, AccountConfirmation, Confirmation, RunPreview, ScannedRepository, ScanningCost, StepAction,
            StepPreview,
        },
        finding_counts::{FindingCounts, SeverityTally},
        outcome::{ComparisonOutcome, Deleted, FindingsReason, Kept, Receipt, RepositoryOutcome, RunOutcome},
        permission::{PermissionLine, PermissionStatus},
        plan::Plan,
        practice_clock::PracticeClock,
        problem::{LabError, Problem},
        progress::{Direction, Event, Layer, LayerState, Progress, ScanPhase, ScanView},
        resource::ResourceKind,
        run_id::RunId,
        run_info::RunInfo,
        run_options::{EngineChoice, RunOptions},
        scanning_configuration::{ScanningConfiguration, ScanningRule},
        step::{
            Change, ChangeKind, Check, CheckStatus, CommandLine, MatchedRepository, NamedByPlan, Preview,
            ScanningPreview, StepId, StepState,
        },
        step_record::StepRecord,
    },
    policy::{IamPolicy, PolicyOwner, PolicyStatement, PolicyTexts},
    records::Records,
    recovery::{AccountRead, Recovered},
    regions::REGIONS,
    run::Run,
    transcript::{Ending, Entry, Record, Recorder, Service},
    view::{
        account::{Caller, ProfileOption, custom_endpoint, network, profiles, who_am_i},
        cards::{CardImage, RepositoryCard},
        explorer::{ExploredImage, ExploredRegistry, ExploredRepository, Explorer, ImageIdentity, OpenedImage},
        filter_preview::{FilterPreview, FilterPreviewName, FilterPreviewOrigin, Span},
        image_scan::{ImageScan, ScanState},
        inspector::{CoverageRow, InspectorCounts, InspectorRepository},
        scanned::{ImageSelection, ScannedImage, SelectedImages},
        whereabouts::{ImagePresence, Presence, RepositoryPresence, Whereabouts},
    },
};
