//! Searches files for the words of a list.

use std::{cell::RefCell, collections::BTreeSet, fmt, path::Path};

use super::{
    list::{Entry, Exception, WordList},
    places,
};
use crate::{
    source::{Kind, Piece},
    split,
};

/// A word that is not used, and where it is.
#[derive(Debug)]
pub(crate) struct Hit {
    path: String,
    line: usize,
    word: String,
    /// The identifier that holds the word, where it is not the word itself.
    identifier: Option<String>,
    suggestion: String,
}

impl fmt::Display for Hit {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}: {}", self.path, self.line, self.word)?;
        if let Some(identifier) = &self.identifier {
            write!(formatter, " in {identifier}")?;
        }
        write!(formatter, " -> {}", self.suggestion)
    }
}

/// The search of a project, with its hits so far.
pub(crate) struct Search<'a> {
    list: &'a WordList,
    used_exceptions: RefCell<BTreeSet<usize>>,
    pub(crate) hits: Vec<Hit>,
}

/// A word of running text, or a separation that no phrase spans.
enum Token<'a> {
    Word { word: String, line: usize, context: &'a str },
    Break,
}

impl<'a> Search<'a> {
    pub(crate) fn new(list: &'a WordList) -> Self {
        Self { list, used_exceptions: RefCell::default(), hits: Vec::new() }
    }

    /// Searches a file's name and, where it is text, its contents.
    pub(crate) fn file(&mut self, root: &Path, path: &str) {
        if places::is_skipped(path) {
            return;
        }
        for name in path.split(['/', '.']) {
            self.identifier(path, 1, name, true);
        }
        if let Ok(source) = std::fs::read_to_string(root.join(path)) {
            self.contents(path, &source);
        }
    }

    pub(crate) fn files_with_hits(&self) -> usize {
        self.hits.iter().map(|hit| &hit.path).collect::<BTreeSet<_>>().len()
    }

    pub(crate) fn unused_exceptions(&self) -> Vec<&'a Exception> {
        let used = self.used_exceptions.borrow();
        self.list.exceptions.iter().filter(|exception| !used.contains(&exception.line)).collect()
    }

    fn contents(&mut self, path: &str, source: &str) {
        let mut tokens = Vec::new();
        let mut end_line = 0;
        for piece in places::searched(path, source) {
            if piece.kind == Kind::Identifier {
                self.identifier(path, piece.line, piece.text, true);
                continue;
            }
            if piece.line > end_line + 1 || piece.kind == Kind::Text {
                tokens.push(Token::Break);
            }
            end_line = piece.line + piece.text.matches('\n').count();
            self.text(path, &piece, &mut tokens);
        }
        self.phrases(path, &tokens);
    }

    /// Adds a text's words to `tokens`. What it quotes as code is searched as code is.
    fn text<'t>(&mut self, path: &str, piece: &Piece<'t>, tokens: &mut Vec<Token<'t>>) {
        for (offset, line) in piece.text.lines().enumerate() {
            let line_number = piece.line + offset;
            let prose = line.trim_start().trim_start_matches(['/', '*', '!', '#']);
            for (index, part) in prose.split('`').enumerate() {
                if index % 2 == 1 {
                    for name in part.split(|character: char| !is_word_part(character) && character != '-') {
                        self.identifier(path, line_number, name, false);
                    }
                    tokens.push(Token::Break);
                } else {
                    self.prose(path, line_number, line, &without_placeholders(part, piece.kind), tokens);
                }
            }
        }
    }

    fn prose<'t>(&mut self, path: &str, line: usize, context: &'t str, prose: &str, tokens: &mut Vec<Token<'t>>) {
        for run in prose.split_inclusive(['.', ',', ';', ':', '!', '?', '(', ')', '|', '"', '…']) {
            for word in run.split(|character: char| !is_word_part(character)).filter(|word| !word.is_empty()) {
                if split::words(word).len() > 1 {
                    self.identifier(path, line, word, false);
                }
                tokens.push(Token::Word { word: word.to_lowercase(), line, context });
            }
            if run.ends_with(|character: char| !is_word_part(character) && !character.is_whitespace()) {
                tokens.push(Token::Break);
            }
        }
    }

    fn phrases(&mut self, path: &str, tokens: &[Token<'_>]) {
        for start in 0..tokens.len() {
            for entry in &self.list.texts {
                let Some(Token::Word { line, context, .. }) = tokens.get(start) else { continue };
                let run = tokens.get(start..start + entry.words.len()).unwrap_or_default();
                let is_match = !run.is_empty()
                    && run.iter().zip(&entry.words).all(|(token, expected)| match token {
                        Token::Word { word, .. } => word == expected,
                        Token::Break => false,
                    });
                let phrase = entry.words.join(" ");
                if is_match && !self.is_allowed(|exception| exception.allows_text(&phrase, context, path)) {
                    self.hits.push(hit(path, *line, phrase, None, entry));
                }
            }
        }
    }

    /// Whole names are searched in code only: in a text, `found` is a word like others.
    fn identifier(&mut self, path: &str, line: usize, identifier: &str, is_code: bool) {
        let words = split::words(identifier);
        let part = self.list.parts.iter().find(|entry| words.iter().any(|word| entry.words.contains(word)));
        let whole = || self.list.names.iter().find(|entry| is_code && entry.words == words);
        let Some(entry) = part.or_else(whole) else { return };
        if !self.is_allowed(|exception| exception.allows_identifier(identifier, path)) {
            let word = entry.words.join(" ");
            let containing = (word != identifier).then(|| identifier.to_owned());
            self.hits.push(hit(path, line, word, containing, entry));
        }
    }

    fn is_allowed(&self, allows: impl Fn(&Exception) -> bool) -> bool {
        let exception = self.list.exceptions.iter().find(|exception| allows(exception));
        self.used_exceptions.borrow_mut().extend(exception.map(|exception| exception.line));
        exception.is_some()
    }
}

fn hit(path: &str, line: usize, word: String, identifier: Option<String>, entry: &Entry) -> Hit {
    Hit { path: path.to_owned(), line, word, identifier, suggestion: entry.suggestion.clone() }
}

fn is_word_part(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

/// A string of code without its escapes and its `{name}`, which the code around it names too.
fn without_placeholders(text: &str, kind: Kind) -> String {
    if kind != Kind::Text {
        return text.to_owned();
    }
    let text = text.replace("\\n", " ");
    let mut rest = text.as_str();
    let mut prose = String::new();
    while let Some((before, after)) = rest.split_once('{') {
        prose.push_str(before);
        prose.push('|');
        rest = after.split_once('}').map_or("", |(_, rest)| rest);
    }
    prose + rest
}
