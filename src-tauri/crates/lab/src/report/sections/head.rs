//! The top of the page: the mode and account, the verdict, and the key figures.

use i18n::{
    Localizer, Message,
    format::{count, or_none},
};

use super::{fact, log4shell, moment, section};
use crate::{
    model::{
        access::{EngineKind, Mode},
        outcome::{FindingsReason, RepositoryOutcome},
        practice_clock::PracticeClock,
        step::CheckStatus,
    },
    report::{ReportInput, markup::Markup, sources::cloud},
};

/// Writes the title, the mode and the verdict.
pub(in crate::report) fn head(page: &mut Markup, words: &Localizer, input: &ReportInput) {
    let run = &input.run;
    let class = if run.mode == Mode::Practice { "badge practice" } else { "badge aws" };
    page.within("header", &[], |header| {
        header.within("div", &[("class", "in")], |inside| {
            inside.element("span", &[("class", class)], &words.text(&cloud(run.mode, run.endpoint.as_deref())));
            inside.element("h1", &[], &words.text_by_id("report-title"));
            inside.element("p", &[], &words.text(&verdict(input)));
        });
    });
    page.line();
}

fn verdict(input: &ReportInput) -> Message {
    let checks = input.run.steps.iter().flat_map(|step| &step.checks);
    let (mut met, mut all) = (0_usize, 0_usize);
    for check in checks {
        all += 1;
        met += usize::from(check.outcome == CheckStatus::Met);
    }
    // What was never asked is not met: a run that was interrupted is not headed as if everything had been read.
    let unasked = input.run.steps.iter().filter(|step| step.checks.is_empty()).map(|step| step.id.check_items()).sum();
    let id = match unasked {
        0_usize if input.outcome.ok => "report-verdict-met",
        0 => "report-verdict-open",
        _ => "report-verdict-unasked",
    };
    Message::new(id).with("met", met).with("all", all + unasked).with("unasked", unasked)
}

/// Writes the key figures and the facts of the run.
pub(in crate::report) fn overview(page: &mut Markup, words: &Localizer, input: &ReportInput) {
    if input.run.mode == Mode::Practice {
        page.element("p", &[("class", "note"), ("role", "note")], &words.text_by_id("report-note-practice"));
    }
    if let Some(endpoint) = &input.run.endpoint {
        let note = Message::new("report-note-endpoint").with("endpoint", endpoint);
        page.element("p", &[("class", "note"), ("role", "note")], &words.text(&note));
    }
    if let Some(moved) = input.practice_clock.and_then(PracticeClock::message) {
        page.element("p", &[("class", "note"), ("role", "note")], &words.text(&moved));
    }
    section(page, &words.text_by_id("report-overview"), |section| {
        if !input.outcome.stale.is_empty() {
            section.element("p", &[("class", "unknown")], &words.text_by_id("report-stale"));
        }
        figures(section, words, input);
        section.within("dl", &[("class", "facts")], |list| facts(list, words, input));
    });
}

fn figures(page: &mut Markup, words: &Localizer, input: &ReportInput) {
    let plan = &input.run.plan;
    let of = |name: &str| input.outcome.repositories.iter().find(|repository| repository.name == name);
    let tile = |page: &mut Markup, class: &str, value: &str, label: &str| {
        page.within("div", &[("class", &format!("tile {class}"))], |tile| {
            tile.element("b", &[], value).element("span", &[], label);
        });
    };
    page.within("div", &[("class", "tiles")], |tiles| {
        if let Some(prod) = of(&plan.prod) {
            tile(tiles, "", &or_none(prod.findings, |counts| count(counts.unique)), &figure_label(words, prod));
            let class = if prod.log4shell == Some(true) { "bad" } else { "" };
            tile(tiles, class, &words.text_by_id(log4shell(prod)), &words.text_by_id("report-figure-log4shell"));
        }
        if let Some(sandbox) = of(&plan.sandbox) {
            tile(tiles, "", &or_none(sandbox.findings, |counts| count(counts.unique)), &figure_label(words, sandbox));
        }
        if let Some(vulnerabilities) = input.outcome.comparison.and_then(|comparison| comparison.vulnerabilities) {
            let label = Message::new("report-figure-fixed").with("remaining", vulnerabilities.remaining);
            let label = words.text(&label.with("new", vulnerabilities.new));
            tile(tiles, "good", &count(vulnerabilities.fixed), &label);
        }
    });
}

/// What a repository's figure counts; without findings, why they are not known.
fn figure_label(words: &Localizer, repository: &RepositoryOutcome) -> String {
    let reason = repository.findings_reason.unwrap_or(FindingsReason::NotRead);
    let label = match &repository.findings {
        Some(counts) => Message::new("report-figure-repository").with("findings", counts.total),
        None => Message::new("report-figure-unknown").with("reason", words.text_by_id(reason.message_id())),
    };
    words.text(&label.with("repository", &repository.name))
}

fn facts(list: &mut Markup, words: &Localizer, input: &ReportInput) {
    let run = &input.run;
    let engine = match run.engine {
        EngineKind::Builtin => "report-engine-builtin",
        EngineKind::Docker => "report-engine-docker",
    };
    let version = run.engine_version.as_deref().unwrap_or_default();
    let unknown = || words.text_by_id("report-unknown");
    fact(list, &words.text_by_id("report-account"), &run.account.clone().unwrap_or_else(unknown));
    fact(list, &words.text_by_id("report-region"), run.region.as_deref().unwrap_or(&unknown()));
    fact(list, &words.text_by_id("report-engine"), format!("{} {version}", words.text_by_id(engine)).trim());
    fact(list, &words.text_by_id("report-image"), &run.plan.image);
    fact(list, &words.text_by_id("report-fixed-image"), &run.plan.fixed_image);
    fact(list, &words.text_by_id("report-filter"), &run.plan.filter);
    fact(list, &words.text_by_id("report-started"), &moment(run.started_at));
    fact(list, &words.text_by_id("report-made"), &moment(input.made_at));
    fact(list, &words.text_by_id("report-run"), &run.id.to_string());
}
