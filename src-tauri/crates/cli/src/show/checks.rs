//! The results of checks: met, not met or unknown, each with the reason and a hint.

use lab::{Check, CheckStatus};
use unicode_width::UnicodeWidthStr;

use crate::console::{Console, Tone};

/// The checks, as lines.
pub(crate) fn checks(console: &Console, checks: &[Check]) -> String {
    let localizer = console.localizer();
    let names = [CheckStatus::Met, CheckStatus::NotMet, CheckStatus::Unknown]
        .map(|outcome| localizer.text_by_id(name(outcome)));
    let width = names.iter().map(|name| name.width()).max().unwrap_or_default();
    let mut lines = Vec::new();
    for check in checks {
        let (mark, tone) = match check.outcome {
            CheckStatus::Met => ("✓", Tone::Good),
            CheckStatus::NotMet => ("✗", Tone::Bad),
            CheckStatus::Unknown => ("?", Tone::Open),
        };
        let name = localizer.text_by_id(name(check.outcome));
        let padding = " ".repeat(width - name.width());
        let outcome = console.coloured(tone, &format!("{mark} {name}"));
        lines.push(format!(
            "  {outcome}{padding}  {}: {}",
            localizer.text(&check.title),
            localizer.text(&check.detail)
        ));
        if let Some(hint) = check.hint.as_ref().filter(|_| check.outcome != CheckStatus::Met) {
            lines.push(format!("  {}    → {}", " ".repeat(width), localizer.text(hint)));
        }
    }
    lines.join("\n")
}

fn name(outcome: CheckStatus) -> &'static str {
    match outcome {
        CheckStatus::Met => "cli-met",
        CheckStatus::NotMet => "cli-not-met",
        CheckStatus::Unknown => "cli-unknown",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use i18n::{Lang, Message};

    fn check(outcome: CheckStatus) -> Check {
        Check {
            id: "any".to_owned(),
            outcome,
            title: Message::new("report-region"),
            detail: Message::new("report-made-by").with("version", "3"),
            hint: Some(Message::new("problem-report-unwritable-hint")),
        }
    }

    #[test]
    fn every_outcome_is_distinct_without_colours_and_aligned() {
        let all = [CheckStatus::Met, CheckStatus::NotMet, CheckStatus::Unknown].map(check);
        for lang in Lang::ALL {
            insta::assert_snapshot!(format!("checks_{lang}"), checks(&Console::new(lang), &all));
        }
    }
}
