//! Layers and JARs for tests.

use std::io::{Cursor, Write as _};

use scanner::{Inventory, Layer, Limits, Package, ScanError};
use sha2::{Digest, Sha256};
use tar::{EntryType, Header};
use tempfile::TempDir;
use zip::write::SimpleFileOptions;

pub(crate) const GZIP: &str = "application/vnd.oci.image.layer.v1.tar+gzip";
pub(crate) const DOCKER: &str = "application/vnd.docker.image.rootfs.diff.tar.gzip";
pub(crate) const PLAIN: &str = "application/vnd.oci.image.layer.v1.tar";
pub(crate) const ZSTD: &str = "application/vnd.oci.image.layer.v1.tar+zstd";
pub(crate) const DEBIAN_11: &str = "ID=debian\nVERSION_ID=\"11\"\nPRETTY_NAME=\"Debian GNU/Linux 11 (bullseye)\"\n";

/// An image in a temporary folder.
pub(crate) struct Image {
    _dir: TempDir,
    pub(crate) layers: Vec<Layer>,
}

impl Image {
    /// An image of uncompressed layers, the base first.
    pub(crate) fn new(layers: &[Vec<u8>]) -> Self {
        Self::of(&layers.iter().map(|bytes| (PLAIN, bytes.clone())).collect::<Vec<_>>())
    }

    pub(crate) fn of(layers: &[(&str, Vec<u8>)]) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let write = |(at, (media_type, bytes)): (usize, &(&str, Vec<u8>))| {
            let path = dir.path().join(at.to_string());
            std::fs::write(&path, bytes).unwrap();
            let digest = format!("sha256:{}", hex::encode(Sha256::digest(bytes)));
            Layer { digest, media_type: (*media_type).to_owned(), path }
        };
        let layers = layers.iter().enumerate().map(write).collect();
        Self { _dir: dir, layers }
    }

    pub(crate) fn read(&self) -> Inventory {
        self.try_read(&Limits::default()).unwrap()
    }

    pub(crate) fn try_read(&self, limits: &Limits) -> Result<Inventory, ScanError> {
        scanner::read(&self.layers, limits, &|| false)
    }

    /// The error that reading the image returns, with `LAYER` in place of the last layer's digest.
    pub(crate) fn read_error(&self, limits: &Limits) -> String {
        let error = self.try_read(limits).unwrap_err().to_string();
        let last = self.layers.last().unwrap();
        error.replace(&last.digest, "LAYER")
    }
}

/// A tar archive that is written entry by entry, without validation.
#[derive(Default)]
pub(crate) struct Tar(Vec<u8>);

impl Tar {
    pub(crate) fn file(self, path: &str, contents: &[u8]) -> Self {
        self.entry(EntryType::Regular, path, "", contents)
    }

    pub(crate) fn folder(self, path: &str) -> Self {
        self.entry(EntryType::Directory, path, "", b"")
    }

    pub(crate) fn link(self, kind: EntryType, path: &str, target: &str) -> Self {
        self.entry(kind, path, target, b"")
    }

    pub(crate) fn entry(self, kind: EntryType, path: &str, target: &str, contents: &[u8]) -> Self {
        self.entry_of_size(kind, path, target, contents.len() as u64, contents)
    }

    /// An entry whose header states a size independent of its contents.
    pub(crate) fn entry_of_size(
        mut self,
        kind: EntryType,
        path: &str,
        target: &str,
        size: u64,
        contents: &[u8],
    ) -> Self {
        let mut header = Header::new_gnu();
        header.set_entry_type(kind);
        header.set_size(size);
        header.set_mode(0o644);
        header.set_mtime(0);
        header.as_old_mut().name[..path.len()].copy_from_slice(path.as_bytes());
        header.as_old_mut().linkname[..target.len()].copy_from_slice(target.as_bytes());
        header.set_cksum();
        self.0.extend_from_slice(header.as_bytes());
        self.0.extend_from_slice(contents);
        self.0.resize(self.0.len().next_multiple_of(512), 0);
        self
    }

    /// Bytes as they are, up to the end of a block.
    pub(crate) fn raw(mut self, bytes: &[u8]) -> Self {
        self.0.extend_from_slice(bytes);
        self.0.resize(self.0.len().next_multiple_of(512), 0);
        self
    }

    /// The archive without its end marker.
    pub(crate) fn unfinished(self) -> Vec<u8> {
        self.0
    }

    pub(crate) fn finish(mut self) -> Vec<u8> {
        self.0.resize(self.0.len() + 1024, 0);
        self.0
    }
}

pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

pub(crate) fn zstd(bytes: &[u8]) -> Vec<u8> {
    zstd::stream::encode_all(bytes, 3).unwrap()
}

/// A deflated zip archive of these files.
pub(crate) fn jar(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, contents) in files {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(contents).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A JAR with one artifact, `group:artifact:version`.
pub(crate) fn artifact(coordinates: &str) -> Vec<u8> {
    let (path, text) = pom(coordinates);
    jar(&[(&path, text.as_bytes())])
}

pub(crate) fn pom(coordinates: &str) -> (String, String) {
    let [group, name, version] = coordinates.split(':').collect::<Vec<_>>()[..] else { panic!("{coordinates}") };
    (
        format!("META-INF/maven/{group}/{name}/pom.properties"),
        format!("groupId={group}\nartifactId={name}\nversion={version}\n"),
    )
}

/// A dpkg status file with these packages, `name version` or `name version source`.
pub(crate) fn status(packages: &[&str]) -> String {
    let record = |package: &&str| {
        let mut words = package.split(' ');
        let (name, version) = (words.next().unwrap(), words.next().unwrap());
        let source = words.next().map(|source| format!("Source: {source}\n")).unwrap_or_default();
        format!("Package: {name}\nStatus: install ok installed\nArchitecture: amd64\n{source}Version: {version}\n\n")
    };
    packages.iter().map(record).collect()
}

/// `name version` of each package.
pub(crate) fn names(packages: &[Package]) -> Vec<String> {
    packages.iter().map(|package| format!("{} {}", package.name, package.version)).collect()
}
