//! Importing advisories: what each format gives, and that a damaged file changes nothing.

use std::path::{Path, PathBuf};

use scanner::{Catalogue, ImportedCatalogue, Inventory, Summary, SystemAssessment};
use tempfile::TempDir;

use crate::support::{Image, Tar, artifact, jar, status};

const DATE: &str = "2026-11-30";

struct Import {
    dir: TempDir,
}

impl Import {
    fn new() -> Self {
        Self { dir: tempfile::tempdir().unwrap() }
    }

    fn database(&self) -> PathBuf {
        self.dir.path().join("advisories.db")
    }

    fn file(&self, name: &str, contents: &[u8]) -> PathBuf {
        let path = self.dir.path().join(name);
        std::fs::write(&path, contents).unwrap();
        path
    }

    fn run(&self, file: &Path) -> Summary {
        scanner::import(&[file.to_owned()], &self.database(), DATE).unwrap()
    }

    fn matches(&self, inventory: &Inventory) -> Vec<String> {
        let catalogue = self.catalogue(inventory);
        catalogue.matches(inventory).iter().map(|one| one.vulnerability.id.clone()).collect()
    }

    fn catalogue(&self, inventory: &Inventory) -> Catalogue {
        ImportedCatalogue::open(&self.database()).unwrap().unwrap().catalogue(inventory).unwrap()
    }
}

fn record(id: &str, ecosystem: &str, package: &str, events: &str) -> Vec<u8> {
    format!(
        r#"{{"schema_version": "1.6.0", "id": "{id}", "modified": "2026-01-01T00:00:00Z", "summary": "A flaw", "details": "Of it.",
        "severity": [{{"type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"}}],
        "affected": [{{"package": {{"ecosystem": "{ecosystem}", "name": "{package}"}},
        "ranges": [{{"type": "ECOSYSTEM", "events": [{events}]}}]}}]}}"#
    )
    .into_bytes()
}

