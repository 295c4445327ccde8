//! What a person sees: steps as they go, checks, previews, and what came of it.

mod bars;
mod checks;
mod outcome;
mod preview;
mod progress;
mod steps;
mod tables;

pub(crate) use bars::Bars;
pub(crate) use checks::checks;
pub(crate) use outcome::outcome;
pub(crate) use preview::preview;
pub(crate) use progress::progress;
pub(crate) use steps::{heading, states};
pub(crate) use tables::{short, vulnerabilities};
