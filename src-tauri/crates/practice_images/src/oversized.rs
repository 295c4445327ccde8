//! Small layers that need much memory or time of a scanner that copies what they share: for tests and benchmarks.

use tar::{Builder, EntryType, Header};

use crate::contents::Coordinates;
use crate::jar::StoredZip;

const DEBIAN_11: &str = "ID=debian\nVERSION_ID=\"11\"\nPRETTY_NAME=\"Debian GNU/Linux 11 (bullseye)\"\n";
/// The artifacts of one JAR.
const ARTIFACTS: usize = 20_000;

/// A small layer that is large for a scanner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OversizedLayer {
    /// A JAR of 20,000 artifacts, and 2,000 hard links to it.
    HardLinks,
    /// A JAR with eight nested ones of 20,000 artifacts each.
    NestedJars,
    /// Artifacts in JARs that are nested five deep, under names of 60,000 and of 784 bytes.
    LongNames,
    /// A list of 25,000 packages with long versions, each with vulnerabilities.
    LongVersions,
    /// A lock file of npm with 200,000 dependencies below 40 levels.
    NestedLock,
}

impl OversizedLayer {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::HardLinks, Self::NestedJars, Self::LongNames, Self::LongVersions, Self::NestedLock];

    /// The layer, as an uncompressed tar archive.
    ///
    /// # Panics
    ///
    /// Never: it is written to memory, and its JARs are within the limits of their format.
    pub fn tar(self) -> Vec<u8> {
        let mut tar = Tar(Builder::new(Vec::new()));
        match self {
            Self::HardLinks => {
                tar.file("etc/os-release", DEBIAN_11.as_bytes());
                tar.file("a.jar", &many_artifacts("g"));
                (0..2000).for_each(|at| tar.link(&format!("{at}.jar"), "a.jar"));
            }
            Self::NestedJars => {
                let nested = (0..8).map(|at| (format!("{at}.jar"), many_artifacts(&at.to_string())));
                tar.file("app.jar", &zip(nested));
            }
            Self::LongNames => {
                for (path, length) in [("deep.jar", 60_000), ("shallow.jar", 780)] {
                    let name = format!("{}.jar", "x".repeat(length));
                    let deep = (0..5).fold(many_artifacts(path), |inner, _| zip([(name.clone(), inner)]));
                    tar.file(path, &deep);
                }
            }
            Self::LongVersions => {
                tar.file("etc/os-release", DEBIAN_11.as_bytes());
                tar.file("var/lib/dpkg/status", long_versions().as_bytes());
            }
            Self::NestedLock => tar.file("package-lock.json", nested_lock().as_bytes()),
        }
        tar.0.into_inner().expect("writing to memory does not fail")
    }
}

/// A JAR with different artifacts.
fn many_artifacts(group: &str) -> Vec<u8> {
    zip((0..ARTIFACTS).map(|at| {
        let Coordinates { group, artifact, version } =
            Coordinates { group: group.to_owned(), artifact: format!("a{at}"), version: "1".to_owned() };
        let text = format!("groupId={group}\nartifactId={artifact}\nversion={version}\n");
        (format!("META-INF/maven/{group}/{artifact}/pom.properties"), text.into_bytes())
    }))
}

fn zip(files: impl IntoIterator<Item = (String, Vec<u8>)>) -> Vec<u8> {
    let mut zip = StoredZip::default();
    for (name, contents) in files {
        zip.add(&name, &contents).expect("it has fewer than 65,536 files of less than 4 GiB");
    }
    zip.finish()
}

fn long_versions() -> String {
    let version = format!("1.{}", "1~a+".repeat(63));
    let record = |at| format!("Package: p{at}\nStatus: install ok installed\nSource: openssl\nVersion: {version}\n\n");
    (0..25_000).map(record).collect()
}

fn nested_lock() -> String {
    let many: Vec<_> = (0..200_000).map(|at| format!("\"{at}\":{{}}")).collect();
    let deep = "{\"dependencies\":{\"a\":".repeat(40);
    format!("{deep}{{\"version\":\"1\",\"dependencies\":{{{}}}}}{}", many.join(","), "}}".repeat(40))
}

struct Tar(Builder<Vec<u8>>);

impl Tar {
    fn file(&mut self, path: &str, contents: &[u8]) {
        let mut header = header(EntryType::Regular);
        header.set_size(contents.len() as u64);
        self.0.append_data(&mut header, path, contents).expect("writing to memory does not fail");
    }

    fn link(&mut self, path: &str, target: &str) {
        self.0.append_link(&mut header(EntryType::Link), path, target).expect("writing to memory does not fail");
    }
}

fn header(kind: EntryType) -> Header {
    let mut header = Header::new_gnu();
    header.set_entry_type(kind);
    header.set_size(0);
    header.set_mode(0o644);
    header.set_mtime(0);
    header
}
