//! The catalogue's data: every entry is well-formed and has its sources.

use std::{collections::HashSet, str::FromStr as _};

use scanner::{Catalogue, CatalogueError, DebianVersion, Ecosystem, MavenVersion, Severity};

#[test]
fn every_entry_is_well_formed() {
    let catalogue = Catalogue::bundled();
    assert_eq!(catalogue.vulnerabilities().len(), 208);
    let sources: HashSet<_> = catalogue.attribution().iter().map(|one| one.source.as_str()).collect();
    let mut seen = HashSet::new();
    for entry in catalogue.vulnerabilities() {
        let id = &entry.id;
        assert!(seen.insert((id, entry.ecosystem, &entry.package)), "{id} is duplicated");
        assert!(is_cve(id), "{id}");
        assert!(!entry.title.is_empty() && entry.title.len() <= 120, "{id}");
        assert!(entry.description.starts_with(&entry.title) && entry.description.len() <= 1024, "{id}");
        assert!(!entry.affected.is_empty(), "{id}");
        assert!(entry.cwes.iter().all(|cwe| cwe.strip_prefix("CWE-").is_some_and(is_number)), "{id}");
        assert!(!entry.references.is_empty(), "{id}");
        assert!(
            entry.references.iter().all(|address| address.starts_with("https://") || address.starts_with("http://")),
            "{id}"
        );
        assert!(entry.sources.iter().any(|from| !["cisa-kev", "epss"].contains(&from.source.as_str())), "{id}");
        for from in &entry.sources {
            assert!(sources.contains(from.source.as_str()) && !from.reference.is_empty(), "{id}: {from:?}");
        }
        if let Some(epss) = entry.epss {
            assert!((0.0..=1.0).contains(&epss.score) && (0.0..=1.0).contains(&epss.percentile), "{id}");
        }
        if let Some(kev) = &entry.kev {
            let dated = kev.added.as_deref().is_some_and(is_date) && kev.due.as_deref().is_some_and(is_date);
            assert_eq!(kev.listed, dated, "{id}");
        }
        assert!(entry.published.iter().chain(&entry.fix_published).all(|day| is_date(day)), "{id}");
    }
}

#[test]
fn every_version_is_valid_and_no_fixed_version_is_affected() {
    for entry in Catalogue::bundled().vulnerabilities() {
        for fixed in &entry.fixed {
            let affected = match entry.ecosystem {
                Ecosystem::Debian => {
                    assert_eq!(entry.release.as_deref(), Some("11"), "{}", entry.id);
                    assert_eq!(entry.affected, [format!("<{fixed}")], "{}", entry.id);
                    let fixed: DebianVersion = fixed.parse().unwrap();
                    entry.affected.iter().any(|range| scanner::Range::from_str(range).unwrap().contains(&fixed))
                }
                Ecosystem::Maven => {
                    assert!(entry.release.is_none() && entry.package.split(':').count() == 2, "{}", entry.id);
                    let fixed: MavenVersion = fixed.parse().unwrap();
                    entry.affected.iter().any(|range| scanner::Range::from_str(range).unwrap().contains(&fixed))
                }
                other => panic!("{}: {other:?} is not bundled", entry.id),
            };
            assert!(!affected, "{}: {fixed}", entry.id);
        }
    }
}

#[test]
fn scores_match_their_vectors_and_severities_their_scores() {
    let mut scored = 0;
    for entry in Catalogue::bundled().vulnerabilities() {
        let Some(cvss) = &entry.cvss else { continue };
        assert_eq!(cvss.version, "3.1");
        let vector = cvss::v3::Base::from_str(&cvss.vector).unwrap_or_else(|error| panic!("{}: {error}", entry.id));
        assert!((vector.score().value() - cvss.score).abs() < 0.001, "{}: {}", entry.id, vector.score().value());
        let severity = match vector.severity() {
            cvss::Severity::Critical => Severity::Critical,
            cvss::Severity::High => Severity::High,
            cvss::Severity::Medium => Severity::Medium,
            cvss::Severity::Low => Severity::Low,
            cvss::Severity::None => panic!("{} has no severity", entry.id),
        };
        assert_eq!(entry.severity, Some(severity), "{}", entry.id);
        scored += 1;
    }
    assert_eq!(scored, 122);
}

#[test]
fn unknown_facts_are_absent() {
    let entries = Catalogue::bundled().vulnerabilities();
    assert_eq!(entries.iter().filter(|entry| entry.severity.is_none()).count(), 77);
    assert!(entries.iter().any(|entry| entry.published.is_none()));
    assert!(entries.iter().any(|entry| entry.kev.is_none()));
    let listed: Vec<_> = entries
        .iter()
        .filter(|one| one.kev.as_ref().is_some_and(|kev| kev.listed))
        .map(|one| one.id.as_str())
        .collect();
    assert_eq!(listed, ["CVE-2021-44228", "CVE-2021-45046", "CVE-2023-4911"]);
}

#[test]
fn the_github_advisory_database_is_credited_with_its_licence() {
    let of = |source: &str| Catalogue::bundled().attribution().iter().find(|one| one.source == source).unwrap();
    let github = of("github-advisory-database");
    assert_eq!((github.name.as_str(), github.licence.as_str()), ("GitHub Advisory Database", "CC-BY-4.0"));
    assert!(github.used.contains("Changed"), "the licence requires that changes are indicated");
    assert_eq!(of("cisa-kev").licence, "CC0-1.0");
    assert!(of("epss").licence.contains("FIRST"));
}

#[test]
fn debian_11_has_an_end_of_life() {
    let [debian] = Catalogue::bundled().systems() else { panic!("one system") };
    assert_eq!((debian.id.as_str(), debian.version.as_str()), ("debian", "11"));
    assert_eq!(debian.end_of_life.as_deref(), Some("2026-08-31"));
    assert!(!debian.sources.is_empty());
}

#[test]
fn a_catalogue_with_different_contents_has_a_different_id() {
    let json = include_str!("../../data/catalogue.json");
    let same = Catalogue::parse(json.as_bytes()).unwrap();
    let other = Catalogue::parse(json.replace("\"score\": 10.0", "\"score\": 9.9").as_bytes()).unwrap();
    assert_eq!(same.id(), Catalogue::bundled().id());
    assert_ne!(same.id(), other.id());
    assert!(same.id().starts_with(same.version()));
}

#[test]
fn an_invalid_catalogue_is_rejected() {
    let json = include_str!("../../data/catalogue.json");
    let parse = |from: &str, to: &str| {
        assert!(json.contains(from), "{from}");
        Catalogue::parse(json.replacen(from, to, 1).as_bytes()).unwrap_err()
    };
    assert!(matches!(parse("\"<2.3.1\"", "\"2.3.1\""), CatalogueError::Version { id, .. } if id == "CVE-2021-44228"));
    assert!(matches!(parse("\"2026-08-31\"", "\"soon\""), CatalogueError::Date { .. }));
    assert!(matches!(parse("\"aliases\"", "\"alias\""), CatalogueError::Json(_)));
}

fn is_cve(id: &str) -> bool {
    let parts: Vec<_> = id.split('-').collect();
    matches!(parts[..], ["CVE", year, number] if year.len() == 4 && is_number(year) && number.len() >= 4 && is_number(number))
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_date(text: &str) -> bool {
    time::Date::parse(text, time::macros::format_description!("[year]-[month]-[day]")).is_ok()
}
