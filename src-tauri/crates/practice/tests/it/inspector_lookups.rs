//! Operations that look up one item or a total: vulnerabilities, usage, free trials and clusters.

use aws_sdk_inspector2::types::{
    ClusterForImageFilterCriteria, SearchVulnerabilitiesFilterCriteria, UsageType, VulnerabilitySource,
};

use crate::support::{Cloud, Image, code};

fn by_id(ids: &[&str]) -> SearchVulnerabilitiesFilterCriteria {
    let ids = ids.iter().map(|id| (*id).to_owned()).collect();
    SearchVulnerabilitiesFilterCriteria::builder().set_vulnerability_ids(Some(ids)).build().unwrap()
}

#[tokio::test]
async fn one_vulnerability_is_searched_at_a_time() {
    let cloud = Cloud::start().await;
    let search = |ids: &[&str]| cloud.inspector.search_vulnerabilities().filter_criteria(by_id(ids));
    let response = search(&["CVE-2021-44228"]).send().await.unwrap();
    let [log4shell] = response.vulnerabilities() else { panic!("{response:?}") };
    assert_eq!((log4shell.id(), log4shell.source()), ("CVE-2021-44228", Some(&VulnerabilitySource::Nvd)));
    assert!((log4shell.cvss3().unwrap().base_score() - 10.0).abs() < 0.01);
    assert!(log4shell.cvss3().unwrap().scoring_vector().unwrap().starts_with("CVSS:3"));
    assert!(log4shell.epss().unwrap().score() > 0.9);
    assert!(log4shell.cwes().iter().any(|cwe| cwe == "CWE-502"));
    // 2021-12-10
    assert_eq!(log4shell.cisa_data().unwrap().date_added().unwrap().secs(), 1_639_094_400);
    assert_eq!(log4shell.vendor_created_at().unwrap().secs(), 1_639_094_400);
    assert_eq!(log4shell.source_url(), Some("https://nvd.nist.gov/vuln/detail/CVE-2021-44228"));
    assert!(log4shell.description().is_some_and(|text| !text.is_empty()));
    assert!(!log4shell.reference_urls().is_empty() && response.next_token().is_none());

    let unknown = search(&["CVE-1999-0001"]).send().await.unwrap();
    assert!(unknown.vulnerabilities().is_empty());
    for ids in [&[][..], &["CVE-2021-44228", "CVE-2021-45046"], &["cve-2021-44228"], &["CVE-3021-1"], &["CVE-2021-"]] {
        assert_eq!(code(search(ids).send().await), "ValidationException", "{ids:?}");
    }
    assert_eq!(code(search(&["CVE-2021-44228"]).next_token("a").send().await), "ValidationException");
    assert_eq!(code(cloud.inspector.search_vulnerabilities().send().await), "ValidationException");
    let cloud = cloud.restart().await;
    let again =
        cloud.inspector.search_vulnerabilities().filter_criteria(by_id(&["CVE-2021-44228"])).send().await.unwrap();
    assert_eq!(again.vulnerabilities(), response.vulnerabilities());
}

