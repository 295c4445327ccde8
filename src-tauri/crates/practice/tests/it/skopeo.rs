//! The registries by skopeo, a client that was not written for them.

use practice_images::{SyntheticImage, SyntheticLayer};

use crate::{shell::Shell, support::Cloud};

/// A shell that is logged in, in a folder with an image of two layers.
async fn ready(cloud: &Cloud) -> Option<Shell> {
    let shell = Shell::skopeo(cloud)?;
    let layer = |text: &str| SyntheticLayer { files: vec![(text.into(), text.into())], ..Default::default() };
    let spec = SyntheticImage { layers: vec![layer("one"), layer("two")], ..Default::default() };
    practice_images::build_synthetic(&shell.home().join("image"), &spec).unwrap();
    cloud.create("app").await;
    log_in(cloud, &shell).await;
    Some(shell)
}

/// As the lesson does it: the password goes through a pipe, and never on a command line.
async fn log_in(cloud: &Cloud, shell: &Shell) {
    let token = cloud.ecr.get_authorization_token().send().await.unwrap();
    let token = token.authorization_data()[0].authorization_token().unwrap();
    let decoded = base64::Engine::decode(&base64::engine::general_purpose::STANDARD, token).unwrap();
    let password = String::from_utf8(decoded).unwrap().split_once(':').unwrap().1.to_owned();
    let line = "skopeo login --username AWS --password-stdin --tls-verify=false --authfile auth.json $REGISTRY";
    let ended = shell.run_with(line, &password).await;
    assert!(ended.ok && ended.stdout.contains("Login Succeeded!"), "{ended:?}");
}

const PUSH: &str = "skopeo copy --insecure-policy --dest-tls-verify=false --authfile auth.json";
const PULL: &str = "skopeo copy --insecure-policy --src-tls-verify=false --authfile auth.json";

#[tokio::test]
async fn skopeo_pushes_inspects_pulls_and_deletes() {
    let cloud = Cloud::start().await;
    let Some(shell) = ready(&cloud).await else { return };
    shell.text(&format!("{PUSH} oci:image:test docker://$REGISTRY/app:latest")).await;
    let with = "--tls-verify=false --authfile auth.json";
    let seen = shell.json(&format!("skopeo inspect {with} docker://$REGISTRY/app:latest")).await;
    let described = cloud.ecr.describe_images().repository_name("app").send().await.unwrap();
    assert_eq!(seen["Digest"].as_str(), described.image_details()[0].image_digest());
    assert_eq!(seen["Layers"].as_array().unwrap().len(), 2);
    let tags = shell.json(&format!("skopeo list-tags {with} docker://$REGISTRY/app")).await;
    assert_eq!(tags["Tags"], serde_json::json!(["latest"]));
    shell.text(&format!("{PULL} docker://$REGISTRY/app:latest dir:pulled")).await;
    for digest in seen["Layers"].as_array().unwrap() {
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
async fn skopeo_is_refused_in_words_it_passes_on() {
    let cloud = Cloud::start().await;
    let Some(shell) = ready(&cloud).await else { return };
    let push = |to: &str| format!("{PUSH} oci:image:test docker://$REGISTRY/{to}");
    let nowhere = shell.refused(&push("nowhere:latest")).await;
    assert!(nowhere.contains("The repository with name 'nowhere' does not exist in the registry"), "{nowhere}");
    let nobody = shell.refused("skopeo inspect --tls-verify=false --no-creds docker://$REGISTRY/app:latest").await;
    assert!(nobody.contains("authentication required") || nobody.contains("unauthorized"), "{nobody}");
    cloud.practice.faults().add("registry:*=expired-token".parse().unwrap());
    // The first question of a push is one about a blob, by HEAD: its answer has no words.
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
    assert!(titles.iter().any(|title| title.contains("Debian 11")), "{titles:?}");
}
