//! An HTML writer that is safe against injection: tags and attribute names are literals, and every value is escaped.

use std::fmt::Write as _;

use redaction::Redactor;

/// An HTML or SVG fragment under construction.
#[derive(Default)]
pub(super) struct Markup {
    html: String,
    /// A secret to mask, and its replacement.
    hidden: Option<(String, String)>,
    redactor: Redactor,
}

/// The attributes of an element; the names are literals.
pub(super) type Attributes<'a> = [(&'static str, &'a str)];

impl Markup {
    /// An empty fragment that writes `instead` wherever a text contains `secret`, after the redactor has masked it.
    pub(super) fn hiding(secret: String, instead: String, redactor: Redactor) -> Self {
        let hidden = (!secret.is_empty()).then_some((secret, instead));
        Self { html: String::new(), hidden, redactor }
    }

    /// Writes escaped text.
    pub(super) fn text(&mut self, text: &str) -> &mut Self {
        let text = self.redactor.text(text);
        match &self.hidden {
            Some((secret, instead)) => escape(&text.replace(secret.as_str(), instead), &mut self.html),
            None => escape(&text, &mut self.html),
        }
        self
    }

    /// Writes an element whose content is written by `inside`.
    pub(super) fn within(
        &mut self,
        tag: &'static str,
        attributes: &Attributes<'_>,
        inside: impl FnOnce(&mut Self),
    ) -> &mut Self {
        self.open(tag, attributes, ">");
        inside(self);
        let _ = write!(self.html, "</{tag}>");
        self
    }

    /// Writes an element with a text.
    pub(super) fn element(&mut self, tag: &'static str, attributes: &Attributes<'_>, text: &str) -> &mut Self {
        self.within(tag, attributes, |inside| {
            inside.text(text);
        })
    }

    /// Writes an HTML element without an end tag: `meta`, `br`.
    pub(super) fn void(&mut self, tag: &'static str, attributes: &Attributes<'_>) -> &mut Self {
        self.open(tag, attributes, ">");
        self
    }

    /// Writes a line break, which keeps the source readable.
    pub(super) fn line(&mut self) -> &mut Self {
        self.html.push('\n');
        self
    }

    /// Writes a literal without escaping: the style sheet, the document type.
    pub(super) fn own(&mut self, text: &'static str) -> &mut Self {
        self.html.push_str(text);
        self
    }

    /// Writes a link if the address is an `https` one, otherwise only its text.
    pub(super) fn link(&mut self, address: &str, text: &str) -> &mut Self {
        if address.starts_with("https://") {
            self.element("a", &[("href", address), ("rel", "noreferrer noopener")], text)
        } else {
            self.text(text)
        }
    }

    pub(super) fn finish(self) -> String {
        self.html
    }

    fn open(&mut self, tag: &'static str, attributes: &Attributes<'_>, end: &str) {
        let _ = write!(self.html, "<{tag}");
        for (name, value) in attributes {
            let _ = write!(self.html, " {name}=\"");
            self.text(value);
            self.html.push('"');
        }
        self.html.push_str(end);
    }
}

/// Escapes a text. Replaces control characters, which HTML does not allow, and bidirectional overrides, which could disguise a line.
fn escape(text: &str, out: &mut String) {
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\t' => out.push(character),
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => out.push('\u{fffd}'),
            control if control.is_control() => out.push('\u{fffd}'),
            other => out.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_and_attributes_cannot_inject_markup() {
        let mut page = Markup::default();
        page.element("p", &[("title", "\"><script>alert('1')</script>")], "</p><img src=x onerror=alert(1)>\u{202e}\0");
        let html = page.finish();
        assert_eq!(html.matches('<').count(), 2, "{html}");
        assert_eq!(html.matches('"').count(), 2, "{html}");
        assert!(!html.contains(['\u{202e}', '\0']));
    }

    #[test]
    fn only_https_addresses_become_links() {
        let mut page = Markup::default();
        page.link("javascript:alert(1)", "a").link("https://nvd.nist.gov/vuln/detail/CVE-2021-44228", "b");
        let html = page.finish();
        assert!(!html.contains("javascript"), "{html}");
        assert_eq!(html.matches("href").count(), 1);
    }
}