/// The first scans and the re-scans.
async fn totals(cloud: &Cloud) -> Option<(f64, f64)> {
    let list = cloud.inspector.list_usage_totals().send().await.unwrap();
    let account = list.totals().first()?;
    assert_eq!(account.account_id(), Some("123456789012"));
    let of = |kind: UsageType| account.usage().iter().find(|usage| usage.r#type() == Some(&kind)).unwrap().total();
    Some((of(UsageType::EcrInitialScan), of(UsageType::EcrRescan)))
}

#[tokio::test]
async fn usage_counts_first_scans_and_rescans_for_thirty_days() {
    let cloud = Cloud::manual().await;
    assert_eq!(totals(&cloud).await, None);
    cloud.watch("prod").await;
    assert_eq!(totals(&cloud).await, Some((0.0, 0.0)));
    cloud.create("prod-a").await;
    cloud.create("prod-b").await;
    cloud.create("other").await;
    for name in ["prod-a", "prod-b", "other"] {
        cloud.push(name, "latest", &Image::vulnerable()).await;
    }
    cloud.practice.scanner_idle().await;
    assert_eq!(totals(&cloud).await, Some((2.0, 0.0)));
    // An image that is no longer watched and then is again is scanned again.
    cloud.configure(&[(aws_sdk_ecr::types::ScanFrequency::ContinuousScan, "nothing")]).await;
    cloud.configure(&[(aws_sdk_ecr::types::ScanFrequency::ContinuousScan, "prod")]).await;
    cloud.practice.scanner_idle().await;
    assert_eq!(totals(&cloud).await, Some((2.0, 2.0)));
    cloud.advance(31 * 24 * 3600);
    assert_eq!(totals(&cloud).await, Some((0.0, 0.0)));
}

#[tokio::test]
async fn usage_is_of_the_own_account_and_survives_a_restart() {
    let cloud = Cloud::start().await;
    cloud.watch("prod").await;
    cloud.create("prod").await;
    cloud.push("prod", "latest", &Image::vulnerable()).await;
    cloud.practice.scanner_idle().await;
    let cloud = cloud.restart().await;
    assert_eq!(totals(&cloud).await, Some((1.0, 0.0)));
    let list = || cloud.inspector.list_usage_totals();
    let own = list().account_ids("123456789012").max_results(1).send().await.unwrap();
    assert!(own.totals().len() == 1 && own.next_token().is_none());
    assert!(own.totals()[0].usage()[0].estimated_monthly_cost().abs() < f64::EPSILON, "it is not sent");
    assert_eq!(code(list().account_ids("210987654321").send().await), "AccessDeniedException");
    for refused in [
        list().account_ids("me").send().await,
        list().set_account_ids(Some(vec![])).send().await,
        list().max_results(0).send().await,
        list().max_results(501).send().await,
        list().next_token("made-up").send().await,
    ] {
        assert_eq!(code(refused), "ValidationException");
    }
}

#[tokio::test]
async fn there_is_no_free_trial_before_the_first_activation_and_the_same_after_a_restart() {
    let cloud = Cloud::start().await;
    let trial = async |cloud: &Cloud| {
        let info = cloud.inspector.batch_get_free_trial_info().account_ids("123456789012").send().await.unwrap();
        info.accounts()[0].free_trial_info().to_vec()
    };
    assert!(trial(&cloud).await.is_empty());
    cloud.watch("prod").await;
    let before = trial(&cloud).await;
    assert_eq!(before.len(), 1);
    let cloud = cloud.restart().await;
    assert_eq!(trial(&cloud).await, before);
    let info = |ids: Vec<&str>| {
        let ids = ids.into_iter().map(str::to_owned).collect();
        cloud.inspector.batch_get_free_trial_info().set_account_ids(Some(ids)).send()
    };
    let others = info(vec!["210987654321"]).await.unwrap();
    assert_eq!(others.failed_accounts()[0].code().as_str(), "ACCESS_DENIED");
    for ids in [vec![], vec!["me"], vec!["123456789012"; 101]] {
        assert_eq!(code(info(ids).await), "ValidationException");
    }
}

#[tokio::test]
async fn no_cluster_uses_an_image() {
    let cloud = Cloud::start().await;
    let get = |id: &str| {
        let filter = ClusterForImageFilterCriteria::builder().resource_id(id).build().unwrap();
        cloud.inspector.get_clusters_for_image().filter(filter)
    };
    let repository = "arn:aws:ecr:ap-northeast-2:123456789012:repository/a/b";
    let image = format!("{repository}/sha256:{}", "0".repeat(64));
    for id in [repository, &image] {
        let response = get(id).send().await.unwrap();
        assert!(response.cluster().is_empty() && response.next_token().is_none());
    }
    let short = format!("{repository}/sha256:00");
    for id in
        ["", "a/b", "arn:aws:ecr:ap-northeast-2:1234:repository/a", "arn:aws:s3:::123456789012:repository/a", &short]
    {
        assert_eq!(code(get(id).send().await), "ValidationException", "{id}");
    }
    for refused in [get(repository).max_results(0), get(repository).max_results(101), get(repository).next_token("a")] {
        assert_eq!(code(refused.send().await), "ValidationException");
    }
}
