//! JARs with the metadata by which scanners identify them, and filler in place of their classes.
//!
//! The zip archive is written here, with stored entries, because the output of a zip library depends on its version and on
//! the operating system.

use std::io::Read;

use crate::contents::Coordinates;
use crate::error::PracticeImageError;
use crate::filler::Filler;

/// 1980-01-01, the first date that the format can represent.
const DOS_DATE: u16 = (1 << 5) | 1;
/// Version 1.0 of the format, created on Unix, so that the entries' modes are used.
const MADE_BY: u16 = 0x030a;
const REGULAR_FILE_0644: u32 = 0o100_644 << 16;

/// The bytes of a JAR with these artifacts: the first is the JAR's own, the others are shaded into it.
pub(crate) fn jar(maven: &[Coordinates], filler: Filler) -> Result<Vec<u8>, PracticeImageError> {
    let mut zip = StoredZip::default();
    if let Some(own) = maven.first() {
        zip.add("META-INF/MANIFEST.MF", manifest(own).as_bytes())?;
    }
    for artifact in maven {
        let path = format!("META-INF/maven/{}/{}/pom.properties", artifact.group, artifact.artifact);
        zip.add(&path, pom_properties(artifact).as_bytes())?;
    }
    let mut bytes = Vec::with_capacity(filler.len() as usize);
    let mut filler = filler;
    filler.read_to_end(&mut bytes).map_err(|error| PracticeImageError::Specification(error.to_string()))?;
    zip.add("META-INF/image-security-lab/filler", &bytes)?;
    Ok(zip.finish())
}

fn manifest(artifact: &Coordinates) -> String {
    let Coordinates { group, artifact, version } = artifact;
    format!(
        "Manifest-Version: 1.0\r\nCreated-By: Image Security Lab (replica)\r\nImplementation-Title: {artifact}\r\n\
         Implementation-Version: {version}\r\nImplementation-Vendor-Id: {group}\r\n\r\n"
    )
}

fn pom_properties(artifact: &Coordinates) -> String {
    let Coordinates { group, artifact, version } = artifact;
    format!("version={version}\ngroupId={group}\nartifactId={artifact}\n")
}

/// A zip archive of stored files that is being written.
#[derive(Default)]
pub(crate) struct StoredZip {
    bytes: Vec<u8>,
    directory: Vec<u8>,
    entries: u16,
}

impl StoredZip {
    pub(crate) fn add(&mut self, name: &str, contents: &[u8]) -> Result<(), PracticeImageError> {
        let too_large = || PracticeImageError::Specification(format!("{name} is too large for a JAR"));
        let offset = u32::try_from(self.bytes.len()).map_err(|_| too_large())?;
        let size = u32::try_from(contents.len()).map_err(|_| too_large())?;
        let name_len = u16::try_from(name.len()).map_err(|_| too_large())?;
        self.entries = self.entries.checked_add(1).ok_or_else(too_large)?;

        // The fields that the local header and the directory share, from "version needed" to "extra field length".
        let mut common = Vec::new();
        for short in [10, 0, 0, 0, DOS_DATE] {
            common.extend_from_slice(&u16::to_le_bytes(short));
        }
        for long in [crc32fast::hash(contents), size, size] {
            common.extend_from_slice(&long.to_le_bytes());
        }
        for short in [name_len, 0] {
            common.extend_from_slice(&short.to_le_bytes());
        }

        self.bytes.extend_from_slice(b"PK\x03\x04");
        self.bytes.extend_from_slice(&common);
        self.bytes.extend_from_slice(name.as_bytes());
        self.bytes.extend_from_slice(contents);

        self.directory.extend_from_slice(b"PK\x01\x02");
        self.directory.extend_from_slice(&MADE_BY.to_le_bytes());
        self.directory.extend_from_slice(&common);
        // No comment, first disk, no internal attributes.
        self.directory.extend_from_slice(&[0; 6]);
        self.directory.extend_from_slice(&REGULAR_FILE_0644.to_le_bytes());
        self.directory.extend_from_slice(&offset.to_le_bytes());
        self.directory.extend_from_slice(name.as_bytes());
        Ok(())
    }

    pub(crate) fn finish(mut self) -> Vec<u8> {
        let start = self.bytes.len() as u32;
        let size = self.directory.len() as u32;
        self.bytes.append(&mut self.directory);
        self.bytes.extend_from_slice(b"PK\x05\x06\0\0\0\0");
        self.bytes.extend_from_slice(&self.entries.to_le_bytes());
        self.bytes.extend_from_slice(&self.entries.to_le_bytes());
        self.bytes.extend_from_slice(&size.to_le_bytes());
        self.bytes.extend_from_slice(&start.to_le_bytes());
        self.bytes.extend_from_slice(&[0; 2]);
        self.bytes
    }
}
