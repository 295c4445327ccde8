//! The practice images on disk, read with libraries that did not write them.

#![expect(clippy::unwrap_used, reason = "a failed step fails the test")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{Cursor, Read};
use std::path::Path;
use std::sync::OnceLock;

use flate2::read::GzDecoder;
use oci::{Blob, Digest};
use practice_images::{Confidence, OciLayout, PlatformImage, PracticeImage, PracticeImageError, all, build};

/// Both images, built once for all tests in this file that only read them.
fn built() -> &'static [(PracticeImage, OciLayout)] {
    static BUILT: OnceLock<Vec<(PracticeImage, OciLayout)>> = OnceLock::new();
    BUILT.get_or_init(|| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("practice-images");
        if folder.exists() {
            fs::remove_dir_all(&folder).unwrap();
        }
        let layout = |replica: PracticeImage| (replica, build(&replica, &folder.join(replica.tag)).unwrap());
        all().into_iter().map(layout).collect()
    })
}

fn images() -> impl Iterator<Item = (&'static PracticeImage, &'static OciLayout, &'static PlatformImage)> {
    built().iter().flat_map(|(replica, layout)| layout.platforms.iter().map(move |image| (replica, layout, image)))
}

fn blob(layout: &OciLayout, descriptor: &Blob) -> Vec<u8> {
    fs::read(layout.blob_path(&descriptor.digest)).unwrap()
}

fn unpacked(layout: &OciLayout, layer: &Blob) -> Vec<u8> {
    let mut tar = Vec::new();
    GzDecoder::new(&blob(layout, layer)[..]).read_to_end(&mut tar).unwrap();
    tar
}

struct ArchivedFile {
    kind: tar::EntryType,
    bytes: Vec<u8>,
    link: Option<String>,
    layer: usize,
}

/// The files of an image by path, each from the uppermost layer that has it. Whiteouts are kept as files.
fn files(layout: &OciLayout, image: &PlatformImage) -> BTreeMap<String, ArchivedFile> {
    let mut files = BTreeMap::new();
    for (layer, descriptor) in image.layers.iter().enumerate() {
        let tar = unpacked(layout, descriptor);
        for entry in tar::Archive::new(&tar[..]).entries().unwrap() {
            let mut entry = entry.unwrap();
            let path = entry.path().unwrap().to_str().unwrap().to_owned();
            let kind = entry.header().entry_type();
            let link = entry.link_name().unwrap().map(|link| link.to_str().unwrap().to_owned());
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes).unwrap();
            files.insert(path, ArchivedFile { kind, bytes, link, layer });
        }
    }
    files
}

fn records(status: &[u8]) -> Vec<BTreeMap<String, String>> {
    let field = |line: &str| line.split_once(": ").map(|(name, value)| (name.to_owned(), value.to_owned())).unwrap();
    let text = std::str::from_utf8(status).unwrap();
    assert!(text.ends_with("\n\n"), "the last record is terminated");
    text.trim_end().split("\n\n").map(|record| record.lines().map(field).collect()).collect()
}

fn entries_of(jar: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(jar)).unwrap();
    let count = archive.len();
    let entry = |at| {
        let mut file = archive.by_index(at).unwrap();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        (file.name().unwrap().into_owned(), bytes)
    };
    (0..count).map(entry).collect()
}

fn has_extension(path: &str, extension: &str) -> bool {
    Path::new(path).extension().is_some_and(|actual| actual.eq_ignore_ascii_case(extension))
}

#[test]
fn the_digests_are_the_expected_ones() {
    for (replica, layout) in built() {
        assert_eq!(layout.index_digest.as_str(), replica.index_digest);
        assert_eq!(Digest::of(&blob(layout, &layout.index)).as_str(), replica.index_digest);
    }
}

