//! What a window shows beside the steps, read live: what a filter matches, the repositories, Inspector's side. Only reads.

pub(crate) mod account;
pub(crate) mod cards;
pub(crate) mod filter_preview;
pub(crate) mod inspector;
