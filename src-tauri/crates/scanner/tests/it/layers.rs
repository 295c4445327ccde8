//! Stacked layers: which packages remain, and which layer added them.

use scanner::{Catalogue, Ecosystem, Package};
use tar::EntryType;

use crate::support::{DEBIAN_11, DOCKER, GZIP, Image, PLAIN, Tar, ZSTD, artifact, gzip, names, status, zstd};

const STATUS: &str = "var/lib/dpkg/status";

fn log4j() -> Vec<u8> {
    artifact("org.apache.logging.log4j:log4j-core:2.14.1")
}

#[test]
fn every_compression_is_read_regardless_of_the_media_type() {
    let tar = Tar::default().file("app/log4j.jar", &log4j()).finish();
    let mut two_frames = zstd(&tar[..1000]);
    two_frames.extend(zstd(&tar[1000..]));
    let mut two_members = gzip(&tar[..1000]);
    two_members.extend(gzip(&tar[1000..]));
    let mut skippable = vec![0x50, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3];
    skippable.extend(zstd(&tar));
    for (media_type, bytes) in [
        (GZIP, gzip(&tar)),
        (DOCKER, two_members),
        (ZSTD, zstd(&tar)),
        (ZSTD, two_frames),
        (ZSTD, skippable),
        (PLAIN, tar.clone()),
        (PLAIN, gzip(&tar)),
        (GZIP, zstd(&tar)),
        (GZIP, tar.clone()),
        ("application/vnd.docker.image.rootfs.foreign.diff.tar.gzip", gzip(&tar)),
    ] {
        let inventory = Image::of(&[(media_type, bytes)]).read();
        assert_eq!(names(&inventory.packages), ["org.apache.logging.log4j:log4j-core 2.14.1"], "{media_type}");
        assert_eq!(&*inventory.packages[0].path, "app/log4j.jar");
    }
}

#[test]
fn empty_and_padded_layers_are_complete() {
    let tar = Tar::default().file("app/log4j.jar", &log4j()).finish();
    let empty = vec![0; 1024];
    let padded = |mut bytes: Vec<u8>| {
        bytes.extend([0; 700]);
        bytes.extend(b"garbage");
        bytes
    };
    for (media_type, bytes) in [
        (GZIP, padded(gzip(&tar))),
        (ZSTD, padded(zstd(&tar))),
        (PLAIN, padded(tar.clone())),
        (GZIP, gzip(&padded(tar.clone()))),
        (GZIP, [gzip(&tar[..600]), gzip(&[]), gzip(&tar[600..])].concat()),
    ] {
        for above in [(PLAIN, empty.clone()), (GZIP, empty.clone()), (GZIP, gzip(&empty)), (ZSTD, zstd(&empty))] {
            let inventory = Image::of(&[(media_type, bytes.clone()), above]).read();
            assert_eq!(names(&inventory.packages), ["org.apache.logging.log4j:log4j-core 2.14.1"], "{media_type}");
        }
    }
}

#[test]
fn what_an_upper_layer_deletes_is_removed() {
    let base = || {
        Tar::default()
            .file("app/a.jar", &artifact("g:a:1"))
            .file("app/deep/er/b.jar", &artifact("g:b:1"))
            .file("app2/c.jar", &artifact("g:c:1"))
    };
    let remaining = |upper: Tar| names(&Image::new(&[base().finish(), upper.finish()]).read().packages);
    assert_eq!(remaining(Tar::default()), ["g:a 1", "g:b 1", "g:c 1"]);
    assert_eq!(remaining(Tar::default().file("app/.wh.a.jar", b"")), ["g:b 1", "g:c 1"]);
    assert_eq!(remaining(Tar::default().file(".wh.app", b"")), ["g:c 1"]);
    assert_eq!(remaining(Tar::default().file("app/.wh..wh..opq", b"")), ["g:c 1"]);
    assert_eq!(remaining(Tar::default().file("./.wh..wh..opq", b"")), [""; 0]);
    assert_eq!(remaining(Tar::default().file("app/deep/.wh.er", b"")), ["g:a 1", "g:c 1"]);
    // None of these names a file.
    assert_eq!(remaining(Tar::default().file(".wh...", b"").file("app/.wh.", b"").file(".wh..wh.plnk", b"")).len(), 3);
}

#[test]
fn a_whiteout_applies_to_lower_layers_regardless_of_entry_order() {
    let base = Tar::default().file("app/a.jar", &artifact("g:a:1")).finish();
    let new = artifact("g:new:1");
    let first = Tar::default().file("app/.wh..wh..opq", b"").file("app/new.jar", &new).finish();
    let last = Tar::default().file("app/new.jar", &new).file("app/.wh..wh..opq", b"").finish();
    for upper in [first, last] {
        let image = Image::new(&[base.clone(), upper]);
        let packages = image.read().packages;
        assert_eq!(names(&packages), ["g:new 1"]);
        assert_eq!(*packages[0].layer, image.layers[1].digest[..]);
    }
}

