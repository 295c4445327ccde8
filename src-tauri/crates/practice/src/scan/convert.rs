//! Runs the scanner on an image and converts its matches to a report.

use std::{
    collections::{BTreeMap, HashSet},
    time::SystemTime,
};

use scanner::{
    Assessment, Catalogue, DebianVersion, Ecosystem, ExceededLimit, Inventory, Limits, Match, Package, ScanError,
    SupportedSystem, System, Vulnerability,
};

use crate::{
    scan::{
        coverage,
        image::Image,
        report::{AffectedPackage, Cvss, Finding, Kev, Report},
    },
    state::repository::{ScanOutcome, UnsupportedReason},
};

/// The version of the conversion. To be raised when it changes: stored reports are then replaced.
const CONVERSION: u32 = 3;
/// The most vulnerable packages in a report, and the bytes of their names, versions and paths: an image can have a hundred
/// thousand packages, each with dozens of vulnerabilities.
const MAX_MATCHES: usize = 50_000;
const MAX_TEXT: usize = 16 << 20;
/// The most packages that a title or a recommendation names.
const MAX_NAMES: usize = 20;
const UNTRIAGED: &str = "UNTRIAGED";

/// Identifies what a report was made with: the catalogue and the conversion.
pub(super) fn catalogue() -> String {
    format!("{}-{CONVERSION}", Catalogue::bundled().id())
}

/// Scans the image. Blocks the thread for seconds.
pub(super) fn scan(image: &Image, now: SystemTime, cancelled: &dyn Fn() -> bool) -> Result<Report, ScanOutcome> {
    let layer = |layer: &super::image::Layer| scanner::Layer {
        digest: layer.digest.to_string(),
        media_type: layer.media_type.clone(),
        path: layer.path.clone(),
    };
    let layers: Vec<_> = image.layers.iter().map(layer).collect();
    let inventory = scanner::read(&layers, &Limits::default(), cancelled).map_err(|error| failed(&error))?;
    let catalogue = Catalogue::bundled();
    let mut assessment = catalogue.assess(&inventory);
    if !assessment.is_any() {
        return Err(unsupported(catalogue, &assessment));
    }
    let matches = matches(catalogue, &inventory, &mut assessment.limits);
    let mut findings: Vec<_> = by_vulnerability(matches).iter().map(|matches| finding(matches)).collect();
    let system = inventory.system.as_ref();
    findings.extend(system.and_then(|system| catalogue.end_of_life(system, now)).map(end_of_life));
    Ok(Report {
        catalogue: self::catalogue(),
        architecture: image.architecture.clone(),
        platform: system.map(System::platform),
        author: image.author.clone(),
        assessment,
        findings,
    })
}

fn failed(error: &ScanError) -> ScanOutcome {
    let mut description = error.to_string();
    if let Some(first) = description.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    description.push('.');
    ScanOutcome::Failed { description }
}

/// The vulnerable packages, as many as a report can have. A limit that is exceeded is added.
fn matches<'c, 'i>(
    catalogue: &'c Catalogue,
    inventory: &'i Inventory,
    limits: &mut Vec<ExceededLimit>,
) -> Vec<Match<'c, 'i>> {
    let (mut matches, mut text) = (Vec::new(), 0);
    for matched in catalogue.each_match(inventory) {
        let Package { name, version, path, .. } = matched.package;
        text += name.len() + version.len() + path.len();
        if matches.len() == MAX_MATCHES || text > MAX_TEXT {
            limits.push(ExceededLimit::Matches(matches.len()));
            break;
        }
        matches.push(matched);
    }
    matches
}

/// An image of which nothing was assessed is not one without findings. That AWS gives the same reason for an image without
/// anything to read is a choice.
fn unsupported(catalogue: &Catalogue, assessment: &Assessment) -> ScanOutcome {
    let supported: Vec<_> = catalogue.systems().iter().map(|system| system.name.as_str()).collect();
    let description = coverage::nothing(assessment, &supported.join(", "));
    ScanOutcome::Unsupported { reason: UnsupportedReason::System, description }
}

/// Groups the matches: one finding lists all packages of the image that have the vulnerability.
fn by_vulnerability<'c, 'i>(matches: Vec<Match<'c, 'i>>) -> Vec<Vec<Match<'c, 'i>>> {
    let mut by_id: BTreeMap<&str, Vec<Match<'c, 'i>>> = BTreeMap::new();
    for matched in matches {
        by_id.entry(&matched.vulnerability.id).or_default().push(matched);
    }
    by_id.into_values().collect()
}

