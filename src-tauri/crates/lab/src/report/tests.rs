//! Tests of the whole page: no injection, and all texts translated in both languages.

use std::{collections::BTreeMap, time::Duration};

use findings::{
    Bucket, ComparedRow, Counts, DiffCounts, Point, Row, Scan, ScanId, ScanKey, ScoreBand, Severity, SeverityCounts,
    Summary, Timestamp,
};
use i18n::{Lang, Localizer, Message};
use redaction::KnownValues;

use super::{ReportInput, ScanReport, VulnerabilityDiff, html, json};
use crate::{
    model::{
        access::{EngineKind, Mode},
        code::Code,
        outcome::{
            ComparisonOutcome, Deleted, FindingCounts, FindingsReason, Kept, Receipt, RepositoryOutcome, RunOutcome,
            SeverityTally,
        },
        plan::Plan,
        practice_clock::PracticeClock,
        problem::Problem,
        resource::ResourceKind,
        run_id::RunId,
        run_info::RunInfo,
        step::{Check, CheckStatus, CommandLine, StepId, StepState},
        step_record::StepRecord,
    },
    transcript::{Ending, Entry, Service},
};

const HOSTILE: &str = "</title></style></svg>\"'><script>alert(1)</script><img src=x onerror=alert(1)>";

/// A run in which every external text is `text`.
fn input(text: &str) -> ReportInput {
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
    let point = |kev, log4shell| Point {
        score: 10.0,
        epss: 0.97,
        lowest_epss: 0.97,
        greatest_epss: 0.97,
        unique: 2,
        severity: Severity::Critical,
        example: text.to_owned(),
        kev,
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
        kev: true,
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

/// The tags of a page in order, as a browser would parse them.
fn tags(page: &str) -> Vec<&str> {
    let after = page.split('<').skip(1);
    after.map(|tag| tag.split(['>', ' ']).next().unwrap_or_default()).collect()
}

#[test]
fn hostile_texts_stay_texts() {
    for lang in Lang::ALL {
        let words = Localizer::new(lang);
        let hostile = html(&input(HOSTILE), &words);
        let tame = html(&input("tame"), &words);
        // The style sheet has no tags of its own, and hostile texts bring none in.
        assert_eq!(tags(&hostile), tags(&tame));
        assert!(!hostile.contains("<script") && !hostile.contains("<img"));
        let quotes = |page: &str| page.matches('"').count();
        assert_eq!(quotes(&hostile), quotes(&tame), "an attribute was left");
    }
}

#[test]
fn a_page_loads_nothing_and_runs_nothing() {
    let page = html(&input("tame"), &Localizer::new(Lang::En));
    assert!(page.contains("default-src &#39;none&#39;; style-src &#39;sha256-"), "no policy");
    for loads in ["src=", "<link", "<script", "@import", "url(", "style=\"", "onclick", "<base", "<form"] {
        assert!(!page.contains(loads), "{loads}");
    }
}

#[test]
fn every_element_that_is_opened_is_closed() {
    let page = html(&input(HOSTILE), &Localizer::new(Lang::Ko));
    let mut open = Vec::new();
    for tag in tags(&page) {
        match tag.strip_prefix('/') {
            Some(closed) => assert_eq!(open.pop(), Some(closed)),
            None if matches!(tag, "!DOCTYPE" | "meta") => {}
            None => open.push(tag),
        }
    }
    assert!(open.is_empty(), "{open:?}");
}

#[test]
fn every_text_of_the_page_is_translated() {
    for lang in Lang::ALL {
        let page = html(&input("tame"), &Localizer::new(lang));
        let bare: Vec<_> = page.split(['>', '<', '"']).filter(|text| text.trim().starts_with("report-")).collect();
        assert!(bare.is_empty(), "{lang}: {bare:?}");
        assert!(page.contains(&format!("<html lang=\"{lang}\">")));
    }
}

#[test]
fn the_page_says_that_it_is_practice_and_hides_the_account() {
    let words = Localizer::new(Lang::En);
    let mut input = input("arn:aws:ecr:ap-northeast-2:123456789012:repository/any");
    let practice = html(&input, &words);
    assert!(practice.contains("PRACTICE") && practice.contains("********9012"));
    assert!(!practice.contains("123456789012"));
    input.run.mode = Mode::Aws;
    let aws = html(&input, &words);
    assert!(!aws.contains("PRACTICE") && aws.contains("AWS account"));
}

/// The text of each cell in the row of a table that begins with `name`.
fn cells<'a>(page: &'a str, name: &str) -> Vec<&'a str> {
    let row = page.split("<tr>").find(|row| row.contains(&format!(">{name}</td>"))).unwrap_or_default();
    let row = row.split("</tr>").next().unwrap_or_default();
    row.split("<td").skip(1).filter_map(|cell| cell.split('>').nth(1)?.split('<').next()).collect()
}

