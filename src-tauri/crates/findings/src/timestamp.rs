//! Points in time: epoch seconds in the services' responses, RFC 3339 for people and files.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use time::format_description::well_known::Rfc3339;
use time::macros::datetime;
use time::{Duration, OffsetDateTime, UtcOffset};

/// A point in time in UTC, in milliseconds, which is the services' precision. Serialized as RFC 3339.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(#[cfg_attr(feature = "bindings", specta(type = String))] OffsetDateTime);

const FIRST: OffsetDateTime = datetime!(0001-01-01 0:00 UTC);
const LAST: OffsetDateTime = datetime!(9999-12-31 23:59:59 UTC);

impl Timestamp {
    /// From seconds since 1970, clamped to the years that RFC 3339 can represent.
    pub fn from_epoch_seconds(seconds: f64) -> Self {
        Self::from_epoch_millis((seconds * 1000.0).round() as i64)
    }

    /// From milliseconds since 1970, clamped likewise.
    pub fn from_epoch_millis(millis: i64) -> Self {
        let time = OffsetDateTime::UNIX_EPOCH.checked_add(Duration::milliseconds(millis));
        let time = time.unwrap_or(if millis < 0 { FIRST } else { LAST });
        Self(time.clamp(FIRST, LAST))
    }

    /// Milliseconds since 1970.
    pub fn epoch_millis(self) -> i64 {
        (self.0.unix_timestamp_nanos() / 1_000_000) as i64
    }

    /// Parses RFC 3339; `None` if the text is something else.
    pub fn parse(text: &str) -> Option<Self> {
        OffsetDateTime::parse(text, &Rfc3339).ok().map(Self::from)
    }
}

impl From<OffsetDateTime> for Timestamp {
    fn from(time: OffsetDateTime) -> Self {
        let utc = time.checked_to_offset(UtcOffset::UTC).unwrap_or(LAST);
        Self::from_epoch_millis((utc.unix_timestamp_nanos().div_euclid(1_000_000)) as i64)
    }
}

impl From<Timestamp> for OffsetDateTime {
    fn from(timestamp: Timestamp) -> Self {
        timestamp.0
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.format(&Rfc3339).map_err(|_| fmt::Error)?)
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| de::Error::custom(format_args!("`{text}` is not RFC 3339")))
    }
}
