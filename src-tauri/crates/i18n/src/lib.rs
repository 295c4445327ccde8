//! The texts of the window, the command line and the reports, in Korean and English.
//!
//! They are in `ui/locales/{ko,en}/*.ftl` (Fluent) and shared by window and command line. Code refers to a text by its id and
//! supplies the values of its variables.

mod catalogue;
pub mod format;
mod lang;
mod message;
mod particles;

pub use catalogue::{Localizer, message_ids, message_variables};
pub use lang::{Lang, UnknownLang};
pub use message::{Arg, Message};
