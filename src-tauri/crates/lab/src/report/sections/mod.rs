//! The sections of the page.

mod comparison;
mod ending;
mod findings;
mod head;
mod repositories;
mod steps;

pub(super) use self::comparison::comparison;
pub(super) use self::ending::{receipt, sources, transcript};
pub(super) use self::findings::findings;
pub(super) use self::head::{head, overview};
pub(super) use self::repositories::repositories;
pub use self::repositories::{log4shell, suppressed, watching_ended, what_was_assessed};
pub(super) use self::steps::steps;

use ::findings::Timestamp;
use ::i18n::{Localizer, format};

use crate::report::markup::Markup;

/// Writes a section with a heading.
fn section(page: &mut Markup, title: &str, inside: impl FnOnce(&mut Markup)) {
    page.within("section", &[], |section| {
        section.element("h2", &[], title);
        inside(section);
    });
    page.line();
}

/// A column of a table: its heading, and the class of its cells.
type Column = (&'static str, &'static str);

/// Writes a table; the headings are message ids. `rows` writes the cells, with [`cell`].
fn table(page: &mut Markup, words: &Localizer, columns: &[Column], rows: impl FnOnce(&mut Markup)) {
    page.within("div", &[("class", "wide")], |wide| {
        wide.within("table", &[], |table| {
            table.within("thead", &[], |head| {
                head.within("tr", &[], |row| {
                    for (id, class) in columns {
                        row.element("th", &[("scope", "col"), ("class", class)], &words.text_by_id(id));
                    }
                });
            });
            table.within("tbody", &[], rows);
        });
    });
}

fn cell(row: &mut Markup, class: &str, text: &str) {
    row.element("td", &[("class", class)], text);
}

fn moment(at: Timestamp) -> String {
    format::moment(&at.to_string())
}

fn fact(list: &mut Markup, name: &str, value: &str) {
    list.within("div", &[], |pair| {
        pair.element("dt", &[], name).element("dd", &[], value);
    });
}

fn yes_or_no(words: &Localizer, value: bool) -> String {
    words.text_by_id(if value { "report-yes" } else { "report-no" })
}

fn chip(page: &mut Markup, words: &Localizer, severity: ::findings::Severity) {
    let class = format!("chip c-{}", super::charts::class(severity));
    page.element("span", &[("class", &class)], &super::charts::severity_name(words, severity));
}
