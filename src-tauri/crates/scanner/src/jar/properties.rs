//! `pom.properties`, which Maven puts into the JARs it builds, and shading tools leave in the JARs they merge.

use super::Artifact;

/// The longest group, name or version that is believed.
const LONGEST: usize = 256;

/// Reads one of these files. What it leaves out its path tells: `META-INF/maven/<group>/<artifact>/pom.properties`.
pub(super) fn artifact(path: &str, text: &str, within: &str) -> Option<Artifact> {
    let value = |key: &str| {
        let mut pairs = text.lines().filter_map(pair);
        pairs.find(|(name, _)| *name == key).map(|(_, value)| value).filter(|value| believable(value))
    };
    let mut parents = path.rsplit('/').skip(1).map(str::to_owned);
    let (from_path, group_from_path) = (parents.next(), parents.next());
    Some(Artifact {
        group: Some(value("groupId").or(group_from_path).filter(|group| believable(group))?),
        name: value("artifactId").or(from_path).filter(|name| believable(name))?,
        version: value("version")?,
        within: within.to_owned(),
    })
}

/// Whether a value can be what it is for: not empty, not a placeholder that the build forgot.
pub(super) fn believable(value: &str) -> bool {
    !value.is_empty()
        && value.len() <= LONGEST
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
    fn the_path_fills_in_what_the_file_leaves_out() {
        let found = artifact(PATH, "#Generated\n version = 1.0\\:2\ngroupId=a\n", "!/x.jar").unwrap();
        let expected =
            Artifact { group: Some("a".into()), name: "app".into(), version: "1.0:2".into(), within: "!/x.jar".into() };
        assert_eq!(found, expected);
    }

    #[test]
    fn without_a_version_it_is_no_artifact() {
        assert_eq!(artifact(PATH, "version=${project.version}\n", ""), None);
        assert_eq!(artifact(PATH, "groupId=a\nartifactId=b\n", ""), None);
    }
}