#[test]
fn every_blob_has_the_listed_digest_and_size() {
    for (replica, layout) in built() {
        let mut expected = BTreeSet::from([layout.blob_path(&layout.index_digest)]);
        for descriptor in layout.blobs() {
            let bytes = blob(layout, &descriptor);
            assert_eq!((Digest::of(&bytes), bytes.len() as u64), (descriptor.digest.clone(), descriptor.size));
            expected.insert(layout.blob_path(&descriptor.digest));
        }
        let actual =
            fs::read_dir(layout.root.join("blobs/sha256")).unwrap().map(|entry| entry.unwrap().path()).collect();
        assert_eq!(expected, actual, "{}: no blob is missing or superfluous", replica.tag);
    }
}

#[test]
fn both_platforms_exist_with_their_variants() {
    for (_, layout) in built() {
        let platform = |image: &PlatformImage| serde_json::to_value(&image.platform).unwrap();
        assert_eq!(
            layout.platforms.iter().map(platform).collect::<Vec<_>>(),
            [
                serde_json::json!({"architecture": "amd64", "os": "linux"}),
                serde_json::json!({"architecture": "arm64", "os": "linux", "variant": "v8"}),
            ]
        );
    }
}

#[test]
fn an_image_is_large_enough_for_visible_progress() {
    for (replica, _, image) in images() {
        let size: u64 = image.layers.iter().map(|layer| layer.size).sum();
        assert!((40_000_000..60_000_000).contains(&size), "{}: {size}", replica.tag);
        let large = image.layers.iter().filter(|layer| layer.size > 8_000_000).count();
        assert_eq!(large, 3, "{}: base, JDK and Neo4j each deserve a progress bar", replica.tag);
    }
}

#[test]
fn layers_follow_the_real_images_build() {
    for (replica, layout, image) in images() {
        let config: serde_json::Value = serde_json::from_slice(&blob(layout, &image.config)).unwrap();
        let diff_ids: Vec<String> =
            image.layers.iter().map(|layer| Digest::of(&unpacked(layout, layer)).to_string()).collect();
        assert_eq!(config["rootfs"], serde_json::json!({"type": "layers", "diff_ids": diff_ids}));
        assert_eq!(diff_ids.len(), if replica.tag == "4.4.0" { 8 } else { 5 });

        let history = config["history"].as_array().unwrap();
        let with_layer = history.iter().filter(|step| step.get("empty_layer").is_none()).count();
        assert_eq!(with_layer, diff_ids.len());
        assert_eq!(config["architecture"], image.platform.architecture);
        assert_eq!(config["config"]["Cmd"], serde_json::json!(["neo4j"]));
        assert_eq!(
            config["config"]["ExposedPorts"],
            serde_json::json!({"7473/tcp": {}, "7474/tcp": {}, "7687/tcp": {}})
        );
    }
}

#[test]
fn the_two_tags_share_no_layer() {
    let layers = |at: usize| -> BTreeSet<&str> {
        built()[at].1.platforms.iter().flat_map(|image| &image.layers).map(|layer| layer.digest.as_str()).collect()
    };
    assert!(layers(0).is_disjoint(&layers(1)), "since 4.4.9 the image has another base");
}

#[test]
fn the_operating_system_is_debian_11() {
    for (_, layout, image) in images() {
        let files = files(layout, image);
        assert_eq!(files["etc/os-release"].link.as_deref(), Some("../usr/lib/os-release"));
        let text = String::from_utf8(files["usr/lib/os-release"].bytes.clone()).unwrap();
        assert!(text.contains("ID=debian\n") && text.contains("VERSION_ID=\"11\"\n"), "{text}");
    }
}

