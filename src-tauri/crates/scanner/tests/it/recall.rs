//! Packages that are easily missed: behind links, in sparse files, in JARs with other names or without metadata.

use scanner::{Catalogue, Inventory};
use tar::{EntryType, Header};

use crate::support::{DEBIAN_11, Image, Tar, artifact, jar, names, pom, status};

const STATUS: &str = "var/lib/dpkg/status";

fn read(tar: Tar) -> Inventory {
    Image::new(&[tar.finish()]).read()
}

fn debian_11() -> Tar {
    Tar::default().file("etc/os-release", DEBIAN_11.as_bytes())
}

fn zlib() -> String {
    status(&["zlib1g 1:1.2.11.dfsg-2 zlib"])
}

fn has(inventory: &Inventory, id: &str) -> bool {
    Catalogue::bundled().matches(inventory).iter().any(|one| one.vulnerability.id == id)
}

#[test]
fn packages_that_are_not_fully_installed_are_reported() {
    for state in ["unpacked", "half-configured", "half-installed", "triggers-awaited", "triggers-pending"] {
        let list = zlib().replace("ok installed", &format!("ok {state}"));
        assert!(has(&read(debian_11().file(STATUS, list.as_bytes())), "CVE-2018-25032"), "{state}");
    }
}

#[test]
fn the_list_of_packages_is_read_behind_links() {
    let list = zlib();
    let blob = || debian_11().file("blob", list.as_bytes());
    let moved = || debian_11().file("usr/lib/dpkg-db/status", list.as_bytes());
    for (name, tar) in [
        ("a folder", moved().link(EntryType::Symlink, "var/lib/dpkg", "/usr/lib/dpkg-db")),
        ("a relative one", moved().link(EntryType::Symlink, "var/lib/dpkg", "../../usr/lib/dpkg-db")),
        ("the file", blob().link(EntryType::Symlink, STATUS, "../../../blob")),
        ("a hard link", blob().link(EntryType::Link, STATUS, "blob")),
        ("a part", blob().link(EntryType::Symlink, "var/lib/dpkg/status.d/zlib1g", "/blob")),
    ] {
        let inventory = read(tar);
        assert!(has(&inventory, "CVE-2018-25032") && inventory.has_list, "{name}");
    }
    let circle =
        debian_11().link(EntryType::Symlink, STATUS, "status").link(EntryType::Symlink, "var/lib", "/var/lib/x");
    assert!(!read(circle).has_list);
    // A copy of the list is not the list.
    assert_eq!(read(moved()).packages, []);
}

#[test]
fn the_system_is_identified_behind_links() {
    for (file, link) in [("usr/lib/os.d/os-release-x", "../usr/lib/os.d/os-release-x"), ("opt/id", "/opt/id")] {
        let text = format!("NAME=\"Debian GNU/Linux\"\n{DEBIAN_11}");
        let tar = Tar::default().file(file, text.as_bytes()).link(EntryType::Symlink, "etc/os-release", link);
        assert_eq!(read(tar).system.unwrap().platform(), "DEBIAN_11", "{file}");
    }
}

#[test]
fn a_jar_is_recognized_by_its_content() {
    let log4j = artifact("org.apache.logging.log4j:log4j-core:2.14.1");
    let tar = debian_11().file("blobs/1", &log4j).link(EntryType::Link, "app/log4j.jar", "blobs/1");
    let inventory = read(tar);
    let paths: Vec<_> = inventory.packages.iter().map(|package| &*package.path).collect();
    assert_eq!(paths, ["app/log4j.jar", "blobs/1"]);
    for path in ["plugin.hpi", "plugin.jpi", "plugin.bin"] {
        let plugin = jar(&[("WEB-INF/lib/log4j-core-2.14.1.jar", &log4j)]);
        assert!(has(&read(Tar::default().file(path, &plugin)), "CVE-2021-44228"), "{path}");
    }
    // An archive that is no JAR is neither a package nor an unknown one.
    let inventory = read(Tar::default().file("fonts.zip", &jar(&[("a.ttf", b"font")])));
    assert_eq!((inventory.packages.len(), inventory.unidentified, inventory.skipped.count), (0, 0, 0));
}

