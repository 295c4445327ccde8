//! A word of a command line, quoted for a POSIX shell.

use std::borrow::Cow;

/// A word that the shell takes as it is.
pub(crate) fn quote(word: &str) -> Cow<'_, str> {
    shlex::Quoter::new().allow_nul(true).quote(word).expect("a NUL is the only error")
}
