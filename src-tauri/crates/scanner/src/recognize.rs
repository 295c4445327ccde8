//! Which files are read, and as what: by their content where it can be recognized, since links give them other names.

use crate::dpkg;
use crate::languages::{go, node, python};
use crate::system::System;

/// The files that identify the operating system. The first takes precedence: an image's author may override the system's own.
pub(crate) const SYSTEM: [&str; 2] = ["etc/os-release", "usr/lib/os-release"];
/// dpkg's list of packages.
pub(crate) const STATUS: &str = "var/lib/dpkg/status";
/// Images without dpkg itself have a file here for each package.
pub(crate) const STATUS_FOLDER: &str = "var/lib/dpkg/status.d";
/// apk's list of packages, at its old and its new place.
pub(crate) const APK: [&str; 2] = ["lib/apk/db/installed", "usr/lib/apk/db/installed"];
/// RPM's SQLite database, at its old and its new place.
pub(crate) const RPM: [&str; 2] = ["var/lib/rpm/rpmdb.sqlite", "usr/lib/sysimage/rpm/rpmdb.sqlite"];
const RPM_FOLDERS: [&str; 2] = ["var/lib/rpm/", "usr/lib/sysimage/rpm/"];
/// How much of the beginning of a file is read to recognize it.
pub(crate) const HEAD: usize = 1024;

/// What a file is read as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    System,
    Debian,
    Alpine,
    /// RPM's SQLite database.
    Rpm,
    /// A list of packages in a format that is not read, with its name.
    UnreadList(&'static str),
    Jar,
    /// A `pom.properties` outside of a JAR: of one that was unpacked.
    Pom,
    /// A manifest outside of a JAR.
    Manifest,
    NodePackage,
    NodeLock,
    Python,
    /// A program, which may be one of Go.
    Program,
}

/// What the file at this path is, whose beginning is `head`. `None` if it is not read.
pub(crate) fn kind(path: &str, head: &[u8]) -> Option<Kind> {
    let is_zip = head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06");
    if SYSTEM.contains(&path) || System::is_recognized(head) {
        Some(Kind::System)
    } else if path == STATUS || is_dpkg_part(path) || dpkg::is_recognized(head) {
        Some(Kind::Debian)
    } else if APK.contains(&path) {
        Some(Kind::Alpine)
    } else if RPM.contains(&path) {
        Some(Kind::Rpm)
    } else if let Some(format) = unread_list(path, head) {
        Some(Kind::UnreadList(format))
    } else if is_zip || has_jar_extension(path) {
        Some(Kind::Jar)
    } else if is_pom(path) {
        Some(Kind::Pom)
    } else if is_manifest(path) {
        Some(Kind::Manifest)
    } else if go::is_program(head) {
        Some(Kind::Program)
    } else if node::is_installed(path) {
        Some(Kind::NodePackage)
    } else if node::is_lock(path) {
        Some(Kind::NodeLock)
    } else if python::is_metadata(path) {
        Some(Kind::Python)
    } else {
        None
    }
}

/// Whether the path is that of a list of packages.
pub(crate) fn is_list(path: &str) -> bool {
    path == STATUS || APK.contains(&path) || RPM.contains(&path) || is_dpkg_part(path)
}

/// The format of a database of RPM that is not read. An empty log has nothing that the database does not have.
fn unread_list(path: &str, head: &[u8]) -> Option<&'static str> {
    match RPM_FOLDERS.iter().find_map(|folder| path.strip_prefix(folder))? {
        "Packages" => Some("Berkeley DB"),
        "Packages.db" => Some("ndb"),
        "rpmdb.sqlite-wal" if !head.is_empty() => Some("write-ahead log"),
        _ => None,
    }
}

fn is_dpkg_part(path: &str) -> bool {
    path.strip_prefix(STATUS_FOLDER).is_some_and(is_status_part)
}

/// Whether a link at this path can lead to a file that identifies the operating system or lists its packages.
pub(crate) fn leads_to_list(path: &str) -> bool {
    let below = |file: &str| file.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    SYSTEM.into_iter().chain([STATUS, STATUS_FOLDER]).chain(APK).chain(RPM).any(below) || is_list(path)
}

/// Whether a path below the folder is that of the list of one package.
pub(crate) fn is_status_part(below: &str) -> bool {
    below.strip_prefix('/').is_some_and(|name| !name.contains('/') && !name.ends_with(".md5sums"))
}

/// Whether the name is that of a JAR. They are recognized by their content too, unless a program precedes it or they are
/// damaged.
pub(crate) fn has_jar_extension(path: &str) -> bool {
    let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
    ["jar", "war", "ear", "hpi", "jpi", "sar", "par", "kar"].iter().any(|jar| extension.eq_ignore_ascii_case(jar))
}

/// Whether the path is that of a `pom.properties`, in an archive or outside.
pub(crate) fn is_pom(path: &str) -> bool {
    path.ends_with("/pom.properties") && has_folder(path, "META-INF/maven/")
}

/// Whether the path is that of a manifest, in a folder that was an archive.
pub(crate) fn is_manifest(path: &str) -> bool {
    path.strip_suffix("META-INF/MANIFEST.MF").is_some_and(|folder| folder.is_empty() || folder.ends_with('/'))
}

fn has_folder(path: &str, folder: &str) -> bool {
    path.match_indices(folder).any(|(at, _)| at == 0 || path[..at].ends_with('/'))
}
