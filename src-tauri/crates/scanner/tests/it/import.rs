//! Importing advisories: what each format gives, and that a damaged file changes nothing.

use std::{
    ops::ControlFlow,
    path::{Path, PathBuf},
};

use scanner::{
    Catalogue, Ecosystem, FileKind, ImportError, ImportProgress, ImportedCatalogue, Inventory, Summary,
    SystemAssessment,
};
use tempfile::TempDir;

use crate::{
    rpm::{Rpm, database},
    support::{Image, Tar, artifact, jar, status},
};

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
        self.all(&[file.to_owned()]).unwrap()
    }

    fn all(&self, files: &[PathBuf]) -> Result<Summary, ImportError> {
        scanner::import(files, &self.database(), DATE, &mut |_| ControlFlow::Continue(()))
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
    let ubuntu = Tar::default()
        .file("etc/os-release", b"ID=ubuntu\nVERSION_ID=\"22.04\"\n")
        .file("var/lib/dpkg/status", status(&["libssl3 3.0.2-0ubuntu1.10 openssl"]).as_bytes());
    let rpm = |id: &str| {
        let libs = Rpm::new("openssl-libs", "3.0.7-6.el9_2", "openssl-3.0.7-6.el9_2.src.rpm").epoch(1);
        Tar::default()
            .file("etc/os-release", format!("ID={id}\nVERSION_ID=9.2\n").as_bytes())
            .file("var/lib/rpm/rpmdb.sqlite", &database(&[libs]))
    };
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
        ("Ubuntu:22.04:LTS", "openssl", "3.0.2-0ubuntu1.15", ubuntu),
        ("Rocky Linux:9", "openssl", "1:3.0.7-16.el9_2", rpm("rocky")),
        ("AlmaLinux:9", "openssl-libs", "1:3.0.7-16.el9_2", rpm("almalinux")),
        ("npm", "lodash", "4.17.21", npm),
        ("PyPI", "flask.cors", "3.0.9", python),
        ("Go", "g.io/a", "0.1.0", Tar::default().file("app", &program)),
    ] {
        let (import, inventory) = (Import::new(), read(tar));
        let file = import.file("record.json", &record("CVE-2026-0001", ecosystem, package, &below(fixed)));
        let summary = import.run(&file);
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
    import.run(&valid);
    let before = std::fs::read(import.database()).unwrap();
    let archive = jar(&[("a.json", &record("X-1", "npm", "a", &below("9")))]);
    let mut changed = stored(&record("X-1", "npm", "a", &below("9")));
    let flaw = changed.windows(6).position(|bytes| bytes == b"A flaw").unwrap();
    changed[flaw] = b'B';
    let broken_record = jar(&[("a.json", &record("X-1", "npm", "a", &below("9"))), ("b.json", b"{\"id\": 1}")]);
    let neither =
        "it is neither a record of the OSV schema, nor an archive of records, nor the Debian security tracker's list";
    let tracker = "it is not the Debian security tracker's list";
    let osv = "it is not a record of the OSV schema";
    for (name, bytes, expected) in [
        ("text.json", &b"nothing"[..], neither.to_owned()),
        ("empty.json", b"", neither.to_owned()),
        ("list.json", b"[1, 2]", neither.to_owned()),
        ("other.json", br#"{"name": "a"}"#, neither.to_owned()),
        ("no-packages.json", b"{}", neither.to_owned()),
        (
            "part.json",
            br#"{"openssl": {"CVE-1": {"releases": {}}}, "#,
            format!("{tracker}: EOF while parsing a value at line 1 column 41"),
        ),
        (
            "issue.json",
            br#"{"openssl": {"CVE-1": {"releases": 1}}}"#,
            format!("{tracker}: invalid type: integer `1`, expected a map at line 1 column 37"),
        ),
        (
            "record.json",
            b"{\"id\": \"X-1\",\n\"affected\": [{\"package\": 1}]}",
            format!("{osv}: invalid type: integer `1`, expected struct Package at line 2 column 26"),
        ),
        (
            "half.json",
            b"{\"schema_version\": \"1.6.0\", \"id\": \"X-1\", ",
            format!("{osv}: EOF while parsing a value at line 1 column 41"),
        ),
        ("part.zip", &archive[..archive.len() / 2], "it is truncated".to_owned()),
        ("changed.zip", &changed, "its contents differ from its checksum".to_owned()),
        ("no-records.zip", &jar(&[("README", b"nothing")]), "it has no advisories".to_owned()),
        (
            "record.zip",
            &broken_record,
            format!("record.zip: b.json: {osv}: invalid type: integer `1`, expected a string at line 1 column 8"),
        ),
    ] {
        let damaged = import.file(name, bytes);
        let error = import.all(&[valid.clone(), damaged]).unwrap_err().to_string();
        assert!(error.contains(name) && error.contains(&expected), "{error}");
        assert_eq!(std::fs::read(import.database()).unwrap(), before, "{name}");
    }
    assert!(ImportedCatalogue::open(Path::new("/nowhere")).unwrap().is_none());
    std::fs::write(import.database(), b"no database at all").unwrap();
    ImportedCatalogue::open(&import.database()).unwrap_err();
}

/// What has no end, or is not there yet, is not read: neither is what cannot be advisories, however long it is.
#[cfg(unix)]
#[test]
fn what_is_no_file_of_advisories_is_refused_before_it_is_read() {
    let import = Import::new();
    let pipe = import.dir.path().join("pipe");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    for path in [Path::new("/dev/zero"), &pipe, import.dir.path()] {
        let error = import.all(&[path.to_owned()]).unwrap_err();
        assert!(error.to_string().ends_with("it is not a regular file"), "{error}");
    }
    // A sparse file of a terabyte: reading it would not end within the test.
    let zeros = import.file("zeros", b"");
    std::fs::File::options().write(true).open(&zeros).unwrap().set_len(1 << 40).unwrap();
    let error = import.all(&[zeros]).unwrap_err();
    assert!(error.to_string().contains("it is neither a record of the OSV schema"), "{error}");
}

/// An archive with this record, stored as it is.
fn stored(record: &[u8]) -> Vec<u8> {
    use std::io::Write as _;
    let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    writer.start_file("a.json", options).unwrap();
    writer.write_all(record).unwrap();
    writer.finish().unwrap().into_inner()
}

fn ids(matches: &[scanner::Match<'_, '_>]) -> Vec<String> {
    matches.iter().map(|one| one.vulnerability.id.clone()).collect()
}

#[test]
fn release_lines_of_a_package_and_the_vulnerabilities_of_an_advisory_are_all_found() {
    let import = Import::new();
    let lines = r#"{"id": "GHSA-l", "aliases": ["CVE-2026-5"], "modified": "2026-02-03T00:00:00Z", "affected": [
        {"package": {"ecosystem": "Maven", "name": "g:core"},
            "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "2.0"}, {"fixed": "2.3.1"}]}]},
        {"package": {"ecosystem": "Maven", "name": "g:core"},
            "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "2.4"}, {"fixed": "2.12.2"}]}]}]}"#;
    let advisory = r#"{"id": "RLSA-1", "upstream": ["CVE-2026-6", "CVE-2026-7"], "modified": "2026-01-01T00:00:00Z",
        "affected": [{"package": {"ecosystem": "Rocky Linux:9", "name": "zlib"},
            "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "0:1.2.11-40.el9"}]}]}]}"#;
    let archive = jar(&[("a.json", lines.as_bytes()), ("b.json", advisory.as_bytes())]);
    let summary = import.run(&import.file("all.zip", &archive));
    assert_eq!(summary.entries, 3);
    let counts: Vec<_> =
        summary.ecosystems.iter().map(|one| (one.ecosystem, one.release.as_deref(), one.entries)).collect();
    assert_eq!(counts, [(Ecosystem::Rpm, Some("rocky:9"), 2), (Ecosystem::Maven, None, 1)]);
    let file = &summary.files[0];
    assert_eq!((file.name.as_str(), file.kind, file.advisories), ("all.zip", FileKind::OsvArchive, 2));
    assert_eq!(file.newest.as_deref(), Some("2026-02-03"));
    for (version, fixed) in [("2.2", Some("2.3.1")), ("2.3.1", None), ("2.5", Some("2.12.2"))] {
        let inventory = read(Tar::default().file("a.jar", &artifact(&format!("g:core:{version}"))));
        let catalogue = import.catalogue(&inventory);
        assert_eq!(catalogue.matches(&inventory).first().and_then(|one| one.fixed), fixed, "{version}");
    }
    let zlib = Rpm::new("zlib", "1.2.11-39.el9", "zlib-1.2.11-39.el9.src.rpm");
    let rocky = Tar::default().file("etc/os-release", b"ID=rocky\nVERSION_ID=9.3\n");
    let inventory = read(rocky.file("var/lib/rpm/rpmdb.sqlite", &database(&[zlib])));
    assert_eq!(import.matches(&inventory), ["CVE-2026-6", "CVE-2026-7"]);
}

#[test]
fn a_jar_without_a_group_finds_the_only_artifact_of_its_name() {
    let import = Import::new();
    let file = import.file("a.json", &record("CVE-2026-1", "Maven", "org.example:tool", &below("2")));
    import.run(&file);
    for name in ["tool-1.0.jar", "org.example.tool-1.0.jar"] {
        let inventory = read(Tar::default().file(name, &jar(&[("a.class", b"")])));
        assert_eq!(ids(&import.catalogue(&inventory).matches(&inventory)), ["CVE-2026-1"], "{name}");
    }
}

#[test]
fn two_advisories_about_the_same_vulnerability_are_one_match() {
    let import = Import::new();
    let alias = |id: &str, fixed| {
        let text = String::from_utf8(record(id, "PyPI", "flask", &below(fixed))).unwrap();
        text.replacen('{', r#"{"aliases": ["CVE-2026-9"],"#, 1)
    };
    let archive = jar(&[("a.json", alias("GHSA-9", "2").as_bytes()), ("b.json", alias("PYSEC-9", "3").as_bytes())]);
    assert_eq!(import.run(&import.file("all.zip", &archive)).entries, 2);
    let of = |version: &str| {
        read(Tar::default().file("a.dist-info/METADATA", format!("Name: flask\nVersion: {version}\n").as_bytes()))
    };
    assert_eq!(import.matches(&of("1")), ["CVE-2026-9"]);
    assert_eq!(import.matches(&of("2.5")), ["CVE-2026-9"], "the second advisory knows more");
}

#[test]
fn an_import_that_is_cancelled_changes_nothing_and_leaves_nothing() {
    let import = Import::new();
    let files = [("a.json", "npm"), ("b.json", "PyPI")]
        .map(|(name, ecosystem)| import.file(name, &record("X-1", ecosystem, "a", &below("9"))));
    import.all(&files).unwrap();
    let before = std::fs::read(import.database()).unwrap();
    // As a process that was killed leaves it.
    import.file(".importing-former", b"partial");
    for calls in 1..=3 {
        let mut seen = Vec::new();
        let mut progress = |at: &ImportProgress| {
            seen.push(*at);
            if seen.len() == calls { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        let error = scanner::import(&files[..], &import.database(), "2026-12-01", &mut progress).unwrap_err();
        assert!(matches!(error, ImportError::Cancelled), "{error}");
        let last = seen.last().unwrap();
        assert_eq!((last.file, last.read, last.entries), ((calls - 1).min(1), last.size, calls.min(2) as u64));
        assert_eq!(std::fs::read(import.database()).unwrap(), before);
        let mut left: Vec<_> =
            std::fs::read_dir(import.dir.path()).unwrap().map(|one| one.unwrap().file_name()).collect();
        left.sort();
        assert_eq!(left, ["a.json", "advisories.db", "b.json"]);
    }
}
