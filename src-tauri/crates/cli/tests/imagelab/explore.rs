//! The read-only explorer: after a run whose repositories were kept, it shows them without that run.

use serde_json::Value;

use crate::TestFolder;

const PROD: &str = "eks-security-prod";
const SANDBOX: &str = "eks-security-sandbox";

fn json_of(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

fn named<'a>(list: &'a Value, name: &str) -> &'a Value {
    let item = list.as_array().unwrap().iter().find(|item| item["name"] == name);
    item.unwrap_or_else(|| panic!("{name} in {list:#}"))
}

#[test]
fn the_explorer_shows_repositories_images_findings_and_where_a_vulnerability_is() {
    let folder = TestFolder::new();
    folder.run_lab(&["--keep"]).with(0);
    let status = folder.run(&["status", "--json"]).with(0).out;
    let explore = |arguments: &[&str]| folder.run(&[&["explore"], arguments].concat());
    let json = |arguments: &[&str]| explore(&[arguments, &["--format", "json"]].concat()).with(0).json();

    let registry = json(&[]);
    assert_eq!((&registry["scan_type"], &registry["unread"]), (&"ENHANCED".into(), &Value::Array(Vec::new())));
    for (name, watched) in [(PROD, true), (SANDBOX, false), ("eks-security-shared", false)] {
        assert_eq!(named(&registry["repositories"], name)["watched"], watched, "{name}");
    }
    let images = json(&[PROD]);
    let scans: Vec<_> = images["images"].as_array().unwrap().iter().map(|image| &image["scan"]).collect();
    assert_eq!(scans, ["scanned", "scanned"]);

    let vulnerable = json(&[&format!("{PROD}:latest")]);
    assert!(vulnerable.to_string().contains("CVE-2021-44228"));
    let run = folder.run(&["findings", "--tag", "latest", "--format", "json"]).with(0).json();
    assert_eq!(vulnerable["counts"], run["counts"], "the explorer finds what the run has found");
    let assessed = &vulnerable["report"]["assessed"][0];
    assert_eq!((&assessed["repository"], &assessed["complete"]), (&PROD.into(), &true.into()));
    assert!(assessed["assessment"]["packages"].as_u64().unwrap() > 0, "{assessed:#}");
    let csv = explore(&[&format!("{PROD}:latest"), "--format", "csv"]).with(0).out;
    let text = assessed["text"].as_str().unwrap();
    assert!(csv.lines().nth(1).unwrap().ends_with(&format!(",true,\"{text}\",YES")), "{csv}");
    let sarif = json_of(&explore(&[&format!("{PROD}:latest"), "--format", "sarif"]).with(0).out);
    let notes = &sarif["runs"][0]["invocations"][0]["toolExecutionNotifications"];
    assert_eq!((&notes[1]["level"], &notes[1]["message"]["text"]), (&"note".into(), &text.into()));
    let compared = json(&[&format!("{PROD}:latest"), "--compare", &format!("{PROD}:4.4.48")]);
    assert!(compared["fixed"].to_string().contains("CVE-2021-44228"));
    assert!(!compared["remaining"].to_string().contains("CVE-2021-44228"));

    let everywhere = json(&["--where", "cve-2021-44228"]);
    let presence = |name: &str| named(&everywhere["repositories"], name)["presence"].clone();
    assert_eq!((presence(PROD), presence(SANDBOX)), ("found".into(), "not_scanned".into()));
    assert_eq!(presence("eks-security-shared"), "no_images");
    let table = explore(&["--where", "CVE-2021-44228"]).with(0).out;
    assert!(
        table
            .contains("found in 1 image; not known of 1 image (not scanned, not fully assessed or not read); not found in 1 scanned image"),
        "{table}"
    );

    let masked = explore(&["--mask", "--format", "json"]).with(0).out;
    assert!(!masked.contains("123456789012") && masked.contains("••••••••9012.dkr.ecr"), "{masked}");
    assert_eq!(folder.run(&["status", "--json"]).with(0).out, status, "the run is as it was");
}

#[test]
fn an_image_that_is_not_scanned_has_no_empty_list_of_findings() {
    let folder = TestFolder::new();
    folder.run_lab(&["--keep"]).with(0);
    let image = format!("{SANDBOX}:latest");
    let explore = |format: &str| folder.run(&["explore", &image, "--format", format]).with(1);
    let json = explore("json").json();
    assert_eq!((&json["findings"], &json["findings_reason"]), (&Value::Null, &"not_scanned".into()));
    for format in ["table", "csv", "sarif"] {
        let output = explore(format);
        assert_eq!(output.out, "", "{format}");
        assert!(output.err.contains("eks-security-sandbox:latest: Not scanned"), "{}", output.err);
    }
    let compared = folder.run(&["explore", &image, "--compare", "eks-security-prod:latest"]).with(1);
    assert_eq!(compared.out, "");
}

#[test]
fn what_cannot_be_explored_is_said() {
    let folder = TestFolder::new();
    for (arguments, text) in [
        (&["explore", "none"][..], "There is no repository none"),
        (&["explore", "none:1"], "There is no image none:1"),
        (&["explore", "--where", "a b"], "is not the id of a vulnerability"),
    ] {
        let output = folder.run(arguments).with(1);
        assert!(output.err.contains(text) && output.out.is_empty(), "{}", output.err);
    }
    let output = folder.run(&["explore", "--format", "sarif"]).with(2);
    assert!(output.err.contains("CSV and SARIF"), "{}", output.err);
    assert_eq!(folder.run(&["explore"]).with(0).out.lines().count(), 2);
}
