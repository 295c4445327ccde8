//! The whole lab, as a user runs it: `imagelab run` and what follows it.

use serde_json::Value;
use testbed::tools::docker_clis;
use whole_lab_tests::{ExitReason, Imagelab, LIMIT, Line, Part, Program, ProgramOutput, Stack};

const STEPS: [&str; 7] = ["prepare", "scanning", "repositories", "push", "results", "remediate", "cleanup"];
const PROD: &str = "eks-security-prod";
const SANDBOX: &str = "eks-security-sandbox";
const SHARED: &str = "eks-security-shared";

fn run_lab(imagelab: &Imagelab, options: &[&str]) -> ProgramOutput {
    let mut arguments = vec!["run", "--json", "--yes"];
    arguments.extend(options);
    imagelab.run(&arguments).succeeded("imagelab run")
}

/// Asserts that the object has these members in this order. It may have more.
fn members(object: &Value, expected: &[&str]) {
    let names = object.as_object().unwrap_or_else(|| panic!("{object}")).keys().map(String::as_str);
    let names: Vec<_> = names.filter(|member| expected.contains(member)).collect();
    assert_eq!(names, expected, "{object:#}");
}

fn count(object: &Value, member: &str) -> u64 {
    object[member].as_u64().unwrap_or_else(|| panic!("{member} in {object}"))
}

/// Asserts that the JSON of a whole run is complete and consistent.
fn complete(run: &Value, engine: &str) {
    let all = ["mode", "engine", "account", "region", "run", "ok", "steps", "repositories", "comparison", "receipt"];
    members(run, &all);
    assert_eq!((&run["mode"], &run["engine"], &run["ok"]), (&"practice".into(), &engine.into(), &true.into()));
    assert_eq!((&run["account"], &run["region"]), (&"123456789012".into(), &"ap-northeast-2".into()));
    assert!(!run["run"].as_str().expect("a run has a name").is_empty());
    let steps = run["steps"].as_array().expect("there are steps");
    assert_eq!(steps.iter().map(|step| &step["id"]).collect::<Vec<_>>(), STEPS);
    for step in steps {
        members(step, &["id", "state", "seconds", "checks"]);
        assert_eq!(step["state"], "done", "{step:#}");
        assert!(step["seconds"].as_f64().is_some_and(|seconds| seconds >= 0.0), "{step:#}");
        let checks = step["checks"].as_array().expect("a step has checks");
        assert!(!checks.is_empty(), "{step:#}");
        for check in checks {
            members(check, &["id", "outcome", "detail"]);
            assert_eq!(check["outcome"], "met", "{}: {check:#}", step["id"]);
            assert!(check["detail"].as_str().is_some_and(|detail| !detail.is_empty()), "{check:#}");
        }
    }
    repositories(&run["repositories"]);
    comparison(run);
    members(&run["receipt"], &["restored", "deleted", "kept"]);
    assert_eq!(run["receipt"]["restored"], true);
    assert_eq!(run["receipt"]["kept"], serde_json::json!([]), "nothing existed before");
    let deleted = run["receipt"]["deleted"].to_string();
    assert!([PROD, SANDBOX, SHARED].iter().all(|name| deleted.contains(name)), "{deleted}");
}

fn repositories(repositories: &Value) {
    members(repositories, &[PROD, SANDBOX, SHARED]);
    for name in [PROD, SANDBOX, SHARED] {
        let repository = &repositories[name];
        members(
            repository,
            &["uri", "digest", "media_type", "watched", "findings", "findings_reason", "log4shell", "assessment"],
        );
        assert!(repository["uri"].as_str().is_some_and(|uri| uri.ends_with(&format!("/{name}"))), "{repository:#}");
        assert_eq!(repository["watched"], name == PROD);
        if name != PROD {
            // Of what is not scanned nothing is known: neither that there are no findings, nor that Log4Shell is absent.
            assert_eq!((&repository["findings"], &repository["log4shell"]), (&Value::Null, &Value::Null));
            assert_eq!(repository["findings_reason"], "not_scanned");
            continue;
        }
        assert_eq!((&repository["log4shell"], &repository["findings_reason"]), (&true.into(), &Value::Null));
        let all = ["total", "unique", "critical", "high", "medium", "low", "informational", "untriaged"];
        members(&repository["findings"], &all);
        let findings = &repository["findings"];
        let by_severity: u64 = all[2..].iter().map(|severity| count(findings, severity)).sum();
        assert_eq!(by_severity, count(findings, "total"), "{findings:#}");
        assert!(count(findings, "total") > 0, "{findings:#}");
    }
    let (prod, sandbox) = (&repositories[PROD], &repositories[SANDBOX]);
    assert!(count(&prod["findings"], "critical") > 0 && count(&prod["findings"], "unique") > 1, "{prod:#}");
    assert!(count(&prod["findings"], "unique") <= count(&prod["findings"], "total"), "{prod:#}");
    assert!(prod["digest"].as_str().is_some_and(|digest| digest.starts_with("sha256:")), "{prod:#}");
    assert_eq!(prod["digest"], sandbox["digest"], "one image, watched and not");
    assert!(repositories[SHARED]["digest"].is_null(), "nothing was pushed there");
    let media_type = prod["media_type"].as_str().expect("an image has one");
    assert!(media_type.contains("manifest") && !media_type.contains("list"), "{media_type}");
}

