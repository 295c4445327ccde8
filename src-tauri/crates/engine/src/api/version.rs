//! API versions, and the range that is served.

use std::{fmt, str::FromStr};

/// The oldest version of the API that is served.
pub(super) const OLDEST: Version = Version(1, 24);
/// The newest version of the API that is served.
pub(super) const NEWEST: Version = Version(1, 47);
/// [`NEWEST`] as a text.
pub(super) const NEWEST_TEXT: &str = "1.47";

/// The engine's own version.
pub(super) const ENGINE_VERSION: &str = env!("CARGO_PKG_VERSION");

/// A version of the API, `1.47`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Version(pub(super) u16, pub(super) u16);

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.0, self.1)
    }
}

impl FromStr for Version {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (major, minor) = text.split_once('.').ok_or(())?;
        Ok(Self(major.parse().map_err(drop)?, minor.parse().map_err(drop)?))
    }
}
