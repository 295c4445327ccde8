//! From the scanner's words to a report.

use std::{collections::BTreeMap, time::SystemTime};

use scanner::{
    Catalogue, DebianVersion, Ecosystem, Inventory, Limits, Match, Package, ScanError, SupportedSystem, System,
    Vulnerability,
};

use super::{Cvss, Found, FoundPackage, Report, image::Image, report::Kev};
use crate::state::{Outcome, Unsupported};

/// To be raised when the same vulnerabilities would be worded otherwise: kept reports are then made anew.
const WORDING: u32 = 1;
const UNTRIAGED: &str = "UNTRIAGED";

/// What a report was matched against: another catalogue may find something else.
pub(super) fn catalogue() -> String {
    format!("{}-{WORDING}", Catalogue::bundled().id())
}

/// Reads the image. Takes seconds, on the thread it is called on.
pub(super) fn scan(image: &Image, now: SystemTime, cancelled: &dyn Fn() -> bool) -> Result<Report, Outcome> {
    let layer = |layer: &super::image::Layer| scanner::Layer {
        digest: layer.digest.clone(),
        media_type: layer.media_type.clone(),
        path: layer.path.clone(),
    };
    let layers: Vec<_> = image.layers.iter().map(layer).collect();
    let inventory = scanner::read(&layers, &Limits::default(), cancelled).map_err(|error| failed(&error))?;
    for note in &inventory.notes {
        tracing::info!(path = note.path, why = note.why, "the scanner passed over a file");
    }
    let catalogue = Catalogue::bundled();
    supported(catalogue, &inventory)?;
    let mut findings: Vec<_> = by_vulnerability(catalogue.matches(&inventory)).iter().map(|all| found(all)).collect();
    let system = inventory.system.as_ref();
    findings.extend(system.and_then(|system| catalogue.end_of_life(system, now)).map(end_of_life));
    Ok(Report {
        catalogue: self::catalogue(),
        architecture: image.architecture.clone(),
        platform: system.map(System::platform),
        author: image.author.clone(),
        findings,
    })
}

fn failed(error: &ScanError) -> Outcome {
    let mut description = error.to_string();
    if let Some(first) = description.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    description.push('.');
    Outcome::Failed { description }
}

/// An image about which the catalogue can say nothing is not called free of findings.
fn supported(catalogue: &Catalogue, inventory: &Inventory) -> Result<(), Outcome> {
    let Some(system) = &inventory.system else { return Ok(()) };
    let has_libraries = inventory.packages.iter().any(|package| package.ecosystem == Ecosystem::Maven);
    if has_libraries || catalogue.system(system).is_some() {
        return Ok(());
    }
    let known: Vec<_> = catalogue.systems().iter().map(|system| system.name.as_str()).collect();
    let description = format!(
        "The operating system {} is not supported: the practice cloud's catalogue knows the packages of {} and Java \
         libraries, and this image has neither.",
        system.name,
        known.join(", ")
    );
    Err(Outcome::Unsupported { why: Unsupported::System, description })
}

/// One finding of an image names all its packages with that vulnerability.
fn by_vulnerability<'c, 'i>(matches: Vec<Match<'c, 'i>>) -> Vec<Vec<Match<'c, 'i>>> {
    let mut by_id: BTreeMap<&str, Vec<Match<'c, 'i>>> = BTreeMap::new();
    for found in matches {
        by_id.entry(&found.vulnerability.id).or_default().push(found);
    }
    by_id.into_values().collect()
}

fn found(matches: &[Match<'_, '_>]) -> Found {
    let known = matches[0].vulnerability;
    let references = each(matches.iter().flat_map(|found| &found.vulnerability.references));
    let fixable = matches.iter().filter(|found| found.fixed.is_some()).count();
    let (source, source_url) = source(known);
    Found {
        key: known.id.clone(),
        vulnerability: Some(known.id.clone()),
        title: format!("{} - {}", known.id, names(matches.iter().map(|found| found.package))),
        description: each(matches.iter().map(|found| &found.vulnerability.description)).join(" "),
        severity: known.severity.map_or(UNTRIAGED, scanner::Severity::as_str).to_owned(),
        cvss: known.cvss.iter().map(cvss).collect(),
        vendor_severity: known.vendor_severity.map(|severity| severity.as_str().to_owned()),
        source: Some(source),
        source_url: Some(source_url),
        published: known.published.clone(),
        updated: None,
        references,
        related: each(matches.iter().flat_map(|found| &found.vulnerability.aliases)),
        packages: matches.iter().map(package).collect(),
        fix_available: match fixable {
            0 => "NO",
            fixable if fixable == matches.len() => "YES",
            _ => "PARTIAL",
        }
        .to_owned(),
        exploit_available: if known.exploit.as_ref().is_some_and(|exploit| exploit.available) { "YES" } else { "NO" }
            .to_owned(),
        last_exploit: None,
        epss: known.epss.map(|epss| epss.score),
        kev: known.kev.as_ref().filter(|kev| kev.listed).map(|kev| Kev {
            added: kev.added.clone(),
            due: kev.due.clone(),
            action: None,
        }),
        cwes: known.cwes.clone(),
        remediation: remediation(matches),
        remediation_url: None,
    }
}