#[test]
fn a_jar_is_read_five_levels_deep() {
    let log4j = artifact("org.apache.logging.log4j:log4j-core:2.14.1");
    let deep = |levels: usize| (0..levels).fold(log4j.clone(), |inner, _| jar(&[("lib/inner.jar", &inner)]));
    let inventory = read(Tar::default().file("app.war", &deep(5)));
    assert!(has(&inventory, "CVE-2021-44228") && inventory.limits.is_empty());
    let inventory = read(Tar::default().file("app.war", &deep(6)));
    assert_eq!((inventory.packages.len(), inventory.limits.len()), (0, 1));
}

#[test]
fn an_unpacked_archive_is_identified_by_the_same_files() {
    let (path, text) = pom("org.apache.logging.log4j:log4j-core:2.14.1");
    let bundle = b"Bundle-SymbolicName: org.apache.commons.commons-text\nBundle-Version: 1.9.0\n";
    let inventory = read(
        Tar::default()
            .file(&format!("srv/app/{path}"), text.as_bytes())
            .file("srv/app/META-INF/MANIFEST.MF", b"Implementation-Version: 7\nImplementation-Vendor-Id: other\n")
            .file("opt/commons-text-1.9/META-INF/MANIFEST.MF", bundle)
            .file("opt/unnamed/META-INF/MANIFEST.MF", b"Manifest-Version: 1.0\n"),
    );
    assert_eq!(
        names(&inventory.packages),
        ["org.apache.commons:commons-text 1.9", "org.apache.logging.log4j:log4j-core 2.14.1"]
    );
    assert_eq!(inventory.unidentified, 1);
}

#[test]
fn a_jar_without_metadata_is_identified_or_counted() {
    let manifest = |text: &str| jar(&[("META-INF/MANIFEST.MF", text.as_bytes())]);
    let bouncy_castle = manifest(
        "Bundle-SymbolicName: bcprov\nBundle-Version: 1.69.0\nImplementation-Version: 1.69.0\n\
         Implementation-Vendor-Id: org.bouncycastle\n",
    );
    let inventory = read(Tar::default().file("a/bcprov-jdk15on-1.69.jar", &bouncy_castle));
    assert_eq!(names(&inventory.packages), ["org.bouncycastle:bcprov-jdk15on 1.69"]);
    assert!(has(&inventory, "CVE-2024-29857"));

    let unnamed = manifest("Manifest-Version: 1.0\n");
    let inventory = read(Tar::default().file("a/jackson-databind-2.9.10.jar", &unnamed));
    assert_eq!(names(&inventory.packages), ["jackson-databind 2.9.10"]);
    assert!(has(&inventory, "CVE-2020-36518"));
    let bundle = manifest("Bundle-SymbolicName: com.fasterxml.jackson.core.jackson-databind\nBundle-Version: 2.9.10\n");
    assert!(has(&read(Tar::default().file("a/renamed.jar", &bundle)), "CVE-2020-36518"));

    let classes = jar(&[("Main.class", b"code")]);
    let outer = jar(&[("lib/unnamed.jar", &unnamed), ("lib/g-1.jar", &artifact("g:a:1"))]);
    let tar = Tar::default().file("a/app.jar", &classes).file("b/app.bin", &classes).file("c/x-1.jar", &outer);
    let inventory = read(tar);
    assert_eq!((names(&inventory.packages), inventory.unidentified), (vec!["x 1".into(), "g:a 1".into()], 3));
}

#[test]
fn log4j_1_is_in_the_catalogue() {
    let inventory = read(Tar::default().file("a/log4j-1.2.17.jar", &jar(&[("META-INF/MANIFEST.MF", b"")])));
    assert!(has(&inventory, "CVE-2021-4104") && has(&inventory, "CVE-2019-17571"));
    assert!(!has(&inventory, "CVE-2021-44228"));
}

#[test]
fn a_truncated_jar_is_reported() {
    let log4j = artifact("org.apache.logging.log4j:log4j-core:2.14.1");
    let part = &log4j[..log4j.len() / 2];
    let outer = jar(&[("lib/log4j.jar", part)]);
    let inventory = read(Tar::default().file("log4j.jar", part).file("blob", part).file("x-1.jar", &outer));
    let skipped: Vec<_> = inventory.skipped.files.iter().map(|file| file.path.as_str()).collect();
    assert_eq!(skipped, ["log4j.jar", "blob", "x-1.jar!/lib/log4j.jar"]);
    assert!(inventory.skipped.files.iter().all(|file| file.reason.starts_with("it is truncated")));
}

