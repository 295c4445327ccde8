//! Comparing the vulnerabilities of two scans.

use std::collections::BTreeSet;

use findings::generator::{self, Recipe};
use findings::{DiffStatus, Finding, FindingsError, LOG4SHELL, Package, Scope, Severity, Vulnerability};

use crate::{Fixture, at, key};

fn finding(id: Option<&str>, severity: Severity, packages: &[(&str, &str)]) -> Finding {
    let package = |(name, version): &(&str, &str)| Package {
        name: (*name).to_owned(),
        version: (*version).to_owned(),
        ..Package::default()
    };
    let names: Vec<_> = packages.iter().map(|(name, _)| *name).collect();
    let mut finding = Finding {
        arn: format!("arn:{id:?}:{names:?}:{packages:?}"),
        title: id.unwrap_or("Out of support").to_owned(),
        vulnerability: Vulnerability { id: id.map(str::to_owned), ..Vulnerability::default() },
        packages: packages.iter().map(package).collect(),
        ..Finding::default()
    };
    finding.set_severity(severity.as_str());
    finding
}

#[test]
fn each_vulnerability_of_a_package_is_fixed_new_or_remains() {
    let fixture = Fixture::new();
    let before = fixture.import_scan(
        "sha256:1",
        [
            finding(Some(LOG4SHELL), Severity::Critical, &[("log4j-core", "2.14.1"), ("log4j-core", "2.13.0")]),
            finding(Some("CVE-1"), Severity::High, &[("zlib", "1"), ("perl", "5")]),
            finding(None, Severity::Critical, &[]),
        ],
    );
    let after = fixture.import_scan(
        "sha256:2",
        [
            finding(Some("CVE-1"), Severity::Low, &[("zlib", "2")]),
            finding(Some("CVE-2"), Severity::Medium, &[("zlib", "2")]),
            finding(None, Severity::Critical, &[]),
        ],
    );
    let (before, after) = (Scope::Scan(before), Scope::Scan(after));
    let comparison = fixture.store.compare(&before, &after).unwrap();
    assert_eq!((comparison.fixed.total, comparison.new.total, comparison.remaining.total), (2, 1, 2));
    assert_eq!((comparison.fixed.unique, comparison.remaining.unique), (2, 2));
    assert_eq!(comparison.fixed.by_severity, [1, 1, 0, 0, 0, 0]);
    assert_eq!(comparison.remaining.by_severity, [1, 0, 0, 1, 0, 0], "the severity in the later scan");
    let vulnerabilities = comparison.vulnerabilities;
    assert_eq!((vulnerabilities.fixed, vulnerabilities.new, vulnerabilities.remaining), (1, 1, 2));
    assert!(comparison.log4shell_fixed);
    let package = |name| comparison.by_package.iter().find(|package| package.package == name).unwrap().counts;
    assert_eq!((package("zlib").new, package("zlib").remaining, package("perl").fixed), (1, 1, 1));

    let fixed = fixture.store.compare_page(&before, &after, DiffStatus::Fixed, 0, 1).unwrap();
    assert_eq!((fixed.total, fixed.rows.len()), (2, 1));
    assert_eq!(fixed.rows[0].vulnerability_id.as_deref(), Some(LOG4SHELL));
    assert_eq!(fixed.rows[0].versions_before, ["2.13.0", "2.14.1"]);
    assert!(fixed.rows[0].versions_after.is_empty());
    let remaining = fixture.store.compare_page(&before, &after, DiffStatus::Remaining, 0, 0).unwrap();
    assert_eq!(remaining.rows[0].title, "Out of support");
    assert_eq!((remaining.rows[0].vulnerability_id.as_ref(), remaining.rows[0].package.as_ref()), (None, None));
    assert_eq!((&*remaining.rows[1].versions_before[0], &*remaining.rows[1].versions_after[0]), ("1", "2"));

    let reversed = fixture.store.compare(&after, &before).unwrap();
    assert_eq!((reversed.fixed.total, reversed.new.total), (1, 2));
    assert!(!reversed.log4shell_fixed);
}

#[test]
fn a_scan_that_is_not_finished_is_not_compared() {
    let fixture = Fixture::new();
    let before = Scope::Scan(fixture.import_scan("sha256:1", [finding(Some(LOG4SHELL), Severity::Critical, &[])]));
    let unfinished = Scope::Scan(fixture.store.begin_scan(&key("sha256:2"), at(0)).unwrap());
    let nothing = Scope::Latest { repository: Some("no such".to_owned()), digest: None };
    for after in [unfinished, nothing] {
        assert!(matches!(fixture.store.compare(&before, &after), Err(FindingsError::NotFinished)));
    }
}

#[test]
fn a_comparison_of_large_scans_equals_that_of_sets() {
    let fixture = Fixture::new();
    let make = |seed| generator::findings(&Recipe { seed, ..Recipe::new(800) }).collect::<Vec<_>>();
    let pairs = |findings: &[Finding]| -> BTreeSet<(String, Option<String>)> {
        let of = |finding: &Finding| {
            let identity = finding.identity().to_owned();
            let mut names: Vec<_> = finding.packages.iter().map(|package| Some(package.name.clone())).collect();
            if names.is_empty() {
                names.push(None);
            }
            names.into_iter().map(move |name| (identity.clone(), name)).collect::<Vec<_>>()
        };
        findings.iter().flat_map(of).collect()
    };
    let (old, new) = (make(1), make(2));
    let (before, after) = (
        Scope::Scan(fixture.import_scan("sha256:1", old.clone())),
        Scope::Scan(fixture.import_scan("sha256:2", new.clone())),
    );
    let (old, new) = (pairs(&old), pairs(&new));
    let expected = [
        (DiffStatus::Fixed, old.difference(&new).cloned().collect::<BTreeSet<_>>()),
        (DiffStatus::New, new.difference(&old).cloned().collect()),
        (DiffStatus::Remaining, new.intersection(&old).cloned().collect()),
    ];
    for (status, expected) in expected {
        assert!(!expected.is_empty());
        let mut rows = BTreeSet::new();
        for page in 0.. {
            let page = fixture.store.compare_page(&before, &after, status, page, 100).unwrap();
            assert_eq!(page.total, expected.len());
            assert!(page.rows.is_sorted_by(|a, b| a.severity >= b.severity));
            if page.rows.is_empty() {
                break;
            }
            rows.extend(page.rows.into_iter().map(|row| (row.vulnerability_id.unwrap_or(row.title), row.package)));
        }
        assert_eq!(rows, expected, "{status:?}");
    }
}