#[test]
fn the_dpkg_status_lists_every_package_for_its_architecture() {
    for (replica, layout, image) in images() {
        let contents = replica.contents();
        let files = files(layout, image);
        let records = records(&files["var/lib/dpkg/status"].bytes);
        assert_eq!(records.len(), if replica.tag == "4.4.0" { 106 } else { 108 });
        for package in &contents.packages {
            let record = records.iter().find(|record| record["Package"] == package.name).unwrap();
            assert_eq!(record["Version"], package.version);
            assert_eq!(record["Status"], "install ok installed");
            let architecture = if package.all { "all" } else { &image.platform.architecture };
            assert_eq!(record["Architecture"], architecture);
        }
        let source =
            |name: &str| records.iter().find(|record| record["Package"] == name).unwrap().get("Source").cloned();
        assert_eq!(source("libc6").as_deref(), Some("glibc"));
        assert_eq!(source("openssl"), None);
        assert!(source("bsdutils").unwrap().starts_with("util-linux (2.36.1-8"));
    }
}

#[test]
fn the_dpkg_status_grows_from_layer_to_layer() {
    let (_, layout, image) = images().next().unwrap();
    let mut counts = Vec::new();
    for layer in &image.layers {
        let tar = unpacked(layout, layer);
        for entry in tar::Archive::new(&tar[..]).entries().unwrap() {
            let mut entry = entry.unwrap();
            if entry.path().unwrap() == Path::new("var/lib/dpkg/status") {
                let mut bytes = Vec::new();
                entry.read_to_end(&mut bytes).unwrap();
                counts.push(records(&bytes).len());
            }
        }
    }
    assert_eq!(counts, [96, 100, 106]);
}

#[test]
fn every_jar_has_the_pom_properties_of_its_artifacts() {
    for (replica, layout, image) in images() {
        let files = files(layout, image);
        let contents = replica.contents();
        assert!(contents.jars.len() > 50);
        for jar in &contents.jars {
            let entries = entries_of(&files[&jar.path].bytes);
            for artifact in &jar.maven {
                let path = format!("META-INF/maven/{}/{}/pom.properties", artifact.group, artifact.artifact);
                let pom = std::str::from_utf8(&entries[&path]).unwrap();
                for line in [
                    format!("version={}", artifact.version),
                    format!("groupId={}", artifact.group),
                    format!("artifactId={}", artifact.artifact),
                ] {
                    assert!(pom.lines().any(|actual| actual == line), "{}: {line}", jar.path);
                }
            }
            let poms = entries.keys().filter(|name| name.ends_with("/pom.properties")).count();
            assert_eq!(poms, jar.maven.len(), "{}", jar.path);
            let manifest = std::str::from_utf8(&entries["META-INF/MANIFEST.MF"]).unwrap();
            assert!(manifest.starts_with("Manifest-Version: 1.0\r\n"));
            assert!(manifest.contains(&format!("Implementation-Version: {}\r\n", jar.maven[0].version)));
        }
    }
}

#[test]
fn log4j_is_shaded_into_neo4j_logging() {
    for (tag, log4j) in [("4.4.0", "2.14.1"), ("4.4.48", "2.17.1")] {
        let (_, layout, image) = images().find(|(replica, ..)| replica.tag == tag).unwrap();
        let files = files(layout, image);
        let jar = entries_of(&files[&format!("var/lib/neo4j/lib/neo4j-logging-{tag}.jar")].bytes);
        let pom = &jar["META-INF/maven/org.apache.logging.log4j/log4j-core/pom.properties"];
        assert!(std::str::from_utf8(pom).unwrap().contains(&format!("version={log4j}\n")));
        assert!(!files.keys().any(|path| path.contains("log4j")), "it has no JAR of its own");
    }
}

#[test]
fn an_image_contains_no_programs() {
    for (_, layout, image) in images() {
        for (path, file) in files(layout, image) {
            assert!(!has_extension(&path, "class"), "{path}");
            assert!(!file.bytes.starts_with(b"\x7fELF") && !file.bytes.starts_with(b"\xca\xfe\xba\xbe"), "{path}");
            if has_extension(&path, "jar") {
                assert!(entries_of(&file.bytes).keys().all(|name| !has_extension(name, "class")), "{path}");
            } else if file.bytes.len() > 100_000 {
                assert!(file.bytes.starts_with(b"Image Security Lab replica"), "{path} is identified as filler");
            }
        }
    }
}

