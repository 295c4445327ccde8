//! Images as the lab sees them: an engine found, and what is asked of it, with every call recorded, progress layer by
//! layer, and every error told as a [`crate::Problem`].

mod client;
mod detect;
mod lines;
mod manifests;
mod reach;
mod transfer;
mod trouble;
mod wire;

#[cfg(test)]
mod tests;

pub(crate) use self::client::Images;
pub use self::{
    detect::{EngineOrigin, EngineVersion, FoundEngine, detect},
    reach::can_reach,
};
