//! apk's list of installed packages, `lib/apk/db/installed`.
//!
//! Source: <https://wiki.alpinelinux.org/wiki/Apk_spec>

use crate::catalogue::vulnerability::Ecosystem;
use crate::listed::ListedPackage;
use crate::package::SourcePackage;

/// Parses the records: fields of one letter, and an empty line after each. Records without a name or version are ignored.
pub(crate) fn parse(text: &str, layer: usize) -> Vec<ListedPackage> {
    text.split("\n\n").filter_map(|record| package(record, layer)).collect()
}

fn package(record: &str, layer: usize) -> Option<ListedPackage> {
    let value = |field: &str| {
        let mut lines = record.lines();
        lines
            .find_map(|line| line.strip_prefix(field)?.strip_prefix(':'))
            .map(str::trim)
            .filter(|text| !text.is_empty())
    };
    let (name, version) = (value("P")?, value("V")?);
    // Alpine's advisories are about the package that others are parts of.
    let source = SourcePackage { name: value("o").unwrap_or(name).to_owned(), version: version.to_owned() };
    Some(ListedPackage {
        ecosystem: Ecosystem::Alpine,
        name: name.to_owned(),
        version: version.to_owned(),
        architecture: value("A").unwrap_or_default().to_owned(),
        source: Some(source),
        layer,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packages_are_listed_with_their_origins() {
        let text = "C:Q1abc=\nP:libcrypto3\nV:3.1.4-r1\nA:x86_64\no:openssl\nF:lib\nR:libcrypto.so.3\n\nP:musl\nV:1.2.4-r2\n\n\
                    P:broken\n\n";
        let packages = parse(text, 2);
        let names: Vec<_> =
            packages.iter().map(|one| (one.name.as_str(), one.source.as_ref().unwrap().name.as_str())).collect();
        assert_eq!(names, [("libcrypto3", "openssl"), ("musl", "musl")]);
        assert_eq!((packages[0].version.as_str(), packages[0].architecture.as_str()), ("3.1.4-r1", "x86_64"));
    }
}
