//! Records of the OSV schema, as entries of the catalogue.
//!
//! Source: <https://ossf.github.io/osv-schema/>

use std::str::FromStr as _;

use serde::Deserialize;

use crate::catalogue::vulnerability::{Cvss, Ecosystem, Severity, Source, Vulnerability};
use crate::import::error::ImportError;
use crate::languages::python;
use crate::version::any::Version;

/// The name of the attribution that imported facts refer to.
pub(super) const SOURCE: &str = "import";
const MAX_TITLE: usize = 120;
const MAX_DESCRIPTION: usize = 1024;
const MAX_REFERENCES: usize = 20;

/// What a record has.
#[derive(Debug, Default)]
pub(super) struct Record {
    pub(super) entries: Vec<Vulnerability>,
    pub(super) is_withdrawn: bool,
    /// The number of affected packages of ecosystems that are not known.
    pub(super) unknown: u64,
    /// The number of affected packages whose versions cannot be read.
    pub(super) unreadable: u64,
}

#[derive(Deserialize)]
struct Osv {
    id: String,
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

/// Parses a record: an entry for each affected package.
pub(super) fn parse(bytes: &[u8]) -> Result<Record, ImportError> {
    let osv: Osv = serde_json::from_slice(bytes)?;
    let mut record = Record { is_withdrawn: osv.withdrawn.is_some(), ..Record::default() };
    if record.is_withdrawn {
        return Ok(record);
    }
    for affected in &osv.affected {
        let Some(package) = &affected.package else { continue };
        let Some((ecosystem, release)) = ecosystem(&package.ecosystem) else {
            record.unknown += 1;
            continue;
        };
        match versions(ecosystem, affected) {
            Some((ranges, fixed)) => record.entries.push(osv.entry(ecosystem, release, &package.name, ranges, fixed)),
            None => record.unreadable += 1,
        }
    }
    Ok(record)
}

/// The ecosystem and the release: `Debian:12`, `Alpine:v3.19`, `Maven`.
fn ecosystem(text: &str) -> Option<(Ecosystem, Option<String>)> {
    let (name, release) = text.split_once(':').map_or((text, None), |(name, release)| (name, Some(release)));
    let of_system = |ecosystem| Some((ecosystem, Some(release?.trim_start_matches('v').to_owned())));
    match name {
        "Debian" => of_system(Ecosystem::Debian),
        "Alpine" => of_system(Ecosystem::Alpine),
        "Maven" => Some((Ecosystem::Maven, None)),
        "npm" => Some((Ecosystem::Npm, None)),
        "PyPI" => Some((Ecosystem::Python, None)),
        "Go" => Some((Ecosystem::Go, None)),
        _ => None,
    }
}

/// The affected ranges and the fixed versions. `None` if there are none that can be read.
fn versions(ecosystem: Ecosystem, affected: &Affected) -> Option<(Vec<String>, Vec<String>)> {
    let (mut ranges, mut fixed) = (Vec::new(), Vec::new());
    for range in affected.ranges.iter().filter(|range| range.r#type != "GIT") {
        add_ranges(&range.events, &mut ranges, &mut fixed);
    }
    if ranges.is_empty() {
        ranges.extend(affected.versions.iter().map(|version| format!("={version}")));
    }
    let bounds =
        ranges.iter().flat_map(|range| range.split(',')).map(|bound| bound.trim_start_matches(['<', '>', '=']));
    let are_valid = bounds
        .chain(fixed.iter().map(String::as_str))
        .all(|version| version == "*" || Version::parse(ecosystem, version).is_ok());
    (are_valid && !ranges.is_empty()).then_some((ranges, fixed))
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
    fn entry(
        &self,
        ecosystem: Ecosystem,
        release: Option<String>,
        package: &str,
        affected: Vec<String>,
        fixed: Vec<String>,
    ) -> Vulnerability {
        let names = || [&self.id].into_iter().chain(&self.aliases).chain(&self.upstream);
        let id = names().find(|name| name.starts_with("CVE-")).unwrap_or(&self.id);
        let summary = self.summary.as_deref().or(self.details.as_deref()).unwrap_or(&self.id);
        let package = if ecosystem == Ecosystem::Python { python::normalized(package) } else { package.to_owned() };
        let cvss = self.severity.iter().find_map(cvss);
        let severity = cvss.as_ref().and_then(|cvss| of_score(cvss.score)).or_else(|| self.stated_severity());
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
            published: self.published.as_deref().and_then(|time| time.get(..10)).map(str::to_owned),
            fix_published: None,
            epss: None,
            kev: None,
            exploit: None,
            references: self.references.iter().take(MAX_REFERENCES).map(|reference| reference.url.clone()).collect(),
            sources: vec![Source { source: SOURCE.to_owned(), reference: self.id.clone() }],
        }
    }

    fn stated_severity(&self) -> Option<Severity> {
        match self.database_specific.as_ref()?.severity.as_ref()?.as_str()? {
            "LOW" => Some(Severity::Low),
            "MODERATE" | "MEDIUM" => Some(Severity::Medium),
            "HIGH" => Some(Severity::High),
            "CRITICAL" => Some(Severity::Critical),
            _ => None,
        }
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
