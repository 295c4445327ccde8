//! Packages of each ecosystem in an image: which file lists them, and what is counted as not read.

use scanner::{Ecosystem, Inventory};
use tar::EntryType;

use crate::support::{Image, Tar, artifact, names};

const ALPINE: &str = "ID=alpine\nVERSION_ID=3.19.1\nPRETTY_NAME=\"Alpine Linux v3.19\"\n";
const INSTALLED: &str = "P:libcrypto3\nV:3.1.4-r1\nA:x86_64\no:openssl\n\nP:musl\nV:1.2.4-r2\nA:x86_64\n\n";

fn read(tar: Tar) -> Inventory {
    Image::new(&[tar.finish()]).read()
}

fn of(inventory: &Inventory, ecosystem: Ecosystem) -> Vec<String> {
    let packages: Vec<_> =
        inventory.packages.iter().filter(|package| package.ecosystem == ecosystem).cloned().collect();
    names(&packages)
}

#[test]
fn apk_lists_the_packages_of_alpine() {
    let usual = || Tar::default().file("etc/os-release", ALPINE.as_bytes());
    for tar in [
        usual().file("lib/apk/db/installed", INSTALLED.as_bytes()),
        usual().file("usr/lib/apk/db/installed", INSTALLED.as_bytes()).link(EntryType::Symlink, "lib", "usr/lib"),
    ] {
        let inventory = read(tar);
        assert_eq!(of(&inventory, Ecosystem::Alpine), ["libcrypto3 3.1.4-r1", "musl 1.2.4-r2"]);
        assert!(inventory.has_list);
        assert_eq!(inventory.packages[0].source.as_ref().unwrap().name, "openssl");
    }
}

#[test]
fn npm_packages_are_read_where_they_are_installed_or_from_the_lock_file() {
    let lock = br#"{"lockfileVersion": 3, "packages": {"node_modules/lodash": {"version": "4.17.20"}}}"#;
    let installed = br#"{"name": "lodash", "version": "4.17.20", "author": {}}"#;
    let both = Tar::default()
        .file("srv/package-lock.json", lock)
        .file("srv/node_modules/lodash/package.json", installed)
        .file("srv/node_modules/lodash/dist/package.json", installed)
        .file("srv/node_modules/@types/node/package.json", br#"{"name": "@types/node", "version": "20.1.0"}"#);
    let inventory = read(both);
    assert_eq!(of(&inventory, Ecosystem::Npm), ["@types/node 20.1.0", "lodash 4.17.20"]);
    assert_eq!(&*inventory.packages[1].path, "srv/node_modules/lodash/package.json");
    let inventory = read(Tar::default().file("package-lock.json", lock).file("other/package-lock.json", b"{"));
    assert_eq!(of(&inventory, Ecosystem::Npm), ["lodash 4.17.20"]);
}

#[test]
fn python_packages_are_read_from_their_metadata() {
    let metadata = b"Metadata-Version: 2.1\nName: Flask_SQLAlchemy\nVersion: 2.5.1\n\nVersion: 9\n";
    let folder = "usr/lib/python3/dist-packages";
    let tar = Tar::default()
        .file(&format!("{folder}/Flask_SQLAlchemy-2.5.1.dist-info/METADATA"), metadata)
        .file(&format!("{folder}/six.egg-info"), b"Metadata-Version: 1.2\nName: six\nVersion: 1.16.0\n")
        .file(&format!("{folder}/yaml.egg-info/PKG-INFO"), b"Name: PyYAML\nVersion: 5.3\n")
        .file(&format!("{folder}/METADATA"), metadata);
    assert_eq!(of(&read(tar), Ecosystem::Python), ["flask-sqlalchemy 2.5.1", "six 1.16.0", "pyyaml 5.3"]);
}

#[test]
fn the_modules_of_a_go_program_are_read() {
    let modules = format!("{}dep\tgolang.org/x/net\tv0.7.0\th1:a=\n{}", "<".repeat(16), ">".repeat(16));
    let mut program = b"\x7fELF".to_vec();
    program.resize(200_000, 0);
    program.extend(b"\xff Go buildinf:\x08\x02");
    program.resize(200_032, 0);
    for text in ["go1.21.3", &modules] {
        program.push(text.len() as u8);
        program.extend(text.as_bytes());
    }
    let inventory = read(Tar::default().file("usr/bin/app", &program).file("after.jar", &artifact("g:a:1")));
    assert_eq!(of(&inventory, Ecosystem::Go), ["stdlib 1.21.3", "golang.org/x/net 0.7.0"]);
    assert_eq!(of(&inventory, Ecosystem::Maven), ["g:a 1"]);
}
