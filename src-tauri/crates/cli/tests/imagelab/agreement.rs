//! The numbers of a run are the same in every output, each in its unit: vulnerabilities, findings, findings by package.

use std::collections::BTreeSet;

use findings::{Query, Scope, Severity, Store, View};
use serde_json::Value;

use crate::TestFolder;

/// The numbers of one scan.
#[derive(Debug, PartialEq, Eq)]
struct Numbers {
    vulnerabilities: usize,
    findings: usize,
    instances: usize,
    by_severity: [usize; 6],
}

/// A run that is kept, with its reports.
struct KeptRun {
    folder: TestFolder,
    result: Value,
    html: String,
    json: Value,
    outcome_table: String,
}

fn kept_run() -> KeptRun {
    let folder = TestFolder::new();
    let report = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (html, json) = (report("report.html"), report("report.json"));
    let table = folder.run_lab(&["--keep", "--report", &html]).with(0);
    // Nothing remains but clean-up, which is left out: only the outcome is printed again.
    let result = folder.run(&["resume", "--keep", "--speed", "instant", "--json", "--report", &json]).with(0).json();
    KeptRun {
        html: std::fs::read_to_string(&html).unwrap(),
        json: serde_json::from_str(&std::fs::read_to_string(&json).unwrap()).unwrap(),
        outcome_table: table.out,
        result,
        folder,
    }
}

impl KeptRun {
    fn store(&self) -> Store {
        Store::open(self.folder.path().join("data/lab/findings.db")).unwrap()
    }

    /// What the window shows: the summary that its charts and headings are drawn from, and the pages of its table.
    fn window(&self, digest: &str) -> Numbers {
        let store = self.store();
        let scan = store.scans().unwrap().into_iter().find(|scan| scan.key.digest == digest).unwrap();
        let query = Query::of_scan(scan.id);
        let summary = store.summary(&query).unwrap();
        let rows = |view| store.query(&Query { view, ..query.clone() }).unwrap().total;
        assert_eq!(rows(View::Unique), summary.matched.unique, "the table has as many rows as its heading says");
        assert_eq!(rows(View::Instances), summary.matched.instances);
        let sum =
            |counts: &mut dyn Iterator<Item = findings::Counts>| counts.map(|counts| counts.unique).sum::<usize>();
        let unique = summary.matched.unique;
        assert_eq!(sum(&mut summary.by_severity.iter().map(|it| it.counts)), unique, "by severity");
        assert_eq!(sum(&mut summary.by_fix.iter().map(|it| it.counts)), unique, "by fix");
        let bands = sum(&mut summary.score_bands.iter().map(|it| it.counts));
        assert_eq!(bands + summary.without_score.unique, unique, "by score");
        let plotted: usize = summary.points.iter().map(|point| point.unique).sum();
        assert_eq!(plotted + summary.without_point, unique, "by score and EPSS");
        for severity in store.values(&Scope::Scan(scan.id), findings::Property::Severity, "", 10).unwrap() {
            let counted = summary.by_severity.iter().find(|it| it.severity.as_str() == severity.value).unwrap();
            assert_eq!(severity.unique, counted.counts.unique, "the filter's suggestion {}", severity.value);
        }
        Numbers {
            vulnerabilities: unique,
            findings: summary.matched.findings,
            instances: summary.matched.instances,
            by_severity: Severity::ALL
                .map(|severity| summary.by_severity.iter().find(|it| it.severity == severity).unwrap().counts.unique),
        }
    }

    fn export(&self, format: &str) -> String {
        let image = ["--repository", "eks-security-prod", "--tag", "latest"];
        self.folder.run(&[&["findings", "--format", format], &image[..]].concat()).with(0).out
    }
}

fn of_result(result: &Value) -> (usize, usize, [usize; 6]) {
    let counts = &result["repositories"]["eks-security-prod"]["findings"];
    let number = |value: &Value| usize::try_from(value.as_u64().unwrap()).unwrap();
    let by_severity = Severity::ALL.map(|it| number(&counts["vulnerabilities"][it.as_str().to_lowercase()]));
    (number(&counts["unique"]), number(&counts["total"]), by_severity)
}

