//! The HTML page: its head, its content security policy, and its sections.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use i18n::{Localizer, Message};
use sha2::{Digest as _, Sha256};

use super::{ReportInput, markup::Markup, sections};

const STYLE: &str = include_str!("style.css");

/// The report as one HTML page. It runs no scripts and loads nothing; all external text is escaped.
pub fn html(input: &ReportInput, words: &Localizer) -> String {
    // Reports get shared, so the account id is masked.
    let account = input.run.account.clone().unwrap_or_default();
    let shown = masked(&account);
    let mut page = Markup::hiding(account, shown, input.redactor.clone());
    page.own("<!DOCTYPE html>\n");
    page.within("html", &[("lang", words.lang().code())], |html| {
        html.within("head", &[], |head| {
            head.void("meta", &[("charset", "utf-8")]);
            head.void("meta", &[("http-equiv", "Content-Security-Policy"), ("content", &policy())]);
            head.void("meta", &[("name", "viewport"), ("content", "width=device-width, initial-scale=1")]);
            head.void("meta", &[("name", "referrer"), ("content", "no-referrer")]);
            head.void("meta", &[("name", "generator"), ("content", concat!("imagelab ", env!("CARGO_PKG_VERSION")))]);
            head.element("title", &[], &words.text_by_id("report-title"));
            head.within("style", &[], |style| {
                style.own(STYLE);
            });
        });
        html.line();
        html.within("body", &[], |body| {
            sections::head(body, words, input);
            body.within("main", &[], |main| {
                sections::overview(main, words, input);
                sections::repositories(main, words, input);
                sections::findings(main, words, input);
                sections::comparison(main, words, input);
                sections::steps(main, words, input);
                sections::receipt(main, words, input);
                sections::sources(main, words);
                sections::transcript(main, words, input);
            });
            let made = Message::new("report-made-by").with("version", env!("CARGO_PKG_VERSION"));
            body.element("footer", &[], &words.text(&made));
        });
    });
    page.line();
    page.finish()
}

/// An account id with all but its last four digits masked.
fn masked(account: &str) -> String {
    let length = account.chars().count();
    account.chars().enumerate().map(|(at, digit)| if at + 4 < length { '*' } else { digit }).collect()
}

/// The content security policy: allows nothing but the style sheet, by its hash.
fn policy() -> String {
    let hash = STANDARD.encode(Sha256::digest(STYLE.as_bytes()));
    format!("default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_end_of_an_account_is_shown() {
        assert_eq!(masked("123456789012"), "********9012");
        assert_eq!(masked("12"), "12");
    }
}
