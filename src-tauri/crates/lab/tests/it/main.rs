//! The lab through its public door: on a practice cloud, with the built-in engine, over the wire.

#![expect(clippy::unwrap_used, reason = "helpers of tests are tests")]

mod commands;
mod consent;
mod faults;
mod interruption;
mod monitoring;
mod ownership;
mod prepare;
mod steps;
mod support;
mod views;
mod whole_lab;
