//! The preview of steps: their changes, costs and warnings, for the user to confirm.

use i18n::Message;
use lab::{Change, ChangeKind, Preview};

use crate::console::{Console, Tone};

/// The changes of several steps, as lines. Each cost and warning is printed once.
pub(crate) fn preview(console: &Console, previews: &[&Preview]) -> String {
    let localizer = console.localizer();
    let mut lines = vec![console.coloured(Tone::Strong, &localizer.text_by_id("cli-changes"))];
    lines.extend(previews.iter().flat_map(|preview| &preview.changes).map(|item| change(console, item)));
    let mut printed: Vec<&Message> = Vec::new();
    for cost in previews.iter().filter_map(|preview| preview.cost.as_ref()) {
        if !printed.contains(&cost) {
            printed.push(cost);
            lines.push(localizer.text(&Message::new("cli-cost").with("text", localizer.text(cost))));
        }
    }
    for note in previews.iter().flat_map(|preview| &preview.notes) {
        if !printed.contains(&note) {
            printed.push(note);
            lines.push(localizer.text(note));
        }
    }
    for warning in previews.iter().flat_map(|preview| &preview.warnings) {
        if !printed.contains(&warning) {
            printed.push(warning);
            lines.push(console.coloured(Tone::Open, &format!("! {}", localizer.text(warning))));
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
    let localizer = console.localizer();
    let what = localizer.text(&change.what);
    let kind = console.coloured(tone, &format!("{mark} {}", localizer.text_by_id(id)));
    match (&change.before, &change.after) {
        (Some(before), Some(after)) => {
            format!("  {kind} {what}: {} → {}", localizer.text(before), localizer.text(after))
        }
        (Some(state), None) | (None, Some(state)) => format!("  {kind} {what}: {}", localizer.text(state)),
        (None, None) => format!("  {kind} {what}"),
    }
}
