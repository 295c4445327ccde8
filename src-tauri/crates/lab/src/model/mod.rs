//! What every part of the lab speaks of: a run, its plan, steps and outcome, its access, and problems. Holds no behaviour of the steps.

pub(crate) mod access;
pub(crate) mod assessed_text;
pub(crate) mod assessment;
pub(crate) mod caution;
pub(crate) mod code;
pub(crate) mod configuration_choice;
pub(crate) mod consent;
pub(crate) mod finding_counts;
pub(crate) mod outcome;
pub(crate) mod permission;
pub(crate) mod pinned_image;
pub(crate) mod plan;
pub(crate) mod practice_clock;
pub(crate) mod problem;
pub(crate) mod progress;
pub(crate) mod resource;
pub(crate) mod run_id;
pub(crate) mod run_info;
pub(crate) mod run_options;
pub(crate) mod scan_status;
pub(crate) mod scanning_configuration;
pub(crate) mod step;
pub(crate) mod step_record;
