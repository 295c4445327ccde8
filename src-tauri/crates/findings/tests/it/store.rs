//! Storing findings: completely, atomically, and concurrently with queries.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};

use findings::generator::{self, Recipe};
use findings::{Details, Finding, FindingsError, Kev, Query, Scope, Source, Store};

use crate::{Fixture, at, key};

fn generated(count: usize, seed: u64) -> Vec<Finding> {
    generator::findings(&Recipe { seed, ..Recipe::new(count) }).collect()
}

fn count(store: &Store, scope: Scope) -> usize {
    store.query(&Query { scope, ..Query::default() }).unwrap().matched.findings
}

#[test]
fn a_finding_is_read_back_unchanged() {
    let fixture = Fixture::new();
    let findings = generated(50, 1);
    let scan = fixture.import_scan("sha256:1", findings.clone());
    let reopened = Store::open(fixture.path()).unwrap();
    for finding in findings {
        assert_eq!(reopened.get(scan, &finding.arn).unwrap().as_ref(), Some(&finding));
    }
    assert_eq!(reopened.get(scan, "arn:unknown").unwrap(), None);
}

#[test]
fn an_import_is_not_visible_until_it_is_finished() {
    let fixture = Fixture::new();
    let scan = fixture.store.begin_scan(&key("sha256:1"), at(0)).unwrap();
    fixture.store.put_page(scan, generated(20, 1)).unwrap();
    assert_eq!(count(&fixture.store, Scope::Scan(scan)), 0);
    let stored = fixture.store.scan(scan).unwrap();
    assert!(stored.importing && stored.finished_at.is_none());
    fixture.store.finish_scan(scan, at(5)).unwrap();
    assert_eq!(count(&fixture.store, Scope::Scan(scan)), 20);

    let again = fixture.store.begin_scan(&key("sha256:1"), at(9)).unwrap();
    assert_eq!(again, scan);
    fixture.store.put_page(scan, generated(8, 1)).unwrap();
    assert_eq!(count(&fixture.store, Scope::Scan(scan)), 20);
    let gone = fixture.store.finish_scan(scan, at(10)).unwrap();
    assert_eq!((gone, count(&fixture.store, Scope::Scan(scan))), (12, 8));
    let stored = fixture.store.find_scan(&key("sha256:1")).unwrap().unwrap();
    assert_eq!((stored.findings, stored.finished_at, stored.importing), (8, Some(at(10)), false));
}

#[test]
fn a_page_for_a_scan_without_an_import_is_rejected() {
    let fixture = Fixture::new();
    let scan = fixture.import_scan("sha256:1", generated(3, 1));
    assert!(matches!(fixture.store.put_page(scan, []), Err(FindingsError::NotStarted(_))));
    assert!(matches!(fixture.store.finish_scan(scan, at(3)), Err(FindingsError::NotStarted(_))));
    fixture.store.delete_scan(scan).unwrap();
    assert!(matches!(fixture.store.query(&Query::of_scan(scan)), Err(FindingsError::NoScan(_))));
    assert!(matches!(fixture.store.put_details(scan, []), Err(FindingsError::NoScan(_))));
}

#[test]
fn a_finding_that_both_services_report_is_stored_once() {
    let fixture = Fixture::new();
    let scan = fixture.store.begin_scan(&key("sha256:1"), at(0)).unwrap();
    let whole = generated(1, 1).remove(0);
    let by_ecr = Finding { epss: None, kev: None, seen_by: [Source::Ecr].into(), ..whole.clone() };
    let by_inspector = Finding { seen_by: [Source::Inspector].into(), ..whole.clone() };
    fixture.store.put_page(scan, [by_ecr]).unwrap();
    fixture.store.put_page(scan, [by_inspector]).unwrap();
    fixture.store.finish_scan(scan, at(1)).unwrap();
    assert_eq!(fixture.store.get(scan, &whole.arn).unwrap(), Some(whole));
}

#[test]
fn details_are_added_before_and_after_a_scan_is_finished() {
    let fixture = Fixture::new();
    let scan = fixture.store.begin_scan(&key("sha256:1"), at(0)).unwrap();
    let findings = generated(10, 1);
    fixture.store.put_page(scan, findings.clone()).unwrap();
    let details = |number: usize, epss| Details {
        arn: findings[number].arn.clone(),
        epss: Some(epss),
        kev: Some(Kev::default()),
        ..Details::default()
    };
    let unknown = Details { arn: "arn:unknown".to_owned(), ..Details::default() };
    fixture.store.put_details(scan, [details(4, 0.25), unknown]).unwrap();
    fixture.store.finish_scan(scan, at(1)).unwrap();
    assert_eq!(fixture.store.get(scan, &findings[4].arn).unwrap().unwrap().epss, Some(0.25));
    let before = fixture.store.summary(&Query::of_scan(scan)).unwrap();
    fixture.store.put_details(scan, [details(5, 0.5)]).unwrap();
    let after = fixture.store.summary(&Query::of_scan(scan)).unwrap();
    assert_eq!(after.kev.findings, before.kev.findings + 1);
}

#[test]
fn a_finding_without_an_arn_is_identified_by_its_title() {
    let fixture = Fixture::new();
    let nameless = Finding { title: "Out of support".to_owned(), ..Finding::default() };
    let scan = fixture.import_scan("sha256:1", [nameless.clone(), nameless.clone()]);
    let page = fixture.store.query(&Query::of_scan(scan)).unwrap();
    assert_eq!((page.total, page.rows[0].arn.as_str()), (1, "Out of support"));
    assert_eq!(fixture.store.get(scan, "Out of support").unwrap(), Some(nameless));
}

