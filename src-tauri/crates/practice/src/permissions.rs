//! Who may do what: policies, and the decisions that follow from them.

pub(crate) mod decision;
pub(crate) mod denial;
pub(crate) mod policy;
pub(crate) mod principal;
pub(crate) mod required;
pub(crate) mod sessions;
pub(crate) mod settings;
