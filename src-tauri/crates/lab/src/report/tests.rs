//! Tests of the whole page: no injection, and all texts translated in both languages.

mod fixtures;

use std::{collections::BTreeMap, time::Duration};

use findings::Summary;
use i18n::{Lang, Localizer, Message};
use redaction::KnownValues;

use self::fixtures::input;
use super::{VulnerabilityDiff, html, json};
use crate::model::{
    access::Mode,
    outcome::{FindingsReason, RunOutcome},
    plan::Plan,
    practice_clock::PracticeClock,
    run_id::RunId,
    step::StepId,
};

const HOSTILE: &str = "</title></style></svg>\"'><script>alert(1)</script><img src=x onerror=alert(1)>";

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

#[test]
fn the_page_of_a_run_at_another_endpoint_says_that_it_is_not_aws_and_marks_what_is_suppressed() {
    let mut input = input("a");
    input.run.mode = Mode::Aws;
    input.run.endpoint = Some("http://127.0.0.1:4566".to_owned());
    let words = Localizer::new(Lang::En);
    let plain = html(&input, &words);
    assert!(plain.contains("Endpoint http://127.0.0.1:4566, not AWS") && !plain.contains("AWS account</span>"));
    assert!(!plain.contains("(suppressed)") && !plain.contains("suppressed by filters"));
    input.scans[0].vulnerabilities[0].suppressed = true;
    input.scans[0].summary.suppressed.findings = 3;
    let page = html(&input, &words);
    assert!(page.contains("(suppressed)") && page.contains("3 of these findings are suppressed by filters"), "{page}");
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
