//! What a window shows beside the steps, read live: what a filter matches, the repositories, Inspector's side. Only reads.

pub(crate) mod account;
pub(crate) mod cards;
pub(crate) mod explorer;
pub(crate) mod filter_preview;
pub(crate) mod image_scan;
pub(crate) mod inspector;
pub(crate) mod scanned;
pub(crate) mod whereabouts;
