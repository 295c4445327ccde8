//! The operations of the AWS APIs, one file for each group. They take JSON and return JSON; signatures, envelopes and
//! faults are left to `wire`.

pub(crate) mod ecr;
mod input;
pub(crate) mod inspector2;
pub(crate) mod sts;
