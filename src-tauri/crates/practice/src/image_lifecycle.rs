//! The end of images: lifecycle policies, which delete or archive them, and the archive. What scans make of that is left to
//! `lifecycle`.

pub(crate) mod apply;
pub(crate) mod archive;
pub(crate) mod evaluation;
pub(crate) mod policy;