#[test]
fn the_latest_scan_of_each_image_is_the_last_finished() {
    let fixture = Fixture::new();
    fixture.import_scan("sha256:1", generated(3, 1));
    fixture.import_scan("sha256:2", generated(4, 1));
    let next_run = findings::ScanKey { run: "next".to_owned(), ..key("sha256:1") };
    let next = fixture.store.begin_scan(&next_run, at(7)).unwrap();
    fixture.store.put_page(next, generated(10, 1)).unwrap();
    assert_eq!(count(&fixture.store, Scope::default()), 7);
    fixture.store.finish_scan(next, at(8)).unwrap();
    assert_eq!(count(&fixture.store, Scope::default()), 14);
    let of_digest = Scope::Latest { repository: None, digest: Some("sha256:2".to_owned()) };
    assert_eq!(count(&fixture.store, of_digest), 4);
    let of_other = Scope::Latest { repository: Some("sandbox".to_owned()), digest: None };
    assert_eq!(count(&fixture.store, of_other), 0);
}

#[test]
fn a_scope_of_scans_has_each_of_them_once_and_no_other() {
    let fixture = Fixture::new();
    let (first, second) =
        (fixture.import_scan("sha256:1", generated(3, 1)), fixture.import_scan("sha256:2", generated(4, 1)));
    fixture.import_scan("sha256:3", generated(5, 1));
    assert_eq!(count(&fixture.store, Scope::Scans(vec![second, first, second])), 7);
    assert_eq!(count(&fixture.store, Scope::Scans(vec![second])), 4);
    assert_eq!(count(&fixture.store, Scope::Scans(Vec::new())), 0);
}

#[test]
fn a_database_of_a_newer_version_is_rejected_and_left_unchanged() {
    let fixture = Fixture::new();
    let path = fixture.folder.path().join("newer.db");
    let connection = rusqlite::Connection::open(&path).unwrap();
    connection.pragma_update(None, "user_version", 99).unwrap();
    drop(connection);
    let before = std::fs::read(&path).unwrap();
    let Err(error) = Store::open(&path) else { panic!("a newer database was opened") };
    assert!(matches!(error, FindingsError::NewerSchema { version: 99, .. }));
    assert!(error.to_string().contains("newer version"), "{error}");
    assert_eq!(std::fs::read(&path).unwrap(), before);
}

#[test]
fn queries_see_one_moment_while_scans_are_imported() {
    let fixture = Fixture::new();
    let scan = fixture.import_scan("sha256:1", generated(100, 1));
    let done = AtomicBool::new(false);
    let is_whole = |store: &Store| {
        let page = store.query(&Query { page_size: 1000, ..Query::of_scan(scan) }).unwrap();
        let summary = store.summary(&Query::of_scan(scan)).unwrap();
        for findings in [page.matched.findings, summary.matched.findings] {
            assert!([100, 200].contains(&findings), "{findings} findings are not those of a finished import");
        }
        assert_eq!(page.rows.len(), page.total);
    };
    std::thread::scope(|scope| {
        let readers: Vec<_> = (0..3)
            .map(|_| {
                scope.spawn(|| {
                    let mut queries = 0;
                    while !done.load(Ordering::Relaxed) || queries == 0 {
                        is_whole(&fixture.store);
                        queries += 1;
                    }
                })
            })
            .collect();
        for round in 0..10_u64 {
            let size = if round % 2 == 0 { 200 } else { 100 };
            fixture.import_scan("sha256:1", generated(size, round));
        }
        done.store(true, Ordering::Relaxed);
        for reader in readers {
            reader.join().unwrap();
        }
    });
}

const DATABASE_VARIABLE: &str = "FINDINGS_TEST_CHILD";

/// The process that `a_kill_during_an_import_leaves_the_previous_findings` kills; on its own it does nothing.
#[test]
fn child_that_imports_endlessly() {
    let Ok(path) = std::env::var(DATABASE_VARIABLE) else { return };
    let store = Store::open(path).unwrap();
    let scan = store.begin_scan(&key("sha256:1"), at(100)).unwrap();
    for seed in 2_u64.. {
        store.put_page(scan, generated(50, seed)).unwrap();
        std::io::Write::write_all(&mut std::io::stderr(), b"page\n").unwrap();
    }
}

#[test]
fn a_kill_during_an_import_leaves_the_previous_findings() {
    let fixture = Fixture::new();
    let old = generated(60, 1);
    let scan = fixture.import_scan("sha256:1", old.clone());
    for pages in [1, 3, 8] {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "store::child_that_imports_endlessly", "--nocapture"])
            .env(DATABASE_VARIABLE, fixture.path())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let written = lines.map_while(Result::ok).filter(|line| line == "page").take(pages).count();
        child.kill().unwrap();
        child.wait().unwrap();
        assert_eq!(written, pages);

        let store = Store::open(fixture.path()).unwrap();
        assert!(store.scan(scan).unwrap().importing);
        let page = store.query(&Query { page_size: 1000, ..Query::of_scan(scan) }).unwrap();
        assert_eq!(page.matched.findings, old.len());
        for finding in &old {
            assert_eq!(store.get(scan, &finding.arn).unwrap().as_ref(), Some(finding));
        }
    }
    let scan = fixture.import_scan("sha256:1", generated(5, 1));
    assert_eq!(count(&fixture.store, Scope::Scan(scan)), 5);
}
