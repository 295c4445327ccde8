//! JARs: shaded, nested, without Maven metadata, damaged.

use std::io::{Cursor, Write as _};

use scanner::{ExceededLimit, Limits};
use zip::write::SimpleFileOptions;

use crate::support::{Image, Tar, artifact, jar, names, pom};

fn image(files: &[(&str, &[u8])]) -> Image {
    let tar = files.iter().fold(Tar::default(), |tar, (path, contents)| tar.file(path, contents));
    Image::new(&[tar.finish()])
}

#[test]
fn every_artifact_that_is_shaded_into_a_jar_is_reported() {
    let (own, log4j) = (pom("org.example:app:1"), pom("org.apache.logging.log4j:log4j-core:2.14.1"));
    let shaded = jar(&[
        ("META-INF/MANIFEST.MF", b"Implementation-Title: other\nImplementation-Version: 9\n"),
        (&own.0, own.1.as_bytes()),
        (&log4j.0, log4j.1.as_bytes()),
        ("org/example/App.class", b"\xca\xfe\xba\xbe"),
    ]);
    let inventory = image(&[("app.jar", &shaded)]).read();
    assert_eq!(names(&inventory.packages), ["org.example:app 1", "org.apache.logging.log4j:log4j-core 2.14.1"]);
    assert!(inventory.packages.iter().all(|package| &*package.path == "app.jar"));
}

#[test]
fn nested_jars_are_read_up_to_the_depth_limit() {
    let log4j = artifact("org.apache.logging.log4j:log4j-core:2.14.1");
    let library = jar(&[("lib/log4j-core.jar", &log4j)]);
    let application = jar(&[("BOOT-INF/lib/library.jar", &library), ("WEB-INF/lib/other.jar", &artifact("g:other:1"))]);
    let image = image(&[("opt/app.war", &application)]);
    let inventory = image.read();
    let paths: Vec<_> = inventory.packages.iter().map(|package| &*package.path).collect();
    assert_eq!(
        paths,
        ["opt/app.war!/BOOT-INF/lib/library.jar!/lib/log4j-core.jar", "opt/app.war!/WEB-INF/lib/other.jar"]
    );
    assert_eq!(inventory.skipped.files, []);
    let shallow = image.try_read(&Limits { jar_depth: 1, ..Limits::default() }).unwrap();
    assert_eq!(names(&shallow.packages), ["g:other 1"]);
    assert_eq!(shallow.skipped.files.len(), 1);
    assert_eq!(shallow.skipped.files[0].path, "opt/app.war!/BOOT-INF/lib/library.jar!/lib/log4j-core.jar");
    assert_eq!(shallow.limits, [ExceededLimit::JarDepth(1)]);
}

#[test]
fn a_jar_without_maven_metadata_is_identified_by_its_manifest() {
    let manifest = b"Manifest-Version: 1.0\r\nBundle-SymbolicName: com.fasterxml.jackson.core.jackson-databind\r\n\
                     Bundle-Version: 2.13.0\r\n";
    let inventory = image(&[("lib/jackson-databind-2.13.0.jar", &jar(&[("META-INF/MANIFEST.MF", manifest)]))]).read();
    assert_eq!(names(&inventory.packages), ["com.fasterxml.jackson.core:jackson-databind 2.13.0"]);
    let nested = jar(&[("lib/x-1.jar", &jar(&[("META-INF/MANIFEST.MF", b"Implementation-Version: 1\n")]))]);
    assert_eq!(names(&image(&[("app.jar", &nested)]).read().packages), ["x 1"]);
}

#[test]
fn a_jar_after_a_program_is_read() {
    let mut script = b"#!/bin/sh\nexec java -jar \"$0\"\n".to_vec();
    script.extend(artifact("g:a:1"));
    assert_eq!(names(&image(&[("run.jar", &script)]).read().packages), ["g:a 1"]);
}

#[test]
fn a_zip64_jar_is_read() {
    let (path, text) = pom("g:a:1");
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..66_000 {
        writer.start_file(format!("{at}"), SimpleFileOptions::default()).unwrap();
    }
    writer.start_file(path, SimpleFileOptions::default().large_file(true)).unwrap();
    writer.write_all(text.as_bytes()).unwrap();
    let bytes = writer.finish().unwrap().into_inner();
    assert_eq!(names(&image(&[("large.jar", &bytes)]).read().packages), ["g:a 1"]);
}

