//! Go's modules in a program: the build information that Go 1.18 and later put into it.
//!
//! It starts with a magic number, a header of 32 bytes, and then has two texts, each after its length: the version of Go, and
//! lines about the modules. Older programs have addresses of the texts instead; these are not read.
//!
//! Source: <https://pkg.go.dev/debug/buildinfo>, and Go's `src/debug/buildinfo/buildinfo.go`

use std::io::Read;

use memchr::memmem::Finder;

use crate::catalogue::vulnerability::Ecosystem;
use crate::error::Fault;
use crate::listed::ListedPackage;

const MAGIC: &[u8; 14] = b"\xff Go buildinf:";
const HEADER: usize = 32;
/// The position in the header of the flag that the texts follow, and the flag.
const FLAGS: usize = 15;
const INLINE: u8 = 2;
/// The most that is read of the texts, in bytes: those of the largest programs have a few hundred kilobytes.
const TEXTS: usize = 1 << 20;
const CHUNK: usize = 128 << 10;
/// The texts about modules are between two marks of this length.
const MARK: usize = 16;

/// Whether a file that begins like this is a program: of Linux, macOS or Windows.
pub(crate) fn is_program(head: &[u8]) -> bool {
    const STARTS: [&[u8]; 4] = [b"\x7fELF", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe\0\0\0\x02", b"MZ"];
    STARTS.iter().any(|start| head.starts_with(start))
}

/// Searches a program for its modules. `None` if it has none that can be read.
pub(crate) fn read(mut program: impl Read, layer: usize) -> Result<Option<Vec<ListedPackage>>, Fault> {
    let finder = Finder::new(MAGIC);
    let mut buffer = Vec::with_capacity(CHUNK + HEADER);
    loop {
        // The end of the last chunk stays: the magic number may continue in the next one.
        let kept = buffer.len().min(MAGIC.len() - 1);
        buffer.drain(..buffer.len() - kept);
        let read = program.by_ref().take(CHUNK as u64).read_to_end(&mut buffer)?;
        if let Some(at) = finder.find(&buffer) {
            buffer.drain(..at);
            program.by_ref().take((HEADER + TEXTS).saturating_sub(buffer.len()) as u64).read_to_end(&mut buffer)?;
            if let Some(packages) = parse(&buffer, layer) {
                return Ok(Some(packages));
            }
            // A program that reads build information has the number in its code too.
            buffer.drain(..MAGIC.len());
            if let Some(again) = finder.find(&buffer) {
                buffer.drain(..again);
                return Ok(parse(&buffer, layer));
            }
        }
        if read == 0 {
            return Ok(None);
        }
    }
}

/// Parses the information from its magic number on.
fn parse(information: &[u8], layer: usize) -> Option<Vec<ListedPackage>> {
    let (header, texts) = information.split_at_checked(HEADER)?;
    if header[FLAGS] & INLINE == 0 {
        return None;
    }
    let (version, rest) = text(texts)?;
    let (modules, _) = text(rest)?;
    let mut packages = Vec::new();
    // `go1.21.3`, and perhaps the experiments after a space.
    let version = version.strip_prefix(b"go").and_then(|version| str::from_utf8(version).ok());
    let version = version.and_then(|version| version.split(' ').next());
    packages.extend(version.map(|version| ListedPackage::library(Ecosystem::Go, "stdlib", version, layer)));
    let modules = modules.get(MARK..modules.len().checked_sub(MARK)?).unwrap_or_default();
    add_modules(&mut packages, &String::from_utf8_lossy(modules), layer);
    Some(packages)
}

/// Adds the modules, a line each: kind, path, version and checksum.
fn add_modules(packages: &mut Vec<ListedPackage>, lines: &str, layer: usize) {
    for line in lines.lines() {
        let mut words = line.split('\t');
        let (Some(kind), Some(path), version) = (words.next(), words.next(), words.next().unwrap_or_default()) else {
            continue;
        };
        match kind {
            // Replaces the module before it.
            "=>" => {
                packages.pop();
            }
            "mod" | "dep" => {}
            _ => continue,
        }
        // The program's own module often has no version: `(devel)`. A local replacement has none.
        if let Some(number) = version.strip_prefix('v') {
            packages.push(ListedPackage::library(Ecosystem::Go, path, number, layer));
        } else {
            packages.push(ListedPackage::library(Ecosystem::Go, path, version, layer));
        }
    }
    packages.retain(|package| !package.version.is_empty() && package.version != "(devel)");
}

/// A text after its length, which has seven bits in each byte.
fn text(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let mut length = 0_usize;
    for (at, byte) in bytes.iter().enumerate().take(4) {
        length |= usize::from(byte & 0x7f) << (7 * at);
        if byte & 0x80 == 0 {
            return bytes[at + 1..].split_at_checked(length);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn program(lines: &str, before: usize) -> Vec<u8> {
        let mut bytes = b"\x7fELF".to_vec();
        bytes.resize(before, 0);
        bytes.extend(MAGIC);
        bytes.extend([8, INLINE]);
        bytes.resize(before + HEADER, 0);
        let modules = format!("{}{lines}{}", "<".repeat(MARK), ">".repeat(MARK));
        for text in ["go1.21.3 X:none", &modules] {
            let mut length = text.len();
            while length >= 0x80 {
                bytes.push(length as u8 | 0x80);
                length >>= 7;
            }
            bytes.push(length as u8);
            bytes.extend(text.as_bytes());
        }
        bytes.resize(bytes.len() + 5000, 1);
        bytes
    }

    #[test]
    fn modules_and_the_version_of_go_are_read() {
        let lines = "path\texample.org/app\nmod\texample.org/app\t(devel)\t\ndep\tgolang.org/x/net\tv0.7.0\th1:a=\ndep\tg.io/a\t\
                     v1.0.0\n=>\tg.io/b\tv2.0.0+incompatible\th1:b=\ndep\tg.io/c\tv1.0.0\n=>\t./local\t\nbuild\t-x=y\n";
        for before in [64, CHUNK - 7, CHUNK + 5, 3 * CHUNK] {
            let packages = read(program(lines, before).as_slice(), 1).unwrap().unwrap();
            let names: Vec<_> = packages.iter().map(|one| format!("{} {}", one.name, one.version)).collect();
            assert_eq!(names, ["stdlib 1.21.3", "golang.org/x/net 0.7.0", "g.io/b 2.0.0+incompatible"], "{before}");
        }
        assert_eq!(read(vec![1; 300_000].as_slice(), 0).unwrap(), None);
    }

    #[test]
    fn the_number_in_code_is_passed_over() {
        let mut bytes = b"\x7fELF".to_vec();
        bytes.extend(MAGIC);
        bytes.extend([0; 100]);
        bytes.extend(program("dep\tg.io/a\tv1.0.0\n", 200));
        assert_eq!(read(bytes.as_slice(), 0).unwrap().unwrap().len(), 2);
    }
}
