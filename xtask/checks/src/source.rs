//! Cuts source text into identifiers, comments and strings: as much of Rust's, TypeScript's and CSS's grammar as that
//! takes. It never fails: what it cannot read it skips.

/// What a piece of source is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Identifier,
    Comment,
    Text,
}

/// A piece of a file, and the line that it starts on (the first is 1).
#[derive(Debug)]
pub(crate) struct Piece<'a> {
    pub(crate) kind: Kind,
    pub(crate) line: usize,
    pub(crate) text: &'a str,
}

/// A language whose comments and strings are known.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Language {
    Rust,
    TypeScript,
    Css,
}

/// The pieces of `source`, in order.
pub(crate) fn pieces(source: &str, language: Language) -> Vec<Piece<'_>> {
    let mut scanner = Scanner { source, language, at: 0, line: 1, pieces: Vec::new(), last: ' ' };
    scanner.code(false);
    scanner.pieces
}

struct Scanner<'a> {
    source: &'a str,
    language: Language,
    at: usize,
    line: usize,
    pieces: Vec<Piece<'a>>,
    /// The last character of code that is not blank: tells a regular expression from a division.
    last: char,
}

impl<'a> Scanner<'a> {
    fn rest(&self) -> &'a str {
        &self.source[self.at..]
    }

    /// Reads code to the end of the file or, `in_template`, to the brace that ends a template's expression.
    fn code(&mut self, in_template: bool) {
        let mut depth = 0_usize;
        while let Some(character) = self.rest().chars().next() {
            if in_template && character == '}' && depth == 0 {
                return;
            }
            match character {
                '{' => depth += 1,
                '}' => depth = depth.saturating_sub(1),
                _ => {}
            }
            if !self.comment() && !self.string(character) && !self.identifier(character) {
                self.advance(character.len_utf8());
            }
            if !character.is_whitespace() {
                self.last = character;
            }
        }
    }

    fn advance(&mut self, length: usize) {
        self.line += self.rest()[..length].matches('\n').count();
        self.at += length;
    }

    /// Adds a piece of this length and goes behind it.
    fn take(&mut self, kind: Kind, length: usize) {
        self.pieces.push(Piece { kind, line: self.line, text: &self.rest()[..length] });
        self.advance(length);
    }

    fn comment(&mut self) -> bool {
        let rest = self.rest();
        let length = if rest.starts_with("/*") {
            self.block_comment_length()
        } else if rest.starts_with("//") && self.language != Language::Css {
            rest.find('\n').unwrap_or(rest.len())
        } else {
            return false;
        };
        self.take(Kind::Comment, length);
        true
    }

    /// Rust's block comments can hold others.
    fn block_comment_length(&self) -> usize {
        let rest = self.rest();
        let (mut depth, mut at) = (1, 2);
        while depth > 0 {
            let Some(offset) = rest[at..].find(['/', '*']) else { return rest.len() };
            at += offset;
            let step = if rest[at..].starts_with("*/") {
                depth -= 1;
                2
            } else if rest[at..].starts_with("/*") && self.language == Language::Rust {
                depth += 1;
                2
            } else {
                1
            };
            at += step;
        }
        at
    }

    fn string(&mut self, character: char) -> bool {
        match (self.language, character) {
            (Language::Rust, 'r' | 'b' | 'c') => self.raw_string(),
            (Language::Rust, '\'') => self.character_or_lifetime(),
            (Language::TypeScript, '`') => {
                self.template();
                true
            }
            (Language::TypeScript, '/') if "(,=:[!&|?;>".contains(self.last) => self.skip_to_end('/'),
            (_, '"') => self.quoted('"'),
            (Language::TypeScript | Language::Css, '\'') => self.quoted('\''),
            _ => false,
        }
    }

    /// A string between quotes. TypeScript's and CSS's end with their line at the latest: an apostrophe is not a quote.
    fn quoted(&mut self, quote: char) -> bool {
        let multiline = self.language == Language::Rust;
        let Some(length) = quoted_length(self.rest(), quote, multiline) else { return false };
        self.advance(1);
        self.take(Kind::Text, length - 2);
        self.advance(1);
        true
    }

    fn skip_to_end(&mut self, quote: char) -> bool {
        let Some(length) = quoted_length(self.rest(), quote, false) else { return false };
        self.advance(length);
        true
    }

    /// `r"…"`, `r#"…"#`, `br"…"`.
    fn raw_string(&mut self) -> bool {
        let rest = self.rest();
        let prefix = rest.trim_start_matches(['b', 'c']);
        let Some(marked) = prefix.strip_prefix('r') else { return false };
        let hashes = marked.len() - marked.trim_start_matches('#').len();
        let Some(body) = marked[hashes..].strip_prefix('"') else { return false };
        let end = format!("\"{}", "#".repeat(hashes));
        let length = body.find(&end).unwrap_or(body.len());
        self.advance(rest.len() - body.len());
        self.take(Kind::Text, length);
        self.advance(end.len().min(self.rest().len()));
        true
    }

    /// Skips `'x'` and `'\n'`, and the quote of a lifetime.
    fn character_or_lifetime(&mut self) -> bool {
        let rest = &self.rest()[1..];
        let length = if let Some(escaped) = rest.strip_prefix('\\') {
            escaped.char_indices().skip(1).find(|(_, end)| *end == '\'').map_or(0, |(at, _)| at + 2)
        } else {
            let mut characters = rest.chars();
            let first = characters.next().map_or(0, char::len_utf8);
            if characters.next() == Some('\'') { first + 1 } else { 0 }
        };
        self.advance(1 + length);
        true
    }

    /// A template of TypeScript, with the code in its `${…}`.
    fn template(&mut self) {
        self.advance(1);
        while let Some(character) = self.rest().chars().next() {
            let rest = self.rest();
            if character == '`' {
                return self.advance(1);
            } else if rest.starts_with("${") {
                self.advance(2);
                self.code(true);
                self.advance(usize::from(!self.rest().is_empty()));
            } else {
                let length = template_text_length(rest);
                self.take(Kind::Text, length);
            }
        }
    }

    fn identifier(&mut self, first: char) -> bool {
        let is_css = self.language == Language::Css;
        let is_part = |character: char| character.is_alphanumeric() || character == '_' || (is_css && character == '-');
        if !is_part(first) {
            return false;
        }
        let rest = self.rest();
        let length = rest.find(|character| !is_part(character)).unwrap_or(rest.len());
        self.take(Kind::Identifier, length);
        true
    }
}

