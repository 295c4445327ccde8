//! Packages of programming languages outside of JARs.

pub(crate) mod go;
pub(crate) mod node;
pub(crate) mod python;
