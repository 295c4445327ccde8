//! The list of words, `xtask/names.txt`. Its head says what its lines mean.

/// Words that are not used, and where they are allowed all the same.
#[derive(Debug, Default)]
pub(crate) struct WordList {
    /// Words that no name contains.
    pub(crate) parts: Vec<Entry>,
    /// Names that are not used whole.
    pub(crate) names: Vec<Entry>,
    /// Words, or runs of words, that no text contains.
    pub(crate) texts: Vec<Entry>,
    pub(crate) exceptions: Vec<Exception>,
}

/// What is not used, word by word, and what to use instead.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) words: Vec<String>,
    pub(crate) suggestion: String,
}

/// A name, or a phrase of a text, that stays: everywhere, or below a path.
#[derive(Debug)]
pub(crate) struct Exception {
    pub(crate) line: usize,
    pattern: String,
    path: String,
}

impl WordList {
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let mut list = Self::default();
        for (index, line) in text.lines().enumerate() {
            let line_number = index + 1;
            let entry = line.split_once('#').map_or(line, |(entry, _)| entry).trim();
            if !entry.is_empty() {
                list.add(entry, line_number).ok_or_else(|| format!("line {line_number}: {line}"))?;
            }
        }
        Ok(list)
    }

    fn add(&mut self, entry: &str, line: usize) -> Option<()> {
        let (entry, explanation) = entry.split_once("->")?;
        let (scope, subject) = entry.trim().split_once(' ')?;
        let subject = subject.trim();
        if subject.is_empty() || explanation.trim().is_empty() {
            return None;
        }
        let words = || Entry {
            words: subject.to_lowercase().split_whitespace().map(String::from).collect(),
            suggestion: explanation.trim().to_owned(),
        };
        match scope {
            "identifier" => self.parts.push(words()),
            "name" => self.names.push(words()),
            "text" => self.texts.push(words()),
            "allow" => {
                let (pattern, path) = subject.split_once(" in ").unwrap_or((subject, ""));
                self.exceptions.push(Exception {
                    line,
                    pattern: pattern.trim().trim_matches('"').to_lowercase(),
                    path: path.trim().to_owned(),
                });
            }
            _ => return None,
        }
        Some(())
    }
}

impl Exception {
    /// Whether it allows this identifier there. `*` at the pattern's end is any end.
    pub(crate) fn allows_identifier(&self, identifier: &str, path: &str) -> bool {
        let identifier = identifier.to_lowercase();
        let is_match = match self.pattern.strip_suffix('*') {
            Some(start) => identifier.starts_with(start),
            None => identifier == self.pattern,
        };
        is_match && path.starts_with(&self.path)
    }

    /// Whether it allows `phrase`, a part of `line`, there.
    pub(crate) fn allows_text(&self, phrase: &str, line: &str, path: &str) -> bool {
        self.pattern.contains(phrase) && line.to_lowercase().contains(&self.pattern) && path.starts_with(&self.path)
    }
}