/// The numbers in CSV, of the lines with the digest.
fn of_csv(csv: &str, digest: &str) -> Numbers {
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let columns = reader.headers().unwrap().clone();
    let at = |name: &str| columns.iter().position(|column| column == name).unwrap();
    let [id, title, arn, severity, image] = ["vulnerability_id", "title", "finding_arn", "severity", "digest"].map(at);
    let lines: Vec<_> = reader.records().map(Result::unwrap).filter(|line| &line[image] == digest).collect();
    let vulnerability =
        |line: &csv::StringRecord| if line[id].is_empty() { line[title].to_owned() } else { line[id].to_owned() };
    let unique: BTreeSet<_> = lines.iter().map(vulnerability).collect();
    let mut by_severity = [0; 6];
    for name in &unique {
        let severities = lines.iter().filter(|line| vulnerability(line) == *name).map(|line| line[severity].to_owned());
        let greatest = severities.filter_map(|name| Severity::ALL.iter().position(|it| it.as_str() == name)).min();
        by_severity[greatest.unwrap()] += 1;
    }
    Numbers {
        vulnerabilities: unique.len(),
        findings: lines.iter().map(|line| line[arn].to_owned()).collect::<BTreeSet<_>>().len(),
        instances: lines.len(),
        by_severity,
    }
}

#[test]
fn sums_are_equal_in_window_terminal_report_and_exports() {
    let run = kept_run();
    let prod = &run.result["repositories"]["eks-security-prod"];
    let digest = prod["digest"].as_str().unwrap();
    let numbers = run.window(digest);
    assert!(numbers.vulnerabilities > 0 && numbers.instances >= numbers.findings, "{numbers:?}");
    assert_eq!(numbers.by_severity.iter().sum::<usize>(), numbers.vulnerabilities);

    // JSON: of the run, and of the report.
    for result in [&run.result, &run.json["result"]] {
        assert_eq!(of_result(result), (numbers.vulnerabilities, numbers.findings, numbers.by_severity));
    }
    let scan = &run.json["scans"][0];
    assert_eq!(scan["vulnerabilities"].as_array().unwrap().len(), numbers.vulnerabilities);

    // CSV.
    assert_eq!(of_csv(&run.export("csv"), digest), numbers);

    // The export as JSON.
    let export: Value = serde_json::from_str(&run.export("json")).unwrap();
    let of_image = |finding: &&Value| finding.to_string().contains(digest);
    assert_eq!(export["findings"].as_array().unwrap().iter().filter(of_image).count(), numbers.findings);

    // The terminal.
    let grouped = i18n::format::count;
    let row = run.outcome_table.lines().find(|line| line.contains("│eks-security-prod")).unwrap();
    let cells: Vec<_> = row.split(['│', '┆']).map(str::trim).collect();
    assert_eq!(cells[3..5], [grouped(numbers.vulnerabilities), grouped(numbers.findings)], "{}", run.outcome_table);
    let critical = format!("Critical {}, ", grouped(numbers.by_severity[0]));
    assert!(run.outcome_table.contains(&critical), "{}", run.outcome_table);
    let table = run.export("table");
    let heading =
        format!("{} findings, {} vulnerabilities", grouped(numbers.findings), grouped(numbers.vulnerabilities));
    assert!(table.contains(&heading), "{}", table.lines().next().unwrap_or_default());

    // The report.
    let tile = format!("<b>{}</b><span>vulnerabilities in eks-security-prod ", grouped(numbers.vulnerabilities));
    assert!(run.html.contains(&tile));
    let listed =
        format!("{} findings of {} vulnerabilities", grouped(numbers.findings), grouped(numbers.vulnerabilities));
    assert!(run.html.contains(&listed));
}

#[test]
fn fixed_and_remaining_vulnerabilities_add_up_to_those_of_the_vulnerable_image() {
    let run = kept_run();
    let (vulnerabilities, ..) = of_result(&run.result);
    let comparison = &run.result["comparison"];
    let number = |value: &Value| usize::try_from(value.as_u64().unwrap()).unwrap();
    let of = |name: &str| number(&comparison["vulnerabilities"][name]);
    assert_eq!(of("fixed") + of("remaining"), vulnerabilities, "{comparison:#}");
    let scans = run.json["scans"].as_array().unwrap();
    let after = scans.last().unwrap()["vulnerabilities"].as_array().unwrap().len();
    assert_eq!(of("new") + of("remaining"), after, "{comparison:#}");
    assert!(number(&comparison["fixed"]) >= of("fixed"), "pairs with packages are at least as many");

    let says = format!("{} fixed, {} new, {} remaining", of("fixed"), of("new"), of("remaining"));
    assert!(run.outcome_table.contains(&format!("Vulnerabilities: {says}")), "{}", run.outcome_table);
    assert!(run.html.contains(&format!("Vulnerabilities: {says}")));
    assert!(run.html.contains(&format!("<b>{}</b><span>vulnerabilities fixed", of("fixed"))));
}
