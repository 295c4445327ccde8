//! RPM's databases: SQLite ones are read, and of the others it is reported that they are not.

use rusqlite::{Connection, params};
use scanner::{Inventory, Limits};
use tar::EntryType;

use crate::support::{Image, Tar, gzip, names};

/// A package in a database.
pub(crate) struct Rpm {
    name: &'static str,
    evr: &'static str,
    source: &'static str,
    epoch: Option<u32>,
}

impl Rpm {
    /// `evr` is `version-release`.
    pub(crate) fn new(name: &'static str, evr: &'static str, source: &'static str) -> Self {
        Self { name, evr, source, epoch: None }
    }

    pub(crate) fn epoch(self, epoch: u32) -> Self {
        Self { epoch: Some(epoch), ..self }
    }

    /// The header, with the values in the order of their tags.
    fn header(&self) -> Vec<u8> {
        let (version, release) = self.evr.split_once('-').unwrap();
        let text = |tag: u32, text: &str| (tag, 6_u32, [text.as_bytes(), b"\0"].concat());
        // The numbers are aligned, as in real headers.
        let mut values: Vec<(u32, u32, Vec<u8>)> =
            self.epoch.map(|epoch| (1003, 4, epoch.to_be_bytes().to_vec())).into_iter().collect();
        values.extend([text(1000, self.name), text(1001, version), text(1002, release)]);
        values.extend([text(1022, "x86_64"), text(1044, self.source)]);
        let (mut index, mut data) = (Vec::new(), Vec::new());
        for (tag, kind, value) in &values {
            for number in [*tag, *kind, u32::try_from(data.len()).unwrap(), 1] {
                index.extend(number.to_be_bytes());
            }
            data.extend(value);
        }
        let lengths = [values.len(), data.len()].map(|length| u32::try_from(length).unwrap().to_be_bytes());
        [lengths.concat(), index, data].concat()
    }
}

/// RPM's database with these packages, in the mode in which RPM writes it.
pub(crate) fn database(packages: &[Rpm]) -> Vec<u8> {
    built(|connection| {
        for package in packages {
            connection.execute("INSERT INTO Packages (blob) VALUES (?1)", params![package.header()]).unwrap();
        }
    })
}

fn built(fill: impl FnOnce(&Connection)) -> Vec<u8> {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("rpmdb.sqlite");
    let connection = Connection::open(&path).unwrap();
    let schema =
        "PRAGMA journal_mode = WAL; CREATE TABLE Packages (hnum INTEGER PRIMARY KEY AUTOINCREMENT, blob BLOB NOT NULL)";
    connection.execute_batch(schema).unwrap();
    fill(&connection);
    connection.close().unwrap();
    let bytes = std::fs::read(path).unwrap();
    assert_eq!(bytes[18..20], [2, 2], "with a write-ahead log");
    bytes
}

fn fedora() -> Tar {
    Tar::default().file("etc/os-release", b"ID=fedora\nVERSION_ID=40\n")
}

fn openssl() -> [Rpm; 3] {
    [
        Rpm::new("openssl-libs", "3.2.1-2.fc40", "openssl-3.2.1-2.fc40.src.rpm").epoch(1),
        Rpm::new("bash", "5.2.26-3.fc40", "bash-5.2.26-3.fc40.src.rpm"),
        Rpm::new("gpg-pubkey", "a15b79cc-63d04c2c", "(none)"),
    ]
}

fn read(tar: Tar) -> Inventory {
    Image::new(&[tar.finish()]).read()
}

