//! The lab's own client, unchanged, through everything the lab does with images.

use std::collections::HashMap;

use bollard::query_parameters::{ListImagesOptionsBuilder, PruneImagesOptionsBuilder};
use registry::Digest;

use crate::support::{OCI_MANIFEST, Server, engine, envelope, error_of, image, practice_image};

const AMD64: &str = r#"{"os":"linux","architecture":"amd64"}"#;

#[tokio::test(flavor = "multi_thread")]
async fn the_lesson_pulls_an_index_and_pushes_one_platforms_manifest() {
    let server = Server::start().await;
    let layout = practice_image();
    let amd64 = &layout.platforms[0];
    let index = server.stock_platforms("docker/library/neo4j", &[layout], Some("4.4.0")).await;
    let running = engine(&server).await;

    let lines = running.pull("r.test/docker/library/neo4j:4.4.0").await.unwrap();
    assert_eq!(lines[0], "4.4.0: Pulling from docker/library/neo4j");
    for layer in &amd64.layers {
        let id = layer.digest.short();
        let own: Vec<_> = lines.iter().filter_map(|line| line.strip_prefix(&format!("{id}: "))).collect();
        assert_eq!(own[0], "Pulling fs layer", "{lines:?}");
        assert_eq!(own[own.len() - 2..], ["Download complete", "Pull complete"]);
        assert!(own[1..own.len() - 2].iter().all(|line| *line == "Downloading"));
    }
    assert_eq!(lines[lines.len() - 2], format!("Digest: {index}"));
    assert_eq!(lines[lines.len() - 1], "Status: Downloaded newer image for r.test/docker/library/neo4j:4.4.0");
    // Nothing of the other platform was asked for.
    for layer in &layout.platforms[1].layers {
        assert!(amd64.layers.contains(layer) || server.requests(&http::Method::GET, &layer.digest).is_empty());
    }

    let again = running.pull("r.test/docker/library/neo4j:4.4.0").await.unwrap();
    assert_eq!(again.len(), 3, "{again:?}");
    assert_eq!(again[2], "Status: Image is up to date for r.test/docker/library/neo4j:4.4.0");

    for repository in ["eks-security-prod", "eks-security-sandbox"] {
        let name = format!("r.test/{repository}");
        running.tag("r.test/docker/library/neo4j:4.4.0", &name, "latest").await;
        let lines = running.push_as(&name, "latest", Some(AMD64), None).await.unwrap();
        assert_eq!(lines[0], format!("The push refers to repository [{name}]"));
        let size = amd64.manifest.size;
        let digest_line = format!("latest: digest: {} size: {size}", amd64.manifest.digest);
        assert!(lines.contains(&digest_line), "{lines:?}");
        let (media_type, bytes) = server.manifest(repository, "latest").await.unwrap();
        assert_eq!(media_type, OCI_MANIFEST);
        assert_eq!(Digest::of(&bytes), amd64.manifest.digest);
        let again = running.push(&name, "latest").await.unwrap();
        assert_eq!(
            again.iter().filter(|line| *line == "Layer already exists").count(),
            amd64.layers.len(),
            "{again:?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_image_is_listed_and_inspected_with_its_history() {
    let server = Server::start().await;
    let layout = practice_image();
    let index = server.stock_platforms("neo4j", &[layout], Some("4.4.0")).await;
    let running = engine(&server).await;
    running.pull("r.test/neo4j:4.4.0").await.unwrap();
    running.tag("r.test/neo4j:4.4.0", "other.test/x", "1").await;

    let id = layout.platforms[0].manifest.digest.clone();
    for name in ["r.test/neo4j:4.4.0", id.as_str(), id.hex(), id.short(), &format!("r.test/neo4j@{index}")] {
        let inspected = running.docker.inspect_image(name).await.unwrap();
        assert_eq!(inspected.id.as_deref(), Some(id.as_str()), "{name}");
        assert_eq!(inspected.repo_tags.unwrap(), ["other.test/x:1", "r.test/neo4j:4.4.0"]);
        assert_eq!(inspected.repo_digests.unwrap(), [format!("r.test/neo4j@{index}")]);
        assert_eq!((inspected.os.as_deref(), inspected.architecture.as_deref()), (Some("linux"), Some("amd64")));
        assert_eq!(inspected.root_fs.unwrap().layers.unwrap().len(), layout.platforms[0].layers.len());
        assert!(inspected.config.unwrap().env.is_some());
        let layers: u64 = layout.platforms[0].layers.iter().map(|layer| layer.size).sum();
        assert!(inspected.size.unwrap() as u64 > layers);
    }
    let history = running.docker.image_history("r.test/neo4j:4.4.0").await.unwrap();
    assert_eq!(history[0].id, id.as_str());
    let with_content = history.iter().filter(|entry| entry.size > 0).count();
    assert_eq!(with_content, layout.platforms[0].layers.len());

    let list = |filters: &[(&str, &str)]| {
        let mut by_name: HashMap<String, Vec<String>> = HashMap::new();
        for (name, value) in filters {
            by_name.entry((*name).to_owned()).or_default().push((*value).to_owned());
        }
        running.docker.list_images(Some(ListImagesOptionsBuilder::new().filters(&by_name).build()))
    };
    let all = list(&[]).await.unwrap();
    assert_eq!(all.len(), 1);
    assert_eq!((all[0].id.as_str(), all[0].containers), (id.as_str(), -1));
    assert!(all[0].created > 0);
    assert_eq!(list(&[("reference", "r.test/*")]).await.unwrap()[0].repo_tags, ["r.test/neo4j:4.4.0"]);
    assert_eq!(list(&[("reference", "nothing")]).await.unwrap().len(), 0);
    assert_eq!(list(&[("dangling", "true")]).await.unwrap().len(), 0);
    assert_eq!(list(&[("dangling", "false")]).await.unwrap().len(), 1);
    assert_eq!(error_of(&list(&[("before", "x")]).await.unwrap_err()).0, Some(404));
    assert_eq!(error_of(&list(&[("nonsense", "x")]).await.unwrap_err()).0, Some(400));
}

#[tokio::test]
async fn removing_takes_names_first_and_the_image_with_its_last() {
    let server = Server::start().await;
    let dir = tempfile::tempdir().unwrap();
    let layout = image(dir.path(), "amd64", 1, &[1000, 2000]);
    let index = server.stock_platforms("a", &[&layout], Some("1")).await;
    let running = engine(&server).await;
    running.pull("r.test/a:1").await.unwrap();
    let id = layout.platforms[0].manifest.digest.clone();
    running.tag("r.test/a:1", "r.test/a", "2").await;
    running.tag("r.test/a:1", "r.test/b", "1").await;

    let (status, message) = error_of(&running.remove(id.as_str()).await.unwrap_err());
    assert_eq!(status, Some(409));
    assert!(message.contains("image is referenced in multiple repositories"), "{message}");
    assert_eq!(running.remove("r.test/a:1").await.unwrap(), ["Untagged: r.test/a:1"]);
    assert_eq!(
        running.remove("r.test/a:2").await.unwrap(),
        ["Untagged: r.test/a:2".to_owned(), format!("Untagged: r.test/a@{index}")]
    );
    let last = running.remove("r.test/b:1").await.unwrap();
    assert_eq!(last[..2], ["Untagged: r.test/b:1".to_owned(), format!("Deleted: {id}")]);
    for layer in &layout.platforms[0].layers {
        assert!(last.contains(&format!("Deleted: {}", layer.digest)), "{last:?}");
    }
    assert_eq!(running.files(), (vec![], vec![]));
    let (status, message) = error_of(&running.remove("r.test/b:1").await.unwrap_err());
    assert_eq!((status, message.as_str()), (Some(404), "No such image: r.test/b:1"));
    assert_eq!(error_of(&running.docker.inspect_image("b").await.unwrap_err()).1, "No such image: b:latest");
}

#[tokio::test]
async fn shared_layers_stay_until_no_image_needs_them() {
    let server = Server::start().await;
    let dir = tempfile::tempdir().unwrap();
    // The first layers are the same: only filler depends on the seed, and they have none.
    let (one, two) = (image(dir.path(), "amd64", 1, &[0, 5000]), image(dir.path(), "amd64", 2, &[0, 5000]));
    let shared = &one.platforms[0].layers[0];
    assert_eq!(*shared, two.platforms[0].layers[0]);
    server.stock("one", "1", &one).await;
    server.stock("two", "1", &two).await;
    let running = engine(&server).await;
    running.pull("r.test/one:1").await.unwrap();
    let lines = running.pull("r.test/two:1").await.unwrap();
    assert!(lines.contains(&format!("{}: Already exists", shared.digest.short())), "{lines:?}");
    running.remove("r.test/one:1").await.unwrap();
    let mut kept: Vec<_> = two.platforms[0].layers.iter().map(|layer| layer.digest.hex().to_owned()).collect();
    kept.extend([&two.platforms[0].config, &two.platforms[0].manifest].map(|blob| blob.digest.hex().to_owned()));
    kept.sort();
    assert_eq!(running.files().0, kept);
}

#[tokio::test]
async fn a_tag_that_moves_leaves_an_image_without_a_name_to_prune() {
    let server = Server::start().await;
    let dir = tempfile::tempdir().unwrap();
    let (old, new) = (image(dir.path(), "amd64", 1, &[1000]), image(dir.path(), "amd64", 2, &[1000]));
    server.stock("a", "1", &old).await;
    let running = engine(&server).await;
    running.pull("r.test/a:1").await.unwrap();
    server.stock("a", "1", &new).await;
    running.pull("r.test/a:1").await.unwrap();
    let (_, list) = running.get("/images/json").await;
    assert_eq!(list.as_array().unwrap().len(), 2);
    let (_, list) = running.get("/images/json?filters=%7B%22dangling%22%3A%5B%22true%22%5D%7D").await;
    assert_eq!(list[0]["Id"], old.platforms[0].manifest.digest.as_str());
    let pruned = running.docker.prune_images(Some(PruneImagesOptionsBuilder::new().build())).await.unwrap();
    assert!(pruned.space_reclaimed.unwrap() as u64 >= old.platforms[0].layers[0].size);
    let (_, list) = running.get("/images/json").await;
    assert_eq!(list.as_array().unwrap().len(), 1);
    assert_eq!(list[0]["Id"], new.platforms[0].manifest.digest.as_str());
}

#[tokio::test]
async fn platforms_are_chosen_and_missed_in_dockers_words() {
    let server = Server::start().await;
    let dir = tempfile::tempdir().unwrap();
    let (amd64, arm64) = (image(dir.path(), "amd64", 1, &[1000]), image(dir.path(), "arm64", 1, &[1000]));
    server.stock_platforms("both", &[&amd64, &arm64], Some("1")).await;
    let running = engine(&server).await;
    for (platform, layout) in [("linux/arm64", &arm64), ("linux/arm64/v8", &arm64), ("linux/amd64", &amd64)] {
        running.pull_as("r.test/both:1", platform, None).await.unwrap();
        let inspected = running.docker.inspect_image("r.test/both:1").await.unwrap();
        assert_eq!(inspected.id.unwrap(), layout.platforms[0].manifest.digest.as_str(), "{platform}");
    }
    let host = if cfg!(target_arch = "aarch64") { &arm64 } else { &amd64 };
    running.pull_as("r.test/both:1", "", None).await.unwrap();
    let inspected = running.docker.inspect_image("r.test/both:1").await.unwrap();
    assert_eq!(inspected.id.unwrap(), host.platforms[0].manifest.digest.as_str());

    let missed = running.pull_as("r.test/both:1", "linux/s390x", None).await.unwrap_err();
    let message = "no matching manifest for linux/s390x in the manifest list entries".to_owned();
    assert_eq!(error_of(&missed), (Some(404), message));
    assert_eq!(error_of(&running.pull_as("r.test/both:1", "a/b/c/d", None).await.unwrap_err()).0, Some(400));

    let only = format!("r.test/both@{}", amd64.platforms[0].manifest.digest);
    let (status, message) = error_of(&running.pull_as(&only, "linux/arm64", None).await.unwrap_err());
    assert_eq!(status, Some(404));
    assert!(message.ends_with("wanted linux/arm64, actual: linux/amd64"), "{message}");
    running.pull(&only).await.unwrap();

    running.pull_as("r.test/both:1", "linux/amd64", None).await.unwrap();
    let arm64 = r#"{"os":"linux","architecture":"arm64"}"#;
    let (status, message) = error_of(&running.push_as("r.test/both", "1", Some(arm64), None).await.unwrap_err());
    assert_eq!(status, None);
    assert!(message.contains("does not provide the specified platform (linux/arm64)"), "{message}");
}

#[tokio::test]
async fn what_a_registry_has_not_is_said_as_docker_says_it() {
    let server = Server::start().await;
    let dir = tempfile::tempdir().unwrap();
    server.stock("a", "1", &image(dir.path(), "amd64", 1, &[1000])).await;
    let running = engine(&server).await;
    let (status, message) = error_of(&running.pull("r.test/a:2").await.unwrap_err());
    assert_eq!(status, Some(404));
    assert!(message.starts_with("manifest for r.test/a:2 not found: manifest unknown: "), "{message}");
    server.refuse(http::Method::GET, "/v2/b/manifests/1", 1, 404, &envelope("NAME_UNKNOWN", "no such repository"));
    let (status, message) = error_of(&running.pull("r.test/b:1").await.unwrap_err());
    assert_eq!(status, Some(404));
    assert!(message.starts_with("repository r.test/b not found: name unknown: "), "{message}");
    assert_eq!(error_of(&running.pull("r.test/B:1").await.unwrap_err()).0, Some(400));
    assert_eq!(
        error_of(&running.push("r.test/a", "1").await.unwrap_err()),
        (None, "tag does not exist: r.test/a:1".to_owned())
    );
    assert_eq!(error_of(&running.push("r.test/A", "1").await.unwrap_err()).0, Some(400));
}

#[tokio::test]
async fn without_a_tag_every_tag_is_pulled_and_pushed() {
    let server = Server::start().await;
    let dir = tempfile::tempdir().unwrap();
    for seed in [1, 2] {
        server.stock("a", &seed.to_string(), &image(dir.path(), "amd64", seed, &[1000])).await;
    }
    let running = engine(&server).await;
    running.pull("r.test/a").await.unwrap();
    for tag in ["1", "2"] {
        running.tag(&format!("r.test/a:{tag}"), "r.test/b", tag).await;
    }
    let push = running.docker.push_image("r.test/b", None::<bollard::query_parameters::PushImageOptions>, None);
    futures::TryStreamExt::try_collect::<Vec<_>>(push).await.unwrap();
    for tag in ["1", "2"] {
        assert!(server.manifest("b", tag).await.is_some());
    }
}

#[tokio::test]
async fn the_registrys_own_word_on_an_image_can_be_asked() {
    let server = Server::start().await;
    let dir = tempfile::tempdir().unwrap();
    let (amd64, arm64) = (image(dir.path(), "amd64", 1, &[1000]), image(dir.path(), "arm64", 1, &[1000]));
    let index = server.stock_platforms("both", &[&amd64, &arm64], Some("1")).await;
    let running = engine(&server).await;
    let inspected = running.docker.inspect_registry_image("r.test/both:1", None).await.unwrap();
    assert_eq!(inspected.descriptor.digest.as_deref(), Some(index.as_str()));
    assert_eq!(inspected.platforms.len(), 2);
    let only = format!("r.test/both@{}", amd64.platforms[0].manifest.digest);
    let inspected = running.docker.inspect_registry_image(&only, None).await.unwrap();
    assert_eq!(inspected.platforms[0].architecture.as_deref(), Some("amd64"));
}
