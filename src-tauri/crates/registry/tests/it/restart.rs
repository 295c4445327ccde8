//! What a store has after it was closed, killed, or damaged.

use std::fs;

use registry::{Digest, Storage, TagOrDigest};
use reqwest::Method;

use testbed::files::names_in;

use crate::support::{Image, Server, at, blob_files, consistent, header};

#[tokio::test]
async fn everything_is_the_same_after_a_restart() {
    let server = Server::start().await;
    server.push("a/b", "latest", &Image::new("one")).await;
    server.push("a", "v1", &Image::new("two")).await;
    server.storage.mark_pulled("a", &Image::new("two").digest, at(5)).await.unwrap();
    server.storage.create_repository("empty").await.unwrap();
    let again = consistent(server.dir.path()).await;
    assert_eq!(again.repositories(), ["a", "a/b", "empty"]);
    for repo in again.repositories() {
        assert_eq!(again.images(&repo).await.unwrap(), server.storage.images(&repo).await.unwrap());
        assert_eq!(again.tags(&repo).await.unwrap(), server.storage.tags(&repo).await.unwrap());
    }
    let digest = Digest::of(&Image::new("one").blobs[1]);
    assert_eq!(again.blob_path("a/b", &digest), server.storage.blob_path("a/b", &digest));
    assert_eq!(again.images("a").await.unwrap()[0].last_pulled_at, Some(at(5)));
}

#[tokio::test]
async fn unfinished_uploads_are_dropped() {
    let server = Server::start().await;
    let patched = server.request(Method::PATCH, &server.begin("a").await).body("half").send().await.unwrap();
    assert_eq!(header(&patched, "range"), "0-3");
    let uploads = server.dir.path().join("uploads");
    fs::create_dir(uploads.join("half-a-repository")).unwrap();
    assert_eq!(names_in(&uploads).len(), 2);
    consistent(server.dir.path()).await;
}

#[tokio::test]
async fn blobs_cut_short_are_dropped_and_others_kept() {
    let server = Server::start().await;
    let image = Image::new("one");
    server.push("a", "latest", &image).await;
    let [config, cut, kept] = [0, 1, 2].map(|n| Digest::of(&image.blobs[n]));
    fs::write(server.storage.blob_path("a", &cut).unwrap(), b"").unwrap();
    let again = Storage::open(server.dir.path()).await.unwrap();
    assert_eq!(again.blob_size("a", &cut), None);
    assert_eq!(again.blob_size("a", &config), Some(image.blobs[0].len() as u64));
    assert_eq!(again.blob_size("a", &kept), Some(image.blobs[2].len() as u64));
    assert!(!blob_files(server.dir.path()).contains(&cut.hex().to_owned()));
    // The manifest waits for its layer to be pushed again.
    assert!(again.manifest("a", &TagOrDigest::Tag("latest".into())).await.unwrap().is_some());
}

#[tokio::test]
async fn a_manifest_cut_short_takes_its_tags_along() {
    let server = Server::start().await;
    let (one, two) = (Image::new("one"), Image::new("two"));
    server.push("a", "one", &one).await;
    server.push("a", "two", &two).await;
    fs::write(server.storage.blob_path("a", &one.digest).unwrap(), b"{").unwrap();
    for _ in 0..2 {
        let again = consistent(server.dir.path()).await;
        assert_eq!(again.tags("a").await.unwrap(), [("two".to_owned(), two.digest.clone())]);
        assert_eq!(again.images("a").await.unwrap().len(), 1);
    }
}

