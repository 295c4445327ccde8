//! The JSON formats: the object that `imagelab run --json` prints, and the report.

use i18n::{Localizer, format::plain_json};
use serde_json::{Map, Value, json};

use super::{
    ReportInput, ScanReport,
    assessed::{assessed_scanned, assessment},
    sources::header,
};
use crate::model::{
    outcome::{Receipt, RepositoryOutcome, RunOutcome},
    run_info::RunInfo,
    step::{Check, CheckStatus},
    step_record::StepRecord,
};

/// A run's result as one object. Its texts are in the reader's language.
pub fn result(run: &RunInfo, outcome: &RunOutcome, words: &Localizer) -> Value {
    json!({
        "mode": run.mode,
        "engine": run.engine,
        "account": run.account,
        "region": run.region,
        "endpoint": run.endpoint,
        "run": run.id,
        "ok": outcome.ok,
        "stale": outcome.stale,
        "steps": run.steps.iter().map(|record| step(record, words)).collect::<Vec<_>>(),
        "repositories": outcome.repositories.iter().map(repository).collect::<Map<_, _>>(),
        "comparison": outcome.comparison.map(|comparison| json!({
            "fixed": comparison.fixed,
            "new": comparison.new,
            "remaining": comparison.remaining,
            "vulnerabilities": comparison.vulnerabilities,
            "log4shell_fixed": comparison.log4shell_fixed,
        })),
        "receipt": outcome.receipt.as_ref().map(|receipt| self::receipt(receipt, words)),
    })
}

/// The report as JSON: the result, and the data behind it.
pub fn json(input: &ReportInput, words: &Localizer) -> String {
    let assessed = input.outcome.repositories.iter().filter_map(|repository| assessed_scanned(words, repository));
    let header = header(input.run.mode, input.run.endpoint.as_deref(), words, input.made_at, assessed.collect());
    let mut report = json!({
        "format": "imagelab-report",
        "version": 1,
        "header": header,
        "language": words.lang(),
        "result": result(&input.run, &input.outcome, words),
        "started_at": input.run.started_at,
        "finished": input.run.finished,
        "engine_version": input.run.engine_version,
        "practice_clock": input.practice_clock,
        "plan": input.run.plan,
        "commands": input.commands.iter().map(|(id, lines)| json!({
            "step": id,
            "lines": lines.iter().map(|command| json!({
                "title": words.text(&command.title),
                "line": command.line,
            })).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
        "scans": input.scans.iter().map(scan).collect::<Vec<_>>(),
        "fates": {
            "fixed": input.diff.fixed,
            "new": input.diff.new,
            "remaining": input.diff.remaining,
        },
        "transcript": input.transcript,
    });
    input.redactor.json(&mut report);
    let mut text = plain_json(&format!("{report:#}")).into_owned();
    text.push('\n');
    text
}

fn step(record: &StepRecord, words: &Localizer) -> Value {
    let mut step = json!({
        "id": record.id,
        "state": record.state,
        "seconds": record.seconds,
        "stale": record.stale,
        "checks": record.checks.iter().map(|one| check(one, words)).collect::<Vec<_>>(),
    });
    if let Some(problem) = &record.problem {
        step["problem"] = json!({
            "code": problem.code,
            "message": words.text(&problem.message),
            "hint": words.text(&problem.hint),
            "details": problem.details,
        });
    }
    step
}

fn check(check: &Check, words: &Localizer) -> Value {
    let mut item = json!({
        "id": check.id,
        "outcome": check.outcome,
        "detail": format!("{}: {}", words.text(&check.title), words.text(&check.detail)),
    });
    if let Some(hint) = check.hint.as_ref().filter(|_| check.outcome != CheckStatus::Met) {
        item["hint"] = words.text(hint).into();
    }
    item
}

fn repository(repository: &RepositoryOutcome) -> (String, Value) {
    let value = json!({
        "uri": repository.uri,
        "digest": repository.digest,
        "media_type": repository.media_type,
        "watched": repository.watched,
        "findings": repository.findings,
        "findings_reason": repository.findings_reason,
        "log4shell": repository.log4shell,
        "assessment": repository.assessment.as_ref().map(assessment),
        "no_longer_watched": repository.no_longer_watched,
    });
    (repository.name.clone(), value)
}

fn receipt(receipt: &Receipt, words: &Localizer) -> Value {
    json!({
        "restored": receipt.restored,
        "deleted": receipt.deleted,
        "kept": receipt.kept.iter().map(|kept| json!({
            "kind": kept.kind,
            "what": kept.what,
            "why": words.text(&kept.why),
            "open": kept.open,
        })).collect::<Vec<_>>(),
    })
}

fn scan(report: &ScanReport) -> Value {
    json!({
        "scan": report.scan,
        "summary": report.summary,
        "vulnerabilities": report.vulnerabilities,
    })
}
