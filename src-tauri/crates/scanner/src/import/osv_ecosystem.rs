//! The ecosystems of the OSV schema that are known, and the operating systems among them.
//!
//! Source: <https://ossf.github.io/osv-schema/#defined-ecosystems>

use crate::catalogue::vulnerability::Ecosystem;

/// An operating system: its id in `os-release`, its name in the schema, and the ecosystem of its packages.
const SYSTEMS: [(&str, &str, Ecosystem); 5] = [
    ("debian", "Debian", Ecosystem::Debian),
    ("ubuntu", "Ubuntu", Ecosystem::Debian),
    ("alpine", "Alpine", Ecosystem::Alpine),
    ("rocky", "Rocky Linux", Ecosystem::Rpm),
    ("almalinux", "AlmaLinux", Ecosystem::Rpm),
];

/// The ecosystem and the release as entries name it: of `Debian:12`, `Ubuntu:22.04:LTS`, `Alpine:v3.19`, `Maven`.
pub(super) fn parse(text: &str) -> Option<(Ecosystem, Option<String>)> {
    let (name, release) = text.split_once(':').map_or((text, None), |(name, release)| (name, Some(release)));
    if let Some((id, _, ecosystem)) = SYSTEMS.iter().find(|(_, system, _)| *system == name) {
        let release = release?.trim_start_matches('v');
        let version = release.strip_suffix(":LTS").unwrap_or(release);
        // Others, such as `Ubuntu:Pro:18.04:LTS`, are about packages that not every user of the release gets.
        let is_version = !version.is_empty() && version.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        return is_version.then(|| (*ecosystem, Some(entry_release(id, version))));
    }
    let ecosystem = match name {
        "Maven" => Ecosystem::Maven,
        "npm" => Ecosystem::Npm,
        "PyPI" => Ecosystem::Python,
        "Go" => Ecosystem::Go,
        _ => return None,
    };
    Some((ecosystem, None))
}

/// The id and the version of the system that an entry's release is of.
pub(super) fn system(ecosystem: Ecosystem, release: &str) -> Option<(&str, &str)> {
    match (release.split_once(':'), ecosystem) {
        (Some(of_system), _) => Some(of_system),
        (None, Ecosystem::Debian) => Some(("debian", release)),
        (None, Ecosystem::Alpine) => Some(("alpine", release)),
        (None, _) => None,
    }
}

/// The name of a system: `Debian`.
pub(super) fn name(id: &str) -> &str {
    SYSTEMS.iter().find(|(system, _, _)| *system == id).map_or(id, |(_, name, _)| name)
}

fn entry_release(id: &str, version: &str) -> String {
    if ["debian", "alpine"].contains(&id) { version.to_owned() } else { format!("{id}:{version}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn systems_are_known_by_their_releases_and_the_rest_is_unknown() {
        let of = |text| parse(text).map(|(ecosystem, release)| (ecosystem, release.unwrap_or_default()));
        for (text, ecosystem, release) in [
            ("Debian:12", Ecosystem::Debian, "12"),
            ("Ubuntu:22.04:LTS", Ecosystem::Debian, "ubuntu:22.04"),
            ("Ubuntu:24.10", Ecosystem::Debian, "ubuntu:24.10"),
            ("Alpine:v3.19", Ecosystem::Alpine, "3.19"),
            ("Rocky Linux:9", Ecosystem::Rpm, "rocky:9"),
            ("AlmaLinux:8", Ecosystem::Rpm, "almalinux:8"),
            ("Go", Ecosystem::Go, ""),
        ] {
            assert_eq!(of(text), Some((ecosystem, release.to_owned())), "{text}");
        }
        for text in ["Debian", "Ubuntu:Pro:18.04:LTS", "crates.io", "Red Hat:enterprise_linux:9::baseos", ""] {
            assert_eq!(of(text), None, "{text}");
        }
        assert_eq!(system(Ecosystem::Rpm, "rocky:9"), Some(("rocky", "9")));
        assert_eq!((system(Ecosystem::Debian, "12"), name("ubuntu")), (Some(("debian", "12")), "Ubuntu"));
    }
}
