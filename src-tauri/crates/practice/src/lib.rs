//! The practice cloud: ECR, Inspector, IAM, STS and two registries on loopback, for the unchanged AWS and Docker clients.
//!
//! One listener serves the AWS APIs and the private registry, a second one the public registry. Images that are pushed
//! are stored (`registry`), and scanned (`scanner`) if the registry's scanning configuration matches their repository.
//! Running images is left to engines, and presenting findings to the lab.

mod api;
mod clock;
mod cloud;
mod config;
mod control;
mod coverage;
mod error;
mod faults;
mod filters;
mod hooks;
mod image_layers;
mod image_lifecycle;
mod json;
mod layer_urls;
mod lifecycle;
mod moment;
mod names;
mod observe;
mod paging;
mod permissions;
mod practice;
mod public;
mod rescan;
mod scan;
mod service;
mod speed;
mod state;
mod suppression;
mod timeline;
mod tokens;
mod view;
mod wire;

pub use clock::{Clock, ClockControl};
pub use config::{ACCOUNT, Addressing, DEFAULT_REGION, PracticeConfig};
pub use control::{
    client::{advance, running, stored_ahead},
    record::Control,
    server::RunningCloud,
};
pub use error::PracticeError;
pub use faults::{
    fault::{Fault, FaultKind},
    grammar::FaultSyntaxError,
    injector::{ActiveFault, Faults},
};
pub use lifecycle::{advance::AdvanceError, quarantine::Quarantined};
pub use permissions::{
    policy::{Policy, PolicySyntaxError},
    settings::{PermissionSettings, Permissions, Role},
};
pub use practice::Practice;
pub use speed::Speed;
