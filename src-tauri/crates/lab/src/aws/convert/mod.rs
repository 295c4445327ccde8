//! From the SDK's types to the findings' model, with nothing lost that the services say of an image. What they leave
//! out, and what the SDK puts in its place (an empty text, zero, the year 1970), stays absent.

pub(crate) mod ecr;
pub(crate) mod inspector;
#[cfg(test)]
mod tests;

use aws_smithy_types::DateTime;
use findings::Timestamp;

/// What the SDK says in place of a word that was required and did not come.
const NO_WORD: &str = "no value was set";

fn text(text: Option<&str>) -> String {
    text.unwrap_or_default().to_owned()
}

/// A text that says something.
fn word(text: &str) -> Option<String> {
    (!text.is_empty() && text != NO_WORD).then(|| text.to_owned())
}

fn timestamp(time: &DateTime) -> Option<Timestamp> {
    let millis = time.to_millis().ok()?;
    (millis != 0).then(|| Timestamp::from_epoch_millis(millis))
}

fn list(items: Option<&Vec<String>>) -> Vec<String> {
    items.cloned().unwrap_or_default()
}
