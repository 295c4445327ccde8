//! A report's content for tests: every external text in it is the same one.

use std::{collections::BTreeMap, time::Duration};

use findings::{
    Bucket, ComparedRow, Counts, DiffCounts, Point, Row, Scan, ScanId, ScanKey, ScoreBand, Severity, SeverityCounts,
    Summary, Timestamp,
};
use i18n::Message;

use crate::{
    model::{
        access::{EngineKind, Mode},
        code::Code,
        finding_counts::{FindingCounts, SeverityTally},
        outcome::{ComparisonOutcome, Deleted, Kept, Receipt, RepositoryOutcome, RunOutcome},
        plan::Plan,
        practice_clock::PracticeClock,
        problem::Problem,
        resource::ResourceKind,
        run_id::RunId,
        run_info::RunInfo,
        step::{Check, CheckStatus, CommandLine, StepId, StepState},
        step_record::StepRecord,
    },
    report::{ReportInput, ScanReport, VulnerabilityDiff},
    transcript::{Ending, Entry, Service},
};

/// A run in which every external text is `text`.
pub(super) fn input(text: &str) -> ReportInput {
    let at = Timestamp::parse("2026-05-01T12:30:05Z").unwrap();
    let check = |outcome| Check {
        id: "any".to_owned(),
        outcome,
        title: Message::new("report-image"),
        detail: Message::new("report-scan").with("image", text),
        hint: Some(Message::new("report-scan").with("image", text)),
    };
    let step = |id| StepRecord {
        id,
        state: StepState::Done,
        seconds: Some(1.25),
        checks: [CheckStatus::Met, CheckStatus::NotMet, CheckStatus::Unknown].map(check).to_vec(),
        problem: Some(Problem::new(Code::ReportUnwritable).with("path", text).details(text)),
        stale: false,
    };
    let entry = |ending| Entry {
        number: 1,
        step: Some(StepId::Push),
        service: Service::Engine,
        operation: text.to_owned(),
        detail: text.to_owned(),
        started_at: at,
        millis: 1234,
        ending,
    };
    ReportInput {
        made_at: at,
        run: RunInfo {
            id: RunId("0123456789ab".to_owned()),
            mode: Mode::Practice,
            engine: EngineKind::Docker,
            engine_version: Some(text.to_owned()),
            account: Some("123456789012".to_owned()),
            endpoint: None,
            options: None,
            region: Some("ap-northeast-2".to_owned()),
            plan: Plan { image: text.to_owned(), ..Plan::default() },
            started_at: at,
            finished: true,
            steps: StepId::ALL.map(step).to_vec(),
        },
        outcome: outcome(text),
        practice_clock: Some(PracticeClock::moved_by(Duration::ZERO)),
        commands: vec![(
            StepId::Push,
            vec![CommandLine { title: Message::new("report-scan").with("image", text), line: text.to_owned() }],
        )],
        scans: vec![scan(text)],
        diff: VulnerabilityDiff { fixed: vec![compared(text)], new: Vec::new(), remaining: vec![compared(text)] },
        transcript: vec![
            entry(Ending::Ok),
            entry(Ending::Error { code: text.to_owned(), message: text.to_owned() }),
            entry(Ending::Cancelled),
        ],
        redactor: redaction::Redactor::off(),
    }
}

