//! What a scan assessed, as the practice cloud states it in the description of the scan's status; AWS states nothing of the kind.
//! This is the only place that reads that statement. What was not assessed may hold anything, so that nothing may be called absent
//! from it.

use serde::{Deserialize, Serialize};

/// Begins the statement, which is the end of a description.
const INTRODUCTION: &str = "What was assessed: ";

/// What a scan states of what it assessed.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Statement {
    /// As it was read.
    Read(Box<Assessment>),
    /// There is a statement that this version cannot read: nothing is known of what was assessed.
    Unreadable(Unreadable),
}

/// The stored form of a statement that cannot be read.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unreadable {
    /// The only one.
    Unreadable,
}

/// What a scan assessed of an image, and what it did not.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Assessment {
    /// Whether the packages of the operating system were assessed.
    pub system: AssessedSystem,
    /// The operating system, if the image identifies it.
    pub system_name: Option<String>,
    /// The packages that were found, of the operating system and of languages.
    pub packages: usize,
    /// Those of which the catalogue knows vulnerabilities, of any version. Of the others, no finding says nothing.
    pub known_packages: usize,
    /// JARs that neither metadata nor their names identify.
    pub unidentified: usize,
    /// Files that could not be read.
    pub skipped: usize,
    /// The first of them.
    pub skipped_files: Vec<SkippedFile>,
    /// The limits at which parts of the image were left out, in the scanner's words.
    pub limits: Vec<String>,
    /// The catalogue that was used.
    pub catalogue: UsedCatalogue,
}

/// Whether the packages of the operating system were assessed.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AssessedSystem {
    /// They were.
    Assessed,
    /// The catalogue does not have the system.
    NotInCatalogue,
    /// The system has no list of packages that can be read.
    NoPackageList,
    /// No file identifies the system.
    NotIdentified,
}

/// A file that could not be read.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SkippedFile {
    /// Its path in the image.
    pub path: String,
    /// Why, in the scanner's words.
    pub reason: String,
}

/// The catalogue that a scan used.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UsedCatalogue {
    /// The date of the built-in one, which covers only the lab.
    pub built_in: String,
    /// The advisories that were imported.
    pub imported: Option<UsedImport>,
}

/// Advisories that were imported.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UsedImport {
    /// The date of the import.
    pub date: String,
    /// How many packages and releases they are about.
    pub entries: usize,
}

impl Statement {
    /// The statement at the end of a description; `None` if there is none. One that begins and cannot be read to its end may say
    /// anything.
    pub(crate) fn parse(description: &str) -> Option<Self> {
        let mut beginnings = description.match_indices(INTRODUCTION).peekable();
        beginnings.peek()?;
        let read = beginnings.find_map(|(at, introduction)| {
            let mut reader = Reader(&description[at + introduction.len()..]);
            reader.statement().filter(|_| reader.0.is_empty())
        });
        Some(read.map_or(Self::Unreadable(Unreadable::Unreadable), |assessment| Self::Read(Box::new(assessment))))
    }

    /// What was assessed; `None` if it cannot be read.
    pub fn read(&self) -> Option<&Assessment> {
        match self {
            Self::Read(assessment) => Some(assessment),
            Self::Unreadable(_) => None,
        }
    }

    /// Whether the image may have a vulnerability that the scan has not found, because it did not look everywhere, or because
    /// where it looked is unknown.
    pub fn is_partial(&self) -> bool {
        self.read().is_none_or(Assessment::is_partial)
    }

    /// Whether the catalogue that the scan used covers only the lab.
    pub fn is_of_lab_only(&self) -> bool {
        self.read().is_some_and(|assessment| assessment.catalogue.imported.is_none())
    }

    /// Whether there is anything of which no finding says nothing.
    pub fn has_gaps(&self) -> bool {
        self.read().is_none_or(|assessment| assessment.is_partial() || assessment.known_packages < assessment.packages)
    }
}

impl Assessment {
    fn is_partial(&self) -> bool {
        let is_nothing_known = self.packages > 0 && self.known_packages == 0;
        let is_looked_through = self.system == AssessedSystem::Assessed && self.unidentified == 0 && self.skipped == 0;
        is_nothing_known || !is_looked_through || !self.limits.is_empty()
    }
}

/// A description, if it says that something was not assessed.
pub(crate) fn gaps(description: &str) -> Option<String> {
    Statement::parse(description).filter(Statement::has_gaps).map(|_| description.to_owned())
}

/// Whether the image may have a vulnerability that the scan has not found, because it did not look everywhere.
pub(crate) fn is_partial(description: &str) -> bool {
    Statement::parse(description).is_some_and(|statement| statement.is_partial())
}

/// The rest of a statement. What the image has named is quoted in it as in JSON.
struct Reader<'t>(&'t str);

