//! The practice cloud through its public door: by the real SDK clients, by a foreign registry client, and by bare HTTP.
#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]
#![expect(clippy::cast_possible_wrap, reason = "sizes here are small, and the SDK's are signed")]

mod auth;
mod aws_commands;
mod ecr_images;
mod ecr_repositories;
mod ecr_scanning;
mod faults;
mod inspector_account;
mod inspector_aggregations;
mod inspector_coverage;
mod inspector_findings;
mod lifecycle;
mod operations;
mod public;
mod registry;
mod registry_faults;
mod restart;
mod shell;
mod skopeo;
mod support;
