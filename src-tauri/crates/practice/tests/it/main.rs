//! Tests of the practice cloud through its public interfaces: the AWS SDK, third-party registry clients, and plain
//! HTTP.
#![expect(clippy::unwrap_used, reason = "an error fails the test")]
#![expect(clippy::cast_possible_wrap, reason = "sizes here are small, and signed in the SDK")]

mod absent;
mod absent_repository;
mod advisories;
mod archive;
mod auth;
mod aws_commands;
mod bad_images;
mod control;
mod ecr_images;
mod ecr_repositories;
mod ecr_scanning;
mod faults;
mod inspector_account;
mod inspector_aggregations;
mod inspector_coverage;
mod inspector_criteria;
mod inspector_filters;
mod inspector_findings;
mod inspector_lookups;
mod inspector_tokens;
mod layers;
mod lifecycle;
mod lifecycle_policies;
mod long_names;
mod operations;
mod permissions;
mod public;
mod registry;
mod registry_faults;
mod registry_settings;
mod rescan;
mod resource_policies;
mod restart;
mod session_token;
mod settings;
mod shell;
mod skopeo;
mod support;
mod terraform;
mod terraform_inspector;
