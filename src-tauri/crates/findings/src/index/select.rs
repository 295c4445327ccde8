//! Selecting the instances that a filter and a search text match.

use crate::error::FindingsError;
use crate::index::Index;
use crate::index::values::fold;
use crate::page::Counts;
use crate::property::{Operator, Property};
use crate::query::{Filter, Join, Token};

/// The matched instances.
pub(crate) struct Selection {
    /// For each instance, whether it matches.
    pub(crate) mask: Vec<bool>,
    pub(crate) counts: Counts,
}

impl Selection {
    /// The matched instances, in order.
    pub(crate) fn rows(&self) -> impl Iterator<Item = usize> {
        self.mask.iter().enumerate().filter(|(_, matched)| **matched).map(|(row, _)| row)
    }
}

impl Index {
    pub(crate) fn select(&self, filter: &Filter, text: &str) -> Result<Selection, FindingsError> {
        let mut mask = self.filter_mask(filter, 0)?.unwrap_or_else(|| vec![true; self.len()]);
        if let Some(text_mask) = self.text_mask(text) {
            intersect(&mut mask, &text_mask);
        }
        let counts = self.count(&mask);
        Ok(Selection { mask, counts })
    }

    /// The mask of a group; `None` if it has no condition.
    fn filter_mask(&self, filter: &Filter, depth: usize) -> Result<Option<Vec<bool>>, FindingsError> {
        if depth > Filter::MAX_DEPTH {
            return Err(FindingsError::TooDeep);
        }
        let mut joined: Option<Vec<bool>> = None;
        let tokens = filter.tokens.iter().map(|token| self.token_mask(token).map(Some));
        let groups = filter.groups.iter().map(|group| self.filter_mask(group, depth + 1));
        for mask in tokens.chain(groups) {
            let Some(mask) = mask? else { continue };
            match &mut joined {
                None => joined = Some(mask),
                Some(joined) if filter.join == Join::And => intersect(joined, &mask),
                Some(joined) => unite(joined, &mask),
            }
        }
        Ok(joined)
    }

    fn token_mask(&self, token: &Token) -> Result<Vec<bool>, FindingsError> {
        let Some(property) = token.property else { return Ok(self.free_text_mask(token)) };
        check_operator(property, token.operator)?;
        let column = self.column(property);
        let mut mask = vec![true; self.len()];
        column.keep(&column.values.matching(property, token)?, &mut mask);
        Ok(mask)
    }

    fn free_text_mask(&self, token: &Token) -> Vec<bool> {
        let mut mask = self.text_mask(&token.value).unwrap_or_else(|| vec![true; self.len()]);
        if matches!(token.operator, Operator::NotContains | Operator::NotEquals | Operator::NotStartsWith) {
            for matched in &mut mask {
                *matched = !*matched;
            }
        }
        mask
    }

    /// The instances that contain every word of the text; `None` if it has no word.
    fn text_mask(&self, text: &str) -> Option<Vec<bool>> {
        let mut joined: Option<Vec<bool>> = None;
        for word in fold(text).split_whitespace() {
            let mask = self.word_mask(word);
            match &mut joined {
                None => joined = Some(mask),
                Some(joined) => intersect(joined, &mask),
            }
        }
        joined
    }

    fn word_mask(&self, word: &str) -> Vec<bool> {
        let matches = self.texts.texts_containing(word);
        let mut mask: Vec<bool> = self.descriptions.iter().map(|text| matches[*text as usize]).collect();
        for &(property, empty) in &self.searched {
            self.column(property).add(&matches[empty as usize..], &mut mask);
        }
        mask
    }

    fn count(&self, mask: &[bool]) -> Counts {
        let mut counts = Counts::default();
        let mut seen = vec![false; self.identity_count()];
        let mut last_finding = u32::MAX;
        for (row, _) in mask.iter().enumerate().filter(|(_, matched)| **matched) {
            counts.instances += 1;
            if self.findings[row] != last_finding {
                last_finding = self.findings[row];
                counts.findings += 1;
            }
            let seen = &mut seen[self.identity(row)];
            counts.unique += usize::from(!*seen);
            *seen = true;
        }
        counts
    }
}

/// Rejects an operator that the property's kind does not support.
fn check_operator(property: Property, operator: Operator) -> Result<(), FindingsError> {
    if property.kind().operators().contains(&operator) {
        Ok(())
    } else {
        Err(FindingsError::BadOperator { property, operator: operator.symbol() })
    }
}

fn intersect(mask: &mut [bool], other: &[bool]) {
    mask.iter_mut().zip(other).for_each(|(matched, other)| *matched &= *other);
}

fn unite(mask: &mut [bool], other: &[bool]) {
    mask.iter_mut().zip(other).for_each(|(matched, other)| *matched |= *other);
}
