//! Escapes in JSON what could control a terminal or disguise a line and is allowed there as it is: the control characters above
//! ASCII, and bidirectional overrides. A reader of the JSON gets the original text.

use std::io::{self, Write};

use i18n::format::plain_json;

/// A writer of JSON. Such characters occur in its strings only.
pub(super) struct Escaped<W>(pub(super) W);

impl<W: Write> Write for Escaped<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if bytes.iter().all(|byte| *byte < 0x7f) {
            self.0.write_all(bytes)?;
            return Ok(bytes.len());
        }
        // Serializers write whole texts, or parts that end at an ASCII character: a chunk is UTF-8 by itself.
        let Ok(text) = std::str::from_utf8(bytes) else {
            self.0.write_all(bytes)?;
            return Ok(bytes.len());
        };
        self.0.write_all(plain_json(text).as_bytes())?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_escaped_reads_the_same() {
        let text = "한글 \u{9b}1m \u{202e}gnp \u{7f} \u{1b}[2J \n";
        let mut out = Escaped(Vec::new());
        serde_json::to_writer(&mut out, &[text]).unwrap();
        let written = String::from_utf8(out.0).unwrap();
        assert!(!written.chars().any(i18n::format::is_unprintable), "{written:?}");
        assert!(written.contains("한글") && written.contains("\\u202e"), "{written}");
        assert_eq!(serde_json::from_str::<Vec<String>>(&written).unwrap(), [text]);
    }
}
