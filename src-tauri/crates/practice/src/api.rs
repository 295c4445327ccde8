//! The operations of the AWS APIs, one file for each group. They take and return JSON or, for IAM and STS,
//! a form and XML; signatures, envelopes and
//! faults are left to `wire`.

pub(crate) mod ecr;
pub(crate) mod ecr_public;
pub(crate) mod iam;
mod input;
pub(crate) mod inspector2;
pub(crate) mod session_token;
pub(crate) mod sts;