fn below(fixed: &str) -> String {
    format!(r#"{{"introduced": "0"}}, {{"fixed": "{fixed}"}}"#)
}

fn read(tar: Tar) -> Inventory {
    Image::new(&[tar.finish()]).read()
}

fn debian_12() -> Tar {
    Tar::default()
        .file("etc/os-release", b"ID=debian\nVERSION_ID=\"12\"\nPRETTY_NAME=\"Debian 12\"\n")
        .file("var/lib/dpkg/status", status(&["libssl3 3.0.11-1~deb12u1 openssl"]).as_bytes())
}

#[test]
fn a_record_of_each_ecosystem_finds_its_package() {
    let alpine = Tar::default()
        .file("etc/os-release", b"ID=alpine\nVERSION_ID=3.19.1\n")
        .file("lib/apk/db/installed", b"P:libcrypto3\nV:3.1.4-r1\no:openssl\n\n");
    let npm = Tar::default().file("node_modules/lodash/package.json", br#"{"name": "lodash", "version": "4.17.20"}"#);
    let python = Tar::default().file("a.dist-info/METADATA", b"Name: Flask_Cors\nVersion: 3.0.0\n");
    let mut program = b"\x7fELF".to_vec();
    program.extend(b"\xff Go buildinf:\x08\x02");
    program.resize(4 + 32, 0);
    for text in ["go1.21.3", &format!("{0}dep\tg.io/a\tv0.0.0-20200101000000-abc\th1:=\n{0}", "-".repeat(16))] {
        program.push(text.len() as u8);
        program.extend(text.as_bytes());
    }
    for (ecosystem, package, fixed, tar) in [
        ("Debian:12", "openssl", "3.0.13-1~deb12u1", debian_12()),
        ("Alpine:v3.19", "openssl", "3.1.4-r5", alpine),
        ("Maven", "org.example:app", "2.0", Tar::default().file("a.jar", &artifact("org.example:app:1.9"))),
        ("npm", "lodash", "4.17.21", npm),
        ("PyPI", "flask.cors", "3.0.9", python),
        ("Go", "g.io/a", "0.1.0", Tar::default().file("app", &program)),
    ] {
        let (import, inventory) = (Import::new(), read(tar));
        let file = import.file("record.json", &record("CVE-2026-0001", ecosystem, package, &below(fixed)));
        let summary = scanner::import(&[file], &import.database(), DATE).unwrap();
        assert_eq!((summary.entries, summary.unknown, summary.date.as_str()), (1, 0, DATE), "{ecosystem}");
        assert_eq!(import.matches(&inventory), ["CVE-2026-0001"], "{ecosystem}");
        let catalogue = import.catalogue(&inventory);
        assert_eq!(catalogue.matches(&inventory)[0].fixed, Some(fixed), "{ecosystem}");
        assert_eq!(catalogue.assess(&inventory).totals().1, 1, "{ecosystem}");
        if ecosystem.contains(':') {
            let system = catalogue.assess(&inventory).system;
            assert!(matches!(system, SystemAssessment::Assessed { .. }), "{system:?}");
        }
        assert!(Catalogue::bundled().matches(&inventory).is_empty(), "{ecosystem}");
    }
}

#[test]
fn ranges_withdrawn_records_and_unknown_ecosystems_follow_the_schema() {
    let import = Import::new();
    let events = r#"{"introduced": "0"}, {"fixed": "1.5"}, {"introduced": "2.0"}, {"last_affected": "2.3"}, {"introduced": "3"}"#;
    let withdrawn = String::from_utf8(record("X-1", "Maven", "g:a", &below("9"))).unwrap();
    let withdrawn = withdrawn.replacen('{', r#"{"withdrawn": "2026-01-02T00:00:00Z","#, 1);
    let archive = jar(&[
        ("X-0.json", &record("GHSA-x", "Maven", "g:a", events)),
        ("X-1.json", withdrawn.as_bytes()),
        ("X-2.json", &record("X-2", "crates.io", "g:a", &below("9"))),
        ("X-3.json", &record("X-3", "npm", "g", &below("not a version"))),
        ("README", b"no record"),
    ]);
    let summary = import.run(&import.file("all.zip", &archive));
    assert_eq!((summary.entries, summary.withdrawn, summary.unknown, summary.unreadable), (1, 1, 1, 1));
    for (version, affected) in
        [("1.4", true), ("1.5", false), ("2.0", true), ("2.3", true), ("2.4", false), ("3.1", true)]
    {
        let inventory = read(Tar::default().file("a.jar", &artifact(&format!("g:a:{version}"))));
        assert_eq!(!import.matches(&inventory).is_empty(), affected, "{version}");
    }
}

#[test]
fn the_tracker_of_debian_is_read_by_release() {
    let import = Import::new();
    let list = br#"{"openssl": {
        "CVE-2026-1": {"description": "A flaw.", "scope": "remote", "releases": {
            "bookworm": {"status": "resolved", "fixed_version": "3.0.13-1~deb12u1", "urgency": "not yet assigned"},
            "bullseye": {"status": "resolved", "fixed_version": "0", "urgency": "unimportant"},
            "sid": {"status": "open", "urgency": "low"}}},
        "CVE-2026-2": {"releases": {"bookworm": {"status": "open", "urgency": "low"}}},
        "CVE-2026-3": {"releases": {"bookworm": {"status": "undetermined", "urgency": "low"}}}}}"#;
    let summary = import.run(&import.file("tracker.json", list));
    assert_eq!((summary.entries, summary.unknown), (2, 2));
    assert_eq!(import.matches(&read(debian_12())), ["CVE-2026-1", "CVE-2026-2"]);
}

#[test]
fn a_damaged_file_changes_nothing() {
    let import = Import::new();
    let valid = import.file("valid.json", &record("CVE-2026-0001", "Debian:12", "openssl", &below("9")));
    scanner::import(std::slice::from_ref(&valid), &import.database(), DATE).unwrap();
    let before = std::fs::read(import.database()).unwrap();
    let archive = jar(&[("a.json", &record("X-1", "npm", "a", &below("9")))]);
    let broken_record = jar(&[("a.json", &record("X-1", "npm", "a", &below("9"))), ("b.json", b"{\"id\": 1}")]);
    for (name, bytes) in [
        ("text.json", &b"nothing"[..]),
        ("empty.json", b""),
        ("list.json", b"[1, 2]"),
        ("part.json", br#"{"openssl": {"CVE-1": {"releases": {}}}, "#),
        ("part.zip", &archive[..archive.len() / 2]),
        ("record.zip", &broken_record),
    ] {
        let damaged = import.file(name, bytes);
        let error = scanner::import(&[valid.clone(), damaged], &import.database(), DATE).unwrap_err();
        assert!(error.to_string().contains(name), "{error}");
        assert_eq!(std::fs::read(import.database()).unwrap(), before, "{name}");
    }
    assert!(ImportedCatalogue::open(Path::new("/nowhere")).unwrap().is_none());
    std::fs::write(import.database(), b"no database at all").unwrap();
    ImportedCatalogue::open(&import.database()).unwrap_err();
}
