//! Converts the matches of one vulnerability, and the end of an operating system's support, to findings.

use std::collections::{BTreeMap, HashSet};

use scanner::{DebianVersion, Ecosystem, Match, Package, SupportedSystem, Vulnerability};

use crate::scan::report::{AffectedPackage, Cvss, Finding, Kev};

/// The most packages that a title or a recommendation names.
const MAX_NAMES: usize = 20;
const UNTRIAGED: &str = "UNTRIAGED";

/// Groups the matches: one finding lists all packages of the image that have the vulnerability.
pub(super) fn by_vulnerability<'c, 'i>(matches: Vec<Match<'c, 'i>>) -> Vec<Vec<Match<'c, 'i>>> {
    let mut by_id: BTreeMap<&str, Vec<Match<'c, 'i>>> = BTreeMap::new();
    for matched in matches {
        by_id.entry(&matched.vulnerability.id).or_default().push(matched);
    }
    by_id.into_values().collect()
}

pub(super) fn finding(matches: &[Match<'_, '_>]) -> Finding {
    let vulnerability = matches[0].vulnerability;
    let references = distinct(matches.iter().flat_map(|matched| &matched.vulnerability.references));
    let fixable = matches.iter().filter(|matched| matched.fixed.is_some()).count();
    let (source, source_url) = source(vulnerability);
    Finding {
        key: vulnerability.id.clone(),
        since: None,
        vulnerability: Some(vulnerability.id.clone()),
        title: format!("{} - {}", vulnerability.id, names(matches.iter().map(|matched| matched.package))),
        description: distinct(matches.iter().map(|matched| &matched.vulnerability.description)).join(" "),
        severity: vulnerability.severity.map_or(UNTRIAGED, scanner::Severity::as_str).to_owned(),
        cvss: vulnerability.cvss.iter().map(cvss).collect(),
        vendor_severity: vulnerability.vendor_severity.map(|severity| severity.as_str().to_owned()),
        source: Some(source),
        source_url: Some(source_url),
        published: vulnerability.published.clone(),
        updated: None,
        references,
        related: distinct(matches.iter().flat_map(|matched| &matched.vulnerability.aliases)),
        packages: matches.iter().map(package).collect(),
        fix_available: match fixable {
            0 => "NO",
            fixable if fixable == matches.len() => "YES",
            _ => "PARTIAL",
        }
        .to_owned(),
        exploit_available: if vulnerability.exploit.as_ref().is_some_and(|exploit| exploit.available) {
            "YES"
        } else {
            "NO"
        }
        .to_owned(),
        last_exploit: None,
        epss: vulnerability.epss.map(|epss| epss.score),
        kev: vulnerability.kev.as_ref().filter(|kev| kev.listed).map(|kev| Kev {
            added: kev.added.clone(),
            due: kev.due.clone(),
            action: None,
        }),
        cwes: vulnerability.cwes.clone(),
        remediation: remediation(matches),
        remediation_url: None,
    }
}

/// Inspector's id and title for an operating system out of support, and its severity (aws/aws-for-fluent-bit, pull request 1173).
/// That the id is where a CVE's would be is inferred; the source is a choice.
const DISCONTINUED: &str = "IN-DISCONTINUED-001";
const DISCONTINUED_TITLE: &str = "Platform End Of Life";
const DISCONTINUED_SOURCE: &str = "AMAZON_INSPECTOR";

/// An operating system out of support is a finding without a CVE and without packages.
pub(super) fn end_of_life(system: &SupportedSystem) -> Finding {
    let since = system.end_of_life.as_deref().unwrap_or_default();
    Finding {
        key: format!("end-of-life:{}:{}", system.id, system.version),
        vulnerability: Some(DISCONTINUED.to_owned()),
        title: DISCONTINUED_TITLE.to_owned(),
        source: Some(DISCONTINUED_SOURCE.to_owned()),
        description: format!(
            "The vendor of {} ({}) no longer supports it since {since}. It gets no more security updates: vulnerabilities \
             that are found in its packages from then on stay open, and may not be reported at all.",
            system.name, system.codename
        ),
        severity: "CRITICAL".to_owned(),
        fix_available: "NO".to_owned(),
        exploit_available: "NO".to_owned(),
        remediation: "Build the image on a release of the operating system that its vendor still supports.".to_owned(),
        ..Finding::default()
    }
}

