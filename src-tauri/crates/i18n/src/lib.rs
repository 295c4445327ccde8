//! Every word a person reads, in Korean and English. Texts live in `ui/locales/{ko,en}/*.ftl` (Fluent), so that the
//! window and the command line say the same; code names a text by its id and hands it values.

mod catalogue;
mod lang;
mod message;
mod particles;

pub use catalogue::{Localizer, message_ids, message_variables};
pub use lang::{Lang, UnknownLang};
pub use message::{Arg, Message};
