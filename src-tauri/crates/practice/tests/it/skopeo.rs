//! The registries through skopeo, a third-party client.

use practice_images::{SyntheticImage, SyntheticLayer};

use crate::{shell::Shell, support::Cloud};

/// A logged-in shell, in a folder with an image of two layers.
async fn ready(cloud: &Cloud) -> Option<Shell> {
    let shell = Shell::skopeo(cloud)?;
    let layer = |text: &str| SyntheticLayer { files: vec![(text.into(), text.into())], ..Default::default() };
    let spec = SyntheticImage { layers: vec![layer("one"), layer("two")], ..Default::default() };
    practice_images::build_synthetic(&shell.home().join("image"), &spec).unwrap();
    cloud.create("app").await;
    log_in(cloud, &shell).await;
    Some(shell)
}

/// Logs in like the lab does: the password goes through a pipe, never on a command line.
async fn log_in(cloud: &Cloud, shell: &Shell) {
    let token = cloud.ecr.get_authorization_token().send().await.unwrap();
    let token = token.authorization_data()[0].authorization_token().unwrap();
    let decoded = base64::Engine::decode(&base64::engine::general_purpose::STANDARD, token).unwrap();
    let password = String::from_utf8(decoded).unwrap().split_once(':').unwrap().1.to_owned();
    let line = "skopeo login --username AWS --password-stdin --tls-verify=false --authfile auth.json $REGISTRY";
    let output = shell.run_with(line, &password).await;
    assert!(output.ok && output.stdout.contains("Login Succeeded!"), "{output:?}");
}

const PUSH: &str = "skopeo copy --insecure-policy --dest-tls-verify=false --authfile auth.json";
const PULL: &str = "skopeo copy --insecure-policy --src-tls-verify=false --authfile auth.json";

#[tokio::test]
async fn skopeo_pushes_inspects_pulls_and_deletes() {
    let cloud = Cloud::start().await;
    let Some(shell) = ready(&cloud).await else { return };
    shell.text(&format!("{PUSH} oci:image:test docker://$REGISTRY/app:latest")).await;
    let with = "--tls-verify=false --authfile auth.json";
    let inspected = shell.json(&format!("skopeo inspect {with} docker://$REGISTRY/app:latest")).await;
    let described = cloud.ecr.describe_images().repository_name("app").send().await.unwrap();
    assert_eq!(inspected["Digest"].as_str(), described.image_details()[0].image_digest());
    assert_eq!(inspected["Layers"].as_array().unwrap().len(), 2);
    let tags = shell.json(&format!("skopeo list-tags {with} docker://$REGISTRY/app")).await;
    assert_eq!(tags["Tags"], serde_json::json!(["latest"]));
    shell.text(&format!("{PULL} docker://$REGISTRY/app:latest dir:pulled")).await;
    for digest in inspected["Layers"].as_array().unwrap() {
        let hex = digest.as_str().unwrap().strip_prefix("sha256:").unwrap();
        let blob = std::fs::read(shell.home().join("pulled").join(hex)).unwrap();
        assert_eq!(crate::support::digest(&blob), digest.as_str().unwrap());
    }
    shell.text(&format!("skopeo delete {with} docker://$REGISTRY/app:latest")).await;
    assert!(cloud.ecr.list_images().repository_name("app").send().await.unwrap().image_ids().is_empty());
}

#[tokio::test]
async fn skopeo_pushes_an_index_with_its_members() {
    let cloud = Cloud::start().await;
    let Some(shell) = ready(&cloud).await else { return };
    shell.text(&format!("{PUSH} --all oci:image:test docker://$REGISTRY/app:latest")).await;
    let described = cloud.ecr.describe_images().repository_name("app").send().await.unwrap();
    let mut kinds: Vec<_> =
        described.image_details().iter().map(|image| image.image_manifest_media_type().unwrap()).collect();
    kinds.sort_unstable();
    assert_eq!(kinds, [crate::support::OCI_INDEX, crate::support::OCI_MANIFEST]);
}

#[tokio::test]
async fn skopeo_reports_the_registrys_errors() {
    let cloud = Cloud::start().await;
    let Some(shell) = ready(&cloud).await else { return };
    let push = |to: &str| format!("{PUSH} oci:image:test docker://$REGISTRY/{to}");
    let nowhere = shell.refused(&push("nowhere:latest")).await;
    assert!(nowhere.contains("The repository with name 'nowhere' does not exist in the registry"), "{nowhere}");
    let unauthorized =
        shell.refused("skopeo inspect --tls-verify=false --no-creds docker://$REGISTRY/app:latest").await;
    assert!(
        unauthorized.contains("authentication required") || unauthorized.contains("unauthorized"),
        "{unauthorized}"
    );
    cloud.practice.faults().add("registry:*=expired-token".parse().unwrap());
    // A push starts with a HEAD request for a blob, whose response has no message.
    let expired = shell.refused(&push("app:latest")).await;
    assert!(expired.contains("403 (Forbidden)"), "{expired}");
    let inspect = "skopeo inspect --tls-verify=false --authfile auth.json docker://$REGISTRY/app:latest";
    let expired = shell.refused(inspect).await;
    assert!(expired.contains("Your authorization token has expired. Reauthenticate and try again."), "{expired}");
    cloud.practice.faults().clear();
    shell.text(&push("app:latest")).await;
    let mutability = cloud.ecr.put_image_tag_mutability().repository_name("app");
    mutability.image_tag_mutability("IMMUTABLE".into()).send().await.unwrap();
    let immutable = shell.refused(&push("app:latest")).await;
    assert!(immutable.contains("already exists in the 'app' repository"), "{immutable}");
}

#[tokio::test]
async fn skopeo_copies_the_lessons_image_from_the_public_registry_without_a_login() {
    let cloud = Cloud::start().await;
    let Some(shell) = ready(&cloud).await else { return };
    cloud.watch("app").await;
    let copy = format!("{PUSH} --src-tls-verify=false --src-no-creds --override-os linux --override-arch amd64");
    shell.text(&format!("{copy} docker://$PUBLIC/docker/library/neo4j:4.4.0 docker://$REGISTRY/app:latest")).await;
    let described = cloud.ecr.describe_images().repository_name("app").send().await.unwrap();
    let [image] = described.image_details() else { panic!("{described:?}") };
    assert!(image.image_size_in_bytes().unwrap() > 40 << 20);
    cloud.practice.scanner_idle().await;
    let findings = cloud.inspector.list_findings().into_paginator().items().send().collect::<Result<Vec<_>, _>>().await;
    let titles: Vec<_> = findings.unwrap().into_iter().filter_map(|finding| finding.title).collect();
    assert!(titles.iter().any(|title| title.starts_with("CVE-2021-44228 - ")), "{titles:?}");
    assert!(titles.iter().any(|title| title == "Platform End Of Life"), "{titles:?}");
}
