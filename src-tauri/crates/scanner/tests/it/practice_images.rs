//! The practice images: the vulnerabilities that the lab needs in them, and their absence after the fix.

use std::{
    collections::BTreeSet,
    sync::LazyLock,
    time::{Duration, SystemTime},
};

use scanner::{Catalogue, Ecosystem, Inventory, Layer, Limits, Match};
use tempfile::TempDir;

struct Scanned {
    contents: practice_images::Contents,
    layers: Vec<Layer>,
    inventory: Inventory,
}

static SCANNED: LazyLock<Vec<Scanned>> = LazyLock::new(|| {
    let dir = TempDir::new().unwrap();
    let scan = |image: &practice_images::PracticeImage| {
        let layout = practice_images::build(image, &dir.path().join(image.tag)).unwrap();
        let amd64 = layout.platforms.iter().find(|image| image.platform.architecture == "amd64").unwrap();
        let layer = |layer: &oci::Blob| Layer {
            digest: layer.digest.to_string(),
            media_type: layer.media_type.clone(),
            path: layout.blob_path(&layer.digest),
        };
        let layers: Vec<_> = amd64.layers.iter().map(layer).collect();
        let inventory = scanner::read(&layers, &Limits::default(), &|| false).unwrap();
        Scanned { contents: image.contents(), layers, inventory }
    };
    practice_images::all().iter().map(scan).collect()
});

fn vulnerable() -> &'static Scanned {
    &SCANNED[0]
}

fn patched() -> &'static Scanned {
    &SCANNED[1]
}

fn matches(scanned: &Scanned) -> Vec<Match<'static, '_>> {
    Catalogue::bundled().matches(&scanned.inventory)
}

fn ids(scanned: &Scanned) -> BTreeSet<String> {
    matches(scanned).iter().map(|one| one.vulnerability.id.clone()).collect()
}

#[test]
fn every_package_and_artifact_of_the_images_is_reported() {
    for scanned in SCANNED.iter() {
        let Scanned { contents, inventory, .. } = scanned;
        assert_eq!(inventory.skipped.files, []);
        assert_eq!(inventory.system.as_ref().unwrap().platform(), "DEBIAN_11");
        let packages = |ecosystem| inventory.packages.iter().filter(move |package| package.ecosystem == ecosystem);
        let debian: BTreeSet<_> =
            packages(Ecosystem::Debian).map(|one| (one.name.clone(), one.version.clone())).collect();
        let expected = contents.packages.iter().map(|one| (one.name.clone(), one.version.clone()));
        assert_eq!(debian, expected.collect());
        let maven: BTreeSet<_> = packages(Ecosystem::Maven)
            .map(|one| (one.path.to_string(), one.name.clone(), one.version.clone()))
            .collect();
        let expected = contents.jars.iter().flat_map(|jar| {
            let of = |one: &practice_images::Coordinates| {
                (jar.path.clone(), format!("{}:{}", one.group, one.artifact), one.version.clone())
            };
            jar.maven.iter().map(of)
        });
        assert_eq!(maven, expected.collect());
    }
}

#[test]
fn packages_belong_to_the_layers_that_added_them() {
    let Scanned { contents, layers, inventory } = vulnerable();
    // The layers in the order of the Dockerfile that wrote them.
    let names = ["debian", "certificates", "java-home", "jdk", "user", "local-package", "neo4j", "entrypoint"];
    assert_eq!(layers.len(), names.len());
    for package in inventory.packages.iter().filter(|package| package.ecosystem == Ecosystem::Debian) {
        let specified = contents.packages.iter().find(|specified| specified.name == package.name).unwrap();
        let layer = names.iter().position(|name| *name == specified.layer).unwrap();
        assert_eq!(*package.layer, layers[layer].digest[..], "{}", package.name);
    }
}

#[test]
fn log4shell_is_reported_in_the_jar_that_log4j_is_shaded_into() {
    let all = matches(vulnerable());
    let log4shells: Vec<_> = all.iter().filter(|one| one.vulnerability.id == "CVE-2021-44228").collect();
    let [log4shell] = log4shells[..] else { panic!("{log4shells:?}") };
    assert_eq!(&*log4shell.package.path, "var/lib/neo4j/lib/neo4j-logging-4.4.0.jar");
    assert_eq!(log4shell.package.name, "org.apache.logging.log4j:log4j-core");
    assert_eq!(log4shell.package.version, "2.14.1");
    assert_eq!(*log4shell.package.layer, vulnerable().layers[6].digest[..]);
    assert_eq!(log4shell.fixed, Some("2.15.0"));
}

#[test]
fn the_patched_image_has_no_log4shell_but_other_findings() {
    let (before, after) = (ids(vulnerable()), ids(patched()));
    for log4j in ["CVE-2021-44228", "CVE-2021-45046", "CVE-2021-45105", "CVE-2021-44832"] {
        assert!(before.contains(log4j) && !after.contains(log4j), "{log4j}");
    }
    assert!(before.contains("CVE-2025-68161") && after.contains("CVE-2025-68161"));
    assert!(after.len() < before.len() / 2, "{} and {}", before.len(), after.len());
}

#[test]
fn nearly_the_whole_catalogue_is_in_the_vulnerable_image() {
    let matched = ids(vulnerable());
    let all: BTreeSet<_> = Catalogue::bundled().vulnerabilities().iter().map(|entry| entry.id.clone()).collect();
    let missing: Vec<_> = all.difference(&matched).collect();
    let log4j_1 = ["CVE-2019-17571", "CVE-2021-4104", "CVE-2022-23302", "CVE-2022-23305", "CVE-2022-23307"];
    assert_eq!(missing[..log4j_1.len()], log4j_1);
    // These are about Bouncy Castle's artifacts for newer JDKs; the image has those for older JDKs.
    assert_eq!(missing[log4j_1.len()..], ["CVE-2023-33201", "CVE-2023-33202", "CVE-2024-34447"]);
}

#[test]
fn a_debian_package_is_matched_by_the_version_of_its_source() {
    let all = matches(vulnerable());
    let find =
        |package: &str, id: &str| all.iter().find(|one| one.package.name == package && one.vulnerability.id == id);
    // The binary package's version, 1:2.36.1-8, is later than the source package's fix.
    assert_eq!(find("bsdutils", "CVE-2021-3995").unwrap().fixed, Some("2.36.1-8+deb11u1"));
    assert!(find("libc6", "CVE-2023-4911").is_some() && find("libc-bin", "CVE-2023-4911").is_some());
    assert!(find("libc6", "CVE-2022-0778").is_none());
}

#[test]
fn debian_11_reaches_its_end_of_life_on_that_day() {
    let system = vulnerable().inventory.system.as_ref().unwrap();
    let day = SystemTime::from(time::macros::datetime!(2026-08-31 0:00 UTC));
    let catalogue = Catalogue::bundled();
    assert_eq!(catalogue.end_of_life(system, day - Duration::from_secs(1)), None);
    assert_eq!(catalogue.end_of_life(system, day).unwrap().name, "Debian 11");
    let other = scanner::System { version: Some("12".into()), ..system.clone() };
    assert_eq!(catalogue.end_of_life(&other, day + Duration::from_secs(1 << 32)), None);
}
