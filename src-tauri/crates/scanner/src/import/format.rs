//! Which format a file has, from its beginning: a damaged file is refused as what it is, and one of another kind before it is
//! read.

use crate::import::osv;
use crate::import::summary::FileKind;

/// How much of the beginning of a file is read to recognize its format, in bytes.
pub(super) const HEAD: u64 = 64 << 10;

/// The format of a file that begins like this. `None` if it is none that is known, or only the whole file can tell.
pub(super) fn of(head: &[u8]) -> Option<FileKind> {
    if head.starts_with(b"PK") {
        return Some(FileKind::OsvArchive);
    }
    let (name, rest) = first_member(head)?;
    let is_object = rest.trim_ascii_start().starts_with(b"{");
    // In the tracker's list, each member is a package with an object of its vulnerabilities; few members of a record are objects.
    match (osv::MEMBERS.contains(&name.as_str()), is_object) {
        (true, false) => Some(FileKind::OsvRecord),
        (false, true) => Some(FileKind::DebianTracker),
        (true, true) | (false, false) => None,
    }
}

/// Whether it begins like a JSON object.
pub(super) fn is_object(head: &[u8]) -> bool {
    head.trim_ascii_start().starts_with(b"{")
}

/// The name of a JSON object's first member, and what follows it.
fn first_member(head: &[u8]) -> Option<(String, &[u8])> {
    let inner = head.trim_ascii_start().strip_prefix(b"{")?;
    let mut values = serde_json::Deserializer::from_slice(inner).into_iter::<String>();
    let name = values.next()?.ok()?;
    let rest = &inner[values.byte_offset()..];
    Some((name, rest.trim_ascii_start().strip_prefix(b":")?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_recognized_by_its_first_member_also_if_it_is_damaged() {
        for (head, expected) in [
            ("PK\u{3}\u{4}", Some(FileKind::OsvArchive)),
            ("{\"id\": ", Some(FileKind::OsvRecord)),
            ("\n { \"schema_version\" : 1.4 }", Some(FileKind::OsvRecord)),
            ("{\"affected\": [", Some(FileKind::OsvRecord)),
            ("{\"zlib\": {\"CVE-2", Some(FileKind::DebianTracker)),
            ("{\"zlib\": [", None),
            ("{\"database_specific\": {", None),
            ("{\"id", None),
            ("{", None),
            ("[{\"id\": \"A\"}]", None),
            ("<html>", None),
            ("", None),
        ] {
            assert_eq!(of(head.as_bytes()), expected, "{head}");
        }
    }
}
