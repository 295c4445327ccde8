//! Checks, item by item: met, not met or unknown, with the reason, and what to do about it.

use lab::{Check, Outcome};
use unicode_width::UnicodeWidthStr;

use crate::console::{Console, Tone};

/// The items, as lines.
pub(crate) fn checks(console: &Console, checks: &[Check]) -> String {
    let words = console.words();
    let names = [Outcome::Met, Outcome::NotMet, Outcome::Unknown].map(|outcome| words.id(name(outcome)));
    let wide = names.iter().map(|name| name.width()).max().unwrap_or_default();
    let mut lines = Vec::new();
    for check in checks {
        let (mark, tone) = match check.outcome {
            Outcome::Met => ("✓", Tone::Good),
            Outcome::NotMet => ("✗", Tone::Bad),
            Outcome::Unknown => ("?", Tone::Open),
        };
        let name = words.id(name(check.outcome));
        let padding = " ".repeat(wide - name.width());
        let outcome = console.tinted(tone, &format!("{mark} {name}"));
        lines.push(format!("  {outcome}{padding}  {}: {}", words.text(&check.title), words.text(&check.detail)));
        if let Some(hint) = check.hint.as_ref().filter(|_| check.outcome != Outcome::Met) {
            lines.push(format!("  {}    → {}", " ".repeat(wide), words.text(hint)));
        }
    }
    lines.join("\n")
}

fn name(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Met => "cli-met",
        Outcome::NotMet => "cli-not-met",
        Outcome::Unknown => "cli-unknown",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use words::{Lang, Message};

    fn check(outcome: Outcome) -> Check {
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
        let all = [Outcome::Met, Outcome::NotMet, Outcome::Unknown].map(check);
        for lang in Lang::ALL {
            insta::assert_snapshot!(format!("checks_{lang}"), checks(&Console::new(lang), &all));
        }
    }
}
