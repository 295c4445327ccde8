//! Runs the scanner on an image and makes a report of its matches. The findings themselves are left to `finding`.

use std::time::SystemTime;

use scanner::{
    Assessment, Catalogue, ExceededLimit, ImportError, ImportedCatalogue, Inventory, LayerProblem, Limits, Match,
    Package, ScanError, System,
};

use crate::{
    scan::{
        advisories::Advisories,
        coverage,
        finding::{by_vulnerability, end_of_life, finding},
        image::Image,
        report::{ImportedAdvisories, Report},
    },
    state::repository::{ScanOutcome, UnsupportedReason},
};

/// The version of the conversion. To be raised when it changes: stored reports are then replaced.
const CONVERSION: u32 = 4;
/// The most vulnerable packages in a report, and the bytes of their names, versions and paths: an image can have a hundred
/// thousand packages, each with dozens of vulnerabilities.
const MAX_MATCHES: usize = 50_000;
const MAX_TEXT: usize = 16 << 20;

/// Identifies what a report was made with: the built-in catalogue and the conversion.
pub(super) fn catalogue() -> String {
    format!("{}-{CONVERSION}", Catalogue::bundled().id())
}

/// Scans the image, with the advisories that are imported now. Blocks the thread for seconds.
pub(super) fn scan(
    image: &Image,
    advisories: &Advisories,
    now: SystemTime,
    cancelled: &dyn Fn() -> bool,
) -> Result<Report, ScanOutcome> {
    let imported = advisories.open().map_err(|error| unreadable(&error))?;
    scan_with(image, imported.as_ref(), now, cancelled)
}

fn scan_with(
    image: &Image,
    advisories: Option<&ImportedCatalogue>,
    now: SystemTime,
    cancelled: &dyn Fn() -> bool,
) -> Result<Report, ScanOutcome> {
    let layer = |layer: &super::image::Layer| scanner::Layer {
        digest: layer.digest.to_string(),
        media_type: layer.media_type.clone(),
        path: layer.path.clone(),
    };
    let layers: Vec<_> = image.layers.iter().map(layer).collect();
    let inventory = scanner::read(&layers, &Limits::default(), cancelled).map_err(|error| failed(&error))?;
    let extended = advisories.map(|advisories| advisories.catalogue(&inventory)).transpose();
    let extended = extended.map_err(|error| unreadable(&error))?;
    let catalogue = extended.as_ref().unwrap_or_else(|| Catalogue::bundled());
    let imported = advisories.map(|advisories| ImportedAdvisories::of(advisories.summary()));
    let mut assessment = catalogue.assess(&inventory);
    if !assessment.is_any() {
        return Err(unsupported(catalogue, &assessment, imported.as_ref()));
    }
    let matches = matches(catalogue, &inventory, &mut assessment.limits);
    let mut findings: Vec<_> = by_vulnerability(matches).iter().map(|matches| finding(matches)).collect();
    let system = inventory.system.as_ref();
    findings.extend(system.and_then(|system| catalogue.end_of_life(system, now)).map(end_of_life));
    Ok(Report {
        catalogue: self::catalogue(),
        imported,
        architecture: image.architecture.clone(),
        platform: system.map(System::platform),
        author: image.author.clone(),
        assessment,
        findings,
    })
}

/// A layer that is there and cannot be read from the disk is not a broken one.
fn failed(error: &ScanError) -> ScanOutcome {
    let mut description = error.to_string();
    if let Some(first) = description.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    description.push('.');
    match error {
        ScanError::Layer { problem: LayerProblem::Io(_), .. } => ScanOutcome::InternalError { description },
        ScanError::Layer { .. } | ScanError::Cancelled => ScanOutcome::Failed { description },
    }
}

/// Without the imported advisories a scan would find less than its user expects.
fn unreadable(error: &ImportError) -> ScanOutcome {
    let description = format!(
        "The imported advisories cannot be read ({error}). Import them again with `imagelab catalogue import`, or remove them \
         with `imagelab catalogue reset`."
    );
    ScanOutcome::InternalError { description }
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
fn unsupported(catalogue: &Catalogue, assessment: &Assessment, imported: Option<&ImportedAdvisories>) -> ScanOutcome {
    let supported: Vec<_> = catalogue.systems().iter().map(|system| system.name.as_str()).collect();
    let description = coverage::nothing(assessment, imported, &supported.join(", "));
    ScanOutcome::Unsupported { reason: UnsupportedReason::System, description }
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
        scan_with(&image(layer, dir.path()), None, now, &|| false)
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
        assert!(
            description.starts_with("The operating system \"Alpine Linux v3.19\" is not supported"),
            "{description}"
        );
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
            (vec![file("var/lib/dpkg/status", zlib)], "Packages: 1 found, 0 known to the catalogue, 1 unknown to it."),
            (vec![file("etc/os-release", DEBIAN_11)], "has no list of packages that can be read"),
            (vec![file("app.jar", "PK\x03\x04")], "Files skipped: 1 (\"app.jar\": \"it is truncated"),
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
            let text = coverage::assessed(&report.assessment, None);
            assert!(text.starts_with("What was assessed: Operating system: not assessed"), "{text}");
            assert!(text.contains("Packages: 1 found, 0 known to the catalogue, 1 unknown to it."), "{text}");
        }
    }

    #[test]
    fn a_broken_layer_and_a_cancelled_scan_end_in_a_failure() {
        let dir = tempfile::tempdir().unwrap();
        let mut image = image(debian("1"), dir.path());
        let cancelled_once = Cell::new(false);
        let cancelled = scan_with(&image, None, SystemTime::UNIX_EPOCH, &|| cancelled_once.replace(true)).unwrap_err();
        assert_eq!(cancelled, ScanOutcome::Failed { description: "The scan was cancelled.".into() });
        image.layers[0].path = dir.path().join("broken");
        std::fs::write(&image.layers[0].path, "no archive").unwrap();
        let ScanOutcome::Failed { description } =
            scan_with(&image, None, SystemTime::UNIX_EPOCH, &|| false).unwrap_err()
        else {
            panic!("it is broken")
        };
        let expected = format!(
            "The layer {} cannot be read: it is neither a gzip, a zstd nor a tar archive.",
            image.layers[0].digest
        );
        assert_eq!(description, expected);
        std::fs::remove_file(&image.layers[0].path).unwrap();
        let outcome = scan_with(&image, None, SystemTime::UNIX_EPOCH, &|| false).unwrap_err();
        assert!(
            matches!(outcome, ScanOutcome::InternalError { .. }),
            "that it is gone is not the image's fault: {outcome:?}"
        );
    }
}
