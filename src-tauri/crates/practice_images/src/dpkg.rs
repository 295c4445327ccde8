//! `var/lib/dpkg/status`: the records of the Debian packages.

use std::fmt::Write as _;

/// A package's record.
pub(crate) struct Record<'a> {
    pub(crate) name: &'a str,
    pub(crate) version: &'a str,
    pub(crate) source: Option<&'a str>,
    pub(crate) source_version: Option<&'a str>,
    pub(crate) architecture: &'a str,
}

/// The file's text, with the records sorted by name, as dpkg writes them.
pub(crate) fn status<'a>(records: impl IntoIterator<Item = Record<'a>>) -> String {
    let mut records: Vec<Record<'_>> = records.into_iter().collect();
    records.sort_by(|one, other| one.name.cmp(other.name));
    records.iter().fold(String::new(), |mut text, record| {
        let Record { name, version, architecture, .. } = record;
        let source = source_field(record);
        let written = write!(
            text,
            "Package: {name}\nStatus: install ok installed\nPriority: optional\nSection: misc\nMaintainer: Image Security Lab \
             <replica@invalid>\nArchitecture: {architecture}\n{source}Version: {version}\nDescription: {name} (replica: this \
             record without its files)\n\n",
        );
        debug_assert!(written.is_ok(), "writing to a String cannot fail");
        text
    })
}

/// The `Source` field. As in Debian, it is omitted if name and version are those of the binary package, and its version is
/// omitted if it is the same.
fn source_field(record: &Record<'_>) -> String {
    match (record.source, record.source_version) {
        (None, None) => String::new(),
        (source, None) => format!("Source: {}\n", source.unwrap_or(record.name)),
        (source, Some(version)) => format!("Source: {} ({version})\n", source.unwrap_or(record.name)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_source_is_written_only_if_it_differs() {
        let record = |source, source_version| Record {
            name: "bsdutils",
            version: "1:2.36.1-8",
            source,
            source_version,
            architecture: "amd64",
        };
        assert_eq!(source_field(&record(None, None)), "");
        assert_eq!(source_field(&record(Some("util-linux"), None)), "Source: util-linux\n");
        assert_eq!(source_field(&record(Some("util-linux"), Some("2.36.1-8"))), "Source: util-linux (2.36.1-8)\n");
        assert_eq!(source_field(&record(None, Some("2.36.1-8"))), "Source: bsdutils (2.36.1-8)\n");
    }
}
