//! The outcome of a run: the repositories side by side, the comparison, the receipt of the cleanup.

use i18n::{Localizer, Message};
use lab::{ComparisonOutcome, Receipt, RepositoryOutcome, RunOutcome};

use super::tables::{short, table};
use crate::console::{Console, Tone};

/// The outcome, as lines. `met`: whether all relevant checks are met.
pub(crate) fn outcome(console: &Console, outcome: &RunOutcome, met: bool) -> String {
    let localizer = console.localizer();
    let mut parts = Vec::new();
    if !outcome.repositories.is_empty() {
        parts.push(repositories(localizer, &outcome.repositories));
    }
    if let Some(comparison) = &outcome.comparison {
        parts.push(comparison_lines(console, comparison));
    }
    if let Some(receipt) = &outcome.receipt {
        parts.push(receipt_lines(console, receipt));
    }
    parts.push(if met {
        console.coloured(Tone::Good, &localizer.text_by_id("cli-all-met"))
    } else {
        console.coloured(Tone::Bad, &localizer.text_by_id("cli-not-all-met"))
    });
    parts.join("\n\n") + "\n"
}

fn repositories(localizer: &Localizer, repositories: &[RepositoryOutcome]) -> String {
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
            localizer.text_by_id(if repository.watched { "report-yes" } else { "report-no" }),
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
            .map(|count| localizer.text(&Message::new("report-number").with("value", count))),
        );
        row.push(localizer.text_by_id(log4shell));
        row
    });
    table(localizer, &headings, &[3, 4, 5, 6, 7, 8, 9], rows.collect())
}

fn comparison_lines(console: &Console, comparison: &ComparisonOutcome) -> String {
    let localizer = console.localizer();
    let counts = Message::new("report-chart-fates-says")
        .with("fixed", comparison.fixed)
        .with("new", comparison.new)
        .with("remaining", comparison.remaining);
    let (tone, id) = if comparison.log4shell_fixed {
        (Tone::Good, "report-log4shell-gone")
    } else {
        (Tone::Bad, "report-log4shell-stays")
    };
    let title = console.coloured(Tone::Strong, &localizer.text_by_id("report-comparison"));
    format!("{title}\n  {}\n  {}", localizer.text(&counts), console.coloured(tone, &localizer.text_by_id(id)))
}

fn receipt_lines(console: &Console, receipt: &Receipt) -> String {
    let localizer = console.localizer();
    let mut lines = vec![console.coloured(Tone::Strong, &localizer.text_by_id("report-receipt"))];
    let (tone, id) =
        if receipt.restored { (Tone::Good, "report-restored") } else { (Tone::Open, "report-not-restored") };
    lines.push(format!("  {}", console.coloured(tone, &localizer.text_by_id(id))));
    for deleted in &receipt.deleted {
        let kind = localizer.text_by_id(deleted.kind.message_id());
        lines.push(format!("  - {} {kind} {}", localizer.text_by_id("report-deleted"), deleted.name));
    }
    for kept in &receipt.kept {
        let (kind, reason) = (localizer.text_by_id(kept.kind.message_id()), localizer.text(&kept.why));
        lines.push(format!("  = {} {kind} {}: {reason}", localizer.text_by_id("report-kept"), kept.what));
    }
    lines.join("\n")
}
