//! A layer is streamed, so memory use does not depend on its size. The only test of its process, which therefore has its
//! own memory peak.

#![expect(clippy::unwrap_used, reason = "a failed step fails the test")]

use std::{
    fs::File,
    io::{Seek, SeekFrom, Write},
};

use scanner::{Layer, Limits};
use tar::Header;

const SIZE: u64 = 2 << 30;
/// The limit: far below the layer's size, with room for the test itself.
const PEAK_KB: u64 = 64 << 10;

#[test]
fn a_layer_of_two_gigabytes_takes_little_memory() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("layer");
    // The large file is sparse and needs no disk space.
    let mut layer = File::create(&path).unwrap();
    layer.write_all(header("opt/large.bin", SIZE).as_bytes()).unwrap();
    layer.seek(SeekFrom::Current(SIZE.cast_signed())).unwrap();
    let status = b"Package: openssl\nStatus: install ok installed\nVersion: 1.1.1k-1+deb11u1\n\n";
    layer.write_all(header("var/lib/dpkg/status", status.len() as u64).as_bytes()).unwrap();
    layer.write_all(status).unwrap();
    // An invalid JAR that is too large for memory: it is copied to a file and then skipped.
    layer.write_all(&vec![0; 512 - status.len()]).unwrap();
    layer.write_all(header("opt/large.jar", SIZE / 16).as_bytes()).unwrap();
    layer.seek(SeekFrom::Current((SIZE / 16).cast_signed())).unwrap();
    layer.write_all(&[0; 1024]).unwrap();
    drop(layer);

    let layer =
        Layer { digest: "sha256:0".to_owned(), media_type: "application/vnd.oci.image.layer.v1.tar".to_owned(), path };
    let inventory = scanner::read(&[layer], &Limits::default(), &|| false).unwrap();
    assert_eq!(inventory.packages[0].name, "openssl");
    assert_eq!(inventory.skipped.files[0].path, "opt/large.jar");
    if let Some(peak) = peak_kb() {
        assert!(peak < PEAK_KB, "{peak} kB");
    }
}

fn header(path: &str, size: u64) -> Header {
    let mut header = Header::new_gnu();
    header.set_path(path).unwrap();
    header.set_size(size);
    header.set_mode(0o644);
    header.set_cksum();
    header
}

/// The peak memory of this process, on systems that report it.
fn peak_kb() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix(" kB")?.trim().parse().ok()
}