/// A system out of support is a finding of its own, without a CVE and without packages.
fn end_of_life(system: &SupportedSystem) -> Found {
    let since = system.end_of_life.as_deref().unwrap_or_default();
    Found {
        key: format!("end-of-life:{}:{}", system.id, system.version),
        title: format!("{} has reached its end of life", system.name),
        description: format!(
            "The vendor of {} ({}) no longer supports it since {since}. It gets no more security updates: vulnerabilities \
             that are found in its packages from then on stay open, and may not be reported at all.",
            system.name, system.codename
        ),
        severity: "CRITICAL".to_owned(),
        fix_available: "NO".to_owned(),
        exploit_available: "NO".to_owned(),
        remediation: "Build the image on a release of the operating system that its vendor still supports.".to_owned(),
        ..Found::default()
    }
}

fn source(known: &Vulnerability) -> (String, String) {
    match known.ecosystem {
        Ecosystem::Debian => {
            ("DEBIAN_CVE".to_owned(), format!("https://security-tracker.debian.org/tracker/{}", known.id))
        }
        Ecosystem::Maven => ("NVD".to_owned(), format!("https://nvd.nist.gov/vuln/detail/{}", known.id)),
    }
}

fn cvss(known: &scanner::Cvss) -> Cvss {
    Cvss {
        score: known.score,
        vector: known.vector.clone(),
        version: known.version.clone(),
        source: known.source.clone(),
    }
}

/// As Inspector has it: the parts of a Debian version on their own, paths of libraries only.
fn package(found: &Match<'_, '_>) -> FoundPackage {
    let package = found.package;
    let mut out = FoundPackage {
        name: package.name.clone(),
        version: package.version.clone(),
        arch: package.architecture.as_ref().map(|arch| arch.to_ascii_uppercase()),
        layer: Some(package.layer.clone()),
        fixed_in: found.fixed.map(str::to_owned),
        ..FoundPackage::default()
    };
    match package.ecosystem {
        Ecosystem::Debian => {
            out.manager = "OS".to_owned();
            if let Ok(version) = package.version.parse::<DebianVersion>() {
                out.version = version.upstream().to_owned();
                out.epoch = i32::try_from(version.epoch()).ok();
                out.release = version.revision().map(str::to_owned);
            }
            let update = || format!("apt-get update && apt-get install --only-upgrade {}", package.name);
            out.remediation = found.fixed.map(|_| update());
        }
        Ecosystem::Maven => {
            out.manager = "JAR".to_owned();
            out.file_path = Some(package.path.clone());
            out.remediation = found.fixed.map(|fixed| format!("Update {} to {fixed}", package.name));
        }
    }
    out
}

/// What to update to what, once for each version.
fn remediation(matches: &[Match<'_, '_>]) -> String {
    let mut by_fix: BTreeMap<&str, Vec<&Package>> = BTreeMap::new();
    for found in matches {
        if let Some(fixed) = found.fixed {
            by_fix.entry(fixed).or_default().push(found.package);
        }
    }
    if by_fix.is_empty() {
        return "None Provided".to_owned();
    }
    let update = |(fixed, packages): (&str, Vec<&Package>)| {
        format!("Update {} to {fixed} or later.", names(packages.into_iter()))
    };
    by_fix.into_iter().map(update).collect::<Vec<_>>().join(" ")
}

fn names<'i>(packages: impl Iterator<Item = &'i Package>) -> String {
    each(packages.map(|package| &package.name)).join(", ")
}

/// Without repetitions, in their order.
fn each<'t>(texts: impl Iterator<Item = &'t String>) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for text in texts {
        if !all.contains(text) {
            all.push(text.clone());
        }
    }
    all
}
