//! The scanner through its public door: images from files, to packages and what is wrong with them.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

mod archives;
mod catalogue;
mod jars;
mod layers;
mod orderings;
mod properties;
mod replicas;
mod support;