fn comparison(run: &Value) {
    members(&run["comparison"], &["fixed", "new", "remaining", "log4shell_fixed"]);
    assert_eq!(run["comparison"]["log4shell_fixed"], true);
    assert!(count(&run["comparison"], "fixed") > 0);
    // A vulnerability is counted once for each package, so that there are at least as many as unique ones.
    let before = count(&run["comparison"], "fixed") + count(&run["comparison"], "remaining");
    assert!(before >= count(&run["repositories"][PROD]["findings"], "unique"), "{run:#}");
}

#[test]
fn the_whole_lab_runs_with_the_built_in_engine() {
    let imagelab = Imagelab::new();
    let run = run_lab(&imagelab, &["--speed", "instant", "--engine", "builtin"]);
    complete(&run.json(), "builtin");
    // A second run starts from the state that the first has restored.
    let again = run_lab(&imagelab, &["--speed", "fast", "--engine", "builtin", "--lang", "ko"]);
    complete(&again.json(), "builtin");
    assert_ne!(again.json()["run"], run.json()["run"]);
    assert_eq!(again.json()["repositories"], run.json()["repositories"], "the same image has the same findings");
}

#[test]
fn the_whole_lab_runs_with_docker_engine() {
    let Some(stack) = Stack::up(Part::Dockerd) else { return };
    let imagelab = Imagelab::new().docker_host(stack.get("DOCKER_HOST"));
    let run = run_lab(&imagelab, &["--speed", "instant", "--engine", "docker"]);
    complete(&run.json(), "docker");
    let auto = run_lab(&imagelab, &["--speed", "instant"]).json();
    complete(&auto, "docker");
    assert_eq!(auto["repositories"][PROD]["findings"], run.json()["repositories"][PROD]["findings"]);
    for (docker, _) in docker_clis() {
        let mut images = std::process::Command::new(docker);
        images.args(["images", "--quiet"]).env("DOCKER_HOST", stack.get("DOCKER_HOST"));
        let left = whole_lab_tests::run(images, LIMIT).succeeded("docker images").stdout;
        assert_eq!(left, "", "the local images are gone");
    }
}

#[test]
fn a_lab_that_is_kept_can_be_inspected_and_cleaned_up_later() {
    let imagelab = Imagelab::new();
    let (html, json) = (imagelab.home().join("report.html"), imagelab.home().join("report.json"));
    let report = html.display().to_string();
    let kept = ["--speed", "instant", "--engine", "builtin", "--keep", "--lang", "ko", "--report", &report];
    let run = run_lab(&imagelab, &kept).json();
    assert_eq!(run["ok"], true, "{run:#}");
    assert_eq!(run["steps"][6]["state"], "pending");
    assert!(run["receipt"].is_null());
    assert_report(&std::fs::read_to_string(&html).expect("the report was written"), "ko", &run);

    let status = imagelab.run(&["status", "--json"]).succeeded("imagelab status").json();
    assert_eq!(status["run"], run["run"]);
    findings(&imagelab, &run);
    in_both_languages(&imagelab);

    // Another run has to wait until this one is cleaned up.
    let second = imagelab.run(&["run", "--json", "--yes", "--speed", "instant", "--engine", "builtin"]);
    assert_ne!(second.exit, ExitReason::Code(0), "{second:?}");
    let report = json.display().to_string();
    let cleaned = ["cleanup", "--json", "--yes", "--engine", "builtin", "--lang", "en", "--report", &report];
    let cleaned = imagelab.run(&cleaned).succeeded("imagelab cleanup").json();
    assert_eq!(cleaned["run"], run["run"]);
    assert_eq!(cleaned["receipt"]["restored"], true, "{cleaned:#}");
    complete(&cleaned, "builtin");
    let report: Value = serde_json::from_slice(&std::fs::read(&json).expect("the report was written")).expect("JSON");
    assert!(report.to_string().contains("CVE-2021-44228"));
}

/// Asserts that the report is one self-contained file with the findings, in this language.
fn assert_report(html: &str, lang: &str, run: &Value) {
    assert!(html.starts_with("<!doctype html>") || html.starts_with("<!DOCTYPE html>"), "{}", &html[..80]);
    for part in ["<svg", "CVE-2021-44228", "eks-security-prod", "put-registry-scanning-configuration"] {
        assert!(html.contains(part), "{part} is in the report");
    }
    for part in ["<script src", "<link ", "<img src=\"http", "@import", "url(http"] {
        assert!(!html.contains(part), "{part} is in the report");
    }
    assert!(html.contains(run["run"].as_str().expect("a run has a name")));
    let hangul = html.chars().any(|letter| ('가'..='힣').contains(&letter));
    assert_eq!(hangul, lang == "ko", "the report is in {lang}");
}

