//! The operations of the AWS APIs, one file for each group. They take JSON and give JSON; signatures, envelopes and
//! faults are left to `wire`.

mod ecr;
mod input;
mod inspector2;
mod sts;

pub(crate) use self::{
    ecr::{OPERATIONS as ECR_OPERATIONS, call as ecr, mounts_blobs},
    inspector2::{OPERATIONS as INSPECTOR2_OPERATIONS, call as inspector2, operation as inspector2_operation},
    sts::{answer as sts_answer, call as sts},
};

use serde_json::Value;

use crate::wire::ApiError;

/// What an operation answers.
type Reply = Result<Value, ApiError>;
