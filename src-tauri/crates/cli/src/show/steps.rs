//! Steps by name: the heading of one that begins, and where all of them stand.

use i18n::Message;
use lab::{StepId, StepRecord, StepState};
use unicode_width::UnicodeWidthStr;

use crate::console::{Console, Tone};

/// `[2/7] Create repositories`, as the heading of a step that begins.
pub(crate) fn heading(console: &Console, step: StepId) -> String {
    let number = StepId::ALL.iter().position(|id| *id == step).unwrap_or_default() + 1;
    console.tinted(Tone::Strong, &format!("[{number}/{}] {}", StepId::ALL.len(), name(console, step)))
}

fn name(console: &Console, step: StepId) -> String {
    console.words().text_by_id(&format!("report-step-{}", step.name()))
}

/// Where every step stands, a line each, with what ended it.
pub(crate) fn states(console: &Console, steps: &[StepRecord]) -> String {
    let words = console.words();
    let wide = steps.iter().map(|step| name(console, step.id).width()).max().unwrap_or_default();
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
        let padding = " ".repeat(wide - name.width());
        let state = console.tinted(tone, &words.text_by_id(id));
        let took = record.seconds.map_or_else(String::new, |seconds| {
            format!("  {}", words.text(&Message::new("report-took").with("seconds", format!("{seconds:.1}"))))
        });
        lines.push(format!("  {} {name}{padding}  {state}{took}", console.tinted(tone, mark)));
        if let Some(problem) = &record.problem {
            lines.push(format!("      {}", words.text(&problem.message)));
        }
    }
    lines.join("\n")
}
