//! What steps would change, what it costs, and what to know before saying yes.

use i18n::Message;
use lab::{Change, ChangeKind, Preview};

use crate::console::{Console, Tone};

/// The changes of several steps, as lines. Costs and warnings are said once.
pub(crate) fn preview(console: &Console, previews: &[&Preview]) -> String {
    let words = console.words();
    let mut lines = vec![console.tinted(Tone::Strong, &words.text_by_id("cli-changes"))];
    lines.extend(previews.iter().flat_map(|preview| &preview.changes).map(|one| change(console, one)));
    let mut said: Vec<&Message> = Vec::new();
    for cost in previews.iter().filter_map(|preview| preview.cost.as_ref()) {
        if !said.contains(&cost) {
            said.push(cost);
            lines.push(words.text(&Message::new("cli-cost").with("text", words.text(cost))));
        }
    }
    for warning in previews.iter().flat_map(|preview| &preview.warnings) {
        if !said.contains(&warning) {
            said.push(warning);
            lines.push(console.tinted(Tone::Open, &format!("! {}", words.text(warning))));
        }
    }
    lines.join("\n")
}

fn change(console: &Console, change: &Change) -> String {
    let (mark, id, tone) = match change.kind {
        ChangeKind::Create => ("+", "cli-change-create", Tone::Good),
        ChangeKind::Replace => ("~", "cli-change-replace", Tone::Open),
        ChangeKind::Keep => ("=", "cli-change-keep", Tone::Soft),
        ChangeKind::Delete => ("-", "cli-change-delete", Tone::Bad),
        ChangeKind::Restore => ("<", "cli-change-restore", Tone::Good),
    };
    let words = console.words();
    let what = words.text(&change.what);
    let kind = console.tinted(tone, &format!("{mark} {}", words.text_by_id(id)));
    match (&change.before, &change.after) {
        (Some(before), Some(after)) => format!("  {kind} {what}: {} → {}", words.text(before), words.text(after)),
        (Some(one), None) | (None, Some(one)) => format!("  {kind} {what}: {}", words.text(one)),
        (None, None) => format!("  {kind} {what}"),
    }
}
