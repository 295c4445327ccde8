//! `META-INF/MANIFEST.MF`, which identifies a JAR without `pom.properties`.

use std::sync::Arc;

use crate::jar::artifact::Artifact;
use crate::jar::properties::is_plausible;

/// The artifact of a JAR, from its manifest and file name.
pub(super) fn artifact(text: &str, path: &str, within: &Arc<str>) -> Option<Artifact> {
    let attributes = attributes(text);
    let value = |names: &[&str]| {
        let of = |name: &&str| attributes.iter().find(|(key, _)| key.eq_ignore_ascii_case(name));
        let values = names.iter().filter_map(of).map(|(_, value)| value.trim().to_owned());
        values.into_iter().find(|value| is_plausible(value))
    };
    let version = value(&["Implementation-Version", "Bundle-Version", "Specification-Version"])?;
    // A directive may follow: `org.example.app;singleton:=true`.
    let bundle = attributes.iter().find(|(key, _)| key.eq_ignore_ascii_case("Bundle-SymbolicName"));
    let bundle = bundle.and_then(|(_, value)| value.split(';').next()).map(str::trim).filter(|name| is_plausible(name));
    let name = name_from_file(path, &version)
        .or_else(|| value(&["Implementation-Title"]))
        .or_else(|| bundle.map(str::to_owned))?;
    let group = value(&["Implementation-Vendor-Id"]).or_else(|| group_from_bundle(bundle?, &name));
    Some(Artifact {
        group: group.map(Into::into),
        name: name.into(),
        version: version.into(),
        within: Arc::clone(within),
    })
}

/// Build tools name a JAR `<artifact>-<version>.jar`.
fn name_from_file(path: &str, version: &str) -> Option<String> {
    let file = path.rsplit('/').next()?;
    let (stem, _) = file.rsplit_once('.')?;
    let name = stem.strip_suffix(version)?.strip_suffix('-')?;
    Some(name.to_owned()).filter(|name| is_plausible(name))
}

/// Many bundles are named `<group>.<artifact>`.
fn group_from_bundle(bundle: &str, name: &str) -> Option<String> {
    bundle.strip_suffix(name)?.strip_suffix('.').filter(|group| !group.is_empty()).map(str::to_owned)
}

/// The main section's attributes. A line that starts with a space continues the previous one.
fn attributes(text: &str) -> Vec<(String, String)> {
    let mut attributes: Vec<(String, String)> = Vec::new();
    for line in text.lines() {
        if line.trim_end().is_empty() {
            break;
        }
        match (line.strip_prefix(' '), line.split_once(':'), attributes.last_mut()) {
            (Some(more), _, Some((_, value))) => value.push_str(more),
            (None, Some((name, value)), _) => attributes.push((name.to_owned(), value.trim_start().to_owned())),
            _ => {}
        }
    }
    attributes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bundle_is_named_by_its_file_and_its_symbolic_name() {
        let text = "Manifest-Version: 1.0\r\nBundle-SymbolicName: org.apache.commons.comm\r\n ons-text;singleton:=true\r\n\
                    Bundle-Version: 1.9\r\n\r\nName: other\r\nBundle-Version: 2\r\n";
        let parsed = artifact(text, "lib/commons-text-1.9.jar", &"".into()).unwrap();
        assert_eq!(parsed.group.as_deref(), Some("org.apache.commons"));
        assert_eq!((&*parsed.name, &*parsed.version), ("commons-text", "1.9"));
    }

    #[test]
    fn the_title_is_used_if_the_file_name_lacks_the_version() {
        let text = "Implementation-Title: app\nImplementation-Version: 2\nImplementation-Vendor-Id: org.example\n";
        let parsed = artifact(text, "lib/app.jar", &"".into()).unwrap();
        assert_eq!((parsed.group.as_deref(), &*parsed.name), (Some("org.example"), "app"));
        assert_eq!(artifact("Implementation-Title: An App\nImplementation-Version: 2\n", "x.jar", &"".into()), None);
        assert_eq!(artifact("Manifest-Version: 1.0\n", "x-1.jar", &"".into()), None);
    }
}