fn finding(matches: &[Match<'_, '_>]) -> Finding {
    let vulnerability = matches[0].vulnerability;
    let references = distinct(matches.iter().flat_map(|matched| &matched.vulnerability.references));
    let fixable = matches.iter().filter(|matched| matched.fixed.is_some()).count();
    let (source, source_url) = source(vulnerability);
    Finding {
        key: vulnerability.id.clone(),
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

/// An operating system out of support is a finding without packages.
fn end_of_life(system: &SupportedSystem) -> Finding {
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
    use std::{cell::Cell, path::Path, time::Duration};

    use practice_images::{Coordinates, SyntheticImage, SyntheticJar, SyntheticLayer, SyntheticPackage};

    use super::*;

    const DEBIAN_11: &str = "ID=debian\nVERSION_ID=11\nPRETTY_NAME=\"Debian GNU/Linux 11 (bullseye)\"\n";

    /// 2026-08-31
    fn end_of_life_day() -> SystemTime {
        crate::moment::Moment::of_date("2026-08-31").unwrap().into()
    }

    fn image(layer: SyntheticLayer, dir: &Path) -> Image {
        let spec = SyntheticImage { layers: vec![layer], ..SyntheticImage::default() };
        let layout = practice_images::build_synthetic(&dir.join("image"), &spec).unwrap();
        let layers = layout.platforms[0].layers.iter().map(|layer| super::super::image::Layer {
            digest: layer.digest.clone(),
            media_type: layer.media_type.clone(),
            path: layout.blob_path(&layer.digest),
        });
        Image { architecture: "amd64".into(), author: None, layers: layers.collect() }
    }

    fn debian(version: &str) -> SyntheticLayer {
        let package = |name: &str, source: &str| SyntheticPackage {
            name: name.into(),
            version: version.into(),
            source: Some(source.into()),
        };
        SyntheticLayer {
            os_release: Some(DEBIAN_11.into()),
            packages: vec![package("libmount1", "util-linux"), package("mount", "util-linux")],
            ..SyntheticLayer::default()
        }
    }

    fn scanned(layer: SyntheticLayer, now: SystemTime) -> Result<Report, ScanOutcome> {
        let dir = tempfile::tempdir().unwrap();
        scan(&image(layer, dir.path()), now, &|| false)
    }

    #[test]
    fn one_finding_lists_all_packages_of_a_vulnerability() {
        let report = scanned(debian("1:2.36.1-8"), SystemTime::UNIX_EPOCH).unwrap();
        assert_eq!(report.platform.as_deref(), Some("DEBIAN_11"));
        let findings: Vec<_> = report.findings.iter().filter(|finding| finding.key == "CVE-2021-3995").collect();
        assert!(findings.is_empty(), "the epoch makes it later than every fix");

        let report = scanned(debian("2.36.1-8"), SystemTime::UNIX_EPOCH).unwrap();
        let findings: Vec<_> = report.findings.iter().filter(|finding| finding.key == "CVE-2021-3995").collect();
        let [finding] = findings[..] else { panic!("{findings:?}") };
        assert_eq!(finding.title, "CVE-2021-3995 - libmount1, mount");
        assert_eq!(finding.packages.len(), 2);
        let package = &finding.packages[0];
        assert_eq!(
            (package.version.as_str(), package.release.as_deref(), package.epoch),
            ("2.36.1", Some("8"), Some(0))
        );
        assert_eq!((package.manager.as_str(), package.arch.as_deref()), ("OS", Some("AMD64")));
        assert_eq!(package.fixed_in.as_deref(), Some("2.36.1-8+deb11u1"));
        assert_eq!(finding.remediation, "Update libmount1, mount to 2.36.1-8+deb11u1 or later.");
        assert_eq!((finding.fix_available.as_str(), finding.severity.as_str()), ("YES", "MEDIUM"));
        assert_eq!(finding.source.as_deref(), Some("DEBIAN_CVE"));
    }

    #[test]
    fn a_system_becomes_a_finding_on_the_day_its_support_ends() {
        let ended = |now| {
            let report = scanned(debian("9"), now).unwrap();
            report.findings.into_iter().find(|finding| finding.packages.is_empty())
        };
        assert!(ended(end_of_life_day() - Duration::from_secs(1)).is_none());
        let finding = ended(end_of_life_day()).unwrap();
        assert_eq!(
            (finding.title.as_str(), finding.vulnerability.as_deref(), finding.severity.as_str()),
            ("Platform End Of Life", Some("IN-DISCONTINUED-001"), "CRITICAL")
        );
        assert!(finding.description.contains("2026-08-31") && finding.packages.is_empty());
    }

    #[test]
    fn unknown_properties_of_a_vulnerability_are_left_out() {
        let layer = SyntheticLayer {
            jars: vec![SyntheticJar {
                path: "app/a.jar".into(),
                maven: ["org.apache.shiro:shiro-core:1.8.0", "org.eclipse.jetty:jetty-http:9.4.43.v20210629"]
                    .map(|text| Coordinates::try_from(text.to_owned()).unwrap())
                    .to_vec(),
                filler: 0,
            }],
            ..SyntheticLayer::default()
        };
        let report = scanned(layer, SystemTime::UNIX_EPOCH).unwrap();
        assert_eq!(report.platform, None);
        let of = |id: &str| report.findings.iter().find(|finding| finding.key == id).unwrap();
        let untriaged = of("CVE-2023-22602");
        assert_eq!(untriaged.severity, "UNTRIAGED");
        assert!(untriaged.cvss.is_empty() && untriaged.kev.is_none());
        let unfixed = of("CVE-2024-6763");
        assert_eq!((unfixed.fix_available.as_str(), unfixed.remediation.as_str()), ("NO", "None Provided"));
        assert!(unfixed.packages[0].fixed_in.is_none() && unfixed.packages[0].remediation.is_none());
    }

    #[test]
    fn an_image_that_the_catalogue_does_not_cover_is_not_reported_as_clean() {
        let alpine = SyntheticLayer {
            os_release: Some("ID=alpine\nVERSION_ID=3.19.1\nPRETTY_NAME=\"Alpine Linux v3.19\"\n".into()),
            ..SyntheticLayer::default()
        };
        let outcome = scanned(alpine, SystemTime::UNIX_EPOCH).unwrap_err();
        let ScanOutcome::Unsupported { reason: UnsupportedReason::System, description } = outcome else {
            panic!("{outcome:?}")
        };
        assert!(description.starts_with("The operating system Alpine Linux v3.19 is not supported"), "{description}");
    }

    #[test]
    fn a_report_names_some_packages_and_lists_them_up_to_a_limit() {
        let package = |at: usize| SyntheticPackage {
            name: format!("p{at}"),
            version: "1.1.1k-1".into(),
            source: Some("openssl".into()),
        };
        let layer = |count| SyntheticLayer {
            os_release: Some(DEBIAN_11.into()),
            packages: (0..count).map(package).collect(),
            ..SyntheticLayer::default()
        };
        let report = scanned(layer(25), SystemTime::UNIX_EPOCH).unwrap();
        assert!(report.findings[0].title.ends_with("p4, and 5 more"), "{}", report.findings[0].title);
        assert_eq!((report.findings[0].packages.len(), report.assessment.limits), (25, vec![]));
        let report = scanned(layer(20_000), SystemTime::UNIX_EPOCH).unwrap();
        let listed: usize = report.findings.iter().map(|finding| finding.packages.len()).sum();
        assert_eq!((listed, report.assessment.limits), (MAX_MATCHES, vec![ExceededLimit::Matches(MAX_MATCHES)]));
    }

    #[test]
    fn an_image_of_which_nothing_can_be_read_is_not_reported_as_clean() {
        let file = |path: &str, text: &str| (path.to_owned(), text.as_bytes().to_vec());
        let zlib = "Package: zlib1g\nStatus: install ok installed\nVersion: 1:1.2.11.dfsg-2\n";
        for (files, expected) in [
            (vec![file("hello", "\x7fELF")], "no file identifies its operating system"),
            (vec![file("var/lib/dpkg/status", zlib)], "Packages that were not assessed: 1."),
            (vec![file("etc/os-release", DEBIAN_11)], "has no list of packages that can be read"),
            (vec![file("app.jar", "PK\x03\x04")], "Files that cannot be read: 1, among them app.jar (it is truncated"),
        ] {
            let layer = SyntheticLayer { files, ..SyntheticLayer::default() };
            let outcome = scanned(layer, SystemTime::UNIX_EPOCH).unwrap_err();
            let ScanOutcome::Unsupported { reason: UnsupportedReason::System, description } = outcome else {
                panic!("{outcome:?}")
            };
            assert!(description.contains(expected), "{description}");
        }
    }

    #[test]
    fn a_library_is_assessed_whatever_the_system() {
        let jar = |coordinates: &str| SyntheticJar {
            path: "app/a.jar".into(),
            maven: vec![Coordinates::try_from(coordinates.to_owned()).unwrap()],
            filler: 0,
        };
        for os_release in [None, Some("ID=alpine\nVERSION_ID=3.19.1\n"), Some("ID=debian\nVERSION_ID=12\n")] {
            let layer = SyntheticLayer {
                os_release: os_release.map(str::to_owned),
                jars: vec![jar("g:unknown:1")],
                ..SyntheticLayer::default()
            };
            let report = scanned(layer, SystemTime::UNIX_EPOCH).unwrap();
            assert_eq!((report.findings.len(), report.assessment.totals()), (0, (1, 0)));
            let gaps = coverage::gaps(&report.assessment).unwrap();
            assert!(gaps.starts_with("Operating system: not assessed") && gaps.contains("does not have 1"), "{gaps}");
        }
    }

    #[test]
    fn a_broken_layer_and_a_cancelled_scan_end_in_a_failure() {
        let dir = tempfile::tempdir().unwrap();
        let mut image = image(debian("1"), dir.path());
        let cancelled_once = Cell::new(false);
        let cancelled = scan(&image, SystemTime::UNIX_EPOCH, &|| cancelled_once.replace(true)).unwrap_err();
        assert_eq!(cancelled, ScanOutcome::Failed { description: "The scan was cancelled.".into() });
        image.layers[0].path = dir.path().join("broken");
        std::fs::write(&image.layers[0].path, "no archive").unwrap();
        let ScanOutcome::Failed { description } = scan(&image, SystemTime::UNIX_EPOCH, &|| false).unwrap_err() else {
            panic!("it is broken")
        };
        let expected = format!(
            "The layer {} cannot be read: it is neither a gzip, a zstd nor a tar archive.",
            image.layers[0].digest
        );
        assert_eq!(description, expected);
    }

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
