//! Conversions of hand-made SDK values, complete and sparse.

use std::collections::HashMap;

use aws_sdk_ecr::types as ecr;
use aws_sdk_inspector2::types as inspector;
use aws_smithy_types::DateTime;
use findings::{
    Adjustment, Cvss, Evidence, ExploitAvailable, ExploitObserved, Finding, FixAvailable, Image, Kev, Kind, Package,
    Remediation, Resource, ScoreDetails, Severity, Source, Status, Timestamp, Vulnerability,
};

use super::{
    ecr::from_ecr,
    inspector::{details, from_inspector},
};

fn at(seconds: i64) -> DateTime {
    DateTime::from_secs(seconds)
}

fn time(seconds: i64) -> Timestamp {
    Timestamp::from_epoch_millis(seconds * 1000)
}

fn strings(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

/// The finding that both services report, in the findings model.
#[expect(clippy::too_many_lines, reason = "one value with every field")]
fn expected(source: Source) -> Finding {
    let mut finding = Finding {
        arn: "arn:aws:inspector2:us-east-1:1:finding/ab".to_owned(),
        seen_by: [source].into(),
        account: "123456789012".to_owned(),
        kind: Some(Kind::PackageVulnerability),
        title: "CVE-2021-44228 - log4j-core".to_owned(),
        description: "Lookup".to_owned(),
        status: Some(Status::Active),
        score: Some(10.0),
        score_details: Some(ScoreDetails {
            score: 10.0,
            score_source: "NVD".to_owned(),
            cvss_source: None,
            version: "3.1".to_owned(),
            vector: "CVSS:3.1/AV:N".to_owned(),
            adjustments: vec![Adjustment { metric: "AV".to_owned(), reason: "open".to_owned() }],
        }),
        vulnerability: Vulnerability {
            id: Some("CVE-2021-44228".to_owned()),
            source: Some("NVD".to_owned()),
            source_url: Some("https://nvd/1".to_owned()),
            vendor_severity: Some("critical".to_owned()),
            vendor_created_at: Some(time(10)),
            vendor_updated_at: Some(time(20)),
            cvss: vec![Cvss {
                version: "3.1".to_owned(),
                vector: "CVSS:3.1/AV:N".to_owned(),
                score: 10.0,
                source: "NVD".to_owned(),
            }],
            related: strings(&["CVE-2021-45046"]),
            reference_urls: strings(&["https://read/on"]),
        },
        packages: vec![Package {
            name: "log4j-core".to_owned(),
            version: "2.14.1".to_owned(),
            epoch: Some(1),
            release: Some("r".to_owned()),
            arch: Some("AMD64".to_owned()),
            manager: Some("JAR".to_owned()),
            file_path: Some("lib/log4j.jar".to_owned()),
            layer: Some("sha256:22".to_owned()),
            fixed_in: None,
            fixed_in_text: Some("NotAvailable".to_owned()),
            remediation: None,
            source_lambda_layer_arn: None,
        }],
        fix_available: Some(FixAvailable::Partial),
        exploit_available: Some(ExploitAvailable::Other("PERHAPS".to_owned())),
        remediation: Remediation { text: Some("None Provided".to_owned()), url: Some("https://fix".to_owned()) },
        resources: vec![Resource {
            kind: "AWS_ECR_CONTAINER_IMAGE".to_owned(),
            id: "arn:aws:ecr:us-east-1:1:repository/a/sha256:33".to_owned(),
            tags: [("team".to_owned(), "lab".to_owned())].into(),
            image: Some(Image {
                repository: "a".to_owned(),
                digest: "sha256:33".to_owned(),
                tags: strings(&["latest"]),
                registry: "123456789012".to_owned(),
                architecture: Some("amd64".to_owned()),
                platform: Some("DEBIAN_11".to_owned()),
                author: Some("me".to_owned()),
                pushed_at: Some(time(30)),
                in_use_count: Some(2),
                last_in_use_at: Some(time(40)),
            }),
            ..Resource::default()
        }],
        first_observed_at: Some(time(50)),
        last_observed_at: Some(time(60)),
        updated_at: Some(time(70)),
        ..Finding::default()
    };
    finding.set_severity("SUPER");
    finding
}

#[expect(clippy::too_many_lines, reason = "one value with every field")]
fn ecr_finding() -> ecr::EnhancedImageScanFinding {
    let cvss = ecr::CvssScore::builder().base_score(10.0).scoring_vector("CVSS:3.1/AV:N").source("NVD").version("3.1");
    let package = ecr::VulnerablePackage::builder()
        .name("log4j-core")
        .version("2.14.1")
        .epoch(1)
        .release("r")
        .arch("AMD64")
        .package_manager("JAR")
        .file_path("lib/log4j.jar")
        .source_layer_hash("sha256:22")
        .fixed_in_version("NotAvailable");
    let image = ecr::AwsEcrContainerImageDetails::builder()
        .repository_name("a")
        .image_hash("sha256:33")
        .image_tags("latest")
        .registry("123456789012")
        .architecture("amd64")
        .platform("DEBIAN_11")
        .author("me")
        .pushed_at(at(30))
        .in_use_count(2)
        .last_in_use_at(at(40));
    let adjustment = ecr::CvssScoreAdjustment::builder().metric("AV").reason("open").build();
    let details = ecr::CvssScoreDetails::builder()
        .adjustments(adjustment)
        .score(10.0)
        .score_source("NVD")
        .scoring_vector("CVSS:3.1/AV:N")
        .version("3.1")
        .build();
    ecr::EnhancedImageScanFinding::builder()
        .finding_arn("arn:aws:inspector2:us-east-1:1:finding/ab")
        .aws_account_id("123456789012")
        .r#type("PACKAGE_VULNERABILITY")
        .title("CVE-2021-44228 - log4j-core")
        .description("Lookup")
        .severity("SUPER")
        .status("ACTIVE")
        .score(10.0)
        .score_details(ecr::ScoreDetails::builder().cvss(details).build())
        .fix_available("PARTIAL")
        .exploit_available("PERHAPS")
        .remediation(
            ecr::Remediation::builder()
                .recommendation(ecr::Recommendation::builder().text("None Provided").url("https://fix").build())
                .build(),
        )
        .package_vulnerability_details(
            ecr::PackageVulnerabilityDetails::builder()
                .vulnerability_id("CVE-2021-44228")
                .source("NVD")
                .source_url("https://nvd/1")
                .vendor_severity("critical")
                .vendor_created_at(at(10))
                .vendor_updated_at(at(20))
                .cvss(cvss.build())
                .related_vulnerabilities("CVE-2021-45046")
                .reference_urls("https://read/on")
                .vulnerable_packages(package.build())
                .build(),
        )
        .resources(
            ecr::Resource::builder()
                .r#type("AWS_ECR_CONTAINER_IMAGE")
                .id("arn:aws:ecr:us-east-1:1:repository/a/sha256:33")
                .tags("team", "lab")
                .details(ecr::ResourceDetails::builder().aws_ecr_container_image(image.build()).build())
                .build(),
        )
        .first_observed_at(at(50))
        .last_observed_at(at(60))
        .updated_at(at(70))
        .build()
}

#[expect(clippy::too_many_lines, reason = "one value with every field")]
fn inspector_finding() -> inspector::Finding {
    let cvss = inspector::CvssScore::builder()
        .base_score(10.0)
        .scoring_vector("CVSS:3.1/AV:N")
        .source("NVD")
        .version("3.1")
        .build()
        .unwrap();
    let package = inspector::VulnerablePackage::builder()
        .name("log4j-core")
        .version("2.14.1")
        .epoch(1)
        .release("r")
        .arch("AMD64")
        .package_manager(inspector::PackageManager::Jar)
        .file_path("lib/log4j.jar")
        .source_layer_hash("sha256:22")
        .fixed_in_version("NotAvailable")
        .remediation("mvn up")
        .source_lambda_layer_arn("arn:layer")
        .build()
        .unwrap();
    let image = inspector::AwsEcrContainerImageDetails::builder()
        .repository_name("a")
        .image_hash("sha256:33")
        .image_tags("latest")
        .registry("123456789012")
        .architecture("amd64")
        .platform("DEBIAN_11")
        .author("me")
        .pushed_at(at(30))
        .in_use_count(2)
        .last_in_use_at(at(40))
        .build()
        .unwrap();
    let adjustment = inspector::CvssScoreAdjustment::builder().metric("AV").reason("open").build().unwrap();
    let score = inspector::CvssScoreDetails::builder()
        .adjustments(adjustment)
        .score(10.0)
        .score_source("NVD")
        .cvss_source("VENDOR")
        .scoring_vector("CVSS:3.1/AV:N")
        .version("3.1")
        .build()
        .unwrap();
    let vulnerability = inspector::PackageVulnerabilityDetails::builder()
        .vulnerability_id("CVE-2021-44228")
        .source("NVD")
        .source_url("https://nvd/1")
        .vendor_severity("critical")
        .vendor_created_at(at(10))
        .vendor_updated_at(at(20))
        .cvss(cvss)
        .related_vulnerabilities("CVE-2021-45046")
        .reference_urls("https://read/on")
        .vulnerable_packages(package)
        .build()
        .unwrap();
    let resource = inspector::Resource::builder()
        .r#type(inspector::ResourceType::AwsEcrContainerImage)
        .id("arn:aws:ecr:us-east-1:1:repository/a/sha256:33")
        .partition("aws")
        .region("us-east-1")
        .provider(inspector::Provider::from("SOMEWHERE"))
        .provider_account_id("pa")
        .provider_org_id("po")
        .tags("team", "lab")
        .details(inspector::ResourceDetails::builder().aws_ecr_container_image(image).build())
        .build()
        .unwrap();
    inspector::Finding::builder()
        .finding_arn("arn:aws:inspector2:us-east-1:1:finding/ab")
        .aws_account_id("123456789012")
        .r#type(inspector::FindingType::PackageVulnerability)
        .title("CVE-2021-44228 - log4j-core")
        .description("Lookup")
        .severity(inspector::Severity::from("SUPER"))
        .status(inspector::FindingStatus::Active)
        .inspector_score(10.0)
        .inspector_score_details(inspector::InspectorScoreDetails::builder().adjusted_cvss(score).build())
        .fix_available(inspector::FixAvailable::Partial)
        .exploit_available(inspector::ExploitAvailable::from("PERHAPS"))
        .exploitability_details(inspector::ExploitabilityDetails::builder().last_known_exploit_at(at(80)).build())
        .epss(inspector::EpssDetails::builder().score(0.97).build())
        .remediation(
            inspector::Remediation::builder()
                .recommendation(inspector::Recommendation::builder().text("None Provided").url("https://fix").build())
                .build(),
        )
        .package_vulnerability_details(vulnerability)
        .resources(resource)
        .first_observed_at(at(50))
        .last_observed_at(at(60))
        .updated_at(at(70))
        .build()
        .unwrap()
}

#[test]
fn every_field_of_an_ecr_finding_is_converted() {
    let finding = from_ecr(&ecr_finding());
    assert_eq!(finding, expected(Source::Ecr));
    assert_eq!((finding.severity, finding.severity_text.as_str()), (Severity::Untriaged, "SUPER"));
}

#[test]
fn every_field_of_an_inspector_finding_is_converted() {
    let mut whole = expected(Source::Inspector);
    whole.epss = Some(0.97);
    whole.last_known_exploit_at = Some(time(80));
    whole.score_details.as_mut().unwrap().cvss_source = Some("VENDOR".to_owned());
    whole.packages[0].remediation = Some("mvn up".to_owned());
    whole.packages[0].source_lambda_layer_arn = Some("arn:layer".to_owned());
    let resource = &mut whole.resources[0];
    resource.partition = Some("aws".to_owned());
    resource.region = Some("us-east-1".to_owned());
    resource.provider = Some("SOMEWHERE".to_owned());
    resource.provider_account_id = Some("pa".to_owned());
    resource.provider_org_id = Some("po".to_owned());
    assert_eq!(from_inspector(&inspector_finding()), whole);
}

#[test]
fn missing_values_stay_absent() {
    let mut bare = Finding { seen_by: [Source::Ecr].into(), ..Finding::default() };
    assert_eq!(from_ecr(&ecr::EnhancedImageScanFinding::builder().build()), bare);

    // As the SDK parses a response in which required members are missing.
    let nothing = inspector::Finding::builder()
        .finding_arn("")
        .aws_account_id("")
        .r#type(inspector::FindingType::from("no value was set"))
        .description("")
        .severity(inspector::Severity::from("no value was set"))
        .status(inspector::FindingStatus::from("no value was set"))
        .set_resources(Some(Vec::new()))
        .first_observed_at(at(0))
        .last_observed_at(at(0))
        .build()
        .unwrap();
    bare.seen_by = [Source::Inspector].into();
    assert_eq!(from_inspector(&nothing), bare);
}

#[test]
fn a_finding_about_the_operating_system_has_no_vulnerability() {
    let mut source = ecr_finding();
    source.package_vulnerability_details.as_mut().unwrap().vulnerability_id = Some(String::new());
    assert_eq!(from_ecr(&source).vulnerability.id, None);
    source.package_vulnerability_details = None;
    let finding = from_ecr(&source);
    assert_eq!((finding.vulnerability, finding.packages), (Vulnerability::default(), Vec::new()));
    let mut source = inspector_finding();
    source.package_vulnerability_details.as_mut().unwrap().vulnerability_id = String::new();
    assert_eq!(from_inspector(&source).vulnerability.id, None);
}

#[test]
fn an_available_fixed_version_is_kept() {
    let mut source = ecr_finding();
    let package = source.package_vulnerability_details.as_mut().unwrap().vulnerable_packages.as_mut().unwrap();
    package[0].fixed_in_version = Some("0:2.15.0".to_owned());
    assert_eq!(from_ecr(&source).packages[0].fixed_in.as_deref(), Some("0:2.15.0"));
}

#[test]
fn both_copies_merge_into_one_finding() {
    let mut one = from_ecr(&ecr_finding());
    one.merge(from_inspector(&inspector_finding()));
    assert_eq!((one.packages.len(), one.resources.len(), one.seen_by.len()), (1, 1, 2));
    assert_eq!(one.resources[0].tags, HashMap::from([("team".to_owned(), "lab".to_owned())]).into_iter().collect());
}

#[test]
fn every_field_of_inspectors_details_is_converted() {
    let detail = inspector::FindingDetail::builder()
        .finding_arn("arn")
        .epss_score(0.5)
        .risk_score(7)
        .cisa_data(inspector::CisaData::builder().date_added(at(1)).date_due(at(2)).action("patch").build())
        .cwes("CWE-502")
        .ttps("T1190")
        .tools("kit")
        .exploit_observed(inspector::ExploitObserved::builder().first_seen(at(3)).last_seen(at(4)).build())
        .evidences(inspector::Evidence::builder().evidence_rule("r").evidence_detail("d").severity("HIGH").build())
        .reference_urls("https://more")
        .build();
    let expected = findings::Details {
        arn: "arn".to_owned(),
        epss: Some(0.5),
        kev: Some(Kev { date_added: Some(time(1)), date_due: Some(time(2)), action: Some("patch".to_owned()) }),
        cwes: strings(&["CWE-502"]),
        exploit_observed: Some(ExploitObserved { first_seen: Some(time(3)), last_seen: Some(time(4)) }),
        risk_score: Some(7),
        evidences: vec![Evidence { rule: "r".to_owned(), detail: "d".to_owned(), severity: "HIGH".to_owned() }],
        ttps: strings(&["T1190"]),
        tools: strings(&["kit"]),
        reference_urls: strings(&["https://more"]),
    };
    assert_eq!(details(&detail), expected);
}
