//! `pom.properties`, which Maven adds to the JARs that it builds, and which shading tools keep in merged JARs.

use std::sync::Arc;

use crate::jar::artifact::Artifact;

/// The longest plausible group, name or version.
const MAX_LENGTH: usize = 256;

/// Parses one of these files. Missing values are taken from its path:
/// `META-INF/maven/<group>/<artifact>/pom.properties`.
pub(crate) fn artifact(path: &str, text: &str, within: &Arc<str>) -> Option<Artifact> {
    let value = |key: &str| {
        let mut pairs = text.lines().filter_map(pair);
        pairs.find(|(name, _)| *name == key).map(|(_, value)| value).filter(|value| is_plausible(value))
    };
    let mut parents = path.rsplit('/').skip(1).map(str::to_owned);
    let (from_path, group_from_path) = (parents.next(), parents.next());
    Some(Artifact {
        group: Some(value("groupId").or(group_from_path).filter(|group| is_plausible(group))?.into()),
        name: value("artifactId").or(from_path).filter(|name| is_plausible(name))?.into(),
        version: value("version")?.into(),
        within: Arc::clone(within),
    })
}

/// Whether a value is plausible: not empty, and not a placeholder that the build did not replace.
pub(crate) fn is_plausible(value: &str) -> bool {
    !value.is_empty()
        && value.len() <= MAX_LENGTH
        && !value.contains("${")
        && !value.contains(|letter: char| letter.is_control() || letter.is_whitespace())
}

fn pair(line: &str) -> Option<(&str, String)> {
    let line = line.trim();
    if line.starts_with(['#', '!']) {
        return None;
    }
    let (name, value) = line.split_once(['=', ':'])?;
    Some((name.trim_end(), value.trim_start().replace('\\', "")))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PATH: &str = "META-INF/maven/org.example/app/pom.properties";

    #[test]
    fn the_path_supplies_missing_values() {
        let parsed = artifact(PATH, "#Generated\n version = 1.0\\:2\ngroupId=a\n", &"!/x.jar".into()).unwrap();
        let expected =
            Artifact { group: Some("a".into()), name: "app".into(), version: "1.0:2".into(), within: "!/x.jar".into() };
        assert_eq!(parsed, expected);
    }

    #[test]
    fn an_artifact_needs_a_version() {
        assert_eq!(artifact(PATH, "version=${project.version}\n", &"".into()), None);
        assert_eq!(artifact(PATH, "groupId=a\nartifactId=b\n", &"".into()), None);
    }
}
