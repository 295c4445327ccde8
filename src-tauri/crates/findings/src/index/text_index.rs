//! Text search: which texts contain a word, also within longer words.
//!
//! Texts are split at white space into chunks. Each distinct chunk is kept once, all in one string, with the list of texts
//! that it occurs in. A word has no white space, so a text contains it if and only if one of its chunks does: searching
//! the distinct chunks, a few megabytes, is enough. The texts themselves are not kept. A single letter, which nearly every
//! chunk contains, is looked up in a set of letters for each text.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};

use memchr::memmem::Finder;

use crate::index::values::fold;

/// A set of numbered texts that can be searched.
pub(crate) struct TextIndex {
    /// The distinct chunks, each followed by a line feed.
    chunks: String,
    /// The position of each chunk's line feed.
    ends: Vec<u32>,
    /// For each chunk, the start of its texts in `texts`; one more entry at the end.
    starts: Vec<u32>,
    texts: Vec<u32>,
    /// For each text, the ASCII letters that it contains, as a bit set.
    letters: Vec<u128>,
}

impl TextIndex {
    /// For each text, by its number, whether it contains the word, which is folded and has no white space.
    pub(crate) fn texts_containing(&self, word: &str) -> Vec<bool> {
        if let [letter @ 0..=127] = *word.as_bytes() {
            return self.letters.iter().map(|letters| letters >> letter & 1 == 1).collect();
        }
        let mut matches = vec![false; self.letters.len()];
        let finder = Finder::new(word);
        let (mut at, mut chunk) = (0, 0);
        while let Some(offset) = finder.find(&self.chunks.as_bytes()[at..]) {
            chunk += self.ends[chunk..].partition_point(|end| (*end as usize) < at + offset);
            for text in &self.texts[self.starts[chunk] as usize..self.starts[chunk + 1] as usize] {
                matches[*text as usize] = true;
            }
            at = self.ends[chunk] as usize + 1;
            chunk += 1;
        }
        matches
    }
}

/// Collects the texts of a [`TextIndex`]. Text 0 is the empty one.
pub(crate) struct TextIndexBuilder {
    chunks: HashMap<Box<str>, u32>,
    letters: Vec<u128>,
    /// For each text, the end of its chunks in `occurring`.
    text_ends: Vec<u32>,
    occurring: Vec<u32>,
    /// Descriptions are long and repeat: they are compared by a 64-bit hash and their length.
    descriptions: HashMap<(u64, usize), u32>,
    hasher: RandomState,
}

impl TextIndexBuilder {
    pub(crate) fn new() -> Self {
        Self {
            chunks: HashMap::new(),
            letters: vec![0],
            text_ends: vec![0],
            occurring: Vec::new(),
            descriptions: HashMap::new(),
            hasher: RandomState::new(),
        }
    }

    /// Adds a description unless it was added before; returns its number.
    pub(crate) fn description(&mut self, text: &str) -> u32 {
        if text.is_empty() {
            return 0;
        }
        let key = (self.hasher.hash_one(text), text.len());
        if let Some(&number) = self.descriptions.get(&key) {
            return number;
        }
        let number = self.add(&fold(text));
        self.descriptions.insert(key, number);
        number
    }

    /// Adds a folded text; returns its number.
    pub(crate) fn add(&mut self, folded: &str) -> u32 {
        let from = self.occurring.len();
        let ascii = folded.bytes().filter(u8::is_ascii);
        self.letters.push(ascii.fold(0, |letters, letter| letters | 1 << letter));
        for chunk in folded.split_whitespace() {
            let next = self.chunks.len() as u32;
            let number = match self.chunks.get(chunk) {
                Some(number) => *number,
                None => *self.chunks.entry(chunk.into()).or_insert(next),
            };
            if !self.occurring[from..].contains(&number) {
                self.occurring.push(number);
            }
        }
        self.text_ends.push(self.occurring.len() as u32);
        self.text_ends.len() as u32 - 1
    }

    /// Adds the empty text with a number of its own.
    pub(crate) fn add_empty(&mut self) -> u32 {
        self.add("")
    }

    pub(crate) fn finish(self) -> TextIndex {
        let mut by_number = vec![""; self.chunks.len()];
        for (chunk, number) in &self.chunks {
            by_number[*number as usize] = chunk;
        }
        let mut chunks = String::with_capacity(by_number.iter().map(|chunk| chunk.len() + 1).sum());
        let mut ends = Vec::with_capacity(by_number.len());
        for chunk in by_number {
            chunks.push_str(chunk);
            ends.push(chunks.len() as u32);
            chunks.push('\n');
        }
        let (starts, texts) = invert(&self.text_ends, &self.occurring, ends.len());
        TextIndex { chunks, ends, starts, texts, letters: self.letters }
    }
}

/// Inverts the chunks of each text to the texts of each chunk.
fn invert(text_ends: &[u32], occurring: &[u32], chunk_count: usize) -> (Vec<u32>, Vec<u32>) {
    let mut starts = vec![0_u32; chunk_count + 1];
    for &chunk in occurring {
        starts[chunk as usize + 1] += 1;
    }
    for chunk in 0..chunk_count {
        starts[chunk + 1] += starts[chunk];
    }
    let mut next = starts.clone();
    let mut texts = vec![0; occurring.len()];
    let mut from = 0;
    for (text, &end) in text_ends.iter().enumerate() {
        for &chunk in &occurring[from..end as usize] {
            texts[next[chunk as usize] as usize] = text as u32;
            next[chunk as usize] += 1;
        }
        from = end as usize;
    }
    (starts, texts)
}
