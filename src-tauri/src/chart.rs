//! A chart that the web side has drawn, before it is saved: it is what it says that it is.

use base64::{Engine as _, prelude::BASE64_STANDARD};
use lab::{Code, LabError, Problem};

/// The format of a chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize, specta::Type)]
#[serde(rename_all = "lowercase")]
pub enum ChartFormat {
    /// Lines and letters.
    Svg,
    /// Dots.
    Png,
}

impl ChartFormat {
    /// What such a file's name ends in, without the dot.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Svg => "svg",
            Self::Png => "png",
        }
    }
}

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";
/// More than any chart has.
const MOST: usize = 32 << 20;

/// The file's bytes.
///
/// # Errors
///
/// Problem `chart-refused` when the name or the data is not a chart's.
pub(crate) fn read(name: &str, format: ChartFormat, data: &str) -> Result<Vec<u8>, LabError> {
    let refused = || LabError::from(Problem::new(Code::ChartRefused));
    let plain = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
    if name.is_empty() || name.len() > 64 || !name.chars().all(plain) || data.len() > MOST {
        return Err(refused());
    }
    let bytes = match format {
        ChartFormat::Svg => data.as_bytes().to_vec(),
        ChartFormat::Png => BASE64_STANDARD.decode(data).map_err(|_| refused())?,
    };
    let begins = match format {
        ChartFormat::Svg => bytes.starts_with(b"<svg"),
        ChartFormat::Png => bytes.starts_with(PNG),
    };
    if begins { Ok(bytes) } else { Err(refused()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chart_is_what_it_says_it_is() {
        assert_eq!(read("severity", ChartFormat::Svg, "<svg/>").unwrap(), b"<svg/>");
        let png = BASE64_STANDARD.encode(PNG);
        assert_eq!(read("cvss-epss", ChartFormat::Png, &png).unwrap(), PNG);
        for (name, format, data) in [
            ("../../x", ChartFormat::Svg, "<svg/>"),
            ("", ChartFormat::Svg, "<svg/>"),
            ("x", ChartFormat::Svg, "#!/bin/sh"),
            ("x", ChartFormat::Png, "<svg/>"),
            ("x", ChartFormat::Png, "AAAA"),
        ] {
            let refused = crate::error::IpcError::from(read(name, format, data).unwrap_err());
            assert_eq!(refused.code, Code::ChartRefused, "{name} {data}");
        }
    }
}
