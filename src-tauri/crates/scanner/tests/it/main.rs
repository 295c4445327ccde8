//! The scanner through its public door: images from files, to packages and what is wrong with them.

mod archives;
mod catalogue;
mod jars;
mod layers;
mod orderings;
mod properties;
mod replicas;
mod support;