#[test]
fn the_packages_of_an_sqlite_database_are_read() {
    let bytes = database(&openssl());
    let link = || fedora().link(EntryType::Symlink, "var/lib/rpm", "../../usr/lib/sysimage/rpm");
    for tar in [
        fedora().file("var/lib/rpm/rpmdb.sqlite", &bytes),
        link().file("usr/lib/sysimage/rpm/rpmdb.sqlite", &bytes).file("usr/lib/sysimage/rpm/rpmdb.sqlite-wal", b""),
    ] {
        let inventory = read(tar);
        assert_eq!(names(&inventory.packages), ["openssl-libs 1:3.2.1-2.fc40", "bash 5.2.26-3.fc40"]);
        assert!(inventory.has_list && inventory.skipped.count == 0, "{:?}", inventory.skipped);
        let libs = &inventory.packages[0];
        let source = libs.source.as_ref().unwrap();
        assert_eq!((source.name.as_str(), source.version.as_str()), ("openssl", "1:3.2.1-2.fc40"));
        assert_eq!(libs.architecture.as_deref(), Some("x86_64"));
    }
}

#[test]
fn a_package_belongs_to_the_layer_that_added_it() {
    let [libs, bash, _] = openssl();
    let file = |bytes: &[u8]| Tar::default().file("var/lib/rpm/rpmdb.sqlite", bytes).finish();
    let image =
        Image::new(&[file(&database(&[bash])), file(&database(&[libs, openssl().into_iter().nth(1).unwrap()]))]);
    let inventory = image.read();
    let layers: Vec<_> = inventory.packages.iter().map(|package| (&*package.name, &*package.layer)).collect();
    assert_eq!(layers, [("openssl-libs", &*image.layers[1].digest), ("bash", &*image.layers[0].digest)]);
}

#[test]
fn databases_in_other_formats_are_found_and_not_read() {
    for (path, format) in [
        ("var/lib/rpm/Packages", "Berkeley DB"),
        ("usr/lib/sysimage/rpm/Packages.db", "ndb"),
        ("var/lib/rpm/rpmdb.sqlite-wal", "write-ahead log"),
    ] {
        let inventory = read(fedora().file(path, b"database"));
        assert_eq!((inventory.packages.len(), inventory.has_list), (0, false));
        assert_eq!(inventory.skipped.files[0].path, path);
        let reason = format!("RPM databases in this format ({format}) are found, not read");
        assert_eq!(inventory.skipped.files[0].reason, reason);
    }
}

#[test]
fn a_damaged_database_is_reported_and_never_trusted() {
    let view = built(|connection| {
        let endless = "DROP TABLE Packages; CREATE VIEW Packages AS WITH RECURSIVE n(x) AS \
                       (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x AS blob FROM n WHERE x < 0";
        connection.execute_batch(endless).unwrap();
    });
    let header = built(|connection| {
        connection.execute("INSERT INTO Packages (blob) VALUES (?1)", params![vec![0xff_u8; 64]]).unwrap();
    });
    let text = built(|connection| {
        connection.execute("INSERT INTO Packages (blob) VALUES ('text')", []).unwrap();
    });
    let whole = database(&openssl());
    let mut page = whole.clone();
    page[4096..].fill(0xee);
    for (bytes, expected) in [
        (&b"database"[..], "it is not an SQLite database"),
        (b"", "it is not an SQLite database"),
        (&whole[..600], "its database cannot be read"),
        (&page, "its database cannot be read"),
        (&view, "its database cannot be read"),
        (&header, "one of its headers is broken"),
        (&text, "one of its headers is broken"),
    ] {
        let inventory = read(fedora().file("var/lib/rpm/rpmdb.sqlite", bytes));
        assert_eq!((inventory.packages.len(), inventory.has_list), (0, false), "{expected}");
        let reason = &inventory.skipped.files[0].reason;
        assert!(reason.starts_with(expected), "{reason}");
    }
}

#[test]
fn a_database_over_a_limit_is_refused_with_the_limit() {
    let layer = fedora().file("var/lib/rpm/rpmdb.sqlite", &database(&openssl())).finish();
    let image = Image::of(&[(crate::support::GZIP, gzip(&layer))]);
    let limits = Limits { rpm_database: 4096, ..Limits::default() };
    let expected = "the layer LAYER cannot be read: its list of packages has more than 4096 bytes";
    assert_eq!(image.read_error(&limits), expected);
    let limits = Limits { packages: 1, ..Limits::default() };
    assert_eq!(image.read_error(&limits), "the layer LAYER cannot be read: the image has more than 1 packages");
}
