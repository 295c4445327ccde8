//! dpkg's package list: `var/lib/dpkg/status`, or one file per package in `status.d`.

use std::collections::HashMap;

use crate::package::SourcePackage;

/// The record of an installed package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct InstalledPackage {
    pub(crate) name: String,
    pub(crate) version: String,
    pub(crate) architecture: String,
    pub(crate) source: SourcePackage,
    /// The index of the layer that added it.
    pub(crate) layer: usize,
}

impl InstalledPackage {
    /// The bytes of its texts.
    pub(crate) fn text(&self) -> usize {
        [&self.name, &self.version, &self.architecture, &self.source.name, &self.source.version]
            .map(String::len)
            .iter()
            .sum()
    }
}

/// Parses the records of installed packages. Records without a name or version are ignored, as by dpkg.
pub(crate) fn parse(text: &str, layer: usize) -> Vec<InstalledPackage> {
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

/// Assigns packages to the layer that added them: each layer that installs something contains the complete list, so a
/// package that the previous list has in the same version belongs to the layer that it has there.
pub(crate) fn keep_layers(packages: &mut [InstalledPackage], previous: &[InstalledPackage]) {
    let previous_layers: HashMap<_, _> = previous.iter().map(|package| (key(package), package.layer)).collect();
    for package in packages {
        if let Some(layer) = previous_layers.get(&key(package)) {
            package.layer = *layer;
        }
    }
}

fn key(package: &InstalledPackage) -> (&str, &str, &str) {
    (&package.name, &package.version, &package.architecture)
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

    fn finish(self, layer: usize) -> Option<InstalledPackage> {
        let (name, version) = (self.package?, self.version?);
        // Images without dpkg omit the field: every listed package is installed.
        if self.status.is_some_and(|status| status.split_whitespace().nth(2) != Some("installed")) {
            return None;
        }
        let (source, source_version) = match self.source {
            None => (name, version),
            Some(source) => match source.split_once('(') {
                None => (source, version),
                Some((source, version)) => (source.trim(), version.trim_end().trim_end_matches(')').trim()),
            },
        };
        Some(InstalledPackage {
            name: name.to_owned(),
            version: version.to_owned(),
            architecture: self.architecture.unwrap_or_default().to_owned(),
            source: SourcePackage { name: source.to_owned(), version: source_version.to_owned() },
            layer,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn installed_packages_are_listed_with_their_sources() {
        let text = "Package: bsdutils\nStatus: install ok installed\nArchitecture: amd64\nSource: util-linux (2.36.1-8)\n\
                    Version: 1:2.36.1-8\nDescription: tools\n .\n Package: not-a-field\n\nPackage: gone\nStatus: deinstall ok \
                    config-files\nVersion: 1\n\nPackage: broken\nStatus: install ok installed\n\nPackage: base\nVersion: 2\n";
        let packages = parse(text, 3);
        let names: Vec<_> = packages.iter().map(|package| package.name.as_str()).collect();
        assert_eq!(names, ["bsdutils", "base"]);
        assert_eq!(packages[0].source, SourcePackage { name: "util-linux".into(), version: "2.36.1-8".into() });
        assert_eq!(packages[1].source, SourcePackage { name: "base".into(), version: "2".into() });
        assert_eq!((packages[0].layer, packages[0].architecture.as_str()), (3, "amd64"));
    }
}
