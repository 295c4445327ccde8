//! What the practice cloud answers, held against AWS's own models.

use std::collections::{BTreeMap, BTreeSet};

use aws_sdk_ecr::types::{ImageIdentifier, ScanFrequency, ScanType};
use serde::Deserialize;
use testbed::{
    environment::TestEnvironment,
    images::{VULNERABLE_LOG4J, application},
    push::push_image,
};
use whole_lab_tests::botocore;

/// The rows of the page of fidelity that say which operations there are.
#[derive(Deserialize)]
struct Rows {
    operation: Vec<Operation>,
}

#[derive(Deserialize)]
struct Operation {
    service: String,
    name: String,
    status: String,
}

/// The operations that are not absent: `ecr:CreateRepository`.
fn operations() -> BTreeSet<String> {
    let rows: Rows = toml::from_str(include_str!("../../docs/fidelity.toml")).expect("`cargo xtask fidelity` reads it");
    let present = rows.operation.into_iter().filter(|row| row.status != "absent");
    present.map(|row| format!("{}:{}", row.service, row.name)).collect()
}

/// A cloud with a scanned image in the repository `app`, and its manifest.
async fn cloud() -> (TestEnvironment, String) {
    let environment = TestEnvironment::start().await;
    environment.create_repository("app").await;
    environment.configure_scanning(ScanType::Enhanced, &[(ScanFrequency::ContinuousScan, &["app"])]).await;
    let image = application("latest", VULNERABLE_LOG4J, 4096);
    let layout = practice_images::build_synthetic(&environment.folder("image"), &image).expect("it can be built");
    push_image(&environment.practice, "app", "latest", &layout).await;
    environment.practice.scanner_idle().await;
    let id = ImageIdentifier::builder().image_tag("latest").build();
    let got = environment.ecr.batch_get_image().repository_name("app").image_ids(id).send().await;
    let manifest = got.expect("the cloud responds").images()[0].image_manifest().expect("an image has one").to_owned();
    (environment, manifest)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_response_is_valid_by_the_models_of_botocore() {
    let (environment, manifest) = cloud().await;
    let (access_key, secret_key) = environment.practice.credentials();
    let (endpoint, operations) = (environment.practice.endpoint(), operations());
    let result = tokio::task::spawn_blocking({
        let (operations, region) = (operations.clone(), environment.practice.region().to_owned());
        move || {
            let variables = [
                ("AWS_ENDPOINT_URL", endpoint.as_str()),
                ("AWS_DEFAULT_REGION", &region),
                ("AWS_ACCESS_KEY_ID", &access_key),
                ("AWS_SECRET_ACCESS_KEY", &secret_key),
                ("NO_PROXY", "127.0.0.1"),
            ];
            botocore("responses.py", &operations.into_iter().collect::<Vec<_>>(), &variables, &manifest)
        }
    });
    let Some(result) = result.await.expect("the program ends") else { return };
    assert_eq!(result["errors"], serde_json::json!([]));
    let called: BTreeMap<String, BTreeSet<String>> =
        serde_json::from_value(result["operations"].clone()).expect("a list of codes for each operation");
    assert_eq!(called.keys().cloned().collect::<BTreeSet<_>>(), operations);
    // An operation that is refused whatever it is called with would be valid too.
    let succeeded = called.values().filter(|codes| codes.contains("ok")).count();
    assert!(succeeded * 10 >= called.len() * 8, "{succeeded} of {}: {called:?}", called.len());
    environment.shutdown().await;
}