fn source(vulnerability: &Vulnerability) -> (String, String) {
    match vulnerability.ecosystem {
        Ecosystem::Debian => {
            ("DEBIAN_CVE".to_owned(), format!("https://security-tracker.debian.org/tracker/{}", vulnerability.id))
        }
        _ => ("NVD".to_owned(), format!("https://nvd.nist.gov/vuln/detail/{}", vulnerability.id)),
    }
}

fn cvss(vulnerability: &scanner::Cvss) -> Cvss {
    Cvss {
        score: vulnerability.score,
        vector: vulnerability.vector.clone(),
        version: vulnerability.version.clone(),
        source: vulnerability.source.clone(),
    }
}

/// As Inspector reports it: the parts of a Debian version separately, and paths of libraries only.
fn package(matched: &Match<'_, '_>) -> AffectedPackage {
    let package = matched.package;
    let mut out = AffectedPackage {
        name: package.name.clone(),
        version: package.version.clone(),
        arch: package.architecture.as_ref().map(|arch| arch.to_ascii_uppercase()),
        layer: Some(package.layer.to_string()),
        fixed_in: matched.fixed.map(str::to_owned),
        ..AffectedPackage::default()
    };
    match package.ecosystem {
        Ecosystem::Debian => {
            out.manager = "OS".into();
            if let Ok(version) = package.version.parse::<DebianVersion>() {
                out.version = version.upstream().into();
                out.epoch = i32::try_from(version.epoch()).ok();
                out.release = version.revision().map(str::to_owned);
            }
            let update = || format!("apt-get update && apt-get install --only-upgrade {}", package.name);
            out.remediation = matched.fixed.map(|_| update());
        }
        Ecosystem::Alpine | Ecosystem::Rpm => out.manager = "OS".into(),
        Ecosystem::Maven | Ecosystem::Npm | Ecosystem::Python | Ecosystem::Go => {
            out.manager = manager(package.ecosystem).into();
            out.file_path = Some(package.path.to_string());
            out.remediation = matched.fixed.map(|fixed| format!("Update {} to {fixed}", package.name));
        }
    }
    out
}

/// Inspector's name for what manages packages of a language.
fn manager(ecosystem: Ecosystem) -> &'static str {
    match ecosystem {
        Ecosystem::Debian | Ecosystem::Alpine | Ecosystem::Rpm => "OS",
        Ecosystem::Maven => "JAR",
        Ecosystem::Npm => "NODEPKG",
        Ecosystem::Python => "PYTHONPKG",
        Ecosystem::Go => "GOBINARY",
    }
}

/// The recommended updates, one for each fixed version.
fn remediation(matches: &[Match<'_, '_>]) -> String {
    let mut by_fix: BTreeMap<&str, Vec<&Package>> = BTreeMap::new();
    for matched in matches {
        if let Some(fixed) = matched.fixed {
            by_fix.entry(fixed).or_default().push(matched.package);
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
    let names = distinct(packages.map(|package| &package.name));
    match names.get(MAX_NAMES..).map(<[_]>::len) {
        None | Some(0) => names.join(", "),
        Some(more) => format!("{}, and {more} more", names[..MAX_NAMES].join(", ")),
    }
}

/// The distinct texts, in their order.
fn distinct<'t>(texts: impl Iterator<Item = &'t String>) -> Vec<String> {
    let mut seen = HashSet::new();
    texts.filter(|text| seen.insert(*text)).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_ecosystem_has_its_package_manager() {
        for (ecosystem, expected) in [
            (Ecosystem::Debian, "OS"),
            (Ecosystem::Alpine, "OS"),
            (Ecosystem::Rpm, "OS"),
            (Ecosystem::Maven, "JAR"),
            (Ecosystem::Npm, "NODEPKG"),
            (Ecosystem::Python, "PYTHONPKG"),
            (Ecosystem::Go, "GOBINARY"),
        ] {
            assert_eq!(manager(ecosystem), expected);
        }
    }
}
