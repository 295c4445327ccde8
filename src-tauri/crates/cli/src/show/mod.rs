//! What is printed for people: progress of steps, checks, previews, and the outcome.

mod bars;
mod catalogue;
mod checks;
mod consent;
pub(crate) mod explorer;
mod import_bar;
mod outcome;
mod permissions;
mod practice_clock;
mod preview;
mod progress;
mod steps;
mod tables;

pub(crate) use catalogue::{catalogue, catalogue_json};
pub(crate) use checks::checks;
pub(crate) use consent::consent;
pub(crate) use import_bar::ImportBar;
pub(crate) use outcome::outcome;
pub(crate) use permissions::permissions;
pub(crate) use practice_clock::practice_clock;
pub(crate) use progress::progress;
pub(crate) use steps::{heading, states};
pub(crate) use tables::{short, vulnerabilities};
