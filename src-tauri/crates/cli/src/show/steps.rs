//! Headings of steps, and the list of all steps with their states.

use i18n::Message;
use lab::{StepId, StepRecord, StepState};
use unicode_width::UnicodeWidthStr;

use crate::console::{Console, Tone};

/// The heading of a step: `[3/7] Create repositories`.
pub(crate) fn heading(console: &Console, step: StepId) -> String {
    let number = StepId::ALL.iter().position(|id| *id == step).unwrap_or_default() + 1;
    console.coloured(Tone::Strong, &format!("[{number}/{}] {}", StepId::ALL.len(), name(console, step)))
}

fn name(console: &Console, step: StepId) -> String {
    console.localizer().text_by_id(&format!("report-step-{}", step.name()))
}

/// The state of every step, one per line, with its problem if it failed.
pub(crate) fn states(console: &Console, steps: &[StepRecord]) -> String {
    let localizer = console.localizer();
    let width = steps.iter().map(|step| name(console, step.id).width()).max().unwrap_or_default();
    let mut lines = Vec::new();
    for record in steps {
        let (mark, id, tone) = match record.state {
            StepState::Pending => ("·", "report-state-pending", Tone::Soft),
            StepState::Running => ("~", "report-state-running", Tone::Open),
            StepState::Done => ("✓", "report-state-done", Tone::Good),
            StepState::Failed => ("✗", "report-state-failed", Tone::Bad),
            StepState::Cancelled => ("~", "report-state-cancelled", Tone::Open),
            StepState::Undone => ("·", "report-state-undone", Tone::Soft),
        };
        let name = name(console, record.id);
        let padding = " ".repeat(width - name.width());
        let state = console.coloured(tone, &localizer.text_by_id(id));
        let took = record.seconds.map_or_else(String::new, |seconds| {
            format!("  {}", localizer.text(&Message::new("report-took").with("seconds", format!("{seconds:.1}"))))
        });
        lines.push(format!("  {} {name}{padding}  {state}{took}", console.coloured(tone, mark)));
        if record.stale {
            lines.push(format!("      {}", localizer.text_by_id("report-stale")));
        }
        if let Some(problem) = &record.problem {
            lines.push(format!("      {}", localizer.text(&problem.message)));
        }
    }
    lines.join("\n")
}
