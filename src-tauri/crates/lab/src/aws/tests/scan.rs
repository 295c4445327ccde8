//! The findings of a practice scan as both services return them, converted to the findings model.

use std::{collections::BTreeMap, sync::Arc};

use aws_sdk_ecr::types::ImageIdentifier;
use aws_sdk_inspector2::types::{FilterCriteria, StringComparison, StringFilter};
use engine::{Engine, EngineConfig};
use findings::{Finding, LOG4SHELL, Source};
use practice::{Addressing, Practice, PracticeConfig, Speed};
use tokio_util::sync::CancellationToken;

use crate::aws::{
    Aws,
    convert::{
        ecr::from_ecr,
        inspector::{details, from_inspector},
    },
};
use crate::{
    entry_log::EntryLog,
    images::client::EngineClient,
    model::access::{AwsAccess, EngineAccess, EngineKind},
};

const REPOSITORY: &str = "eks-security-prod";

/// Pushes the lesson's image to a watched repository and waits for its scan. Returns the image's digest.
async fn push_and_scan(practice: &Practice, aws: &Aws, engine: &Engine) -> String {
    use aws_sdk_ecr::types as ecr;
    let filter = ecr::ScanningRepositoryFilter::builder()
        .filter("prod")
        .filter_type(ecr::ScanningRepositoryFilterType::Wildcard)
        .build()
        .unwrap();
    let rule = ecr::RegistryScanningRule::builder()
        .scan_frequency(ecr::ScanFrequency::ContinuousScan)
        .repository_filters(filter)
        .build()
        .unwrap();
    let put = aws.ecr.put_registry_scanning_configuration().scan_type(ecr::ScanType::Enhanced).rules(rule);
    put.send().await.unwrap();
    let created = aws.ecr.create_repository().repository_name(REPOSITORY).send().await.unwrap();
    let uri = created.repository.unwrap().repository_uri.unwrap();
    let access = EngineAccess { kind: EngineKind::Builtin, host: engine.docker_host(), tls: None };
    let client = EngineClient::connect(&access, Arc::new(EntryLog::default())).await.unwrap();
    let source = format!("{}/docker/library/neo4j:4.4.0", practice.public_addr());
    let never = CancellationToken::new();
    client.pull(&source.parse().unwrap(), "linux/amd64", &(), &never).await.unwrap();
    client.tag(&source, &uri, "latest").await.unwrap();
    let credential = aws.credential().await.unwrap();
    let pushed = client.push(&uri, "latest", "linux/amd64", &credential, &(), &never).await.unwrap();
    practice.scanner_idle().await;
    pushed.digest.unwrap()
}

async fn findings_from_ecr(aws: &Aws, digest: &str) -> BTreeMap<String, Finding> {
    let image = ImageIdentifier::builder().image_digest(digest).build();
    let mut pages = aws
        .ecr
        .describe_image_scan_findings()
        .repository_name(REPOSITORY)
        .image_id(image)
        .max_results(50)
        .into_paginator()
        .send();
    let mut findings = BTreeMap::new();
    while let Some(page) = pages.next().await {
        let page = page.unwrap().image_scan_findings.unwrap();
        findings.extend(page.enhanced_findings().iter().map(from_ecr).map(|finding| (finding.arn.clone(), finding)));
    }
    findings
}

async fn findings_from_inspector(aws: &Aws, digest: &str) -> BTreeMap<String, Finding> {
    let hash = StringFilter::builder().comparison(StringComparison::Equals).value(digest).build().unwrap();
    let criteria = FilterCriteria::builder().ecr_image_hash(hash).build();
    let mut pages = aws.inspector.list_findings().filter_criteria(criteria).into_paginator().send();
    let mut findings = BTreeMap::new();
    while let Some(page) = pages.next().await {
        let page = page.unwrap();
        findings.extend(page.findings().iter().map(from_inspector).map(|finding| (finding.arn.clone(), finding)));
    }
    findings
}

#[tokio::test]
async fn both_services_return_the_same_findings_and_merging_them_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let config = PracticeConfig {
        addressing: Addressing::Loopback,
        speed: Speed::Instant,
        ..PracticeConfig::new(folder.path().join("cloud"))
    };
    let practice = Practice::start(config).await.unwrap();
    let engine = Engine::start(EngineConfig::new(folder.path().join("engine"))).await.unwrap();
    let (access_key, secret_key) = practice.credentials();
    let access =
        AwsAccess::Endpoint { url: practice.endpoint(), region: practice.region().to_owned(), access_key, secret_key };
    let aws = Aws::connect(&access, Arc::new(EntryLog::default())).await.unwrap();
    let digest = push_and_scan(&practice, &aws, &engine).await;

    let (ecr, inspector) = (findings_from_ecr(&aws, &digest).await, findings_from_inspector(&aws, &digest).await);
    assert!(!ecr.is_empty());
    assert_eq!(ecr.keys().collect::<Vec<_>>(), inspector.keys().collect::<Vec<_>>());
    assert!(ecr.values().any(|finding| finding.vulnerability.id.as_deref() == Some(LOG4SHELL)));
    for (arn, copy) in &ecr {
        let original = &inspector[arn];
        assert_eq!(copy.image().unwrap().digest, digest);
        assert_eq!(copy.severity_text, original.severity_text);
        assert_eq!(copy.title, original.title);
        // Merging ECR's copy adds nothing to the original but ECR as a source.
        let mut both = original.clone();
        both.merge(copy.clone());
        assert_eq!((both.packages.len(), both.resources.len()), (original.packages.len(), original.resources.len()));
        assert_eq!(both.vulnerability.cvss.len(), original.vulnerability.cvss.len(), "{arn}");
        assert!(both.seen_by.contains(&Source::Ecr) && both.seen_by.contains(&Source::Inspector));
    }

    let log4shell = inspector.values().find(|finding| finding.vulnerability.id.as_deref() == Some(LOG4SHELL)).unwrap();
    let details_response = aws.inspector.batch_get_finding_details().finding_arns(&log4shell.arn).send().await.unwrap();
    let details = details(&details_response.finding_details()[0]);
    assert_eq!(details.arn, log4shell.arn);
    assert!(details.kev.is_some() && details.epss.is_some_and(|epss| epss > 0.9), "{details:?}");
}
