//! The catalogue of known vulnerabilities, `data/catalogue.json`: real ones, with the source of each fact.

pub(crate) mod affected;
pub(crate) mod error;
pub(crate) mod vulnerability;

use std::{
    collections::{HashMap, HashSet},
    sync::LazyLock,
    time::{Duration, SystemTime},
};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use time::{Date, format_description::BorrowedFormatItem, macros::format_description};

use crate::catalogue::affected::Affected;
use crate::catalogue::error::CatalogueError;
use crate::catalogue::vulnerability::{Ecosystem, Source, Vulnerability};
use crate::error::ExceededLimit;
use crate::system::System;

const BUNDLED: &[u8] = include_bytes!("../data/catalogue.json");
const DATE: &[BorrowedFormatItem<'_>] = format_description!("[year]-[month]-[day]");

/// Known vulnerabilities, by package.
#[derive(Debug)]
pub struct Catalogue {
    id: String,
    document: Document,
    /// The affected versions of each vulnerability, in the document's order.
    affected: Vec<Affected>,
    /// The positions in the document of each package's vulnerabilities.
    by_package: HashMap<(Ecosystem, String), Vec<usize>>,
    /// The Maven packages by what a JAR without a group states: the artifact, or `group.artifact`, as many bundles are named.
    /// `None` if several have the same.
    by_artifact: HashMap<String, Option<String>>,
    /// The limit at which entries about the image's packages were left out.
    limit: Option<ExceededLimit>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Document {
    about: Vec<String>,
    version: String,
    epss_date: String,
    kev_version: String,
    attribution: Vec<Attribution>,
    systems: Vec<SupportedSystem>,
    vulnerabilities: Vec<Vulnerability>,
}

/// A source of facts, with the credit that its licence requires.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attribution {
    /// The name that [`Source::source`] refers to.
    pub source: String,
    /// `GitHub Advisory Database`
    pub name: String,
    /// Its web page.
    pub url: String,
    /// `CC-BY-4.0`
    pub licence: String,
    /// What the catalogue uses from it, and what was changed.
    pub used: String,
}

/// An operating system whose packages are in the catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SupportedSystem {
    /// `debian`, as in `os-release`.
    pub id: String,
    /// `11`, as in `os-release`.
    pub version: String,
    /// `Debian 11`
    pub name: String,
    /// `bullseye`
    pub codename: String,
    /// The date from which its vendor no longer supports it, such as `2026-08-31`.
    pub end_of_life: Option<String>,
    /// The sources of that date.
    pub sources: Vec<Source>,
}

