//! The outcome of a run: the repositories side by side, the comparison, the receipt of the cleanup.

use findings::{DiffCounts, Severity};
use i18n::{
    Localizer, Message,
    format::{count, or_none, plain},
};
use lab::{ComparisonOutcome, Receipt, RepositoryOutcome, RunOutcome, report};

use super::tables::{short, table};
use crate::console::{Console, Tone};

/// The outcome, as lines. `met`: whether all relevant checks are met.
pub(crate) fn outcome(console: &Console, outcome: &RunOutcome, met: bool) -> String {
    let localizer = console.localizer();
    let mut parts = Vec::new();
    if !outcome.stale.is_empty() {
        parts.push(console.coloured(Tone::Open, &localizer.text_by_id("report-stale")));
    }
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
    let headings = ["report-repository", "report-watched", "report-unique", "report-findings", "report-log4shell"];
    let rows = repositories.iter().map(|repository| {
        // Findings that are not known are not zero.
        vec![
            repository.name.clone(),
            or_none(repository.watched, |watched| {
                localizer.text_by_id(if watched { "report-yes" } else { "report-no" })
            }),
            or_none(repository.findings, |counts| count(counts.unique)),
            or_none(repository.findings, |counts| count(counts.total)),
            localizer.text_by_id(report::log4shell(repository)),
        ]
    });
    let mut parts = vec![table(localizer, &headings, &[2, 3], &[], rows.collect())];
    parts.extend(repositories.iter().filter_map(|repository| severities(localizer, repository)));
    parts.extend(repositories.iter().filter_map(|repository| report::suppressed(localizer, repository)));
    parts.extend(repositories.iter().filter_map(|repository| report::what_was_assessed(localizer, repository)));
    parts.extend(repositories.iter().filter_map(|repository| report::watching_ended(localizer, repository)));
    parts.join("\n")
}

/// The vulnerabilities of a repository by severity, if its findings are known.
fn severities(localizer: &Localizer, repository: &RepositoryOutcome) -> Option<String> {
    let tally = repository.findings?.vulnerabilities?;
    let title = Message::new("cli-by-severity")
        .with("repository", &repository.name)
        .with("digest", or_none(repository.digest.as_deref(), short));
    let counts = Severity::ALL.map(|severity| {
        let name = localizer.text_by_id(&format!("report-severity-{}", severity.as_str().to_lowercase()));
        format!("{name} {}", count(tally.of(severity)))
    });
    Some(format!("{}\n  {}", localizer.text(&title), counts.join(", ")))
}

fn comparison_lines(console: &Console, comparison: &ComparisonOutcome) -> String {
    let localizer = console.localizer();
    let says = |id: &str, fixed: usize, new: usize, remaining: usize| {
        let message = Message::new(id).with("fixed", fixed).with("new", new).with("remaining", remaining);
        format!("  {}", localizer.text(&message))
    };
    let title = console.coloured(Tone::Strong, &localizer.text_by_id("report-comparison"));
    let mut lines = vec![title];
    if let Some(DiffCounts { fixed, new, remaining }) = comparison.vulnerabilities {
        lines.push(says("report-chart-fates-says", fixed, new, remaining));
    }
    lines.push(says("report-fate-pairs", comparison.fixed, comparison.new, comparison.remaining));
    let (tone, id) = if comparison.log4shell_fixed {
        (Tone::Good, "report-log4shell-gone")
    } else {
        (Tone::Bad, "report-log4shell-stays")
    };
    lines.push(format!("  {}", console.coloured(tone, &localizer.text_by_id(id))));
    lines.join("\n")
}

fn receipt_lines(console: &Console, receipt: &Receipt) -> String {
    let localizer = console.localizer();
    let mut lines = vec![console.coloured(Tone::Strong, &localizer.text_by_id("report-receipt"))];
    let (tone, id) =
        if receipt.restored { (Tone::Good, "report-restored") } else { (Tone::Open, "report-not-restored") };
    lines.push(format!("  {}", console.coloured(tone, &localizer.text_by_id(id))));
    for deleted in &receipt.deleted {
        let kind = localizer.text_by_id(deleted.kind.message_id());
        lines.push(format!("  - {} {kind} {}", localizer.text_by_id("report-deleted"), plain(&deleted.name)));
    }
    for kept in &receipt.kept {
        let (kind, reason) = (localizer.text_by_id(kept.kind.message_id()), localizer.text(&kept.why));
        lines.push(format!("  = {} {kind} {}: {reason}", localizer.text_by_id("report-kept"), plain(&kept.what)));
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use i18n::Lang;
    use lab::{FindingCounts, FindingsReason, SeverityTally};
    use unicode_width::UnicodeWidthStr;

    use super::*;

    fn scanned() -> RepositoryOutcome {
        let vulnerabilities = SeverityTally { critical: 19, high: 181, ..SeverityTally::default() };
        let counts = FindingCounts { total: 1204, unique: 200, critical: 20, high: 1184, ..FindingCounts::default() };
        RepositoryOutcome {
            digest: Some(format!("sha256:{}", "c".repeat(64))),
            watched: Some(true),
            findings: Some(FindingCounts { vulnerabilities: Some(vulnerabilities), ..counts }),
            findings_reason: None,
            log4shell: Some(true),
            ..RepositoryOutcome::unread("eks-security-prod")
        }
    }

    #[test]
    fn findings_that_are_not_known_are_no_zeros_and_their_reason_is_stated() {
        for lang in Lang::ALL {
            let localizer = Localizer::new(lang);
            for reason in FindingsReason::ALL {
                let unknown = RepositoryOutcome {
                    findings_reason: Some(reason),
                    watched: Some(false),
                    ..RepositoryOutcome::unread("eks-security-sandbox")
                };
                let text = repositories(&localizer, &[scanned(), unknown]);
                let line =
                    |name: &str| text.lines().find(|line| line.contains(&format!("│{name}"))).unwrap().to_owned();
                let cells: Vec<_> =
                    line("eks-security-sandbox").split(['│', '┆']).map(|cell| cell.trim().to_owned()).collect();
                assert_eq!(cells[3..6], ["–", "–", &localizer.text_by_id(reason.message_id())], "{text}");
                let cells: Vec<_> =
                    line("eks-security-prod").split(['│', '┆']).map(|cell| cell.trim().to_owned()).collect();
                assert_eq!(cells[3..5], ["200", "1,204"], "{text}");
                assert!(text.lines().all(|line| line.width() <= super::super::tables::WIDTH), "{text}");
            }
        }
    }

    #[test]
    fn the_vulnerabilities_by_severity_add_up_to_the_headline() {
        let text = repositories(&Localizer::new(Lang::En), &[scanned()]);
        assert!(text.contains("Critical 19, High 181, Medium 0, Low 0, Informational 0, Untriaged 0"), "{text}");
    }
}
