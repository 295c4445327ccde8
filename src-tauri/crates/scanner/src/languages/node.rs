//! npm's packages: those installed in `node_modules`, and those that a `package-lock.json` lists.

use std::{collections::BTreeMap, fmt};

use serde::de::value::MapAccessDeserializer;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

use crate::catalogue::vulnerability::Ecosystem;
use crate::listed::ListedPackage;

/// How deep the dependencies in a lock file of version 1 are read.
const MAX_DEPTH: u32 = 32;

/// Whether the path is that of the `package.json` of an installed package: `node_modules/<name>/` or
/// `node_modules/@<scope>/<name>/`.
pub(crate) fn is_installed(path: &str) -> bool {
    let Some((_, below)) = path.rsplit_once("node_modules/") else { return false };
    let parts: Vec<&str> = below.split('/').collect();
    match parts[..] {
        [name, "package.json"] => !name.starts_with('@'),
        [scope, _, "package.json"] => scope.starts_with('@'),
        _ => false,
    }
}

/// Whether the path is that of a lock file. npm has a copy in `node_modules`, of what is installed there.
pub(crate) fn is_lock(path: &str) -> bool {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    matches!(name, "package-lock.json" | "npm-shrinkwrap.json") && !folder.split('/').any(|part| part == "node_modules")
}

/// Parses the `package.json` of an installed package.
pub(crate) fn parse_installed(text: &str, layer: usize) -> Option<ListedPackage> {
    #[derive(Deserialize)]
    struct Installed {
        name: String,
        version: String,
    }
    let Installed { name, version } = serde_json::from_str(text).ok()?;
    Some(ListedPackage::library(Ecosystem::Npm, &name, &version, layer)).filter(|_| !name.is_empty())
}

/// Parses a lock file. `None` if it is none.
pub(crate) fn parse_lock(text: &str, layer: usize) -> Option<Vec<ListedPackage>> {
    let Lock { packages, dependencies } = serde_json::from_str(text).ok()?;
    let mut listed = Vec::new();
    match packages {
        // Versions 2 and 3: by the path of the package's folder. The empty path is the project itself.
        Some(packages) => listed.extend(packages.iter().filter_map(|(path, entry)| {
            let name = entry.name.as_deref().or_else(|| Some(path.rsplit_once("node_modules/")?.1))?;
            Some(ListedPackage::library(Ecosystem::Npm, name, entry.version.as_deref()?, layer))
        })),
        None => add_dependencies(&mut listed, &dependencies?, layer, 0),
    }
    Some(listed)
}

fn add_dependencies(listed: &mut Vec<ListedPackage>, dependencies: &BTreeMap<String, Entry>, layer: usize, depth: u32) {
    for (name, entry) in dependencies {
        let version = entry.version.as_deref();
        listed.extend(version.map(|version| ListedPackage::library(Ecosystem::Npm, name, version, layer)));
        if depth < MAX_DEPTH {
            add_dependencies(listed, &entry.dependencies, layer, depth + 1);
        }
    }
}

#[derive(Deserialize)]
struct Lock {
    packages: Option<BTreeMap<String, Entry>>,
    dependencies: Option<BTreeMap<String, Entry>>,
}

#[derive(Deserialize)]
struct Entry {
    name: Option<String>,
    version: Option<String>,
    /// In version 1, the same as at the top. Later versions have ranges here, which are not read.
    #[serde(default, deserialize_with = "entries")]
    dependencies: BTreeMap<String, Entry>,
}

fn entries<'de, D: Deserializer<'de>>(deserializer: D) -> Result<BTreeMap<String, Entry>, D::Error> {
    let all = BTreeMap::<String, Dependency>::deserialize(deserializer)?;
    Ok(all.into_iter().filter_map(|(name, dependency)| Some((name, dependency.0?))).collect())
}

/// An entry, or a range. It is not an untagged enum: these copy what is inside of them at every level.
struct Dependency(Option<Entry>);

impl<'de> Deserialize<'de> for Dependency {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(DependencyVisitor)
    }
}

struct DependencyVisitor;

impl<'de> Visitor<'de> for DependencyVisitor {
    type Value = Dependency;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an entry or a range")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Dependency, A::Error> {
        Entry::deserialize(MapAccessDeserializer::new(map)).map(|entry| Dependency(Some(entry)))
    }

    fn visit_str<E: serde::de::Error>(self, _: &str) -> Result<Dependency, E> {
        Ok(Dependency(None))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(packages: Vec<ListedPackage>) -> Vec<String> {
        packages.into_iter().map(|package| format!("{} {}", package.name, package.version)).collect()
    }

    #[test]
    fn only_the_roots_of_packages_are_packages() {
        for (path, expected) in [
            ("app/node_modules/lodash/package.json", true),
            ("node_modules/@types/node/package.json", true),
            ("node_modules/a/node_modules/b/package.json", true),
            ("node_modules/a/dist/package.json", false),
            ("node_modules/@types/package.json", false),
            ("app/package.json", false),
        ] {
            assert_eq!(is_installed(path), expected, "{path}");
        }
        assert!(is_lock("app/package-lock.json") && is_lock("package-lock.json"));
        assert!(!is_lock("app/node_modules/a/package-lock.json"));
    }

    #[test]
    fn lock_files_of_every_version_are_read() {
        let third = r#"{"lockfileVersion": 3, "packages": {"": {"name": "app", "version": "1"}, "node_modules/a": {"version":
            "1.0.0", "dependencies": {"b": "^2"}}, "node_modules/a/node_modules/@s/b": {"version": "2.0.0"}, "lib": {"link": true}}}"#;
        assert_eq!(names(parse_lock(third, 0).unwrap()), ["app 1", "a 1.0.0", "@s/b 2.0.0"]);
        let first = r#"{"lockfileVersion": 1, "dependencies": {"a": {"version": "1.0.0", "requires": {"b": "2"},
            "dependencies": {"b": {"version": "2.0.0"}}}}}"#;
        assert_eq!(names(parse_lock(first, 0).unwrap()), ["a 1.0.0", "b 2.0.0"]);
        assert!(parse_lock("[]", 0).is_none() && parse_lock("{}", 0).is_none());
    }
}