#[test]
fn findings_that_are_not_known_are_no_zeros_in_table_and_figures() {
    let mut input = input("tame");
    for reason in FindingsReason::ALL {
        input.outcome.repositories[1].set_unknown(reason);
        for lang in Lang::ALL {
            let words = Localizer::new(lang);
            let page = html(&input, &words);
            let why = words.text_by_id(reason.message_id());
            let row = cells(&page, "eks-security-sandbox");
            assert_eq!(row[2..11], ["–", "–", "–", "–", "–", "–", "–", "–", &why], "{lang}");
            assert!(page.contains(&format!("<b>–</b><span>{}</span>", figure(&words, &why))), "{lang} {reason:?}");
            assert_eq!(cells(&page, "eks-security-prod")[2..4], ["1,200", "3"]);
            assert_eq!(cells(&page, "eks-security-prod")[9], "1,234");
        }
    }
}

fn figure(words: &Localizer, reason: &str) -> String {
    words.text(&Message::new("report-figure-unknown").with("repository", "eks-security-sandbox").with("reason", reason))
}

#[test]
fn it_says_by_how_much_the_practice_clock_was_moved_and_whose_image_is_no_longer_watched() {
    let mut input = input("tame");
    let moved = PracticeClock::moved_by(Duration::from_hours(15 * 24));
    let name = input.outcome.repositories[0].name.clone();
    for lang in Lang::ALL {
        let words = Localizer::new(lang);
        let says = words.text(&moved.message().unwrap());
        let ended = words.text(&Message::new("report-watching-ended").with("repository", &name));
        (input.practice_clock, input.outcome.repositories[0].no_longer_watched) =
            (Some(PracticeClock::moved_by(Duration::ZERO)), false);
        assert!(!html(&input, &words).contains(&says) && !html(&input, &words).contains(&ended), "{lang}");
        (input.practice_clock, input.outcome.repositories[0].no_longer_watched) = (Some(moved), true);
        let page = html(&input, &words);
        assert!(page.contains(&says) && page.contains(&ended), "{lang}");
        let report: serde_json::Value = serde_json::from_str(&json(&input, &words)).unwrap();
        assert_eq!(report["practice_clock"]["aheadSeconds"], 15 * 24 * 3600);
        assert_eq!(report["result"]["repositories"][&name]["no_longer_watched"], true);
    }
}

#[test]
fn results_from_before_an_earlier_step_was_undone_are_marked() {
    for lang in Lang::ALL {
        let words = Localizer::new(lang);
        let mut input = input("tame");
        assert!(!html(&input, &words).contains(&words.text_by_id("report-stale")));
        for record in &mut input.run.steps {
            record.stale = record.id == StepId::Results;
        }
        input.outcome.stale = vec![StepId::Results];
        let page = html(&input, &words);
        // At the step itself, and above the findings that it read.
        assert_eq!(page.matches(&words.text_by_id("report-stale")).count(), 2, "{lang}");
    }
}