#[test]
fn what_an_upper_layer_replaces_is_removed() {
    let base = Tar::default().file("app/a.jar", &artifact("g:a:1")).finish();
    let remaining = |upper: Tar| names(&Image::new(&[base.clone(), upper.finish()]).read().packages);
    assert_eq!(remaining(Tar::default().file("app/a.jar", &artifact("g:a:2"))), ["g:a 2"]);
    assert_eq!(remaining(Tar::default().file("app/a.jar", b"no longer a JAR")), [""; 0]);
    assert_eq!(remaining(Tar::default().file("app", b"a file")), [""; 0]);
    assert_eq!(remaining(Tar::default().link(EntryType::Symlink, "app", "/elsewhere")), [""; 0]);
    assert_eq!(remaining(Tar::default().folder("app/a.jar")), [""; 0]);
    // An existing folder is not replaced.
    assert_eq!(remaining(Tar::default().folder("app/")), ["g:a 1"]);
    // The later of two entries for the same path is used.
    let twice = Tar::default().file("app/a.jar", &artifact("g:a:2")).file("app/a.jar", &artifact("g:a:3"));
    assert_eq!(remaining(twice), ["g:a 3"]);
}

#[test]
fn a_package_belongs_to_the_layer_that_added_its_version() {
    let base = Tar::default()
        .file("etc/os-release", DEBIAN_11.as_bytes())
        .file(STATUS, status(&["libc6 1 glibc", "wget 1"]).as_bytes());
    let middle = Tar::default().file(STATUS, status(&["libc6 1 glibc", "wget 2", "jq 1"]).as_bytes());
    let top = Tar::default().file(STATUS, status(&["jq 1", "libc6 1 glibc"]).as_bytes());
    let image = Image::new(&[base.finish(), middle.finish(), Tar::default().finish(), top.finish()]);
    let inventory = image.read();
    let of = |name: &str| inventory.packages.iter().find(|package| package.name == name);
    assert_eq!(*of("libc6").unwrap().layer, image.layers[0].digest[..]);
    assert_eq!(*of("jq").unwrap().layer, image.layers[1].digest[..]);
    assert_eq!(of("wget"), None);
    let Package { ecosystem, architecture, path, source, .. } = of("libc6").unwrap();
    assert_eq!((*ecosystem, architecture.as_deref(), &**path), (Ecosystem::Debian, Some("amd64"), STATUS));
    assert_eq!(source.as_ref().unwrap().name, "glibc");
}

#[test]
fn images_without_dpkg_list_each_package_in_a_file() {
    let record = "Package: libssl1.1\nArchitecture: amd64\nSource: openssl\nVersion: 1.1.1k-1+deb11u1\n";
    let base = Tar::default()
        .file("usr/lib/os-release", DEBIAN_11.as_bytes())
        .link(EntryType::Symlink, "etc/os-release", "../usr/lib/os-release")
        .file("var/lib/dpkg/status.d/libssl1", record.as_bytes())
        .file("var/lib/dpkg/status.d/libssl1.md5sums", record.as_bytes())
        .file("var/lib/dpkg/status.d/tzdata", b"Package: tzdata\nVersion: 2021a\n");
    let image = Image::new(&[base.finish(), Tar::default().file("var/lib/dpkg/status.d/.wh.tzdata", b"").finish()]);
    let inventory = image.read();
    assert_eq!(names(&inventory.packages), ["libssl1.1 1.1.1k-1+deb11u1"]);
    assert_eq!(&*inventory.packages[0].path, "var/lib/dpkg/status.d/libssl1");
    let matches = Catalogue::bundled().matches(&inventory);
    assert!(matches.iter().any(|one| one.vulnerability.id == "CVE-2022-0778"));
}

#[test]
fn packages_of_another_release_or_system_are_not_matched() {
    let image = |os_release: &str| {
        let tar = Tar::default()
            .file("etc/os-release", os_release.as_bytes())
            .file(STATUS, status(&["openssl 1.1.1k-1+deb11u1"]).as_bytes())
            .file("app/log4j.jar", &log4j());
        Image::new(&[tar.finish()]).read()
    };
    let matched = |os_release: &str, ecosystem| {
        let inventory = image(os_release);
        let all = Catalogue::bundled().matches(&inventory);
        all.iter().filter(|one| one.package.ecosystem == ecosystem).count()
    };
    assert!(matched(DEBIAN_11, Ecosystem::Debian) > 0);
    for other in ["ID=debian\nVERSION_ID=12\n", "ID=ubuntu\nVERSION_ID=11\n", "ID=debian\n", ""] {
        assert_eq!(matched(other, Ecosystem::Debian), 0, "{other}");
        assert!(matched(other, Ecosystem::Maven) > 0, "{other}");
    }
}

#[test]
fn etc_os_release_takes_precedence() {
    let tar = Tar::default()
        .file("usr/lib/os-release", b"ID=debian\nVERSION_ID=12\n")
        .file("etc/os-release", DEBIAN_11.as_bytes());
    assert_eq!(Image::new(&[tar.finish()]).read().system.unwrap().platform(), "DEBIAN_11");
    assert_eq!(Image::new(&[Tar::default().finish()]).read().system, None);
}

#[test]
fn a_hard_link_to_a_jar_is_a_jar() {
    let base = Tar::default().file("app/log4j.jar", &log4j()).finish();
    let upper =
        Tar::default().link(EntryType::Link, "copy.jar", "/app/log4j.jar").link(EntryType::Link, "no.jar", "etc/x");
    let image = Image::new(&[base, upper.finish()]);
    let jars: Vec<_> = image
        .read()
        .packages
        .into_iter()
        .map(|package| (package.path.to_string(), package.layer.to_string()))
        .collect();
    let digest = |layer: usize| image.layers[layer].digest.clone();
    assert_eq!(jars, [("app/log4j.jar".to_owned(), digest(0)), ("copy.jar".to_owned(), digest(1))]);
}
