//! Records of the OSV schema, as entries of the catalogue.
//!
//! Source: <https://ossf.github.io/osv-schema/>

use std::str::FromStr as _;

use serde::Deserialize;

use crate::catalogue::affected::Affected as Versions;
use crate::catalogue::is_date;
use crate::catalogue::vulnerability::{Cvss, Ecosystem, Severity, Source, Vulnerability};
use crate::import::error::ImportError;
use crate::import::osv_ecosystem;
use crate::languages::python;

/// The name of the attribution that imported facts refer to.
pub(super) const SOURCE: &str = "import";
const MAX_TITLE: usize = 120;
const MAX_DESCRIPTION: usize = 1024;
const MAX_REFERENCES: usize = 20;

/// The members of a record, by any of which a damaged one is recognized.
pub(super) const MEMBERS: [&str; 15] = [
    "schema_version",
    "id",
    "modified",
    "published",
    "withdrawn",
    "aliases",
    "upstream",
    "related",
    "summary",
    "details",
    "severity",
    "affected",
    "references",
    "credits",
    "database_specific",
];

/// What a record has.
#[derive(Debug, Default)]
pub(super) struct Record {
    pub(super) entries: Vec<Vulnerability>,
    pub(super) is_withdrawn: bool,
    /// The number of affected packages of ecosystems that are not known.
    pub(super) unknown: u64,
    /// The number of affected packages whose versions cannot be read.
    pub(super) unreadable: u64,
    /// The day on which it was changed.
    pub(super) modified: Option<String>,
}

#[derive(Deserialize)]
struct Osv {
    id: String,
    modified: Option<String>,
    withdrawn: Option<String>,
    published: Option<String>,
    #[serde(default)]
    aliases: Vec<String>,
    #[serde(default)]
    upstream: Vec<String>,
    summary: Option<String>,
    details: Option<String>,
    #[serde(default)]
    severity: Vec<Score>,
    #[serde(default)]
    affected: Vec<Affected>,
    #[serde(default)]
    references: Vec<Reference>,
    database_specific: Option<Specific>,
}

#[derive(Deserialize)]
struct Score {
    r#type: String,
    score: String,
}

#[derive(Deserialize)]
struct Affected {
    package: Option<Package>,
    #[serde(default)]
    ranges: Vec<Events>,
    #[serde(default)]
    versions: Vec<String>,
    #[serde(default)]
    severity: Vec<Score>,
}

#[derive(Deserialize)]
struct Package {
    ecosystem: String,
    name: String,
}

#[derive(Deserialize)]
struct Events {
    r#type: String,
    events: Vec<Event>,
}

#[derive(Deserialize)]
struct Event {
    introduced: Option<String>,
    fixed: Option<String>,
    last_affected: Option<String>,
}

#[derive(Deserialize)]
struct Reference {
    url: String,
}

#[derive(Deserialize)]
struct Specific {
    #[serde(default)]
    cwe_ids: Vec<String>,
    severity: Option<serde_json::Value>,
}

/// Whether the bytes are a record.
pub(super) fn is_record(bytes: &[u8]) -> bool {
    #[derive(Deserialize)]
    struct Shape {
        #[expect(dead_code, reason = "its presence is what counts")]
        id: String,
        affected: Option<Vec<serde::de::IgnoredAny>>,
    }
    serde_json::from_slice::<Shape>(bytes).is_ok_and(|shape| shape.affected.is_some())
}

/// Parses a record: an entry for each affected package and vulnerability.
pub(super) fn parse(bytes: &[u8]) -> Result<Record, ImportError> {
    let osv: Osv = serde_json::from_slice(bytes).map_err(ImportError::not_of_format("a record of the OSV schema"))?;
    let modified = osv.modified.as_deref().and_then(day);
    let mut record = Record { is_withdrawn: osv.withdrawn.is_some(), modified, ..Record::default() };
    if record.is_withdrawn {
        return Ok(record);
    }
    for affected in &osv.affected {
        let Some(package) = &affected.package else { continue };
        let Some((ecosystem, release)) = osv_ecosystem::parse(&package.ecosystem) else {
            record.unknown += 1;
            continue;
        };
        let entry = |id| osv.entry(id, ecosystem, release.clone(), affected, versions(affected));
        let entries: Vec<_> = osv.ids().into_iter().map(entry).collect();
        let is_readable = |entry: &Vulnerability| !entry.affected.is_empty() && Versions::of(entry).is_ok();
        if entries.iter().all(is_readable) {
            for entry in entries {
                add(&mut record.entries, entry);
            }
        } else {
            record.unreadable += 1;
        }
    }
    Ok(record)
}

/// Adds an entry. Each release line of a package can be an element of its own: together they are one entry.
fn add(entries: &mut Vec<Vulnerability>, entry: Vulnerability) {
    let key = |entry: &Vulnerability| (entry.id.clone(), entry.ecosystem, entry.release.clone(), entry.package.clone());
    match entries.iter_mut().find(|other| key(other) == key(&entry)) {
        Some(other) => {
            other.affected.extend(entry.affected);
            other.fixed.extend(entry.fixed);
        }
        None => entries.push(entry),
    }
}

/// The day of a point in time.
fn day(time: &str) -> Option<String> {
    time.get(..10).filter(|day| is_date(day)).map(str::to_owned)
}

