//! The operating system of an image, from `os-release`.

/// An operating system.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct System {
    /// `debian`
    pub id: String,
    /// `11`; rolling releases have none.
    pub version: Option<String>,
    /// `Debian GNU/Linux 11 (bullseye)`
    pub name: String,
}

/// The ids of the systems whose images Inspector scans, so that a scan of one is not refused, whether the catalogue has its packages
/// or not. Sources: "Supported operating system artifacts" of the SBOM Generator, and "Supported operating systems and programming
/// languages" (hardened images of Chainguard, Minimus and Echo), both in Inspector's user guide. Chainguard's images name `wolfi`, too.
const SCANNED_BY_INSPECTOR: [&str; 17] = [
    "almalinux",
    "alpine",
    "amzn",
    "centos",
    "chainguard",
    "debian",
    "echo",
    "fedora",
    "minimos",
    "ol",
    "opensuse-leap",
    "photon",
    "rhel",
    "rocky",
    "sles",
    "ubuntu",
    "wolfi",
];

impl System {
    /// Whether it is one of the systems whose images Inspector scans.
    pub fn is_known(&self) -> bool {
        SCANNED_BY_INSPECTOR.contains(&self.id.as_str())
    }

    /// Inspector's name of the platform, `DEBIAN_11`.
    pub fn platform(&self) -> String {
        let words = [Some(&self.id), self.version.as_ref()].into_iter().flatten();
        let words: Vec<_> = words.map(|word| word.to_ascii_uppercase().replace(['.', '-'], "_")).collect();
        words.join("_")
    }

    /// Whether a file that begins like this identifies a system, under whatever name.
    pub(crate) fn is_recognized(head: &[u8]) -> bool {
        const FIRST: [&[u8]; 4] = [b"NAME=", b"PRETTY_NAME=", b"ID=", b"VERSION="];
        let has_id = || head.starts_with(b"ID=") || head.windows(4).any(|bytes| bytes == b"\nID=");
        FIRST.iter().any(|first| head.starts_with(first)) && has_id()
    }

    /// Parses the file's `NAME=value` lines; `None` if they do not identify the system.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let value = |name: &str| {
            let mut lines = text.lines().rev().map(str::trim_start).filter(|line| !line.starts_with('#'));
            let value = lines.find_map(|line| line.strip_prefix(name)?.strip_prefix('='))?;
            Some(unquote(value.trim())).filter(|value| !value.is_empty())
        };
        let id = value("ID")?.to_ascii_lowercase();
        let version = value("VERSION_ID");
        let name = value("PRETTY_NAME").or_else(|| value("NAME")).unwrap_or_else(|| id.clone());
        Some(Self { id, version, name })
    }
}

/// Removes the shell's quotes and escapes.
fn unquote(value: &str) -> String {
    let inner = ['"', '\''].iter().find_map(|quote| value.strip_prefix(*quote)?.strip_suffix(*quote));
    let Some(inner) = inner else { return value.to_owned() };
    let mut plain = String::with_capacity(inner.len());
    let mut letters = inner.chars();
    while let Some(letter) = letters.next() {
        plain.push(if letter == '\\' { letters.next().unwrap_or(letter) } else { letter });
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_comments_and_repetitions_are_read_as_by_a_shell() {
        let text =
            "# ID=no\nNAME=\"Debian GNU/Linux\"\nVERSION_ID='11'\nID=fedora\nID=debian\nPRETTY_NAME=\"a \\\"b\\\"\"\n";
        let system = System::parse(text).unwrap();
        assert_eq!((system.id.as_str(), system.version.as_deref()), ("debian", Some("11")));
        assert_eq!(system.name, "a \"b\"");
        assert_eq!(system.platform(), "DEBIAN_11");
        assert_eq!(System::parse("VERSION_ID=11\nID_LIKE=debian\n"), None);
    }

    #[test]
    fn dots_in_a_version_become_underscores() {
        assert_eq!(System::parse("ID=alpine\nVERSION_ID=3.19.1\n").unwrap().platform(), "ALPINE_3_19_1");
        assert_eq!(System::parse("ID=arch\n").unwrap().platform(), "ARCH");
    }
}
