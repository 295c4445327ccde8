//! Which repositories a filter matches, with the letters that it matches.

use i18n::Message;
use serde::Serialize;

use crate::{cloud::repositories, context::Context, filters, model::problem::LabError};

/// Names that a filter matches or does not match unexpectedly.
const EXAMPLES: [&str; 8] = [
    "prod",
    "nonprod-api",
    "product-catalog",
    "team-a/prod-api",
    "payments-production",
    "preprod-db",
    "staging-api",
    "dev/web",
];

/// What a filter would watch.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct FilterPreview {
    /// Whether ECR accepts it as a filter. If not, it matches nothing.
    pub valid: bool,
    /// Why not, if not.
    pub problem: Option<Message>,
    /// Whether the account's repositories are among the names: to list them may not be permitted.
    pub complete: bool,
    /// The plan's repositories, the account's others, and examples, in this order.
    pub names: Vec<FilterPreviewName>,
}

/// A name in the filter preview.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct FilterPreviewName {
    /// The name.
    pub name: String,
    /// Where it comes from.
    pub origin: FilterPreviewOrigin,
    /// Whether the filter matches it.
    pub matches: bool,
    /// Why, or why not.
    pub why: Message,
    /// The letters that the filter's own letters match.
    pub spans: Vec<Span>,
}

/// Where a name comes from.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum FilterPreviewOrigin {
    /// The plan.
    Lab,
    /// The account: an existing repository.
    Account,
    /// An example.
    Example,
}

/// A stretch of a name. Names of repositories are ASCII: a letter is a byte.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Span {
    /// Its first letter, from 0.
    pub start: usize,
    /// The position after its last letter.
    pub end: usize,
}

/// What a filter would watch of this account's repositories and of examples.
pub(crate) async fn filter_preview(context: &Context, filter: &str) -> Result<FilterPreview, LabError> {
    let read = Box::pin(async { repositories::names(context.aws().await?).await });
    let existing = context.repository_names.get_or_read(read).await;
    let valid = filters::is_valid(filter);
    let lab = context.plan.repositories();
    let others = existing.iter().flatten().map(String::as_str).filter(|name| !lab.contains(name));
    let examples = EXAMPLES
        .into_iter()
        .filter(|name| !lab.contains(name) && !existing.iter().flatten().any(|other| other == name));
    let names = lab
        .iter()
        .map(|name| (*name, FilterPreviewOrigin::Lab))
        .chain(others.map(|name| (name, FilterPreviewOrigin::Account)))
        .chain(examples.map(|name| (name, FilterPreviewOrigin::Example)));
    Ok(FilterPreview {
        valid,
        problem: (!valid).then(|| Message::new("lens-invalid").with("filter", filter)),
        complete: existing.is_some(),
        names: names.map(|(name, origin)| matched_name(filter, valid, name, origin)).collect(),
    })
}

fn matched_name(filter: &str, valid: bool, name: &str, origin: FilterPreviewOrigin) -> FilterPreviewName {
    let spans = if valid { filters::spans(filter, name) } else { None };
    let why = why(filter, valid, name, spans.as_deref());
    let matches = spans.is_some();
    let spans = spans.unwrap_or_default().into_iter().map(|(start, end)| Span { start, end }).collect();
    FilterPreviewName { name: name.to_owned(), origin, matches, why, spans }
}

fn why(filter: &str, valid: bool, name: &str, spans: Option<&[(usize, usize)]>) -> Message {
    let message = |id: &str| Message::new(id).with("filter", filter).with("name", name);
    match spans {
        _ if !valid => message("lens-why-invalid"),
        None if filter.contains('*') => message("lens-why-not-whole"),
        None => message("lens-why-not-within"),
        Some(_) if filter.contains('*') => message("lens-why-whole"),
        Some(_) if filter == name => message("lens-why-equal"),
        Some(spans) => match spans.first().map(|span| word_around(name, *span)) {
            Some(word) if word.len() > filter.len() => message("lens-why-within-word").with("word", word),
            _ => message("lens-why-within"),
        },
    }
}

/// The letters and digits around a stretch: `nonprod` of `nonprod-api`.
fn word_around(name: &str, (start, end): (usize, usize)) -> &str {
    let joint = |letter: char| !letter.is_ascii_alphanumeric();
    let from = name[..start].rfind(joint).map_or(0, |at| at + 1);
    let to = name[end..].find(joint).map_or(name.len(), |at| end + at);
    &name[from..to]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn preview_of(filter: &str, name: &str) -> (bool, String, Vec<String>) {
        let preview = matched_name(filter, filters::is_valid(filter), name, FilterPreviewOrigin::Example);
        let letters = preview.spans.iter().map(|span| name[span.start..span.end].to_owned()).collect();
        (preview.matches, preview.why.id, letters)
    }

    #[test]
    fn a_match_has_its_letters_and_its_reason() {
        let letters = |parts: &[&str]| parts.iter().map(|part| (*part).to_owned()).collect::<Vec<_>>();
        let table = [
            ("prod", "prod", true, "lens-why-equal", letters(&["prod"])),
            ("prod", "eks-security-prod", true, "lens-why-within", letters(&["prod"])),
            ("prod", "nonprod-api", true, "lens-why-within-word", letters(&["prod"])),
            ("prod", "staging", false, "lens-why-not-within", letters(&[])),
            ("*-prod", "team-prod", true, "lens-why-whole", letters(&["-prod"])),
            ("team*prod*", "team-a/prod-1", true, "lens-why-whole", letters(&["team", "prod"])),
            ("prod*", "nonprod", false, "lens-why-not-whole", letters(&[])),
            ("-prod", "a-prod", false, "lens-why-invalid", letters(&[])),
            ("*", "anything", true, "lens-why-whole", letters(&[])),
        ];
        for (filter, name, matches, why, spans) in table {
            assert_eq!(preview_of(filter, name), (matches, why.to_owned(), spans), "{filter} on {name}");
        }
    }

    #[test]
    fn the_word_around_shows_what_a_name_meant() {
        let preview = matched_name("prod", true, "a/nonprod-api", FilterPreviewOrigin::Example);
        assert_eq!(preview.why.args.get("word"), Some(&"nonprod".into()));
    }
}