#[test]
fn a_masked_report_names_no_account_person_or_machine_and_keeps_its_shapes() {
    let secrets = ["123456789012", "Deployer", "kim@example.com", "AKIAIOSFODNN7EXAMPLE", "/home/kim", "/srv/imagelab"];
    let text = "arn:aws:sts::123456789012:assumed-role/Deployer/kim@example.com, Deployer, AKIAIOSFODNN7EXAMPLE, \
                /home/kim/.docker/config.json, /srv/imagelab/lab/session.db, \
                123456789012.dkr.ecr.ap-northeast-2.amazonaws.com/eks-security-prod:latest";
    let mut input = input(text);
    // A run's id may consist of twelve digits.
    input.run.id = RunId("210987654321".to_owned());
    let values =
        KnownValues { home: Some("/home/kim".into()), data: Some("/srv/imagelab".into()), ..KnownValues::default() };
    let input = input.masked(values);
    let role = input.redactor.text("Deployer").into_owned();
    assert!(role.starts_with("masked-"));
    for lang in Lang::ALL {
        let words = Localizer::new(lang);
        for report in [html(&input, &words), json(&input, &words)] {
            for secret in secrets {
                assert!(!report.contains(secret), "{lang}: {secret}");
            }
            let registry = "••••••••9012.dkr.ecr.ap-northeast-2.amazonaws.com/eks-security-prod:latest";
            assert!(report.contains(registry) && report.contains("~/.docker/config.json"));
            assert!(report.contains(&format!("arn:aws:sts::••••••••9012:assumed-role/{role}/masked-")));
            assert!(report.contains("AKIA-masked-"));
        }
        assert!(json(&input, &words).contains("\"run\": \"210987654321\""));
    }
}

#[test]
fn a_learners_prefix_is_masked_and_the_usual_names_stay() {
    for (prefix, gone) in [("kim", vec!["kim-eks"]), ("soyeon", vec!["soyeon"])] {
        let mut input = input(&format!("pushed {prefix}-eks-security-prod:latest"));
        input.run.plan = Plan::default().with_prefix(prefix);
        let input = input.masked(KnownValues::default());
        let words = Localizer::new(Lang::En);
        for report in [html(&input, &words), json(&input, &words)] {
            for name in &gone {
                assert!(!report.contains(name), "{name}");
            }
            assert!(report.contains("-eks-security-prod:latest"));
        }
    }
}

#[test]
fn a_run_that_has_just_started_makes_a_page_too() {
    let mut input = input("tame");
    input.outcome = RunOutcome {
        ok: false,
        stale: Vec::new(),
        repositories: Vec::new(),
        assessed: BTreeMap::new(),
        comparison: None,
        receipt: None,
    };
    input.scans.clear();
    input.diff = VulnerabilityDiff::default();
    input.transcript.clear();
    input.run.account = None;
    let page = html(&input, &Localizer::new(Lang::En));
    assert!(page.contains("Clean-up has not been run"));
}

#[test]
fn a_scan_without_findings_draws_no_charts() {
    let mut input = input("tame");
    input.scans[0].summary = Summary::default();
    input.scans[0].vulnerabilities.clear();
    input.outcome.comparison = None;
    let page = html(&input, &Localizer::new(Lang::En));
    assert!(page.contains("The scan has no findings in what it assessed.") && !page.contains("<svg"));
}

#[test]
fn the_json_report_holds_everything() {
    let report: serde_json::Value = serde_json::from_str(&json(&input(HOSTILE), &Localizer::new(Lang::En))).unwrap();
    assert_eq!(report["format"], "imagelab-report");
    assert_eq!(report["header"]["practice"], true);
    assert_eq!(report["result"]["account"], "123456789012");
    assert_eq!(report["result"]["steps"][0]["checks"][1]["outcome"], "not_met");
    assert_eq!(report["result"]["repositories"]["eks-security-prod"]["findings"]["total"], 1234);
    let sandbox = &report["result"]["repositories"]["eks-security-sandbox"];
    assert_eq!((&sandbox["watched"], &sandbox["findings"]), (&false.into(), &serde_json::Value::Null));
    assert_eq!((&sandbox["findings_reason"], &sandbox["log4shell"]), (&"not_scanned".into(), &serde_json::Value::Null));
    assert_eq!(report["result"]["comparison"]["log4shell_fixed"], true);
    assert_eq!(report["result"]["receipt"]["restored"], true);
    assert_eq!(report["scans"][0]["vulnerabilities"].as_array().unwrap().len(), 3);
    assert_eq!(report["transcript"].as_array().unwrap().len(), 3);
    assert!(report["header"]["attributions"].as_array().unwrap().iter().any(|one| one["licence"] == "CC-BY-4.0"));
}
