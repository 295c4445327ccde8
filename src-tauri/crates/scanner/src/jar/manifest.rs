//! `META-INF/MANIFEST.MF`.

use crate::jar::properties::is_plausible;

/// The attributes of a manifest's main section.
pub(super) struct Manifest(Vec<(String, String)>);

impl Manifest {
    /// A line that starts with a space continues the previous one.
    pub(super) fn parse(text: &str) -> Self {
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
        Self(attributes)
    }

    /// The value of an attribute, if it can be that of a name or version.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.value(name).filter(|value| is_plausible(value))
    }

    /// The value before the first semicolon.
    pub(super) fn first_part(&self, name: &str) -> Option<&str> {
        self.value(name)?.split(';').next().map(str::trim).filter(|value| is_plausible(value))
    }

    fn value(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_main_section_is_read() {
        let text =
            "Manifest-Version: 1.0\r\nbundle-name: a\r\n b\r\nX: a b\r\n\r\nName: other\r\nBundle-Version: 2\r\n";
        let manifest = Manifest::parse(text);
        assert_eq!((manifest.get("Bundle-Name"), manifest.get("X")), (Some("ab"), None));
        assert_eq!(manifest.get("Bundle-Version"), None);
    }
}
