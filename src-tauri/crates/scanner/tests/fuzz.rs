//! Fuzz targets of the scanner. Whatever an image holds, a scan ends with packages or with a reason.

#![expect(clippy::unwrap_used, reason = "a failed step fails the test")]

use std::path::Path;

use scanner::{Catalogue, Limits};

use support::{DEBIAN_11, GZIP, Image, PLAIN, Tar, ZSTD};

#[path = "it/support.rs"]
#[expect(dead_code, reason = "the other tests use the rest of it")]
mod support;

fn corpus(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus").join(name)
}

fn limits() -> Limits {
    Limits { unpacked: 16 << 20, jar_unpacked: 16 << 20, ..Limits::default() }
}

/// Scans an image, matches it, and states what was assessed.
fn scan(image: &Image) -> Result<(), String> {
    let inventory = match image.try_read(&limits()) {
        Ok(inventory) => inventory,
        Err(error) if error.to_string().is_empty() => return Err("an error without a reason".to_owned()),
        Err(_) => return Ok(()),
    };
    let (catalogue, packages) = (Catalogue::bundled(), inventory.packages.len());
    let matches = catalogue.matches(&inventory);
    if matches.iter().any(|one| one.vulnerability.id.is_empty()) {
        return Err("a vulnerability without an id".to_owned());
    }
    let (total, unknown) = catalogue.assess(&inventory).totals();
    if unknown > total || total as usize > packages {
        return Err(format!("{unknown} of {total} packages are unknown, and {packages} were read"));
    }
    Ok(())
}

/// A layer with this file, and something to find beside it.
fn layer_with(path: &str, contents: &[u8]) -> Image {
    let tar = Tar::default().file("etc/os-release", DEBIAN_11.as_bytes()).file(path, contents);
    Image::new(&[tar.file("b.jar", &support::artifact("g:b:1")).finish()])
}

#[test]
fn layers() {
    fuzz::run(&corpus("layers"), |input| {
        for media_type in [PLAIN, GZIP, ZSTD] {
            scan(&Image::of(&[(media_type, input.to_vec())]))?;
        }
        // Damaged before it is compressed, so that the damage reaches the reader of archives.
        scan(&Image::of(&[(GZIP, support::gzip(input)), (ZSTD, support::zstd(input))]))
    });
}

#[test]
fn jars() {
    fuzz::run(&corpus("jars"), |input| scan(&layer_with("app/lib/a.jar", input)));
}

#[test]
fn dpkg() {
    fuzz::run(&corpus("dpkg"), |input| scan(&layer_with("var/lib/dpkg/status", input)));
}

/// The files of other package managers, and of the operating system: the first line is the path.
#[test]
fn files() {
    fuzz::run(&corpus("files"), |input| {
        let end = input.iter().position(|byte| *byte == b'\n').unwrap_or(input.len());
        let path = String::from_utf8_lossy(&input[..end]).replace('\0', "_");
        let path: String = path.chars().filter(char::is_ascii).take(99).collect();
        scan(&layer_with(&path, input.get(end + 1..).unwrap_or_default()))
    });
}
