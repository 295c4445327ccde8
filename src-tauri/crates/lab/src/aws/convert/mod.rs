//! Converts the SDK's types to the findings model and keeps everything that the services report about an image. A missing value stays
//! absent, also where the SDK substitutes an empty string, zero or the year 1970.

pub(crate) mod ecr;
pub(crate) mod inspector;
#[cfg(test)]
mod tests;

use aws_smithy_types::DateTime;
use findings::Timestamp;

/// The SDK's placeholder for a required enumeration value that is missing from the response.
const MISSING_VALUE: &str = "no value was set";

fn text(text: Option<&str>) -> String {
    text.unwrap_or_default().to_owned()
}

/// The text, unless it is empty or the SDK's placeholder.
fn word(text: &str) -> Option<String> {
    (!text.is_empty() && text != MISSING_VALUE).then(|| text.to_owned())
}

fn timestamp(time: &DateTime) -> Option<Timestamp> {
    let millis = time.to_millis().ok()?;
    (millis != 0).then(|| Timestamp::from_epoch_millis(millis))
}

fn list(items: Option<&Vec<String>>) -> Vec<String> {
    items.cloned().unwrap_or_default()
}
