//! A column chart of the vulnerabilities by score band.

use findings::{Severity, Summary};
use i18n::{Localizer, Message, format::count};

use super::{Figure, HALF, axis_maximum, class, line, rect, text};
use crate::report::markup::Markup;

const LEFT: f64 = 40.0;
const TOP: f64 = 20.0;
const BOTTOM: f64 = 196.0;

/// Draws the vulnerabilities by score band.
pub(in crate::report) fn score_bands(page: &mut Markup, words: &Localizer, summary: &Summary) {
    let greatest = summary.score_bands.iter().map(|band| band.counts.unique).max().unwrap_or(0);
    let high = summary.score_bands.iter().filter(|band| band.from >= 7.0).map(|band| band.counts.unique).sum::<usize>();
    let mut rows: Vec<Vec<String>> = summary
        .score_bands
        .iter()
        .map(|band| {
            vec![format!("{} – {}", band.from, band.to), count(band.counts.unique), count(band.counts.findings)]
        })
        .collect();
    rows.push(vec![
        words.text_by_id("report-no-score"),
        count(summary.without_score.unique),
        count(summary.without_score.findings),
    ]);
    let says = Message::new("report-chart-bands-says").with("high", high).with("none", summary.without_score.unique);
    let figure = Figure {
        title: words.text_by_id("report-chart-bands"),
        says: words.text(&says),
        width: HALF,
        height: 236.0,
        headers: ["report-score", "report-unique", "report-findings"].iter().map(|id| words.text_by_id(id)).collect(),
        rows,
        words,
    };
    let end = axis_maximum(greatest);
    figure.draw(page, |svg| {
        let height = |count: usize| (BOTTOM - TOP) * count as f64 / end as f64;
        let parts = if end.is_multiple_of(4) { 4 } else { 5 };
        for part in 0..=parts {
            let value = end * part / parts;
            let y = BOTTOM - height(value);
            line(svg, "grid", (LEFT, y), (HALF - 8.0, y));
            text(svg, "soft small end", (LEFT - 8.0, y + 4.0), &count(value));
        }
        let wide = (HALF - 8.0 - LEFT) / summary.score_bands.len().max(1) as f64;
        for (column, band) in summary.score_bands.iter().enumerate() {
            let (x, tall) = (LEFT + wide * column as f64, height(band.counts.unique));
            let title = format!("{} – {}: {}", band.from, band.to, count(band.counts.unique));
            let colour = format!("s-{}", class(severity_of_band(band.from)));
            rect(svg, &colour, [x + 4.0, BOTTOM - tall, wide - 8.0, tall], &title);
            if band.counts.unique > 0 {
                let count = count(band.counts.unique);
                text(svg, "small strong mid", (x + wide / 2.0, BOTTOM - tall - 5.0), &count);
            }
            text(svg, "soft small mid", (x + wide / 2.0, BOTTOM + 17.0), &format!("{}–{}", band.from, band.to));
        }
        line(svg, "axis", (LEFT, BOTTOM), (HALF - 8.0, BOTTOM));
        text(svg, "soft small mid", (f64::midpoint(LEFT, HALF), BOTTOM + 36.0), &words.text_by_id("report-score"));
    });
}

/// The CVSS 3 severity of most scores in the band that starts at `from`.
fn severity_of_band(from: f64) -> Severity {
    match from {
        from if from >= 9.0 => Severity::Critical,
        from if from >= 7.0 => Severity::High,
        from if from >= 4.0 => Severity::Medium,
        _ => Severity::Low,
    }
}
