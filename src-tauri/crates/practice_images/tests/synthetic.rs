//! Synthetic images for tests and benchmarks.

#![expect(clippy::unwrap_used, reason = "a failed step fails the test")]

use std::fs;
use std::io::Read;

use practice_images::{
    Compression, Coordinates, OciLayout, SyntheticImage, SyntheticJar, SyntheticLayer, SyntheticPackage,
    build_synthetic,
};

fn spec() -> SyntheticImage {
    let log4j = Coordinates::try_from("org.apache.logging.log4j:log4j-core:2.14.1".to_owned()).unwrap();
    let base = SyntheticLayer {
        os_release: Some("ID=debian\nVERSION_ID=\"12\"\n".into()),
        packages: vec![SyntheticPackage {
            name: "libc6".into(),
            version: "2.36-9".into(),
            source: Some("glibc".into()),
        }],
        filler: 100_000,
        ..SyntheticLayer::default()
    };
    let app = SyntheticLayer {
        jars: vec![SyntheticJar { path: "opt/app/log4j-core.jar".into(), maven: vec![log4j], filler: 10 }],
        files: vec![(format!("opt/{}deep", "long/".repeat(60)), b"deep".to_vec())],
        ..SyntheticLayer::default()
    };
    SyntheticImage { layers: vec![base, app], ..SyntheticImage::default() }
}

/// The paths and sizes of all layers' files.
fn listing(layout: &OciLayout, compression: Compression) -> Vec<(String, u64)> {
    let mut listing = Vec::new();
    for layer in &layout.platforms[0].layers {
        let file = fs::File::open(layout.blob_path(&layer.digest)).unwrap();
        let stream: Box<dyn Read> = match compression {
            Compression::Gzip => Box::new(flate2::read::GzDecoder::new(file)),
            Compression::Plain => Box::new(file),
        };
        for entry in tar::Archive::new(stream).entries().unwrap() {
            let entry = entry.unwrap();
            listing.push((entry.path().unwrap().to_str().unwrap().to_owned(), entry.size()));
        }
    }
    listing
}

#[test]
fn an_image_contains_what_was_specified() {
    let folder = tempfile::tempdir().unwrap();
    for compression in [Compression::Gzip, Compression::Plain] {
        let spec = SyntheticImage { compression, ..spec() };
        let layout = build_synthetic(&folder.path().join("image"), &spec).unwrap();
        let listing = listing(&layout, compression);
        let size = |path: &str| listing.iter().find(|(listed, _)| listed == path).map(|(_, size)| *size);
        assert_eq!(size("opt/filler/0.bin"), Some(100_000));
        assert_eq!(size(&format!("opt/{}deep", "long/".repeat(60))), Some(4));
        for path in ["usr/lib/os-release", "etc/os-release", "var/lib/dpkg/status", "opt/app/log4j-core.jar"] {
            assert!(size(path).is_some(), "{path} in {listing:?}");
        }
        assert!(layout.platforms[0].layers[0].media_type.ends_with(match compression {
            Compression::Gzip => ".tar+gzip",
            Compression::Plain => ".tar",
        }));
    }
}

#[test]
fn equal_specifications_result_in_equal_digests_and_seeds_in_different_ones() {
    let folder = tempfile::tempdir().unwrap();
    let digest =
        |name: &str, spec: &SyntheticImage| build_synthetic(&folder.path().join(name), spec).unwrap().index_digest;
    assert_eq!(digest("one", &spec()), digest("other", &spec()));
    assert_ne!(digest("one", &spec()), digest("one", &SyntheticImage { seed: 1, ..spec() }));
}

#[test]
fn an_image_replaces_an_existing_one() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("image");
    build_synthetic(&out, &spec()).unwrap();
    let second = build_synthetic(&out, &SyntheticImage { architecture: "arm64".into(), ..spec() }).unwrap();
    assert_eq!(second.platforms[0].platform.variant.as_deref(), Some("v8"));
    let blobs = fs::read_dir(out.join("blobs/sha256")).unwrap().count();
    assert_eq!(blobs, second.blobs().len() + 1, "nothing of the first is left");
}
