//! What a window shows beside the steps, read live: what a filter means, the repositories, Inspector's side. Nothing here
//! changes anything.

mod account;
mod cards;
mod inspector;
mod lens;

pub use account::{Caller, ProfileOption, profiles, who_am_i};
pub(crate) use cards::cards;
pub use cards::{CardImage, RepositoryCard};
pub(crate) use inspector::inspector;
pub use inspector::{CoverageRow, InspectorCounts, InspectorRepository};
pub(crate) use lens::lens;
pub use lens::{FilterPreview, FilterPreviewName, FilterPreviewOrigin, Span};
