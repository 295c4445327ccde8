//! dpkg's package list: `var/lib/dpkg/status`, or one file per package in `status.d`.

use crate::catalogue::vulnerability::Ecosystem;
use crate::listed::ListedPackage;
use crate::package::SourcePackage;

/// The states in which files of a package are on the disk. The others are `not-installed` and `config-files`.
const STATES: [&str; 6] =
    ["installed", "unpacked", "half-configured", "half-installed", "triggers-awaited", "triggers-pending"];

/// Whether a file that begins like this is dpkg's list, under whatever name: the lists of packages to install have no status.
pub(crate) fn is_recognized(head: &[u8]) -> bool {
    head.starts_with(b"Package: ") && head.windows(9).any(|bytes| bytes == b"\nStatus: ")
}

/// Parses the records of installed packages. Records without a name or version are ignored, as by dpkg.
pub(crate) fn parse(text: &str, layer: usize) -> Vec<ListedPackage> {
    let mut packages = Vec::new();
    let mut record = Record::default();
    for line in text.lines() {
        if line.trim().is_empty() {
            packages.extend(std::mem::take(&mut record).finish(layer));
        } else {
            record.read(line);
        }
    }
    packages.extend(record.finish(layer));
    packages
}

#[derive(Default)]
struct Record<'t> {
    package: Option<&'t str>,
    status: Option<&'t str>,
    version: Option<&'t str>,
    architecture: Option<&'t str>,
    source: Option<&'t str>,
}

impl<'t> Record<'t> {
    fn read(&mut self, line: &'t str) {
        // A line that starts with a space continues the previous field; the fields read here have only one line.
        let Some((field, value)) = line.split_once(':').filter(|_| !line.starts_with([' ', '\t'])) else { return };
        let value = Some(value.trim()).filter(|value| !value.is_empty());
        match field.to_ascii_lowercase().as_str() {
            "package" => self.package = value,
            "status" => self.status = value,
            "version" => self.version = value,
            "architecture" => self.architecture = value,
            "source" => self.source = value,
            _ => {}
        }
    }

    fn finish(self, layer: usize) -> Option<ListedPackage> {
        let (name, version) = (self.package?, self.version?);
        // Images without dpkg omit the field: every listed package is installed.
        let is_present = |status: &str| status.split_whitespace().nth(2).is_some_and(|state| STATES.contains(&state));
        if !self.status.is_none_or(is_present) {
            return None;
        }
        let (source, source_version) = match self.source {
            None => (name, version),
            Some(source) => match source.split_once('(') {
                None => (source, version),
                Some((source, version)) => (source.trim(), version.trim_end().trim_end_matches(')').trim()),
            },
        };
        Some(ListedPackage {
            ecosystem: Ecosystem::Debian,
            name: name.to_owned(),
            version: version.to_owned(),
            architecture: self.architecture.unwrap_or_default().to_owned(),
            source: Some(SourcePackage { name: source.to_owned(), version: source_version.to_owned() }),
            layer,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packages_whose_files_are_on_the_disk_count_in_every_state() {
        let names = |state: &str| {
            let text = format!("Package: a\nStatus: install ok {state}\nVersion: 1\n");
            parse(&text, 0).len()
        };
        assert!(STATES.iter().all(|state| names(state) == 1));
        assert_eq!((names("not-installed"), names("config-files"), names("")), (0, 0, 0));
    }

    #[test]
    fn installed_packages_are_listed_with_their_sources() {
        let text = "Package: bsdutils\nStatus: install ok installed\nArchitecture: amd64\nSource: util-linux (2.36.1-8)\n\
                    Version: 1:2.36.1-8\nDescription: tools\n .\n Package: not-a-field\n\nPackage: gone\nStatus: deinstall ok \
                    config-files\nVersion: 1\n\nPackage: broken\nStatus: install ok installed\n\nPackage: base\nVersion: 2\n";
        let packages = parse(text, 3);
        let names: Vec<_> = packages.iter().map(|package| package.name.as_str()).collect();
        assert_eq!(names, ["bsdutils", "base"]);
        let source = |name: &str, version: &str| Some(SourcePackage { name: name.into(), version: version.into() });
        assert_eq!(packages[0].source, source("util-linux", "2.36.1-8"));
        assert_eq!(packages[1].source, source("base", "2"));
        assert_eq!((packages[0].layer, packages[0].architecture.as_str()), (3, "amd64"));
    }
}
