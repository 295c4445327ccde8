//! Validates a chart that the web side has rendered, before it is saved.

use base64::{Engine as _, prelude::BASE64_STANDARD};
use lab::{Code, LabError, Problem};

/// The format of a chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize, specta::Type)]
#[serde(rename_all = "lowercase")]
pub enum ChartFormat {
    /// Vector graphics, as text.
    Svg,
    /// An image of pixels.
    Png,
}

impl ChartFormat {
    /// The file name extension, without the dot.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Svg => "svg",
            Self::Png => "png",
        }
    }
}

/// The signature at the start of every PNG file.
const PNG_SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";
/// The limit of a chart's encoded size, in bytes; real charts are far smaller.
const MAX_BYTES: usize = 32 << 20;

/// Decodes a chart into the bytes of its file. SVG is sent as text, PNG as base64.
///
/// # Errors
///
/// Problem `chart-refused` if the name is not a plain file name, or the data is not of the format.
pub(crate) fn read(name: &str, format: ChartFormat, data: &str) -> Result<Vec<u8>, LabError> {
    let refused = || LabError::from(Problem::new(Code::ChartRefused));
    let plain = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
    if name.is_empty() || name.len() > 64 || !name.chars().all(plain) || data.len() > MAX_BYTES {
        return Err(refused());
    }
    let bytes = match format {
        ChartFormat::Svg => data.as_bytes().to_vec(),
        ChartFormat::Png => BASE64_STANDARD.decode(data).map_err(|_| refused())?,
    };
    let matches = match format {
        ChartFormat::Svg => bytes.starts_with(b"<svg"),
        ChartFormat::Png => bytes.starts_with(PNG_SIGNATURE),
    };
    if matches { Ok(bytes) } else { Err(refused()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chart_with_another_name_or_content_is_refused() {
        assert_eq!(read("severity", ChartFormat::Svg, "<svg/>").unwrap(), b"<svg/>");
        let png = BASE64_STANDARD.encode(PNG_SIGNATURE);
        assert_eq!(read("cvss-epss", ChartFormat::Png, &png).unwrap(), PNG_SIGNATURE);
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
