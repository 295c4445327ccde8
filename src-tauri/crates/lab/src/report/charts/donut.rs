//! A ring chart of the vulnerabilities by severity, with a key.

use std::f64::consts::TAU;

use findings::{Severity, Summary};
use i18n::{
    Localizer, Message,
    format::{count, percent},
};

use super::{Figure, HALF, at, class, rect, severity_name, text};
use crate::report::markup::Markup;

const CENTRE: (f64, f64) = (108.0, 112.0);
const OUTER: f64 = 96.0;
const INNER: f64 = 62.0;

/// Draws the vulnerabilities by severity.
pub(in crate::report) fn severities(page: &mut Markup, words: &Localizer, summary: &Summary) {
    let total: usize = summary.by_severity.iter().map(|one| one.counts.unique).sum();
    let figure = Figure {
        title: words.text_by_id("report-chart-severity"),
        says: words.text(&says(summary, total)),
        width: HALF,
        height: 226.0,
        headers: ["report-severity", "report-unique", "report-findings"]
            .iter()
            .map(|id| words.text_by_id(id))
            .collect(),
        rows: summary
            .by_severity
            .iter()
            .map(|one| vec![severity_name(words, one.severity), count(one.counts.unique), count(one.counts.findings)])
            .collect(),
        words,
    };
    figure.draw(page, |svg| {
        ring(svg, words, summary, total);
        text(svg, "big mid", (CENTRE.0, CENTRE.1 + 4.0), &count(total));
        text(svg, "soft small mid", (CENTRE.0, CENTRE.1 + 26.0), &words.text_by_id("report-vulnerabilities"));
        key(svg, words, summary, total);
    });
}

fn says(summary: &Summary, total: usize) -> Message {
    let count =
        |severity| summary.by_severity.iter().find(|one| one.severity == severity).map_or(0, |one| one.counts.unique);
    Message::new("report-chart-severity-says")
        .with("total", total)
        .with("critical", count(Severity::Critical))
        .with("high", count(Severity::High))
        .with("findings", summary.matched.findings)
}

fn ring(svg: &mut Markup, words: &Localizer, summary: &Summary, total: usize) {
    let mut from = 0.0;
    for one in summary.by_severity.iter().filter(|one| one.counts.unique > 0) {
        let share = one.counts.unique as f64 / total as f64;
        let class = format!("gap s-{}", class(one.severity));
        let title = format!("{}: {}", severity_name(words, one.severity), count(one.counts.unique));
        svg.within("path", &[("class", &class), ("d", &slice(from, from + share))], |path| {
            path.element("title", &[], &title);
        });
        from += share;
    }
    if total == 0 {
        let (x, y, r) = (at(CENTRE.0), at(CENTRE.1), at(f64::midpoint(OUTER, INNER)));
        svg.element("circle", &[("class", "axis"), ("cx", &x), ("cy", &y), ("r", &r)], "");
    }
}

/// The path of a ring segment between two fractions of a turn, clockwise from the top.
fn slice(from: f64, to: f64) -> String {
    // SVG draws nothing for an arc whose ends coincide, so a full ring stops just short.
    let to = to.min(from + 0.9999);
    let point = |share: f64, radius: f64| {
        let angle = share * TAU;
        format!("{} {}", at(CENTRE.0 + radius * angle.sin()), at(CENTRE.1 - radius * angle.cos()))
    };
    let large = u8::from(to - from > 0.5);
    format!(
        "M{} A{OUTER} {OUTER} 0 {large} 1 {} L{} A{INNER} {INNER} 0 {large} 0 {} Z",
        point(from, OUTER),
        point(to, OUTER),
        point(to, INNER),
        point(from, INNER),
    )
}

fn key(svg: &mut Markup, words: &Localizer, summary: &Summary, total: usize) {
    for (row, one) in summary.by_severity.iter().enumerate() {
        let y = 34.0 + 30.0 * row as f64;
        rect(svg, &format!("s-{}", class(one.severity)), [236.0, y - 12.0, 14.0, 14.0], "");
        text(svg, "", (260.0, y), &severity_name(words, one.severity));
        text(svg, "strong end", (410.0, y), &count(one.counts.unique));
        if total > 0 {
            let share = percent(one.counts.unique as f64 / total as f64);
            text(svg, "soft end", (482.0, y), &share);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_ring_is_still_an_arc() {
        let whole = slice(0.0, 1.0);
        assert!(whole.starts_with("M108.0 16.0 A96 96 0 1 1 "), "{whole}");
        assert_ne!(whole.split(" A").next(), Some("M108.0 16.0 Z"));
    }
}
