//! The state of a practice cloud: to compare it before and after a lab.

use std::collections::BTreeMap;

use aws_sdk_ecr::types::{ScanFrequency, ScanType};
use serde::Serialize;
use testbed::environment::TestEnvironment;

/// Everything in the cloud that a run of the lab could have changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Snapshot {
    /// The scanning configuration.
    pub scanning: String,
    /// Inspector's status for ECR.
    pub inspector: String,
    /// The images of each repository: `(digest, tags)`.
    pub repositories: BTreeMap<String, Vec<(String, Vec<String>)>>,
}

impl Snapshot {
    /// The present state.
    ///
    /// # Panics
    ///
    /// If the cloud does not respond.
    pub async fn of(environment: &TestEnvironment) -> Self {
        let mut repositories = BTreeMap::new();
        for name in environment.repositories().await {
            let images = environment.images(&name).await;
            repositories.insert(name, images);
        }
        Self {
            scanning: environment.scanning_configuration().await,
            inspector: environment.inspector_status().await,
            repositories,
        }
    }
}

/// Puts what another user could own into the account: rules, and two of the lab's repositories, one with an image under the lab's tag.
///
/// # Panics
///
/// If the cloud refuses it.
pub async fn populate_with_foreign_resources(environment: &TestEnvironment) {
    let rule: (_, &[&str]) = (ScanFrequency::ScanOnPush, &["team-*", "*-base"]);
    environment.configure_scanning(ScanType::Enhanced, &[rule]).await;
    for name in ["eks-security-sandbox", "eks-security-shared", "team-web"] {
        environment.create_repository(name).await;
    }
    environment.push_foreign_image("eks-security-sandbox", "latest").await;
}
