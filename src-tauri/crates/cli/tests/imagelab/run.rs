//! The whole lab, what it leaves behind, and the commands that show and undo it.

use crate::TestFolder;

const STEPS: [&str; 7] = ["prepare", "scanning", "repositories", "push", "results", "remediate", "cleanup"];

#[test]
fn a_run_completes_all_seven_steps_and_prints_the_result_as_json() {
    let folder = TestFolder::new();
    let report = folder.path().join("report.html");
    let output = folder.run_lab(&["--json", "--report", report.to_str().unwrap()]).with(0);
    let result = output.json();
    assert_eq!(result["mode"], "practice");
    assert_eq!(result["engine"], "builtin");
    assert_eq!(result["account"], "123456789012");
    assert_eq!(result["region"], "ap-northeast-2");
    assert_eq!(result["ok"], true);
    assert!(result["run"].is_string());
    let steps = result["steps"].as_array().unwrap();
    assert_eq!(steps.iter().map(|step| step["id"].as_str().unwrap()).collect::<Vec<_>>(), STEPS);
    for step in steps {
        assert_eq!(step["state"], "done", "{step:#}");
        assert!(step["seconds"].as_f64().unwrap() >= 0.0);
        let checks = step["checks"].as_array().unwrap();
        assert!(!checks.is_empty(), "{step:#}");
        assert!(checks.iter().all(|check| check["outcome"] == "met" && check["detail"].is_string()), "{step:#}");
    }
    let (prod, sandbox) =
        (&result["repositories"]["eks-security-prod"], &result["repositories"]["eks-security-sandbox"]);
    assert_eq!(prod["watched"], true);
    assert_eq!(prod["log4shell"], true);
    assert!(prod["findings"]["critical"].as_u64().unwrap() >= 1);
    let counts = ["critical", "high", "medium", "low", "informational", "untriaged"];
    let sum: u64 = counts.iter().map(|severity| prod["findings"][severity].as_u64().unwrap()).sum();
    assert_eq!(prod["findings"]["total"].as_u64().unwrap(), sum);
    assert_eq!(sandbox["watched"], false);
    assert_eq!(sandbox["findings"], serde_json::Value::Null);
    assert_eq!((&sandbox["findings_reason"], &sandbox["log4shell"]), (&"not_scanned".into(), &serde_json::Value::Null));
    assert_eq!(prod["findings_reason"], serde_json::Value::Null);
    assert_eq!(sandbox["digest"], prod["digest"]);
    assert_eq!(result["comparison"]["log4shell_fixed"], true);
    assert_eq!(result["receipt"]["restored"], true);

    let page = std::fs::read_to_string(report).unwrap();
    assert!(page.contains("PRACTICE") && page.contains("CVE-2021-44228") && page.contains("<svg"));
    assert!(output.err.contains("[7/7]") && output.err.contains("✓ met"), "{}", output.err);
}

#[test]
fn a_kept_run_can_be_shown_and_cleaned_up_later() {
    let folder = TestFolder::new();
    let kept = folder.run_lab(&["--keep"]).with(0);
    assert!(kept.out.contains("eks-security-prod") && kept.out.contains("All checks are met."), "{}", kept.out);
    assert!(kept.err.contains(&folder.suggested("cleanup")), "{}", kept.err);

    let vulnerable = |options: &[&str]| folder.run(&[&["findings", "--tag", "latest"], options].concat()).with(0);
    let table = vulnerable(&["--severity", "critical"]);
    assert!(table.out.contains("CVE-2021-44228") && !table.out.contains(" HIGH "), "{}", table.out);
    let all = vulnerable(&["--format", "json"]).json();
    assert!(all.to_string().contains("CVE-2021-44228"));
    let csv = folder.run(&["findings", "--format", "csv"]).with(0);
    assert!(csv.out.lines().count() > 10);
    let sarif = folder.run(&["findings", "--format", "sarif"]).with(0).json();
    assert_eq!(sarif["version"], "2.1.0");
    let sandbox = folder.run(&["findings", "--repository", "eks-security-sandbox", "--format", "json"]).with(1);
    assert!(
        sandbox.err.contains("does not mean that it has no vulnerabilities") && !sandbox.out.contains("CVE-"),
        "{}{}",
        sandbox.out,
        sandbox.err
    );

    let status = folder.run(&["status", "--json"]).with(0).json();
    assert_eq!(status["finished"], false);
    assert_eq!(status["steps"][6]["state"], "pending");
    // While a run is unfinished, another one cannot start.
    let refused = folder.run_lab(&[]).with(2);
    assert!(
        refused.err.contains(&folder.suggested("resume")) && refused.err.contains(&folder.suggested("cleanup")),
        "{}",
        refused.err
    );
    assert_eq!(refused.out, "");

    let cleaned = folder.run(&["cleanup", "--json"]).with(0).json();
    assert_eq!(cleaned["receipt"]["restored"], true);
    let deleted = cleaned["receipt"]["deleted"].to_string();
    for name in ["eks-security-prod", "eks-security-sandbox", "eks-security-shared"] {
        assert!(deleted.contains(name), "{deleted}");
    }
    assert!(folder.run(&["cleanup"]).with(0).err.contains("nothing to clean up"));
    assert_eq!(folder.run(&["status", "--json"]).with(0).json()["finished"], true);
}

