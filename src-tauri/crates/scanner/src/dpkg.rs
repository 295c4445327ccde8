//! dpkg's list of packages: `var/lib/dpkg/status`, or a file for each package in `status.d`.

use std::collections::HashMap;

use crate::inventory::SourcePackage;

/// A record of an installed package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Listed {
    pub(crate) name: String,
    pub(crate) version: String,
    pub(crate) architecture: String,
    pub(crate) source: SourcePackage,
    /// The layer that brought it.
    pub(crate) layer: usize,
}

/// The records of installed packages. Those without a name or a version are passed over, as dpkg does.
pub(crate) fn parse(text: &str, layer: usize) -> Vec<Listed> {
    let mut listed = Vec::new();
    let mut record = Record::default();
    for line in text.lines() {
        if line.trim().is_empty() {
            listed.extend(std::mem::take(&mut record).finish(layer));
        } else {
            record.read(line);
        }
    }
    listed.extend(record.finish(layer));
    listed
}

/// The whole list comes again with each layer that installs something. A package that was there before, in this version,
/// stays that of the layer which brought it.
pub(crate) fn keep_layers(listed: &mut [Listed], before: &[Listed]) {
    let key = |package: &Listed| (package.name.clone(), package.version.clone(), package.architecture.clone());
    let known: HashMap<_, _> = before.iter().map(|package| (key(package), package.layer)).collect();
    for package in listed {
        if let Some(layer) = known.get(&key(package)) {
            package.layer = *layer;
        }
    }
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
        // A line that begins with a space continues the field before it; none of ours has more than one.
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

    fn finish(self, layer: usize) -> Option<Listed> {
        let (name, version) = (self.package?, self.version?);
        // Without the field it is an image without dpkg: what is listed is installed.
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
        Some(Listed {
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
        let listed = parse(text, 3);
        let names: Vec<_> = listed.iter().map(|package| package.name.as_str()).collect();
        assert_eq!(names, ["bsdutils", "base"]);
        assert_eq!(listed[0].source, SourcePackage { name: "util-linux".into(), version: "2.36.1-8".into() });
        assert_eq!(listed[1].source, SourcePackage { name: "base".into(), version: "2".into() });
        assert_eq!((listed[0].layer, listed[0].architecture.as_str()), (3, "amd64"));
    }
}
