//! How fast the practice cloud's scans and activations run. Every list of the speeds, such as the command line's and
//! the window's, is derived from the one type here.

use serde::{Deserialize, Serialize};

/// How fast scans and activations run.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "clap", derive(clap::ValueEnum))]
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    Serialize,
    Deserialize,
    strum::Display,
    strum::EnumString,
    strum::VariantArray,
)]
#[serde(rename_all = "lowercase")]
#[strum(serialize_all = "lowercase")]
pub enum Speed {
    /// As long as the real service takes.
    Real,
    /// About twenty times as fast.
    #[default]
    Fast,
    /// Five times as fast, and images are transferred at a limited rate: so that a person sees what happens. The window's choice;
    /// the command line only resumes runs at it.
    #[cfg_attr(feature = "clap", value(skip))]
    Steady,
    /// No waiting at all.
    Instant,
}

#[cfg(test)]
mod tests {
    use strum::VariantArray;

    use super::*;

    #[test]
    fn each_speed_has_one_name_in_text_and_in_json() {
        for speed in Speed::VARIANTS {
            assert_eq!(speed.to_string().parse(), Ok(*speed));
            assert_eq!(serde_json::to_value(speed).unwrap(), speed.to_string());
        }
        assert_eq!(Speed::VARIANTS.len(), 4);
    }
}
