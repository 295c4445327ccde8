//! Tests of the lab through its public API, on a practice cloud with the built-in engine.

#![expect(clippy::unwrap_used, reason = "helpers of tests are tests")]

mod commands;
mod consent;
mod explorer;
mod faults;
mod foreign_images;
mod foreign_tags;
mod foreseeable;
mod inspector_filters;
mod interruption;
mod layer_sharing;
mod local_images;
mod monitoring;
mod ownership;
mod prepare;
mod recovering;
mod restoration_choices;
mod restoring;
mod stale;
mod steps;
mod support;
mod unknown;
mod views;
mod watching_ends;
mod whole_lab;
