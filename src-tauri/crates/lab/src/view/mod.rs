//! What a window shows beside the steps, read live: what a filter means, the repositories, Inspector's side. Nothing here
//! changes anything.

pub(crate) mod account;
pub(crate) mod cards;
pub(crate) mod filter_preview;
pub(crate) mod inspector;