impl Catalogue {
    /// The catalogue that is compiled into this crate.
    ///
    /// # Panics
    ///
    /// Never: it is compiled in, and a test reads it.
    pub fn bundled() -> &'static Self {
        static CATALOGUE: LazyLock<Catalogue> =
            LazyLock::new(|| Catalogue::parse(BUNDLED).expect("the compiled-in catalogue parses, a test reads it"));
        &CATALOGUE
    }

    /// Parses a catalogue.
    ///
    /// # Errors
    ///
    /// [`CatalogueError`] if it does not follow the schema, or contains an invalid range or date.
    pub fn parse(json: &[u8]) -> Result<Self, CatalogueError> {
        let document: Document = serde_json::from_slice(json)?;
        let id = format!("{}-{}", document.version, &hex::encode(Sha256::digest(json))[..16]);
        Self::of(id, document)
    }

    /// This catalogue with more entries and systems. An entry that it has of the same vulnerability and package stays, and
    /// replaces the other: its facts were read from more sources.
    pub(crate) fn extended(
        &self,
        id: &str,
        more: Vec<Vulnerability>,
        systems: Vec<SupportedSystem>,
        limit: Option<ExceededLimit>,
    ) -> Result<Self, CatalogueError> {
        let mut document = self.document.clone();
        let keys: HashSet<_> = document.vulnerabilities.iter().map(key).collect();
        document.vulnerabilities.extend(more.into_iter().filter(|entry| !keys.contains(&key(entry))));
        let is_new = |system: &SupportedSystem| {
            !self.systems().iter().any(|one| (&one.id, &one.version) == (&system.id, &system.version))
        };
        document.systems.extend(systems.into_iter().filter(is_new));
        Ok(Self { limit, ..Self::of(format!("{}+{id}", self.id), document)? })
    }

    fn of(id: String, document: Document) -> Result<Self, CatalogueError> {
        let affected = document.vulnerabilities.iter().map(Affected::of).collect::<Result<_, _>>()?;
        let mut by_package: HashMap<_, Vec<usize>> = HashMap::new();
        for (position, entry) in document.vulnerabilities.iter().enumerate() {
            for text in [&entry.published, &entry.fix_published].into_iter().flatten() {
                date(&entry.id, text)?;
            }
            by_package.entry((entry.ecosystem, entry.package.clone())).or_default().push(position);
        }
        for system in &document.systems {
            system.end_of_life.as_ref().map(|text| date(&system.name, text)).transpose()?;
        }
        let by_artifact = by_artifact(by_package.keys());
        Ok(Self { id, document, affected, by_package, by_artifact, limit: None })
    }

    /// The id of its content: its version and a part of its hash.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The date on which its facts were gathered, such as `2026-11-23`.
    pub fn version(&self) -> &str {
        &self.document.version
    }

    /// What to know about the data as a whole.
    pub fn about(&self) -> &[String] {
        &self.document.about
    }

    /// The date of the EPSS scores.
    pub fn epss_date(&self) -> &str {
        &self.document.epss_date
    }

    /// The version of CISA's catalogue of known exploited vulnerabilities.
    pub fn kev_version(&self) -> &str {
        &self.document.kev_version
    }

    /// The sources of the facts, to be shown together with them.
    pub fn attribution(&self) -> &[Attribution] {
        &self.document.attribution
    }

    /// The operating systems whose packages it contains.
    pub fn systems(&self) -> &[SupportedSystem] {
        &self.document.systems
    }

    /// All entries. A vulnerability of several packages has one entry for each.
    pub fn vulnerabilities(&self) -> &[Vulnerability] {
        &self.document.vulnerabilities
    }

    /// The limit at which entries about the image's packages were left out.
    pub(crate) fn limit(&self) -> Option<ExceededLimit> {
        self.limit
    }

    /// The catalogue's entry for an operating system; `None` if its packages are not in the catalogue.
    pub fn system(&self, system: &System) -> Option<&SupportedSystem> {
        let version = system.version.as_deref()?;
        self.systems().iter().find(|supported| supported.id == system.id && supported.is_release_of(version))
    }

    /// The operating system, if its vendor no longer supports it at `now`.
    pub fn end_of_life(&self, system: &System, now: SystemTime) -> Option<&SupportedSystem> {
        let supported = self.system(system)?;
        let day = Date::parse(supported.end_of_life.as_deref()?, DATE).ok()?;
        let seconds = day.midnight().assume_utc().unix_timestamp();
        let from = SystemTime::UNIX_EPOCH + Duration::from_secs(u64::try_from(seconds).ok()?);
        (now >= from).then_some(supported)
    }

    /// The entries of a package of any release, with the versions that each affects.
    pub(crate) fn of_package(
        &self,
        ecosystem: Ecosystem,
        name: &str,
    ) -> impl Iterator<Item = (&Vulnerability, &Affected)> {
        let name = match self.by_artifact.get(name) {
            Some(Some(full_name)) if ecosystem == Ecosystem::Maven => full_name,
            _ => name,
        };
        let positions = self.by_package.get(&(ecosystem, name.to_owned())).map_or(&[][..], Vec::as_slice);
        positions.iter().map(|&position| (&self.document.vulnerabilities[position], &self.affected[position]))
    }
}

impl SupportedSystem {
    /// The release as the entries about its packages name it. Those of systems that share an ecosystem differ.
    pub(crate) fn release(&self) -> String {
        match self.id.as_str() {
            "debian" | "alpine" => self.version.clone(),
            id => format!("{id}:{}", self.version),
        }
    }

    /// Whether a system of this version is of this release. Some versions have one number more: Alpine `3.19.1` is of `3.19`.
    pub(crate) fn is_release_of(&self, version: &str) -> bool {
        let has_minor = ["alpine", "rocky", "almalinux"].contains(&self.id.as_str());
        let rest = version.strip_prefix(&self.version);
        rest.is_some_and(|rest| rest.is_empty() || (has_minor && rest.starts_with('.')))
    }
}

/// What distinguishes entries: the vulnerability, and the package of a release.
fn key(entry: &Vulnerability) -> (String, Ecosystem, Option<String>, String) {
    (entry.id.clone(), entry.ecosystem, entry.release.clone(), entry.package.clone())
}

fn by_artifact<'k>(packages: impl Iterator<Item = &'k (Ecosystem, String)>) -> HashMap<String, Option<String>> {
    let mut by_artifact: HashMap<String, Option<String>> = HashMap::new();
    for (ecosystem, package) in packages {
        let Some((group, artifact)) = package.split_once(':').filter(|_| *ecosystem == Ecosystem::Maven) else {
            continue;
        };
        for name in [artifact.to_owned(), format!("{group}.{artifact}")] {
            let is_new = !by_artifact.contains_key(&name);
            by_artifact.insert(name, is_new.then(|| package.clone()));
        }
    }
    by_artifact
}

/// Whether the text is a date as entries have it.
pub(crate) fn is_date(text: &str) -> bool {
    Date::parse(text, DATE).is_ok()
}

fn date(id: &str, text: &str) -> Result<Date, CatalogueError> {
    Date::parse(text, DATE).map_err(|_| CatalogueError::Date { id: id.to_owned(), date: text.to_owned() })
}