/// The affected ranges and the fixed versions.
fn versions(affected: &Affected) -> (Vec<String>, Vec<String>) {
    let (mut ranges, mut fixed) = (Vec::new(), Vec::new());
    for range in affected.ranges.iter().filter(|range| range.r#type != "GIT") {
        add_ranges(&range.events, &mut ranges, &mut fixed);
    }
    if ranges.is_empty() {
        ranges.extend(affected.versions.iter().map(|version| format!("={version}")));
    }
    (ranges, fixed)
}

/// The events are in the order of their versions: each that introduces a vulnerability is followed by the one that ends it.
fn add_ranges(events: &[Event], ranges: &mut Vec<String>, fixed: &mut Vec<String>) {
    let mut start: Option<String> = None;
    for event in events {
        if let Some(version) = &event.introduced {
            // `0` is before every version, also before those that an ecosystem orders before its 0.
            start = Some(if version == "0" { String::new() } else { format!(">={version}") });
        }
        let end = match (&event.fixed, &event.last_affected) {
            (Some(version), _) => {
                fixed.push(version.clone());
                format!("<{version}")
            }
            (None, Some(version)) => format!("<={version}"),
            (None, None) => continue,
        };
        match start.take() {
            Some(start) if !start.is_empty() => ranges.push(format!("{start},{end}")),
            Some(_) => ranges.push(end),
            None => {}
        }
    }
    ranges.extend(start.map(|start| if start.is_empty() { "*".to_owned() } else { start }));
}

impl Osv {
    /// The vulnerabilities that it is about: one, or each of those of a vendor's advisory.
    fn ids(&self) -> Vec<&String> {
        let is_cve = |name: &&String| name.starts_with("CVE-");
        if let Some(id) = [&self.id].into_iter().chain(&self.aliases).find(is_cve) {
            return vec![id];
        }
        let upstream: Vec<_> = self.upstream.iter().filter(is_cve).collect();
        if upstream.is_empty() { vec![&self.id] } else { upstream }
    }

    fn entry(
        &self,
        id: &String,
        ecosystem: Ecosystem,
        release: Option<String>,
        of: &Affected,
        (affected, fixed): (Vec<String>, Vec<String>),
    ) -> Vulnerability {
        let package = of.package.as_ref().map_or("", |package| package.name.as_str());
        let names = || [&self.id].into_iter().chain(&self.aliases);
        let summary = self.summary.as_deref().or(self.details.as_deref()).unwrap_or(&self.id);
        let package = if ecosystem == Ecosystem::Python { python::normalized(package) } else { package.to_owned() };
        let scores = || of.severity.iter().chain(&self.severity);
        let cvss = scores().find_map(cvss);
        let severity = cvss.as_ref().and_then(|cvss| of_score(cvss.score)).or_else(|| scores().find_map(ubuntu));
        let severity = severity.or_else(|| self.stated_severity());
        Vulnerability {
            id: id.clone(),
            aliases: names().filter(|name| *name != id).cloned().collect(),
            ecosystem,
            release,
            package,
            affected,
            fixed,
            title: shortened(summary.lines().next().unwrap_or_default(), MAX_TITLE),
            description: shortened(self.details.as_deref().unwrap_or(summary), MAX_DESCRIPTION),
            severity,
            vendor_severity: None,
            cvss,
            cwes: self.database_specific.as_ref().map(|specific| specific.cwe_ids.clone()).unwrap_or_default(),
            published: self.published.as_deref().and_then(day),
            fix_published: None,
            epss: None,
            kev: None,
            exploit: None,
            references: self.references.iter().take(MAX_REFERENCES).map(|reference| reference.url.clone()).collect(),
            sources: vec![Source { source: SOURCE.to_owned(), reference: self.id.clone() }],
        }
    }

    fn stated_severity(&self) -> Option<Severity> {
        of_word(self.database_specific.as_ref()?.severity.as_ref()?.as_str()?)
    }
}

/// Ubuntu's own priority.
fn ubuntu(score: &Score) -> Option<Severity> {
    (score.r#type == "Ubuntu").then(|| of_word(&score.score)).flatten()
}

fn of_word(word: &str) -> Option<Severity> {
    match word.to_ascii_uppercase().as_str() {
        "LOW" => Some(Severity::Low),
        "MODERATE" | "MEDIUM" => Some(Severity::Medium),
        "HIGH" => Some(Severity::High),
        "CRITICAL" => Some(Severity::Critical),
        _ => None,
    }
}

/// The score of a CVSS 3 vector. Other versions are not calculated.
fn cvss(score: &Score) -> Option<Cvss> {
    if score.r#type != "CVSS_V3" {
        return None;
    }
    let base = cvss::v3::Base::from_str(&score.score).ok()?;
    let version = score.score.strip_prefix("CVSS:")?.split('/').next()?.to_owned();
    Some(Cvss { version, vector: score.score.clone(), score: base.score().value(), source: "OSV".to_owned() })
}

fn of_score(score: f64) -> Option<Severity> {
    match score {
        score if score >= 9.0 => Some(Severity::Critical),
        score if score >= 7.0 => Some(Severity::High),
        score if score >= 4.0 => Some(Severity::Medium),
        score if score > 0.0 => Some(Severity::Low),
        _ => None,
    }
}

fn shortened(text: &str, limit: usize) -> String {
    let end = text.floor_char_boundary(limit.min(text.len()));
    text[..end].trim().to_owned()
}
