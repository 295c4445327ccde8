//! Whatever bytes come as a layer: the scan ends, with packages or with a reason.

use proptest::{collection::vec, prelude::*, sample::Index};
use scanner::Limits;
use tar::EntryType;

use crate::support::{DEBIAN_11, GZIP, Image, PLAIN, Tar, ZSTD, artifact, gzip, jar, status, words, zstd};

fn whole() -> Vec<u8> {
    let nested = jar(&[("lib/inner.jar", &artifact("g:inner:1")), ("x.class", b"code")]);
    Tar::default()
        .file("etc/os-release", DEBIAN_11.as_bytes())
        .entry(EntryType::XHeader, "pax", "", b"17 path=a/b/c.jar\n")
        .file("short", &artifact("g:long:1"))
        .file("var/lib/dpkg/status", status(&["libc6 2.31-13+deb11u2 glibc"]).as_bytes())
        .file("app.jar", &nested)
        .link(EntryType::Link, "copy.jar", "app.jar")
        .finish()
}

fn limits() -> Limits {
    Limits { unpacked: 16 << 20, jar_unpacked: 16 << 20, ..Limits::default() }
}

/// Changes bytes here and there, and may cut the end off.
fn mutate(mut bytes: Vec<u8>, changes: &[(Index, u8)], cut: Option<Index>) -> Vec<u8> {
    for (at, byte) in changes {
        let at = at.index(bytes.len());
        bytes[at] = *byte;
    }
    if let Some(cut) = cut {
        bytes.truncate(cut.index(bytes.len()));
    }
    bytes
}

fn read_or_refuse(media_type: &str, bytes: Vec<u8>) {
    match Image::of(&[(media_type, bytes)]).try_read(&limits()) {
        Ok(inventory) => assert!(inventory.packages.len() < 1000),
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in vec(any::<u8>(), 0..4096), magic in 0..4) {
        let magic: &[u8] = match magic {
            0 => b"",
            1 => b"\x1f\x8b\x08\x00",
            2 => b"\x28\xb5\x2f\xfd",
            _ => b"PK\x03\x04",
        };
        let bytes = [magic, &bytes].concat();
        read_or_refuse(PLAIN, bytes.clone());
        // And as a JAR, in a layer that is whole.
        let tar = Tar::default().file("a.jar", &bytes).file("b.jar", &artifact("g:b:1")).finish();
        let words = words(&Image::new(&[tar]).read().packages);
        prop_assert_eq!(words.last().map(String::as_str), Some("g:b 1"));
    }

    #[test]
    fn a_broken_layer_is_read_or_refused(
        changes in vec((any::<Index>(), any::<u8>()), 0..8),
        cut in proptest::option::of(any::<Index>()),
        kind in 0..3,
    ) {
        let (media_type, packed) = match kind {
            0 => (PLAIN, whole()),
            1 => (GZIP, gzip(&whole())),
            _ => (ZSTD, zstd(&whole())),
        };
        read_or_refuse(media_type, mutate(packed, &changes, cut));
        // Broken before it was compressed, so that what is broken gets as far as the archive.
        read_or_refuse(GZIP, gzip(&mutate(whole(), &changes, cut)));
    }

    #[test]
    fn a_broken_jar_is_read_or_skipped(
        changes in vec((any::<Index>(), any::<u8>()), 1..8),
        cut in proptest::option::of(any::<Index>()),
    ) {
        let nested = jar(&[("lib/inner.jar", &artifact("g:inner:1")), ("META-INF/MANIFEST.MF", b"Bundle-Version: 1\n")]);
        let tar = Tar::default().file("a.jar", &mutate(nested, &changes, cut)).file("b.jar", &artifact("g:b:1")).finish();
        let inventory = Image::new(&[tar]).try_read(&limits()).unwrap();
        let words = words(&inventory.packages);
        prop_assert_eq!(words.last().map(String::as_str), Some("g:b 1"));
    }

    #[test]
    fn a_layer_that_was_cut_short_is_never_taken_for_whole(cut: Index, squeezed: bool) {
        let (media_type, packed) = if squeezed { (ZSTD, zstd(&whole())) } else { (GZIP, gzip(&whole())) };
        let left = packed[..cut.index(packed.len())].to_vec();
        prop_assert!(Image::of(&[(media_type, left)]).try_read(&limits()).is_err());
    }
}
