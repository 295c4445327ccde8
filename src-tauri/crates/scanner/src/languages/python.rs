//! Python's installed packages: `*.dist-info/METADATA` and `*.egg-info/PKG-INFO`.

use crate::catalogue::vulnerability::Ecosystem;
use crate::listed::ListedPackage;

/// Whether the path is that of a package's metadata.
pub(crate) fn is_metadata(path: &str) -> bool {
    path.ends_with(".dist-info/METADATA") || path.ends_with(".egg-info/PKG-INFO") || path.ends_with(".egg-info")
}

/// Parses the headers of the metadata, which end at the first empty line.
pub(crate) fn parse(text: &str, layer: usize) -> Option<ListedPackage> {
    let value = |field: &str| {
        let mut headers = text.lines().take_while(|line| !line.trim().is_empty());
        headers
            .find_map(|line| line.strip_prefix(field)?.strip_prefix(": "))
            .map(str::trim)
            .filter(|text| !text.is_empty())
    };
    Some(ListedPackage::library(Ecosystem::Python, &normalized(value("Name")?), value("Version")?, layer))
}

/// A name as PyPI compares it: `Flask_SQLAlchemy` is `flask-sqlalchemy` (PEP 503).
pub(crate) fn normalized(name: &str) -> String {
    let parts = name.split(['-', '_', '.']).filter(|part| !part.is_empty());
    parts.map(str::to_ascii_lowercase).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_headers_state_name_and_version() {
        let package =
            parse("Metadata-Version: 2.1\nName: Flask__SQL.Alchemy\nVersion: 2.5.1\n\nName: no\n", 0).unwrap();
        assert_eq!((package.name.as_str(), package.version.as_str()), ("flask-sql-alchemy", "2.5.1"));
        assert_eq!(parse("Name: a\n\nVersion: 1\n", 0), None);
    }
}
