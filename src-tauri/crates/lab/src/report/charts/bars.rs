//! Horizontal bars, stacked by severity: for packages, layers, and the comparison.

use findings::Severity;
use i18n::{Localizer, format};

use super::{Figure, HALF, class, rect, severity_name, shortened, text};
use crate::report::markup::Markup;

const LABEL: f64 = 204.0;
const END: f64 = 52.0;
const ROW: f64 = 25.0;

/// One bar.
pub(in crate::report) struct Bar {
    pub(in crate::report) label: String,
    /// In the order of [`Severity::ALL`].
    pub(in crate::report) by_severity: [usize; 6],
}

impl Bar {
    fn total(&self) -> usize {
        self.by_severity.iter().sum()
    }
}

/// Draws bars under a title, with a description in words. `label_header` is the heading of the labels' column in the table.
pub(in crate::report) fn bars(
    page: &mut Markup,
    words: &Localizer,
    (title, says): (String, String),
    label_header: String,
    bars: &[Bar],
) {
    let greatest = bars.iter().map(Bar::total).max().unwrap_or(0).max(1);
    let severities = Severity::ALL.into_iter().map(|severity| severity_name(words, severity));
    let figure = Figure {
        title,
        says,
        width: HALF,
        height: ROW * bars.len() as f64 + 4.0,
        headers: [label_header].into_iter().chain(severities).chain([words.text_by_id("report-unique")]).collect(),
        rows: bars
            .iter()
            .map(|bar| {
                let counts = bar.by_severity.iter().map(|count| format::count(*count));
                [bar.label.clone()].into_iter().chain(counts).chain([format::count(bar.total())]).collect()
            })
            .collect(),
        words,
    };
    figure.draw(page, |svg| {
        for (row, bar) in bars.iter().enumerate() {
            draw(svg, words, bar, ROW * row as f64, greatest);
        }
    });
}

fn draw(svg: &mut Markup, words: &Localizer, bar: &Bar, top: f64, greatest: usize) {
    let unit = (HALF - LABEL - END) / greatest as f64;
    svg.within("g", &[], |row| {
        row.element("title", &[], &format!("{}: {}", bar.label, format::count(bar.total())));
        text(row, "mono end", (LABEL - 10.0, top + 17.0), &shortened(&bar.label, 26));
        let mut x = LABEL;
        for (severity, count) in Severity::ALL.into_iter().zip(bar.by_severity).filter(|(_, count)| *count > 0) {
            let width = unit * count as f64;
            let title = format!("{}: {}", severity_name(words, severity), format::count(count));
            rect(row, &format!("s-{}", class(severity)), [x, top + 4.0, width, ROW - 8.0], &title);
            x += width;
        }
        text(row, "strong", (x + 8.0, top + 17.0), &format::count(bar.total()));
    });
}
