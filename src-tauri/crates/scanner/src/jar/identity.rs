//! The artifact of a JAR without `pom.properties`: by its manifest, or by its file name.

use std::sync::Arc;

use crate::jar::artifact::Artifact;
use crate::jar::manifest::Manifest;
use crate::jar::properties::is_plausible;
use crate::recognize::has_jar_extension;

/// The artifact, from the most reliable of what states it: `Implementation-*` with the vendor's id, `Bundle-*`, the file
/// name. `None` if the JAR cannot be identified.
pub(crate) fn artifact(manifest: Option<&str>, path: &str, within: &Arc<str>) -> Option<Artifact> {
    let manifest = Manifest::parse(manifest.unwrap_or_default());
    let file = FileName::parse(path);
    let (group, name, version) = implementation(&manifest, &file)
        .or_else(|| bundle(&manifest, &file))
        .or_else(|| Some((None, file.name?.to_owned(), file.version?.to_owned())))?;
    let group = group.map(Into::into);
    Some(Artifact { group, name: name.into(), version: version.into(), within: Arc::clone(within) })
}

type Coordinates = (Option<String>, String, String);

fn implementation(manifest: &Manifest, file: &FileName<'_>) -> Option<Coordinates> {
    let group = manifest.get("Implementation-Vendor-Id")?;
    let version = file.confirmed(manifest.get("Implementation-Version")?);
    let name = file.name_of(&version).or_else(|| manifest.get("Implementation-Title")).or(file.stem())?;
    Some((Some(group.to_owned()), name.to_owned(), version))
}

fn bundle(manifest: &Manifest, file: &FileName<'_>) -> Option<Coordinates> {
    // A directive may follow: `org.example.app;singleton:=true`.
    let bundle = manifest.first_part("Bundle-SymbolicName")?;
    let version = file.confirmed(manifest.get("Bundle-Version")?);
    match file.name_of(&version) {
        // Many bundles are named `<group>.<artifact>`.
        Some(name) => {
            let group = bundle.strip_suffix(name).and_then(|group| group.strip_suffix('.'));
            let group = group.filter(|group| !group.is_empty()).map(str::to_owned);
            Some((group, name.to_owned(), version))
        }
        None => Some((None, bundle.to_owned(), version)),
    }
}

/// The parts of a file name, `<artifact>-<version>.jar`, as build tools name JARs.
struct FileName<'p> {
    stem: &'p str,
    name: Option<&'p str>,
    version: Option<&'p str>,
}

impl<'p> FileName<'p> {
    fn parse(path: &'p str) -> Self {
        let file = path.rsplit('/').next().unwrap_or(path);
        let stem = match file.rsplit_once('.') {
            Some((stem, _)) if has_jar_extension(file) => stem,
            _ => file,
        };
        let before_digit = |(at, _): &(usize, &str)| stem[at + 1..].starts_with(|next: char| next.is_ascii_digit());
        let split = stem.match_indices('-').rfind(before_digit).map(|(at, _)| (&stem[..at], &stem[at + 1..]));
        let split = split.filter(|(name, version)| is_plausible(name) && is_plausible(version));
        Self { stem, name: split.map(|(name, _)| name), version: split.map(|(_, version)| version) }
    }

    /// The file's name for an artifact of this version.
    fn name_of(&self, version: &str) -> Option<&'p str> {
        self.name.filter(|_| self.version == Some(version))
    }

    /// The name of a file without a version.
    fn stem(&self) -> Option<&'p str> {
        Some(self.stem).filter(|stem| self.version.is_none() && is_plausible(stem))
    }

    /// Bundles have versions of at least three numbers, `1.69.0` for 1.69. The zero is dropped only if the file name has the
    /// version without it.
    fn confirmed(&self, version: &str) -> String {
        let shorter = version.strip_suffix(".0").filter(|shorter| self.version == Some(*shorter));
        shorter.unwrap_or(version).to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn identified(manifest: &str, path: &str) -> Option<String> {
        artifact(Some(manifest), path, &"".into())
            .map(|artifact| format!("{} {}", artifact.full_name(), artifact.version))
    }

    #[test]
    fn a_vendor_id_is_the_group() {
        let text = "Implementation-Title: app\nImplementation-Version: 2\nImplementation-Vendor-Id: org.example\n";
        assert_eq!(identified(text, "lib/x.jar").unwrap(), "org.example:app 2");
        assert_eq!(identified(text, "lib/core-2.jar").unwrap(), "org.example:core 2");
        let text = "Implementation-Title: An App\nImplementation-Version: 2\nImplementation-Vendor-Id: org.example\n";
        assert_eq!(identified(text, "lib/app.jar").unwrap(), "org.example:app 2");
    }

    #[test]
    fn a_bundle_is_named_by_its_file_and_its_symbolic_name() {
        let text =
            "Bundle-SymbolicName: org.apache.commons.comm\r\n ons-text;singleton:=true\r\nBundle-Version: 1.9\r\n";
        assert_eq!(identified(text, "lib/commons-text-1.9.jar").unwrap(), "org.apache.commons:commons-text 1.9");
        assert_eq!(identified(text, "lib/text.jar").unwrap(), "org.apache.commons.commons-text 1.9");
    }

    #[test]
    fn a_zero_is_dropped_only_if_the_file_name_has_the_version_without_it() {
        let text = "Bundle-SymbolicName: bcprov\nBundle-Version: 1.69.0\nImplementation-Version: 1.69.0\n\
                    Implementation-Vendor-Id: org.bouncycastle\n";
        assert_eq!(identified(text, "a/bcprov-jdk15on-1.69.jar").unwrap(), "org.bouncycastle:bcprov-jdk15on 1.69");
        assert_eq!(identified(text, "a/bcprov-jdk15on-1.69.0.jar").unwrap(), "org.bouncycastle:bcprov-jdk15on 1.69.0");
        assert_eq!(identified(text, "a/bcprov.jar").unwrap(), "org.bouncycastle:bcprov 1.69.0");
    }

    #[test]
    fn the_file_name_is_the_last_resort() {
        for (path, expected) in [
            ("a/jackson-databind-2.9.10.jar", Some("jackson-databind 2.9.10")),
            ("log4j-1.2-api-2.14.1.jar", Some("log4j-1.2-api 2.14.1")),
            ("guava-31.1-jre.JAR", Some("guava 31.1-jre")),
            ("unpacked/commons-text-1.9", Some("commons-text 1.9")),
            ("app.jar", None),
            ("-1.jar", None),
        ] {
            assert_eq!(identified("Manifest-Version: 1.0\n", path).as_deref(), expected, "{path}");
        }
        // Without the vendor's id, the implementation's version says nothing about the artifact.
        assert_eq!(identified("Implementation-Title: app\nImplementation-Version: 2\n", "x.jar"), None);
    }
}