fn outcome(text: &str) -> RunOutcome {
    let repository = |name: &str| {
        let mut repository = RepositoryOutcome::unread(name);
        repository.uri = Some(text.to_owned());
        repository.set_image(text, text);
        repository
    };
    let (mut scanned, mut not_scanned) = (repository("eks-security-prod"), repository("eks-security-sandbox"));
    scanned.set_watched(true);
    let vulnerabilities = SeverityTally { critical: 3, high: 1197, ..SeverityTally::default() };
    let counts = FindingCounts { total: 1234, unique: 1200, critical: 4, high: 1230, ..FindingCounts::default() };
    scanned.set_findings(FindingCounts { vulnerabilities: Some(vulnerabilities), ..counts }, true);
    not_scanned.set_watched(false);
    RunOutcome {
        ok: false,
        stale: Vec::new(),
        repositories: vec![scanned, not_scanned],
        assessed: BTreeMap::new(),
        comparison: Some(ComparisonOutcome {
            fixed: 1,
            new: 0,
            remaining: 1,
            vulnerabilities: Some(DiffCounts { fixed: 1, new: 0, remaining: 1 }),
            log4shell_fixed: true,
        }),
        receipt: Some(Receipt {
            restored: true,
            deleted: vec![Deleted { kind: ResourceKind::Repository, name: text.to_owned() }],
            kept: vec![Kept {
                kind: ResourceKind::Image,
                what: text.to_owned(),
                why: Message::new("report-scan").with("image", text),
                open: false,
            }],
        }),
    }
}

fn scan(text: &str) -> ScanReport {
    let counts = Counts { findings: 4, instances: 5, unique: 3 };
    let bucket = || Bucket {
        value: text.to_owned(),
        counts,
        instances_by_severity: [1, 1, 1, 1, 1, 0],
        unique_by_severity: [1, 1, 1, 0, 0, 0],
    };
    let point = |kev: bool, log4shell| Point {
        score: 10.0,
        epss: 0.97,
        lowest_epss: 0.97,
        greatest_epss: 0.97,
        unique: 2,
        severity: Severity::Critical,
        example: text.to_owned(),
        vulnerability_id: None,
        kev: Some(kev),
        log4shell,
    };
    let summary = Summary {
        matched: counts,
        by_severity: Severity::ALL.map(|severity| SeverityCounts { severity, counts }).to_vec(),
        by_package: vec![bucket()],
        packages: 1,
        by_layer: vec![bucket()],
        score_bands: (0..10).map(|band| ScoreBand { from: f64::from(band), to: f64::from(band + 1), counts }).collect(),
        without_score: counts,
        points: vec![point(true, true), point(true, false), point(false, false)],
        without_point: 7,
        kev: counts,
        kev_unknown: Counts::default(),
        suppressed: Counts::default(),
        log4shell: true,
        ..Summary::default()
    };
    let key = ScanKey {
        repository: text.to_owned(),
        digest: format!("sha256:{text}"),
        run: text.to_owned(),
        origin: text.to_owned(),
    };
    let at = Timestamp::parse("2026-05-01T12:30:05Z").unwrap();
    ScanReport {
        scan: Scan { id: ScanId(1), key, started_at: at, finished_at: Some(at), importing: false, findings: 4 },
        summary,
        vulnerabilities: vec![row(Some(text), text), row(Some("CVE-2021-44228"), text), row(None, text)],
    }
}

fn row(id: Option<&str>, text: &str) -> Row {
    Row {
        arn: text.to_owned(),
        scan: ScanId(1),
        ordinal: 0,
        instances: 2,
        findings: 1,
        packages: vec![text.to_owned(), text.to_owned()],
        vulnerability_id: id.map(str::to_owned),
        title: text.to_owned(),
        severity: Severity::Critical,
        status: None,
        score: Some(9.8),
        epss: Some(0.5),
        fix_available: None,
        exploit_available: None,
        kev: Some(true),
        suppressed: false,
        package: Some(text.to_owned()),
        version: Some(text.to_owned()),
        fixed_in: Some(text.to_owned()),
        manager: None,
        file_path: Some(text.to_owned()),
        layer: Some(text.to_owned()),
        repository: Some(text.to_owned()),
        digest: Some(text.to_owned()),
        first_observed_at: None,
        last_observed_at: None,
    }
}

fn compared(text: &str) -> ComparedRow {
    ComparedRow {
        vulnerability_id: Some(text.to_owned()),
        title: text.to_owned(),
        package: Some(text.to_owned()),
        severity: Severity::High,
        score: None,
        versions_before: vec![text.to_owned()],
        versions_after: vec![text.to_owned()],
        fixed_in: Some(text.to_owned()),
        arn: text.to_owned(),
        scan: ScanId(1),
    }
}
