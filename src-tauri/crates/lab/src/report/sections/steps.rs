//! The steps of the run, with their checks and the equivalent commands.

use i18n::{Localizer, Message};

use super::section;
use crate::model::{
    step::{Check, CheckStatus, CommandLine, StepState},
    step_record::StepRecord,
};
use crate::report::{ReportInput, markup::Markup};

/// Writes the steps.
pub(in crate::report) fn steps(page: &mut Markup, words: &Localizer, input: &ReportInput) {
    section(page, &words.text_by_id("report-steps"), |section| {
        for (at, record) in input.run.steps.iter().enumerate() {
            let commands = input.commands.iter().find(|(id, _)| *id == record.id);
            step(section, words, at, record, commands.map_or(&[], |(_, lines)| lines));
        }
    });
}

fn step(page: &mut Markup, words: &Localizer, at: usize, record: &StepRecord, commands: &[CommandLine]) {
    let name = words.text_by_id(&format!("report-step-{}", record.id.name()));
    page.element("h3", &[], &format!("{}. {name}", at + 1));
    page.within("p", &[("class", "small")], |line| {
        let (class, id) = state(record.state);
        line.element("span", &[("class", &format!("state {class}"))], &words.text_by_id(id));
        if let Some(seconds) = record.seconds {
            let took = Message::new("report-took").with("seconds", format!("{seconds:.1}"));
            line.text(" · ").element("span", &[("class", "soft")], &words.text(&took));
        }
    });
    if record.stale {
        page.element("p", &[("class", "unknown")], &words.text_by_id("report-stale"));
    }
    if let Some(problem) = &record.problem {
        page.element("p", &[("class", "failed")], &words.text(&problem.message));
        page.element("p", &[], &words.text(&problem.hint));
    }
    if !record.checks.is_empty() {
        page.within("ul", &[("class", "checks")], |list| record.checks.iter().for_each(|one| check(list, words, one)));
    }
    if !commands.is_empty() {
        page.within("details", &[], |details| {
            details.element("summary", &[], &words.text_by_id("report-as-commands"));
            for command in commands {
                details.element("h4", &[], &words.text(&command.title));
                details.within("pre", &[], |pre| {
                    pre.element("code", &[], &command.line);
                });
            }
        });
    }
}

fn check(list: &mut Markup, words: &Localizer, check: &Check) {
    let (mark, class, id) = match check.outcome {
        CheckStatus::Met => ("✓", "met", "report-met"),
        CheckStatus::NotMet => ("✗", "not-met", "report-not-met"),
        CheckStatus::Unknown => ("?", "unknown", "report-unknown"),
    };
    list.within("li", &[], |item| {
        let name = words.text_by_id(id);
        let attributes = [("class", &*format!("mark {class}")), ("role", "img"), ("aria-label", &*name)];
        item.element("span", &attributes, mark);
        item.element("span", &[("class", "what")], &words.text(&check.title));
        item.text(" — ").text(&words.text(&check.detail));
        if let Some(hint) = check.hint.as_ref().filter(|_| check.outcome != CheckStatus::Met) {
            item.element("span", &[("class", "hint")], &words.text(hint));
        }
    });
}

fn state(state: StepState) -> (&'static str, &'static str) {
    match state {
        StepState::Pending => ("soft", "report-state-pending"),
        StepState::Running => ("unknown", "report-state-running"),
        StepState::Done => ("met", "report-state-done"),
        StepState::Failed => ("failed", "report-state-failed"),
        StepState::Cancelled => ("unknown", "report-state-cancelled"),
        StepState::Undone => ("soft", "report-state-undone"),
    }
}
