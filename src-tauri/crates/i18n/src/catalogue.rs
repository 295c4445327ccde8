//! The locale files, and formatting of messages in a language.

use std::collections::{BTreeMap, BTreeSet};

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, bundle::FluentBundle};
use unic_langid::{LanguageIdentifier, langid};

use crate::format;
use crate::lang::Lang;
use crate::message::{Arg, Message};
use crate::particles;

/// (language code, file name without ending, text).
const FILES: &[(&str, &str, &str)] = include!(concat!(env!("OUT_DIR"), "/locales.rs"));

type Bundle = FluentBundle<FluentResource, intl_memoizer::concurrent::IntlLangMemoizer>;

/// The texts of one language.
pub struct Localizer {
    lang: Lang,
    bundle: Bundle,
}

impl Localizer {
    /// Loads the texts of `lang`, which are compiled in.
    pub fn new(lang: Lang) -> Self {
        let mut bundle = Bundle::new_concurrent(vec![identifier(lang)]);
        // Isolation marks would be shown as boxes in reports, JSON and terminals.
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(|value, _| match value {
            FluentValue::Number(number) => Some(grouped(number.value)),
            _ => None,
        }));
        for resource in resources(lang) {
            bundle.add_resource_overriding(resource);
        }
        Self { lang, bundle }
    }

    /// The language of the texts.
    pub const fn lang(&self) -> Lang {
        self.lang
    }

    /// Formats `message`. A missing text is replaced by its id; a test ensures that none is missing.
    pub fn text(&self, message: &Message) -> String {
        let Some(pattern) = self.bundle.get_message(&message.id).and_then(|text| text.value()) else {
            return message.id.clone();
        };
        let mut args = FluentArgs::new();
        for (name, value) in &message.args {
            match value {
                // Values come from outside: from services, files, the environment.
                Arg::Text(text) => args.set(name.as_str(), format::plain(text)),
                Arg::Number(number) => args.set(name.as_str(), *number),
            }
        }
        let formatted = self.bundle.format_pattern(pattern, Some(&args), &mut Vec::new());
        // Only particles after a value depend on it: the others are right in the text.
        if self.lang == Lang::Ko && !message.args.is_empty() {
            particles::choose(&formatted)
        } else {
            formatted.into_owned()
        }
    }

    /// Formats the text `id`, which has no variables.
    pub fn text_by_id(&self, id: &str) -> String {
        self.text(&Message::new(id))
    }

    /// Whether there is a text with this id.
    pub fn has(&self, id: &str) -> bool {
        self.bundle.has_message(id)
    }
}

/// The ids of all texts of `lang`.
pub fn message_ids(lang: Lang) -> BTreeSet<String> {
    message_variables(lang).into_keys().collect()
}

/// The variables of all texts of `lang`, by the text's id.
pub fn message_variables(lang: Lang) -> BTreeMap<String, BTreeSet<String>> {
    let mut variables = BTreeMap::new();
    for resource in resources(lang) {
        for entry in resource.entries() {
            if let fluent_syntax::ast::Entry::Message(message) = entry {
                let mut names = BTreeSet::new();
                if let Some(pattern) = &message.value {
                    collect(pattern, &mut names);
                }
                variables.insert(message.id.name.to_owned(), names);
            }
        }
    }
    variables
}

fn resources(lang: Lang) -> impl Iterator<Item = FluentResource> {
    FILES.iter().filter(move |(code, ..)| *code == lang.code()).map(|(_, _, text)| {
        // An invalid entry does not affect the file's other entries; the tests reject it.
        FluentResource::try_new((*text).to_owned()).unwrap_or_else(|(resource, _)| resource)
    })
}

fn identifier(lang: Lang) -> LanguageIdentifier {
    match lang {
        Lang::Ko => langid!("ko"),
        Lang::En => langid!("en"),
    }
}

/// A number with grouped digits, which are the same in Korean and English: 1,234,567.8.
fn grouped(number: f64) -> String {
    let plain = format!("{}", (number * 100.0).round() / 100.0);
    let (whole, rest) = plain.split_once('.').map_or((plain.as_str(), None), |(whole, rest)| (whole, Some(rest)));
    let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |digits| ("-", digits));
    let mut out = String::from(sign);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(rest) = rest {
        out.push('.');
        out.push_str(rest);
    }
    out
}

fn collect(pattern: &fluent_syntax::ast::Pattern<&str>, names: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        if let fluent_syntax::ast::PatternElement::Placeable { expression } = element {
            collect_expression(expression, names);
        }
    }
}

fn collect_expression(expression: &fluent_syntax::ast::Expression<&str>, names: &mut BTreeSet<String>) {
    use fluent_syntax::ast::{Expression, InlineExpression};
    let mut inline = |inline: &InlineExpression<&str>| match inline {
        InlineExpression::VariableReference { id } => {
            names.insert(id.name.to_owned());
        }
        InlineExpression::FunctionReference { arguments, .. } => {
            for argument in &arguments.positional {
                if let InlineExpression::VariableReference { id } = argument {
                    names.insert(id.name.to_owned());
                }
            }
        }
        _ => {}
    };
    match expression {
        Expression::Inline(one) => inline(one),
        Expression::Select { selector, variants } => {
            inline(selector);
            for variant in variants {
                collect(&variant.value, names);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_locale_file_parses() {
        for (lang, name, text) in FILES {
            if let Err((_, errors)) = FluentResource::try_new((*text).to_owned()) {
                panic!("{lang}/{name}.ftl: {errors:?}");
            }
        }
    }

    #[test]
    fn both_languages_have_the_same_files() {
        let of = |lang: Lang| {
            FILES.iter().filter(move |(code, ..)| *code == lang.code()).map(|(_, name, _)| *name).collect::<Vec<_>>()
        };
        assert_eq!(of(Lang::Ko), of(Lang::En));
    }

    #[test]
    fn every_text_is_in_both_languages_with_the_same_variables() {
        let (korean, english) = (message_variables(Lang::Ko), message_variables(Lang::En));
        let keys = |map: &BTreeMap<String, BTreeSet<String>>| map.keys().cloned().collect::<BTreeSet<_>>();
        assert_eq!(keys(&korean), keys(&english));
        for (id, names) in &english {
            assert_eq!(&korean[id], names, "{id}");
        }
    }

    #[test]
    fn no_text_is_defined_twice_in_a_language() {
        for lang in Lang::ALL {
            let all: Vec<String> = FILES
                .iter()
                .filter(|(code, ..)| *code == lang.code())
                .flat_map(|(_, _, text)| text.lines().filter_map(|line| line.split_once(" =")))
                .map(|(id, _)| id.to_owned())
                .filter(|id| !id.starts_with([' ', '#', '.', '[', '*', '-']))
                .collect();
            let unique: BTreeSet<_> = all.iter().collect();
            let twice: Vec<_> =
                unique.iter().filter(|id| all.iter().filter(|other| other == *id).count() > 1).collect();
            assert!(twice.is_empty(), "{lang}: {twice:?}");
        }
    }

    #[test]
    fn numbers_are_grouped_by_thousands() {
        assert_eq!(grouped(1_234_567.0), "1,234,567");
        assert_eq!(grouped(-1000.5), "-1,000.5");
        assert_eq!(grouped(12.0), "12");
    }
}