#[test]
fn the_image_identifies_itself_as_a_replica() {
    for (replica, layout, image) in images() {
        let files = files(layout, image);
        let readme = std::str::from_utf8(&files["usr/share/doc/image-security-lab/README"].bytes).unwrap();
        assert!(readme.contains("replica") && readme.contains(&format!("neo4j:{}", replica.tag)), "{readme}");
    }
}

#[test]
fn files_moved_by_a_later_step_are_whited_out() {
    for (tag, whiteout) in
        [("4.4.0", "tmp/.wh.neo4jlabs-plugins.json"), ("4.4.48", "startup/.wh.neo4j-admin-report.sh")]
    {
        let (_, layout, image) = images().find(|(replica, ..)| replica.tag == tag).unwrap();
        let files = files(layout, image);
        let moved = &files[&whiteout.replace(".wh.", "")];
        assert_eq!(files[whiteout].kind, tar::EntryType::Regular);
        assert!(files[whiteout].bytes.is_empty() && files[whiteout].layer > moved.layer);
    }
}

#[test]
fn every_version_has_a_confidence() {
    for replica in all() {
        let contents = replica.contents();
        let origins = contents.packages.iter().map(|package| &package.origin);
        for origin in origins.chain(contents.jars.iter().map(|jar| &jar.origin)) {
            assert!(contents.origins.contains_key(origin), "{origin}");
        }
        assert!(contents.origins.values().all(|origin| origin.why.ends_with('.')));
    }
    let log4j = &all()[0].contents().origins["log4j"];
    assert_eq!(log4j.confidence, Confidence::Chosen, "whether it is 2.14.0 or 2.14.1 is unknown");
}

#[test]
fn a_complete_image_is_not_built_again() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("image");
    let replica = all()[1];
    let first = build(&replica, &out).unwrap();
    let times = |layout: &OciLayout| -> Vec<_> {
        layout
            .blobs()
            .iter()
            .map(|blob| layout.blob_path(&blob.digest).metadata().unwrap().modified().unwrap())
            .collect()
    };
    let before = times(&first);
    let second = build(&replica, &out).unwrap();
    assert_eq!(second, first);
    assert_eq!(times(&second), before);
}

#[test]
fn an_incomplete_image_is_rebuilt() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("image");
    let replica = all()[1];
    let complete = build(&replica, &out).unwrap();

    let layer = complete.blob_path(&complete.platforms[0].layers[0].digest);
    File::options().write(true).open(&layer).unwrap().set_len(1000).unwrap();
    fs::remove_file(complete.blob_path(&complete.platforms[1].config.digest)).unwrap();
    // The files that a killed process leaves.
    fs::create_dir(folder.path().join(".image.new")).unwrap();
    fs::write(folder.path().join(".image.new/amd64-jdk.part"), b"half").unwrap();
    assert!(OciLayout::open(&out).is_err());

    assert_eq!(build(&replica, &out).unwrap(), complete);
    assert_eq!(Digest::of(&fs::read(&layer).unwrap()), complete.platforms[0].layers[0].digest);
    assert!(!folder.path().join(".image.new").exists() && !folder.path().join(".image.old").exists());
}

#[test]
fn concurrent_callers_get_the_same_image() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("deeper").join("image");
    let replica = all()[0];
    let layouts: Vec<OciLayout> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..4).map(|_| scope.spawn(|| build(&replica, &out).unwrap())).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert!(layouts.iter().all(|layout| *layout == layouts[0]));
}

#[test]
fn a_folder_with_other_contents_is_left_unchanged() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("thesis.txt"), b"precious").unwrap();
    let result = build(&all()[0], folder.path());
    assert!(matches!(result, Err(PracticeImageError::Foreign(_))), "{result:?}");
    assert_eq!(fs::read(folder.path().join("thesis.txt")).unwrap(), b"precious");
}
