//! Layer archives: decompression, and reading the tar archive inside.

mod pax;
mod sparse;
pub(crate) mod tarball;
pub(crate) mod unpack;