/// The bytes from the first part on, with a hole in front of them and another one after 512 bytes.
struct Sparse {
    contents: Vec<u8>,
    parts: [u64; 4],
    size: u64,
}

impl Sparse {
    /// A JAR after a hole, as a program in front of it would be, with a hole of zeros that are part of it.
    fn jar() -> (Self, Vec<u8>) {
        let zeros = vec![0; 4096];
        let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        let (path, text) = pom("g:sparse:1");
        for (name, contents) in [("zeros", zeros.as_slice()), (&path, text.as_bytes())] {
            writer.start_file(name, stored).unwrap();
            std::io::Write::write_all(&mut writer, contents).unwrap();
        }
        let whole = writer.finish().unwrap().into_inner();
        let start = 30 + "zeros".len();
        let end = start + zeros.len();
        let contents = [&whole[..start], &whole[end..]].concat();
        let rest = (whole.len() - end) as u64;
        let parts = [1024, start as u64, 1024 + end as u64, rest];
        (Self { contents, parts, size: 1024 + whole.len() as u64 }, whole)
    }

    fn gnu(&self) -> Tar {
        let mut header = Header::new_gnu();
        let gnu = header.as_gnu_mut().unwrap();
        for (part, numbers) in gnu.sparse.iter_mut().zip(self.parts.chunks(2)) {
            part.offset.copy_from_slice(format!("{:011o}\0", numbers[0]).as_bytes());
            part.numbytes.copy_from_slice(format!("{:011o}\0", numbers[1]).as_bytes());
        }
        gnu.realsize.copy_from_slice(format!("{:011o}\0", self.size).as_bytes());
        header.set_entry_type(EntryType::GNUSparse);
        header.set_path("app/sparse.jar").unwrap();
        header.set_size(self.contents.len() as u64);
        header.set_mode(0o644);
        header.set_cksum();
        Tar::default().raw(header.as_bytes()).raw(&self.contents)
    }
}

/// A file whose extended header has these records about its holes.
fn pax_sparse(records: &[(&str, String)], contents: &[u8]) -> Tar {
    let record = |(keyword, value): &(&str, String)| {
        let text = format!(" GNU.sparse.{keyword}={value}\n");
        let length = (1..100).find(|length| text.len() + length.to_string().len() == *length).unwrap();
        format!("{length}{text}")
    };
    let records: String = records.iter().map(record).collect();
    Tar::default().entry(EntryType::XHeader, "pax", "", records.as_bytes()).file("GNUSparseFile.0/s.jar", contents)
}

#[test]
fn sparse_files_are_read_with_their_holes() {
    let (sparse, whole) = Sparse::jar();
    assert_eq!(names(&read(Tar::default().file("a.jar", &whole)).packages), ["g:sparse 1"]);
    let [a, b, c, d] = sparse.parts;
    let size = sparse.size.to_string();
    let name = ("name", "app/sparse.jar".to_owned());
    let numbers =
        [("offset", a), ("numbytes", b), ("offset", c), ("numbytes", d)].map(|(key, value)| (key, value.to_string()));
    let oldest = [vec![("size", size.clone()), name.clone()], numbers.to_vec()].concat();
    let older = [("size", size.clone()), name.clone(), ("map", format!("{a},{b},{c},{d}"))];
    let newest = [("major", "1".to_owned()), ("minor", "0".to_owned()), name, ("realsize", size)];
    let mut with_map = format!("2\n{a}\n{b}\n{c}\n{d}\n").into_bytes();
    with_map.resize(512, 0);
    with_map.extend(&sparse.contents);
    for (format, tar) in [
        ("GNU", sparse.gnu()),
        ("0.0", pax_sparse(&oldest, &sparse.contents)),
        ("0.1", pax_sparse(&older, &sparse.contents)),
        ("1.0", pax_sparse(&newest, &with_map)),
    ] {
        let inventory = read(tar.file("after.jar", &artifact("g:after:1")));
        assert_eq!(names(&inventory.packages), ["g:after 1", "g:sparse 1"], "{format}");
        assert_eq!(&*inventory.packages[1].path, "app/sparse.jar", "{format}");
    }
}
