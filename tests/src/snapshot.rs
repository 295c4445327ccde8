//! What stands in a practice cloud and an engine: to tell whether somebody left it as it was.

use std::collections::BTreeMap;

use aws_sdk_ecr::types::{
    RegistryScanningRule, ScanFrequency, ScanType, ScanningRepositoryFilter, ScanningRepositoryFilterType,
};
use practice::Practice;
use serde::Serialize;

/// Everything that a run of the lab could have changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Snapshot {
    /// The scanning configuration.
    pub scanning: String,
    /// What Inspector does about ECR.
    pub inspector: String,
    /// The images of each repository: their digests with their tags.
    pub repositories: BTreeMap<String, BTreeMap<String, Vec<String>>>,
}

/// A client of the practice cloud's ECR.
pub fn ecr(practice: &Practice) -> aws_sdk_ecr::Client {
    aws_sdk_ecr::Client::new(&sdk(practice))
}

impl Snapshot {
    /// Looks.
    ///
    /// # Panics
    ///
    /// If the cloud does not answer.
    pub async fn of(practice: &Practice) -> Self {
        let ecr = ecr(practice);
        let inspector = aws_sdk_inspector2::Client::new(&sdk(practice));
        let scanning = ecr.get_registry_scanning_configuration().send().await.expect("the cloud answers");
        let status = inspector.batch_get_account_status().send().await.expect("the cloud answers");
        let scanning_of_ecr = status.accounts().first().and_then(|account| account.resource_state()?.ecr());
        let mut repositories = BTreeMap::new();
        let found = ecr.describe_repositories().into_paginator().items().send();
        for repository in found.collect::<Result<Vec<_>, _>>().await.expect("the cloud answers") {
            let name = repository.repository_name().expect("repositories have names").to_owned();
            let images = ecr.describe_images().repository_name(&name).into_paginator().items().send();
            let images = images.collect::<Result<Vec<_>, _>>().await.expect("the cloud answers");
            let images = images.into_iter().map(|image| {
                let mut tags = image.image_tags().to_vec();
                tags.sort();
                (image.image_digest().expect("images have digests").to_owned(), tags)
            });
            repositories.insert(name, images.collect());
        }
        Self {
            scanning: format!("{:?}", scanning.scanning_configuration()),
            inspector: scanning_of_ecr.map_or_else(String::new, |state| state.status().to_string()),
            repositories,
        }
    }
}

/// Makes the account one that others use: rules of their own, and two of the lesson's repositories, one with an image under the lesson's
/// tag.
///
/// # Panics
///
/// If the cloud refuses.
pub async fn populate_with_foreign_resources(practice: &Practice) {
    let ecr = ecr(practice);
    let filter = |text: &str| {
        let filter =
            ScanningRepositoryFilter::builder().filter(text).filter_type(ScanningRepositoryFilterType::Wildcard);
        filter.build().expect("it is complete")
    };
    let rule = RegistryScanningRule::builder().scan_frequency(ScanFrequency::ScanOnPush);
    let rule =
        rule.repository_filters(filter("team-*")).repository_filters(filter("*-base")).build().expect("it is complete");
    let put = ecr.put_registry_scanning_configuration().scan_type(ScanType::Enhanced).rules(rule).send();
    put.await.expect("the rules are sound");
    for name in ["eks-security-sandbox", "eks-security-shared", "team-web"] {
        ecr.create_repository().repository_name(name).send().await.expect("the name is free");
    }
    let token = ecr.get_authorization_token().send().await.expect("the cloud answers");
    let token = token.authorization_data()[0].authorization_token().expect("there is a token").to_owned();
    push_something(practice, "eks-security-sandbox", "latest", &token).await;
}

/// The smallest image there is.
async fn push_something(practice: &Practice, repository: &str, tag: &str, token: &str) {
    let http = reqwest::Client::builder().no_proxy().build().expect("a client without TLS needs nothing");
    let config = br#"{"architecture":"amd64","os":"linux","rootfs":{"type":"layers","diff_ids":[]}}"#;
    let digest = registry::Digest::of(config).to_string();
    let base = format!("{}/v2/{repository}", practice.endpoint());
    let manifest = serde_json::json!({
        "schemaVersion": 2,
        "mediaType": registry::media_types::OCI_MANIFEST,
        "config": { "mediaType": "application/vnd.oci.image.config.v1+json", "digest": digest, "size": config.len() },
        "layers": [],
    });
    let blob = http.post(format!("{base}/blobs/uploads/?digest={digest}")).body(config.to_vec());
    let manifest = http.put(format!("{base}/manifests/{tag}")).body(manifest.to_string());
    let manifest = manifest.header("content-type", registry::media_types::OCI_MANIFEST);
    for request in [blob, manifest] {
        let answer = request.header("authorization", format!("Basic {token}")).send().await.expect("it listens");
        assert_eq!(answer.status(), 201, "{:?}", answer.text().await);
    }
}

fn sdk(practice: &Practice) -> aws_config::SdkConfig {
    // A second installation only says that there is one.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let (access_key, secret_key) = practice.credentials();
    let credentials = aws_credential_types::Credentials::new(access_key, secret_key, None, None, "test");
    aws_config::SdkConfig::builder()
        .behavior_version(aws_config::BehaviorVersion::latest())
        .region(aws_config::Region::new(practice.region().to_owned()))
        .endpoint_url(practice.endpoint())
        .credentials_provider(aws_credential_types::provider::SharedCredentialsProvider::new(credentials))
        .http_client(aws_smithy_http_client::Builder::new().build_http())
        .build()
}
