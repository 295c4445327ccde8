//! Layers as archives: decompressing them, and walking the tar archive inside.

mod pax;
mod tarball;
mod unpack;

pub(crate) use tarball::{Body, Kind, Tarball};
pub(crate) use unpack::open;
