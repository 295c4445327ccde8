//! A short description of a call's parameters, for the transcript.

use std::fmt::{Display, Write as _};

use aws_sdk_ecr::types::ImageIdentifier;
use aws_sdk_inspector2::types::{CoverageFilterCriteria, CoverageStringFilter, StringFilter};

/// Builds a description from words separated by spaces.
#[derive(Default)]
pub(super) struct Detail(String);

impl Detail {
    pub(super) fn into_string(self) -> String {
        self.0
    }

    pub(super) fn word(&mut self, word: Option<&str>) {
        if let Some(word) = word {
            self.space();
            self.0.push_str(word);
        }
    }

    pub(super) fn words(&mut self, words: impl IntoIterator<Item = impl AsRef<str>>) {
        words.into_iter().for_each(|word| self.word(Some(word.as_ref())));
    }

    pub(super) fn value(&mut self, name: &str, value: Option<impl Display>) {
        if let Some(value) = value {
            self.space();
            // Writing to a string cannot fail.
            let _ = write!(self.0, "{name}={value}");
        }
    }

    pub(super) fn page(&mut self, max: Option<i32>, token: Option<&str>) {
        self.value("maxResults", max);
        self.word(token.map(|_| "nextToken=…"));
    }

    /// Adds each image's digest, or its tag where there is no digest.
    pub(super) fn images<'a>(&mut self, images: impl IntoIterator<Item = &'a ImageIdentifier>) {
        for image in images {
            self.word(image.image_digest().or(image.image_tag()));
        }
    }

    pub(super) fn filters(&mut self, name: &str, filters: &[StringFilter]) {
        for filter in filters {
            self.value(name, Some(filter.value()));
        }
    }

    pub(super) fn coverage(&mut self, criteria: Option<&CoverageFilterCriteria>) {
        let mut values = |name: &str, filters: &[CoverageStringFilter]| {
            for filter in filters {
                self.value(name, Some(filter.value()));
            }
        };
        if let Some(criteria) = criteria {
            values("repository", criteria.ecr_repository_name());
            values("resource", criteria.resource_id());
            values("type", criteria.resource_type());
        }
    }

    fn space(&mut self) {
        if !self.0.is_empty() {
            self.0.push(' ');
        }
    }
}
