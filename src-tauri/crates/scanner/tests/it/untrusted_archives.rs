//! Malicious and damaged layers.

use std::cell::Cell;

use scanner::{Limits, ScanError};
use tar::EntryType;

use crate::support::{DEBIAN_11, GZIP, Image, PLAIN, Tar, ZSTD, artifact, gzip, names, status, zstd};

fn read_error(media_type: &str, bytes: Vec<u8>) -> String {
    Image::of(&[(PLAIN, Tar::default().finish()), (media_type, bytes)]).read_error(&Limits::default())
}

#[test]
fn an_invalid_layer_fails_the_scan_with_a_reason() {
    let tar = Tar::default().file("app/a.jar", &artifact("g:a:1")).finish();
    let (packed, squeezed) = (gzip(&tar), zstd(&tar));
    let mut wrong_checksum = tar.clone();
    wrong_checksum[0] ^= 1;
    let mut wrong_crc = packed.clone();
    let crc = packed.len() - 8;
    wrong_crc[crc] ^= 1;
    for (media_type, bytes, expected) in [
        (
            GZIP,
            b"no archive".to_vec(),
            "the layer LAYER cannot be read: it is neither a gzip, a zstd nor a tar archive",
        ),
        (GZIP, Vec::new(), "the layer LAYER cannot be read: it is neither a gzip, a zstd nor a tar archive"),
        (PLAIN, b"no archive".to_vec(), "the layer LAYER cannot be read: it ends early"),
        (PLAIN, vec![9; 4096], "the layer LAYER cannot be read: it is not a tar archive"),
        (PLAIN, wrong_checksum, "the layer LAYER cannot be read: a header of its tar archive is broken"),
        (GZIP, packed[..packed.len() / 2].to_vec(), "the layer LAYER cannot be read: it ends early"),
        (GZIP, packed[..packed.len() - 4].to_vec(), "the layer LAYER cannot be read: it ends early"),
        (ZSTD, squeezed[..squeezed.len() / 2].to_vec(), "the layer LAYER cannot be read: it ends early"),
        (PLAIN, tar[..700].to_vec(), "the layer LAYER cannot be read: it ends early"),
        (
            "application/vnd.oci.image.layer.v1.tar+gzip+encrypted",
            packed.clone(),
            "the layer LAYER cannot be read: its media type application/vnd.oci.image.layer.v1.tar+gzip+encrypted is not \
             that of a layer that can be read",
        ),
        (
            "application/vnd.cncf.helm.chart.content.v1.tar+gzip",
            packed.clone(),
            "the layer LAYER cannot be read: its media type application/vnd.cncf.helm.chart.content.v1.tar+gzip is not that \
             of a layer that can be read",
        ),
    ] {
        assert_eq!(read_error(media_type, bytes), expected);
    }
    let broken = read_error(GZIP, wrong_crc);
    assert!(broken.starts_with("the layer LAYER cannot be read: its compressed data is broken"), "{broken}");
}

#[test]
fn a_window_of_gigabytes_is_rejected() {
    // A frame header that asks for a window of 2 GiB, and one block of no bytes.
    let frame = vec![0x28, 0xb5, 0x2f, 0xfd, 0x00, 21 << 3, 0x01, 0x00, 0x00];
    let error = read_error(ZSTD, frame);
    assert_eq!(error, "the layer LAYER cannot be read: its zstd window has more than 33554432 bytes");
}

#[test]
fn no_path_leaves_the_image() {
    let jar = artifact("g:a:1");
    let tar = Tar::default()
        .file("../../../../tmp/escape/a.jar", &jar)
        .file("/absolute/b.jar", &jar)
        .link(EntryType::Symlink, "link", "/etc")
        .file("link/c.jar", &jar)
        .link(EntryType::Symlink, "etc/os-release", "/etc/os-release")
        .link(EntryType::Link, "d.jar", "../../../etc/passwd");
    let inventory = Image::new(&[tar.finish()]).read();
    let paths: Vec<_> = inventory.packages.iter().map(|package| &*package.path).collect();
    assert_eq!(paths, ["absolute/b.jar", "link/c.jar", "tmp/escape/a.jar"]);
    assert_eq!(inventory.system, None, "this machine's own file is not read");
}

#[test]
fn wrong_sizes_end_the_scan() {
    for size in [1_000_000, u64::MAX >> 1, u64::MAX] {
        let tar = Tar::default().entry_of_size(EntryType::Regular, "app/x", "", size, b"short").finish();
        assert_eq!(read_error(PLAIN, tar), "the layer LAYER cannot be read: it ends early");
    }
    let tar = Tar::default().entry(EntryType::XHeader, "pax", "", b"99999 path=a\n").finish();
    assert_eq!(read_error(PLAIN, tar), "the layer LAYER cannot be read: an extended header is broken");
    // Links have no contents, whatever size their headers state.
    let jar = artifact("g:a:1");
    let tar = Tar::default()
        .entry_of_size(EntryType::Symlink, "a", "b", 1 << 40, b"")
        .entry_of_size(EntryType::Directory, "c", "", 1 << 40, b"")
        .file("d.jar", &jar);
    assert_eq!(names(&Image::new(&[tar.finish()]).read().packages), ["g:a 1"]);
}