impl Reader<'_> {
    fn statement(&mut self) -> Option<Assessment> {
        self.literal("Operating system: ")?;
        let (system, system_name) = self.system()?;
        self.literal(". Packages: ")?;
        let packages = self.number()?;
        self.literal(" found, ")?;
        let known_packages = self.number()?;
        self.literal(" known to the catalogue, ")?;
        let unknown = self.number()?;
        self.literal(" unknown to it. JARs not identified: ")?;
        let unidentified = self.number()?;
        self.literal(". Files skipped: ")?;
        let (skipped, skipped_files) = self.skipped()?;
        self.literal(". Limits reached: ")?;
        let limits = if self.literal("none").is_some() { Vec::new() } else { self.list(Self::quoted)? };
        self.literal(". Catalogue: built-in ")?;
        let catalogue = self.catalogue()?;
        self.literal(".")?;
        let adds_up = known_packages.checked_add(unknown) == Some(packages);
        adds_up.then_some(Assessment {
            system,
            system_name,
            packages,
            known_packages,
            unidentified,
            skipped,
            skipped_files,
            limits,
            catalogue,
        })
    }

    fn system(&mut self) -> Option<(AssessedSystem, Option<String>)> {
        if self.literal("not assessed (no file identifies it)").is_some() {
            return Some((AssessedSystem::NotIdentified, None));
        }
        let states = [
            ("assessed (", AssessedSystem::Assessed),
            ("not assessed (not in the catalogue: ", AssessedSystem::NotInCatalogue),
            ("not assessed (no list of packages that can be read: ", AssessedSystem::NoPackageList),
        ];
        let state = states.into_iter().find_map(|(text, state)| self.literal(text).map(|()| state))?;
        let name = self.quoted()?;
        self.literal(")")?;
        Some((state, Some(name)))
    }

    fn skipped(&mut self) -> Option<(usize, Vec<SkippedFile>)> {
        let count = self.number()?;
        if self.literal(" (").is_none() {
            return Some((count, Vec::new()));
        }
        let files = self.list(|reader| {
            let path = reader.quoted()?;
            reader.literal(": ")?;
            Some(SkippedFile { path, reason: reader.quoted()? })
        })?;
        self.literal(")")?;
        Some((count, files))
    }

    fn catalogue(&mut self) -> Option<UsedCatalogue> {
        let built_in = self.date()?;
        if self.literal(", which covers only the lab").is_some() {
            return Some(UsedCatalogue { built_in, imported: None });
        }
        self.literal(", and ")?;
        let entries = self.number()?;
        self.literal(" entries of advisories imported on ")?;
        Some(UsedCatalogue { built_in, imported: Some(UsedImport { date: self.date()?, entries }) })
    }

    /// Elements that are separated by semicolons.
    fn list<T>(&mut self, element: impl Fn(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let mut elements = vec![element(self)?];
        while self.literal("; ").is_some() {
            elements.push(element(self)?);
        }
        Some(elements)
    }

    fn literal(&mut self, text: &str) -> Option<()> {
        self.0 = self.0.strip_prefix(text)?;
        Some(())
    }

    fn number(&mut self) -> Option<usize> {
        self.word(|c| c.is_ascii_digit())?.parse().ok()
    }

    /// `2026-11-30`
    fn date(&mut self) -> Option<String> {
        self.word(|c| c.is_ascii_digit() || c == '-')
    }

    fn word(&mut self, is_part: fn(char) -> bool) -> Option<String> {
        let end = self.0.find(|c| !is_part(c)).unwrap_or(self.0.len());
        let (word, rest) = self.0.split_at(end);
        self.0 = rest;
        (!word.is_empty()).then(|| word.to_owned())
    }

    fn quoted(&mut self) -> Option<String> {
        let mut values = serde_json::Deserializer::from_str(self.0).into_iter::<String>();
        let text = values.next()?.ok()?;
        self.0 = &self.0[values.byte_offset()..];
        Some(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A statement of the practice cloud, with these parts of it.
    fn described(system: &str, packages: &str, rest: &str) -> String {
        format!(
            "Continuous scan is selected for image. What was assessed: Operating system: {system}. Packages: {packages}. {rest} \
             Catalogue: built-in 2026-11-23, which covers only the lab."
        )
    }

    const COMPLETE: &str = "JARs not identified: 0. Files skipped: 0. Limits reached: none.";

    #[test]
    fn a_statement_is_read_with_all_its_parts() {
        let text = "Any. What was assessed: Operating system: assessed (\"a \\\"b\\\" (c).\"). Packages: 294 found, 19 known to the \
                    catalogue, 275 unknown to it. JARs not identified: 2. Files skipped: 3 (\"x; y\": \"it is truncated\"; \"z\": \
                    \"r\"). Limits reached: \"l1\"; \"l2\". Catalogue: built-in 2026-11-23, and 5 entries of advisories imported on \
                    2026-11-30.";
        let file = |path: &str, reason: &str| SkippedFile { path: path.into(), reason: reason.into() };
        let expected = Assessment {
            system: AssessedSystem::Assessed,
            system_name: Some("a \"b\" (c).".into()),
            packages: 294,
            known_packages: 19,
            unidentified: 2,
            skipped: 3,
            skipped_files: vec![file("x; y", "it is truncated"), file("z", "r")],
            limits: vec!["l1".into(), "l2".into()],
            catalogue: UsedCatalogue {
                built_in: "2026-11-23".into(),
                imported: Some(UsedImport { date: "2026-11-30".into(), entries: 5 }),
            },
        };
        assert_eq!(Statement::parse(text), Some(Statement::Read(Box::new(expected))));
    }

    #[test]
    fn only_what_was_not_looked_into_leaves_room_for_a_vulnerability() {
        let (system, listed) = ("assessed (\"Debian 11\")", "3 found, 3 known to the catalogue, 0 unknown to it");
        for (system, rest) in [
            ("not assessed (no file identifies it)", COMPLETE),
            ("not assessed (not in the catalogue: \"Alpine\")", COMPLETE),
            (system, "JARs not identified: 1. Files skipped: 0. Limits reached: none."),
            (system, "JARs not identified: 0. Files skipped: 1. Limits reached: none."),
            (system, "JARs not identified: 0. Files skipped: 0. Limits reached: \"a\"."),
        ] {
            let partial = described(system, listed, rest);
            assert!(is_partial(&partial) && gaps(&partial).as_deref() == Some(&*partial), "{partial}");
        }
        let unknown = described(system, "3 found, 2 known to the catalogue, 1 unknown to it", COMPLETE);
        assert!(!is_partial(&unknown) && gaps(&unknown).is_some());
        let complete = described(system, listed, COMPLETE);
        assert!(Statement::parse(&complete).unwrap().read().is_some());
        for complete in [complete.as_str(), "", "Continuous scan is selected for image."] {
            assert!(!is_partial(complete) && gaps(complete).is_none(), "{complete}");
        }
    }

    #[test]
    fn a_name_in_the_image_is_never_taken_for_the_statement() {
        let good = described("assessed (\"D\")", "1 found, 1 known to the catalogue, 0 unknown to it", COMPLETE);
        let name = serde_json::Value::from(good.as_str()).to_string();
        let unknown = "1 found, 0 known to the catalogue, 1 unknown to it";
        let text = described(&format!("not assessed (not in the catalogue: {name})"), unknown, COMPLETE);
        let statement = Statement::parse(&format!("The operating system {name} is not supported. {text}")).unwrap();
        let read = statement.read().unwrap();
        assert_eq!((read.system, read.known_packages), (AssessedSystem::NotInCatalogue, 0));
        assert_eq!(read.system_name.as_deref(), Some(good.as_str()));
        let false_sum = described("assessed (\"D\")", "9 found, 1 known to the catalogue, 0 unknown to it", COMPLETE);
        let unreadable = Some(Statement::Unreadable(Unreadable::Unreadable));
        for changed in [false_sum, format!("{good} More."), good[..good.len() - 1].to_owned()] {
            assert_eq!(Statement::parse(&changed), unreadable, "{changed}");
        }
    }

    #[test]
    fn a_statement_that_cannot_be_read_is_unknown_and_not_complete() {
        let newer = "Any. What was assessed: Everything. Catalogue: built-in 2027-01-01, which covers only the lab.";
        let statement = Statement::parse(newer).unwrap();
        assert!(statement.is_partial() && statement.has_gaps() && !statement.is_of_lab_only());
        assert!(is_partial(newer) && gaps(newer).as_deref() == Some(newer));
        assert_eq!(Statement::parse("Continuous scan is selected for image."), None, "AWS states nothing");
    }

    #[test]
    fn statements_are_stored_so_that_former_versions_assessments_are_read() {
        let text = described("assessed (\"D\")", "1 found, 1 known to the catalogue, 0 unknown to it", COMPLETE);
        let read = Statement::parse(&text).unwrap();
        let stored = serde_json::to_value(&read).unwrap();
        assert_eq!(
            stored,
            serde_json::to_value(read.read().unwrap()).unwrap(),
            "as it was stored before there were unreadable ones"
        );
        assert_eq!(serde_json::from_value::<Statement>(stored).unwrap(), read);
        let unreadable = Statement::Unreadable(Unreadable::Unreadable);
        assert_eq!(serde_json::to_value(&unreadable).unwrap(), "unreadable");
        assert_eq!(serde_json::from_str::<Statement>("\"unreadable\"").unwrap(), unreadable);
    }
}