fn quoted_length(source: &str, quote: char, multiline: bool) -> Option<usize> {
    let mut characters = source.char_indices().skip(1);
    while let Some((at, character)) = characters.next() {
        match character {
            '\\' => drop(characters.next()),
            '\n' if !multiline => return None,
            character if character == quote => return Some(at + 1),
            _ => {}
        }
    }
    None
}

fn template_text_length(source: &str) -> usize {
    let mut characters = source.char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            '\\' => drop(characters.next()),
            '`' => return at,
            '$' if source[at..].starts_with("${") => return at,
            _ => {}
        }
    }
    source.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of_kind(source: &str, language: Language, kind: Kind) -> Vec<&str> {
        pieces(source, language).into_iter().filter(|piece| piece.kind == kind).map(|piece| piece.text).collect()
    }

    #[test]
    fn rust_is_cut_into_identifiers_comments_and_strings() {
        let source = "/* a /* b */ c */ fn f<'a>(x: char) { g('\"', '\\'', r#\"raw \" text\"#, \"a \\\" b\"); } // end";
        assert_eq!(of_kind(source, Language::Rust, Kind::Comment), ["/* a /* b */ c */", "// end"]);
        assert_eq!(of_kind(source, Language::Rust, Kind::Identifier), ["fn", "f", "a", "x", "char", "g"]);
        assert_eq!(of_kind(source, Language::Rust, Kind::Text), ["raw \" text", "a \\\" b"]);
    }

    #[test]
    fn typescript_is_cut_through_templates_expressions_and_apostrophes() {
        let source = "const a = `x ${b(`y ${c}`)} z`; d(/[\"']/g); <p>it's {e / 2}</p> // end";
        assert_eq!(
            of_kind(source, Language::TypeScript, Kind::Identifier),
            ["const", "a", "b", "c", "d", "g", "p", "it", "s", "e", "2", "p"]
        );
        assert_eq!(of_kind(source, Language::TypeScript, Kind::Comment), ["// end"]);
    }

    #[test]
    fn lines_are_counted_through_strings_and_comments() {
        let last = pieces("\"a\nb\" /*\n*/ x", Language::Rust).pop().map(|piece| (piece.line, piece.text));
        assert_eq!(last, Some((3, "x")));
    }
}