#[test]
fn long_names_are_read_in_both_formats_up_to_a_limit() {
    let long = format!("{}/a.jar", vec!["folder"; 40].join("/"));
    let jar = artifact("g:a:1");
    let record = format!("path={long}\n");
    let pax = format!("{} {record}", record.len() + 4);
    for tar in [
        Tar::default().entry(EntryType::GNULongName, "././@LongLink", "", format!("{long}\0").as_bytes()),
        Tar::default().entry(EntryType::XHeader, "pax", "", pax.as_bytes()),
    ] {
        let inventory = Image::new(&[tar.file("short", &jar).finish()]).read();
        assert_eq!(*inventory.packages[0].path, long[..]);
    }
    let endless = Tar::default().entry_of_size(EntryType::GNULongName, "././@LongLink", "", 1 << 40, b"a");
    assert!(read_error(PLAIN, endless.finish()).contains("a path of more than 4097 bytes"));
    let endless = Tar::default().entry_of_size(EntryType::XHeader, "pax", "", 1 << 40, b"a");
    assert!(read_error(PLAIN, endless.finish()).contains("more than 1048576 bytes"));
}

#[test]
fn an_archive_without_an_end_marker_is_complete() {
    let tar = Tar::default().file("a.jar", &artifact("g:a:1")).unfinished();
    assert_eq!(names(&Image::new(&[tar]).read().packages), ["g:a 1"]);
}

#[test]
fn decompression_bombs_are_stopped_by_every_limit() {
    let zeros = vec![0; 4 << 20];
    let bomb = gzip(&Tar::default().file("zeros", &zeros).finish());
    let limited_error = |bytes: &[u8], limits: Limits| Image::of(&[(GZIP, bytes.to_vec())]).read_error(&limits);
    let limits = Limits { unpacked: 1 << 20, ..Limits::default() };
    assert_eq!(
        limited_error(&bomb, limits),
        "the layer LAYER cannot be read: the image unpacks to more than 1048576 bytes"
    );
    let many = (0..100).fold(Tar::default(), |tar, at| tar.file(&at.to_string(), b"")).finish();
    let limits = Limits { entries: 50, ..Limits::default() };
    assert_eq!(limited_error(&many, limits), "the layer LAYER cannot be read: the image has more than 50 entries");
    let listed = Tar::default()
        .file("etc/os-release", DEBIAN_11.as_bytes())
        .file("var/lib/dpkg/status", status(&["a 1", "b 1", "c 1"]).as_bytes())
        .finish();
    let limits = Limits { packages: 2, ..Limits::default() };
    assert_eq!(limited_error(&listed, limits), "the layer LAYER cannot be read: the image has more than 2 packages");
    let limits = Limits { package_list: 100, ..Limits::default() };
    assert_eq!(
        limited_error(&listed, limits),
        "the layer LAYER cannot be read: its list of packages has more than 100 bytes"
    );
    let limits = Limits { path: 3, ..Limits::default() };
    assert_eq!(limited_error(&bomb, limits), "the layer LAYER cannot be read: it has a path of more than 3 bytes");
}

#[test]
fn a_layer_that_unpacks_to_thousands_of_times_its_size_is_rejected() {
    // Two gibibytes of zeros: zstd compresses them a hundred times better than gzip.
    let mut encoder = zstd::stream::Encoder::new(Vec::new(), 1).unwrap();
    let header = Tar::default().entry_of_size(EntryType::Regular, "zeros", "", 2 << 30, b"").unfinished();
    std::io::Write::write_all(&mut encoder, &header).unwrap();
    std::io::copy(&mut std::io::Read::take(std::io::repeat(0), 2 << 30), &mut encoder).unwrap();
    let bomb = encoder.finish().unwrap();
    assert!(bomb.len() < 2 << 20);
    assert_eq!(read_error(ZSTD, bomb), "the layer LAYER cannot be read: it unpacks to more than 400 times its size");
}

#[test]
fn a_scan_can_be_cancelled_in_the_middle_of_a_layer() {
    let tar = Tar::default().file("zeros", &vec![0; 8 << 20]).finish();
    let image = Image::of(&[(GZIP, gzip(&tar))]);
    let calls = Cell::new(0);
    let cancelled = || {
        calls.set(calls.get() + 1);
        calls.get() > 5
    };
    let error = scanner::read(&image.layers, &Limits::default(), &cancelled).unwrap_err();
    assert!(matches!(error, ScanError::Cancelled), "{error}");
    assert_eq!(calls.get(), 6, "it is not called again");
}

#[test]
fn a_layer_whose_file_is_missing_fails_the_scan() {
    let image = Image::new(&[Tar::default().finish()]);
    std::fs::remove_file(&image.layers[0].path).unwrap();
    assert!(image.read_error(&Limits::default()).starts_with("the layer LAYER cannot be read: "));
}
