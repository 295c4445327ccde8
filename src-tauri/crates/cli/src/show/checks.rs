//! Checks, item by item: met, not met or unknown, with the reason, and what to do about it.

use lab::{Check, CheckStatus};
use unicode_width::UnicodeWidthStr;

use crate::console::{Console, Tone};

/// The items, as lines.
pub(crate) fn checks(console: &Console, checks: &[Check]) -> String {
    let words = console.words();
    let names =
        [CheckStatus::Met, CheckStatus::NotMet, CheckStatus::Unknown].map(|outcome| words.text_by_id(name(outcome)));
    let wide = names.iter().map(|name| name.width()).max().unwrap_or_default();
    let mut lines = Vec::new();
    for check in checks {
        let (mark, tone) = match check.outcome {
            CheckStatus::Met => ("✓", Tone::Good),
            CheckStatus::NotMet => ("✗", Tone::Bad),
            CheckStatus::Unknown => ("?", Tone::Open),
        };
        let name = words.text_by_id(name(check.outcome));
        let padding = " ".repeat(wide - name.width());
        let outcome = console.tinted(tone, &format!("{mark} {name}"));
        lines.push(format!("  {outcome}{padding}  {}: {}", words.text(&check.title), words.text(&check.detail)));
        if let Some(hint) = check.hint.as_ref().filter(|_| check.outcome != CheckStatus::Met) {
            lines.push(format!("  {}    → {}", " ".repeat(wide), words.text(hint)));
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
            detail: Message::new("report-number").with("value", 3_u8),
            hint: Some(Message::new("problem-report-unwritable-hint")),
        }
    }

    #[test]
    fn every_outcome_is_told_apart_without_colours_and_aligned() {
        let all = [CheckStatus::Met, CheckStatus::NotMet, CheckStatus::Unknown].map(check);
        for lang in Lang::ALL {
            insta::assert_snapshot!(format!("checks_{lang}"), checks(&Console::new(lang), &all));
        }
    }
}