/// Asserts that the findings of a run are exported in the four formats.
fn findings(imagelab: &Imagelab, run: &Value) {
    let total = count(&run["repositories"][PROD]["findings"], "total") as usize;
    let of = |format: &str, more: &[&str]| {
        // The vulnerable image, not the newest one.
        let mut arguments = vec!["findings", "--repository", PROD, "--tag", "latest", "--format", format];
        arguments.extend(more);
        imagelab.run(&arguments).succeeded(&format!("imagelab findings --format {format}"))
    };
    let table = of("table", &[]).stdout;
    assert!(table.contains("CVE-2021-44228") && table.contains("log4j-core"), "{table}");
    let json = of("json", &[]).json();
    let listed = json.as_array().or_else(|| json["findings"].as_array()).expect("there is a list");
    assert!(listed.len() >= total && total > 0, "{} of {total}", listed.len());
    let critical = of("json", &["--severity", "critical"]).json();
    let critical = critical.as_array().or_else(|| critical["findings"].as_array()).expect("there is a list").len();
    assert!(critical >= count(&run["repositories"][PROD]["findings"], "critical") as usize && critical < listed.len());
    let csv = of("csv", &[]).stdout;
    assert!(csv.lines().count() > total && csv.contains("CVE-2021-44228"), "{}", csv.lines().count());
    let sarif = of("sarif", &[]).json();
    assert_eq!(sarif["version"], "2.1.0");
    let results = sarif["runs"][0]["results"].as_array().expect("a run has results");
    assert!(results.iter().any(|result| result["ruleId"].as_str().is_some_and(|id| id.contains("CVE-2021-44228"))));
}

fn in_both_languages(imagelab: &Imagelab) {
    let status = |lang: &str| imagelab.run(&["status", "--lang", lang]).succeeded("imagelab status").stdout;
    let (korean, english) = (status("ko"), status("en"));
    let hangul = |text: &str| text.chars().any(|letter| ('가'..='힣').contains(&letter));
    assert!(hangul(&korean) && !hangul(&english), "{korean}\n{english}");
    let help = |lang: &str| imagelab.run(&["--help", "--lang", lang]).succeeded("imagelab --help").stdout;
    assert!(hangul(&help("ko")) && !hangul(&help("en")));
}

#[test]
fn wrong_use_ends_with_2_and_a_check_that_is_not_met_with_1() {
    let imagelab = Imagelab::new();
    for wrong in [&["run", "--speed", "warp"][..], &["run", "--report", "report.pdf"], &["no-such-command"]] {
        let refused = imagelab.run(wrong).exited_with(2, &wrong.join(" "));
        assert!(!refused.stderr.is_empty() && refused.stdout.is_empty(), "{refused:?}");
    }
    // The patched image first, and then the vulnerable one.
    let mut run = vec!["run", "--json", "--yes", "--speed", "instant", "--engine", "builtin"];
    run.extend(["--image", "public.ecr.aws/docker/library/neo4j:4.4.48"]);
    run.extend(["--fixed-image", "public.ecr.aws/docker/library/neo4j:4.4.0"]);
    let run = imagelab.run(&run).exited_with(1, "a fix that breaks").json();
    assert_eq!((&run["ok"], &run["comparison"]["log4shell_fixed"]), (&false.into(), &false.into()), "{run:#}");
    let not_met = run["steps"].as_array().expect("there are steps").iter().filter_map(|step| step["checks"].as_array());
    let not_met: Vec<_> = not_met.flatten().filter(|check| check["outcome"] == "not_met").collect();
    assert_eq!(not_met.len(), 3, "{not_met:#?}");
    assert_eq!(run["receipt"]["restored"], true, "it is cleaned up nevertheless: {run:#}");
}

#[test]
fn a_lab_that_is_stopped_ends_with_130_and_can_be_resumed() {
    let imagelab = Imagelab::new();
    let command = imagelab.command(&["run", "--yes", "--speed", "real", "--engine", "builtin", "--lang", "en"]);
    let (sender, lines) = std::sync::mpsc::channel();
    let program = Program::start_with_lines(command, &sender);
    drop(sender);
    // At real speed the results take at least a minute, in which the run can be stopped.
    let mut output = String::new();
    while !output.contains("Read the results") {
        let (Line::Stdout(line) | Line::Stderr(line)) =
            lines.recv_timeout(LIMIT).unwrap_or_else(|error| panic!("{error}: {output}"));
        output.push_str(&line);
    }
    program.signal("INT");
    program.wait(LIMIT).exited_with(130, "imagelab run, stopped by Ctrl-C");
    let resumed = ["resume", "--json", "--yes", "--speed", "instant", "--engine", "builtin"];
    complete(&imagelab.run(&resumed).succeeded("imagelab resume").json(), "builtin");
}