#[tokio::test]
async fn links_cut_short_and_blobs_without_links_are_dropped() {
    let server = Server::start().await;
    let linked = server.push_blob("a", b"linked").await;
    let torn = server.push_blob("a", b"torn").await;
    let stray = Digest::of(b"stray");
    fs::write(server.dir.path().join("blobs/sha256").join(stray.hex()), b"stray").unwrap();
    let [repository] = &names_in(&server.dir.path().join("repositories"))[..] else { panic!("one repository") };
    let links = server.dir.path().join("repositories").join(repository).join("blobs");
    fs::write(links.join(torn.hex()), b"").unwrap();
    let again = consistent(server.dir.path()).await;
    assert_eq!(again.blob_size("a", &torn), None);
    assert_eq!(blob_files(server.dir.path()), [linked.hex()]);
    assert_eq!(names_in(&links), [linked.hex()]);
}

#[tokio::test]
async fn a_repository_damaged_from_outside_is_quarantined() {
    let server = Server::start().await;
    server.push("a", "latest", &Image::new("one")).await;
    let [repository] = &names_in(&server.dir.path().join("repositories"))[..] else { panic!("one repository") };
    let dir = server.dir.path().join("repositories").join(repository);
    // Times of reads are worth losing; manifests and tags are not.
    fs::write(dir.join("pulls.json"), b"{").unwrap();
    consistent(server.dir.path()).await;
    fs::write(dir.join("state.json"), b"{").unwrap();
    let again = consistent(server.dir.path()).await;
    let moved = again.quarantined("a").expect("the damaged repository is moved aside").to_owned();
    assert_eq!(fs::read(moved.join("state.json")).unwrap(), b"{");
    assert!(!dir.exists());
}

/// The blobs and the manifest of an image, as files of the store.
fn files_of(image: &Image) -> Vec<String> {
    image.blobs.iter().map(|blob| Digest::of(blob)).chain([image.digest.clone()]).map(|d| d.hex().to_owned()).collect()
}

fn assert_kept(server: &Server, image: &Image) {
    let present = blob_files(server.dir.path());
    for file in files_of(image) {
        assert!(present.contains(&file), "{file} among {present:?}");
    }
}

#[tokio::test]
async fn a_quarantined_repository_keeps_its_blobs_and_manifests() {
    let server = Server::start().await;
    let (damaged, other) = (Image::new("one"), Image::new("two"));
    server.push("a", "latest", &damaged).await;
    let [repository] = &names_in(&server.dir.path().join("repositories"))[..] else { panic!("one repository") };
    let state = server.dir.path().join("repositories").join(repository).join("state.json");
    server.push("b", "latest", &other).await;
    let former = fs::read(&state).unwrap();
    // Nothing in it names the manifest any more.
    fs::write(&state, b"{").unwrap();
    let mut again = consistent(server.dir.path()).await;
    let moved = again.quarantined("a").expect("the damaged repository is moved aside").to_owned();
    // Every later start, and a removal of what shares a layer with it, keeps them too.
    for _ in 0..2 {
        assert_kept(&server, &damaged);
        again = consistent(server.dir.path()).await;
    }
    assert!(again.delete_repository("b").await.unwrap());
    assert_kept(&server, &damaged);
    assert!(!blob_files(server.dir.path()).contains(&other.digest.hex().to_owned()));
    // Repaired and moved back by hand, it is whole.
    fs::write(moved.join("state.json"), former).unwrap();
    fs::rename(&moved, server.dir.path().join("repositories").join(repository)).unwrap();
    let repaired = consistent(server.dir.path()).await;
    assert_eq!(repaired.tags("a").await.unwrap(), [("latest".to_owned(), damaged.digest.clone())]);
}

#[tokio::test]
async fn a_repository_that_is_quarantined_on_request_keeps_its_blobs_and_manifests() {
    let server = Server::start().await;
    let (image, other) = (Image::new("one"), Image::new("two"));
    server.push("a", "latest", &image).await;
    server.push("b", "latest", &other).await;
    assert!(server.storage.quarantine("a").await.unwrap().is_some());
    assert!(server.storage.delete_repository("b").await.unwrap());
    for _ in 0..2 {
        assert_kept(&server, &image);
        consistent(server.dir.path()).await;
    }
}
