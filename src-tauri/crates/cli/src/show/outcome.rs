//! What came of a run: the repositories side by side, the comparison, the receipt.

use i18n::{Localizer, Message};
use lab::{ComparisonOutcome, Receipt, RepositoryOutcome, RunOutcome};

use super::tables::{short, table};
use crate::console::{Console, Tone};

/// What came of it, as lines. `met`: all that is to be judged.
pub(crate) fn outcome(console: &Console, outcome: &RunOutcome, met: bool) -> String {
    let words = console.words();
    let mut parts = Vec::new();
    if !outcome.repositories.is_empty() {
        parts.push(repositories(words, &outcome.repositories));
    }
    if let Some(comparison) = &outcome.comparison {
        parts.push(compared(console, comparison));
    }
    if let Some(receipt) = &outcome.receipt {
        parts.push(received(console, receipt));
    }
    parts.push(if met {
        console.tinted(Tone::Good, &words.text_by_id("cli-all-met"))
    } else {
        console.tinted(Tone::Bad, &words.text_by_id("cli-not-all-met"))
    });
    parts.join("\n\n") + "\n"
}

fn repositories(words: &Localizer, repositories: &[RepositoryOutcome]) -> String {
    let headings = [
        "report-repository",
        "report-watched",
        "report-digest",
        "report-findings",
        "report-severity-critical",
        "report-severity-high",
        "report-severity-medium",
        "report-severity-low",
        "report-severity-informational",
        "report-severity-untriaged",
        "report-log4shell",
    ];
    let rows = repositories.iter().map(|repository| {
        let counts = &repository.findings;
        let log4shell = match (repository.watched, repository.log4shell) {
            (_, true) => "report-found",
            (true, false) => "report-not-found",
            (false, false) => "report-not-looked",
        };
        let mut row = vec![
            repository.name.clone(),
            words.text_by_id(if repository.watched { "report-yes" } else { "report-no" }),
            repository.digest.as_deref().map_or_else(|| "–".to_owned(), short),
        ];
        row.extend(
            [
                counts.total,
                counts.critical,
                counts.high,
                counts.medium,
                counts.low,
                counts.informational,
                counts.untriaged,
            ]
            .map(|count| words.text(&Message::new("report-number").with("value", count))),
        );
        row.push(words.text_by_id(log4shell));
        row
    });
    table(words, &headings, &[3, 4, 5, 6, 7, 8, 9], rows.collect())
}

fn compared(console: &Console, comparison: &ComparisonOutcome) -> String {
    let words = console.words();
    let counts = Message::new("report-chart-fates-says")
        .with("fixed", comparison.fixed)
        .with("new", comparison.new)
        .with("remaining", comparison.remaining);
    let (tone, id) = if comparison.log4shell_fixed {
        (Tone::Good, "report-log4shell-gone")
    } else {
        (Tone::Bad, "report-log4shell-stays")
    };
    let title = console.tinted(Tone::Strong, &words.text_by_id("report-comparison"));
    format!("{title}\n  {}\n  {}", words.text(&counts), console.tinted(tone, &words.text_by_id(id)))
}

fn received(console: &Console, receipt: &Receipt) -> String {
    let words = console.words();
    let mut lines = vec![console.tinted(Tone::Strong, &words.text_by_id("report-receipt"))];
    let (tone, id) =
        if receipt.restored { (Tone::Good, "report-restored") } else { (Tone::Open, "report-not-restored") };
    lines.push(format!("  {}", console.tinted(tone, &words.text_by_id(id))));
    for deleted in &receipt.deleted {
        let kind = words.text_by_id(deleted.kind.message_id());
        lines.push(format!("  - {} {kind} {}", words.text_by_id("report-deleted"), deleted.name));
    }
    for kept in &receipt.kept {
        let (kind, why) = (words.text_by_id(kept.kind.message_id()), words.text(&kept.why));
        lines.push(format!("  = {} {kind} {}: {why}", words.text_by_id("report-kept"), kept.what));
    }
    lines.join("\n")
}