#[test]
fn an_export_has_the_findings_of_the_newest_image_unless_another_is_chosen() {
    let folder = TestFolder::new();
    folder.run_lab(&["--keep"]).with(0);
    let digests = |options: &[&str]| {
        let output = folder.run(&[&["findings", "--format", "sarif"], options].concat()).with(0);
        let mut digests: Vec<_> = output.json()["runs"][0]["results"]
            .as_array()
            .unwrap()
            .iter()
            .map(|result| result["properties"]["digest"].as_str().unwrap().to_owned())
            .collect();
        let results = digests.len();
        digests.sort();
        digests.dedup();
        (digests, results, output)
    };
    let (newest, fixed_results, output) = digests(&[]);
    assert!(output.err.contains("eks-security-prod:latest"), "the older image is named: {}", output.err);
    assert!(!output.out.contains("CVE-2021-44228"), "the newest image is the patched one");
    let (by_tag, by_tag_results, _) = digests(&["--repository", "eks-security-prod", "--tag", "4.4.48"]);
    assert_eq!((&newest, fixed_results), (&by_tag, by_tag_results));
    let (vulnerable, results, output) = digests(&["--tag", "latest"]);
    assert_eq!((vulnerable.len(), newest.len()), (1, 1));
    assert_ne!(vulnerable, newest);
    assert!(results > fixed_results && output.out.contains("CVE-2021-44228"));
    let start = &vulnerable[0]["sha256:".len()..][..12];
    assert_eq!(digests(&["--digest", start]).0, vulnerable);

    let unknown = folder.run(&["findings", "--tag", "none"]).with(2);
    assert!(unknown.err.contains("eks-security-prod:latest, eks-security-prod:4.4.48"), "{}", unknown.err);
    let both = folder.run(&["findings", "--tag", "latest", "--digest", start]).with(2);
    assert_eq!(both.out, "");
}

#[test]
fn masked_output_names_the_account_nowhere_and_has_the_same_masks() {
    let folder = TestFolder::new();
    let (page, report) = (folder.path().join("lab.html"), folder.path().join("lab.json"));
    let run = folder.run_lab(&["--mask", "--json", "--report", report.to_str().unwrap(), "--keep"]).with(0);
    assert_eq!(run.json()["account"], "••••••••9012");
    let status = folder.run(&["status", "--json"]).with(0).json();
    assert_eq!(run.json()["run"], status["run"], "the id of a run is never masked");
    let mut outputs = vec![run.out, std::fs::read_to_string(report).unwrap()];
    for format in ["json", "csv", "sarif"] {
        outputs.push(folder.run(&["findings", "--mask", "--format", format]).with(0).out);
    }
    let cleaned = ["cleanup", "--mask", "--json", "--report", page.to_str().unwrap()];
    outputs.extend([folder.run(&cleaned).with(0).out, std::fs::read_to_string(page).unwrap()]);
    let data = folder.path().join("data").display().to_string();
    for output in outputs {
        assert!(!output.contains("123456789012") && !output.contains(&data), "{output}");
        assert!(output.contains("••••••••9012") || output.contains("masked"), "{output}");
    }
}

#[test]
fn a_failed_step_reports_why_and_the_run_can_be_resumed_once_the_cause_is_removed() {
    let folder = TestFolder::new();
    let fault = ["--fault", "registry:PutManifest=access-denied", "--json"];
    let failed = folder.run_lab(&fault).with(1);
    let result = failed.json();
    assert_eq!(result["ok"], false);
    assert_eq!(result["steps"][3]["state"], "failed");
    assert!(result["steps"][3]["problem"]["code"].is_string(), "{result:#}");
    assert!(failed.err.contains("error: ") && failed.err.contains("hint: "), "{}", failed.err);
    assert!(failed.err.contains(&folder.suggested("resume")));

    let resumed = folder.run(&["resume", "--speed", "instant", "--json"]).with(0);
    assert_eq!(resumed.json()["ok"], true);
    assert!(!resumed.err.contains("[2/7]"), "a completed step ran again: {}", resumed.err);
}
