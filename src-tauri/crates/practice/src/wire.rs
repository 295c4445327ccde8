//! The wire: from a request to the operation it names, and back. Each protocol's dress for answers and errors is here;
//! what operations do is left to `api`.

pub(crate) mod faulty;

mod dispatch;
mod error;
mod sigv4;
mod target;

pub(crate) use self::{
    dispatch::{Cut, Front, Reply, guard, plain},
    error::ApiError,
    faulty::Struck,
    target::registry_operation,
};
