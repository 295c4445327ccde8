//! The charts: inline SVG, each with a description in words and a table of its numbers.

mod bands;
pub(super) mod bars;
mod donut;
mod scatter;

pub(super) use bands::score_bands;
pub(super) use bars::bars;
pub(super) use donut::severities;
pub(super) use scatter::scatter;

use findings::Severity;
use i18n::Localizer;

use crate::report::markup::Markup;

/// The width of a chart beside another, in SVG units of about a pixel.
const HALF: f64 = 500.0;
/// The width of a chart that fills the page.
const FULL: f64 = 860.0;

/// A severity in the reader's language.
pub(super) fn severity_name(words: &Localizer, severity: Severity) -> String {
    words.text_by_id(&format!("report-severity-{}", class(severity)))
}

/// A severity's suffix in class names and message ids.
pub(super) fn class(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical => "critical",
        Severity::High => "high",
        Severity::Medium => "medium",
        Severity::Low => "low",
        Severity::Informational => "informational",
        Severity::Untriaged => "untriaged",
    }
}

/// A chart's frame: its title and size, and the description and table that replace it for screen readers.
struct Figure<'a> {
    title: String,
    /// A description of the chart in one or two sentences.
    says: String,
    /// [`HALF`] or [`FULL`].
    width: f64,
    height: f64,
    headers: Vec<String>,
    rows: Vec<Vec<String>>,
    words: &'a Localizer,
}

impl Figure<'_> {
    fn draw(self, page: &mut Markup, drawing: impl FnOnce(&mut Markup)) {
        let view = format!("0 0 {} {}", self.width, at(self.height));
        let label = format!("{}. {}", self.title, self.says);
        page.within("figure", &[], |figure| {
            figure.element("figcaption", &[], &self.title);
            let class = if self.width > HALF { "" } else { "half" };
            let attributes = [("viewBox", &*view), ("class", class), ("role", "img"), ("aria-label", &*label)];
            figure.within("svg", &attributes, drawing);
            figure.element("p", &[("class", "soft small")], &self.says);
            figure.within("details", &[], |details| {
                details.element("summary", &[], &self.words.text_by_id("report-as-table"));
                numbers(details, &self.headers, &self.rows);
            });
        });
        page.line();
    }
}

/// A table with a column of names and columns of numbers.
fn numbers(page: &mut Markup, headers: &[String], rows: &[Vec<String>]) {
    let aligned = |column: usize| if column == 0 { "" } else { "n" };
    page.within("div", &[("class", "wide")], |wide| {
        wide.within("table", &[], |table| {
            table.within("thead", &[], |head| {
                head.within("tr", &[], |row| {
                    for (column, header) in headers.iter().enumerate() {
                        row.element("th", &[("scope", "col"), ("class", aligned(column))], header);
                    }
                });
            });
            table.within("tbody", &[], |body| {
                for cells in rows {
                    body.within("tr", &[], |row| {
                        for (column, cell) in cells.iter().enumerate() {
                            row.element("td", &[("class", aligned(column))], cell);
                        }
                    });
                }
            });
        });
    });
}

/// A coordinate with one decimal.
fn at(value: f64) -> String {
    format!("{:.1}", if value.is_finite() { value } else { 0.0 })
}

fn rect(page: &mut Markup, class: &str, [x, y, width, height]: [f64; 4], title: &str) {
    let attributes = [
        ("class", class),
        ("x", &*at(x)),
        ("y", &*at(y)),
        ("width", &*at(width.max(0.0))),
        ("height", &*at(height.max(0.0))),
    ];
    page.within("rect", &attributes, |rect| {
        if !title.is_empty() {
            rect.element("title", &[], title);
        }
    });
}

fn text(page: &mut Markup, class: &str, (x, y): (f64, f64), text: &str) {
    page.element("text", &[("class", class), ("x", &at(x)), ("y", &at(y))], text);
}

fn line(page: &mut Markup, class: &str, from: (f64, f64), to: (f64, f64)) {
    let attributes =
        [("class", class), ("x1", &*at(from.0)), ("y1", &*at(from.1)), ("x2", &*at(to.0)), ("y2", &*at(to.1))];
    page.element("line", &attributes, "");
}

/// Shortens a label in its middle, since paths and names differ most at their ends.
fn shortened(label: &str, longest: usize) -> String {
    let length = label.chars().count();
    if length <= longest {
        return label.to_owned();
    }
    let (head, tail) = ((longest - 1) / 2, longest - 1 - (longest - 1) / 2);
    label.chars().take(head).chain(['…']).chain(label.chars().skip(length - tail)).collect()
}

/// The end of an axis: a round number at or above the greatest value.
fn axis_maximum(greatest: usize) -> usize {
    let mut step = 1;
    loop {
        for factor in [1, 2, 5] {
            if let Some(round) = [4, 5].into_iter().map(|parts| step * factor * parts).find(|top| *top >= greatest) {
                return round;
            }
        }
        step *= 10;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_axis_ends_at_a_round_number_that_is_great_enough() {
        for greatest in [0, 1, 4, 5, 7, 23, 99, 100, 101, 4321] {
            assert!(axis_maximum(greatest) >= greatest);
            assert!(axis_maximum(greatest) <= greatest.max(2) * 3, "{greatest} {}", axis_maximum(greatest));
        }
    }

    #[test]
    fn a_long_label_keeps_both_ends() {
        assert_eq!(shortened("org.apache.logging.log4j:log4j-core", 15), "org.apa…4j-core");
        assert_eq!(shortened("한글로 된 긴 이름입니다", 5), "한글…니다");
        assert_eq!(shortened("zlib", 15), "zlib");
    }
}