#[test]
fn a_broken_jar_is_skipped_and_the_rest_is_read() {
    let valid = artifact("g:a:1");
    let end = valid.len() - 22;
    let mut no_directory = valid.clone();
    no_directory[end + 16..end + 20].copy_from_slice(&0x7fff_ffff_u32.to_le_bytes());
    let mut not_deflated = valid.clone();
    not_deflated[30 + pom("g:a:1").0.len()..][..8].fill(0xff);
    let mut encrypted = valid.clone();
    let record = valid.windows(4).position(|bytes| bytes == b"PK\x01\x02").unwrap();
    encrypted[record + 8] |= 1;
    let image = image(&[
        ("a/empty.jar", b""),
        ("a/text.jar", b"this is no archive"),
        ("a/truncated.jar", &valid[..valid.len() / 2]),
        ("a/directory.jar", &no_directory),
        ("a/deflate.jar", &not_deflated),
        ("b/good.jar", &artifact("g:good:1")),
        ("c/outer.jar", &jar(&[("inner.jar", b"no archive either"), ("good.jar", &artifact("g:inner:1"))])),
        ("d/encrypted.jar", &encrypted),
    ]);
    let inventory = image.read();
    assert_eq!(names(&inventory.packages), ["g:good 1", "g:inner 1"]);
    let skipped: Vec<_> = inventory.skipped.files.iter().map(|file| file.path.as_str()).collect();
    assert_eq!(
        skipped,
        [
            "a/empty.jar",
            "a/text.jar",
            "a/truncated.jar",
            "a/directory.jar",
            "a/deflate.jar!/META-INF/maven/g/a/pom.properties",
            "c/outer.jar!/inner.jar"
        ]
    );
    assert!(inventory.skipped.files.iter().all(|file| !file.reason.is_empty()));
}

#[test]
fn a_decompression_bomb_in_a_jar_is_skipped_at_the_limit() {
    let zeros = vec![0; 8 << 20];
    let bomb = jar(&[("bomb.jar", &zeros), ("good.jar", &artifact("g:a:1"))]);
    assert!(bomb.len() < 20_000);
    let limits = Limits { jar: 1 << 20, ..Limits::default() };
    let inventory = image(&[("app.jar", &bomb)]).try_read(&limits).unwrap();
    assert_eq!(names(&inventory.packages), ["g:a 1"]);
    assert_eq!(inventory.skipped.files[0].path, "app.jar!/bomb.jar");

    let together = Limits { jar_unpacked: 3 << 20, ..Limits::default() };
    let inventory = image(&[("app.jar", &bomb), ("other.jar", &artifact("g:b:1"))]).try_read(&together).unwrap();
    assert_eq!(names(&inventory.packages), ["g:b 1"], "only JARs that need no decompression are read after the limit");
    assert_eq!(inventory.skipped.files.len(), 2);
    assert_eq!(inventory.limits, [ExceededLimit::JarUnpacked(3 << 20)]);

    let entries = Limits { jar_entries: 2, ..Limits::default() };
    let inventory = image(&[("a.jar", &artifact("g:a:1")), ("b.jar", &bomb)]).try_read(&entries).unwrap();
    assert_eq!(names(&inventory.packages), ["g:a 1"]);
}

#[test]
fn a_large_jar_goes_to_a_file_and_one_above_the_limit_is_skipped() {
    let (path, text) = pom("g:a:1");
    let noise: Vec<u8> = (0..3_u32 << 20).map(|at| (at.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    let large = jar(&[(&path, text.as_bytes()), ("noise", &noise)]);
    let image = image(&[("large.jar", &large)]);
    let in_file = image.try_read(&Limits { jar_in_memory: 1024, ..Limits::default() }).unwrap();
    assert_eq!(names(&in_file.packages), ["g:a 1"]);
    let too_large = image.try_read(&Limits { jar: 1024, ..Limits::default() }).unwrap();
    assert_eq!((too_large.packages.len(), too_large.skipped.files.len()), (0, 1));
}
