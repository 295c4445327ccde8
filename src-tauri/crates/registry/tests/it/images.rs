//! What the store tells about images, and what it keeps and lets go.

use std::sync::atomic::{AtomicBool, Ordering};

use registry::{Digest, StorageError, TagOrDigest};
use reqwest::{Method, StatusCode};

use testbed::files::names_in;

use crate::support::{Image, OCI_INDEX, Server, at, blob_files, index};

#[tokio::test]
async fn images_are_listed_with_sizes_tags_and_membership() {
    let server = Server::start().await;
    let (small, big) = (Image::new("1"), Image::new("a longer seed"));
    server.push("a", "small", &small).await;
    server.push("a", "big", &big).await;
    let both = index(&[&small, &big]);
    assert_eq!(server.put_manifest("a", "both", &both, OCI_INDEX).await.status(), StatusCode::CREATED);
    let images = server.storage.images("a").await.unwrap();
    let records: Vec<_> = images.iter().map(|i| (i.tags.clone(), i.size, i.referenced_by_index)).collect();
    let expected = [
        (vec!["small".to_owned()], small.size(), true),
        (vec!["big".to_owned()], big.size(), true),
        (vec!["both".to_owned()], big.size(), false),
    ];
    assert_eq!(records, expected);
    assert_eq!(images[0].artifact_type.as_deref(), Some("application/vnd.oci.image.config.v1+json"));
    assert_eq!(images[2].media_type, OCI_INDEX);
    assert_eq!(images[2].children, [small.digest, big.digest]);
}

#[tokio::test]
async fn a_tag_that_moves_leaves_the_old_image_untagged() {
    let server = Server::start().await;
    let (old, new) = (Image::new("old"), Image::new("new"));
    for image in [&old, &new] {
        for blob in &image.blobs {
            server.storage.ingest_blob("a", blob.as_slice(), &Digest::of(blob)).await.unwrap();
        }
    }
    let put = |image: &Image, second| {
        server.storage.put_manifest("a", image.manifest.clone().into(), None, Some("latest"), at(second))
    };
    let first = put(&old, 1).await.unwrap();
    assert_eq!((first.created, first.moved_from), (true, None));
    let again = put(&old, 2).await.unwrap();
    assert_eq!((again.created, again.moved_from), (false, None));
    let moved = put(&new, 3).await.unwrap();
    assert_eq!((moved.created, moved.moved_from), (true, Some(old.digest.clone())));
    let images = server.storage.images("a").await.unwrap();
    let records: Vec<_> = images.into_iter().map(|i| (i.digest, i.tags, i.pushed_at)).collect();
    assert_eq!(records, [(old.digest, vec![], at(1)), (new.digest, vec!["latest".to_owned()], at(3))]);
}

#[tokio::test]
async fn reading_a_manifest_is_noted_and_asking_for_it_is_not() {
    let server = Server::start().await;
    let image = Image::new("one");
    server.push("a", "latest", &image).await;
    server.send(Method::HEAD, "/v2/a/manifests/latest").await;
    assert_eq!(server.storage.images("a").await.unwrap()[0].last_pulled_at, None);
    server.get("/v2/a/manifests/latest").await;
    assert!(server.storage.images("a").await.unwrap()[0].last_pulled_at.is_some());
    server.storage.mark_pulled("a", &image.digest, at(9)).await.unwrap();
    assert_eq!(server.storage.images("a").await.unwrap()[0].last_pulled_at, Some(at(9)));
    // Deleted and pushed again, it has no past.
    server.storage.delete_manifest("a", &image.digest).await.unwrap();
    server.push("a", "latest", &image).await;
    assert_eq!(server.storage.images("a").await.unwrap()[0].last_pulled_at, None);
}

#[tokio::test]
async fn untagging_and_deleting_answer_whether_there_was_something() {
    let server = Server::start().await;
    let image = Image::new("one");
    server.push("a", "latest", &image).await;
    let storage = &server.storage;
    assert_eq!(storage.untag("a", "latest").await.unwrap(), Some(image.digest.clone()));
    assert_eq!(storage.untag("a", "latest").await.unwrap(), None);
    assert!(storage.delete_manifest("a", &image.digest).await.unwrap());
    assert!(!storage.delete_manifest("a", &image.digest).await.unwrap());
    assert_eq!(storage.manifest("a", &TagOrDigest::Digest(image.digest)).await.unwrap(), None);
    assert!(storage.delete_repository("a").await.unwrap());
    assert!(!storage.delete_repository("a").await.unwrap());
    assert!(matches!(storage.images("a").await, Err(StorageError::RepositoryUnknown { .. })));
    assert!(blob_files(server.dir.path()).is_empty());
    assert!(names_in(&server.dir.path().join("repositories")).is_empty());
}

#[tokio::test]
async fn a_repository_takes_only_what_no_other_has_along() {
    let server = Server::start().await;
    let (one, two) = (Image::new("one"), Image::new("two"));
    server.push("a", "latest", &one).await;
    server.push("a/b", "latest", &two).await;
    server.storage.delete_repository("a").await.unwrap();
    let mut left: Vec<_> = two.blobs.iter().map(|blob| Digest::of(blob)).chain([two.digest.clone()]).collect();
    left.sort();
    let left: Vec<_> = left.iter().map(Digest::hex).collect();
    assert_eq!(blob_files(server.dir.path()), left);
    assert_eq!(server.get("/v2/a/b/manifests/latest").await.bytes().await.unwrap(), two.manifest);
}

#[tokio::test]
async fn content_is_taken_in_only_under_its_own_digest() {
    let server = Server::start().await;
    let file = server.dir.path().join("layer");
    std::fs::write(&file, b"content").unwrap();
    let digest = Digest::of(b"content");
    assert_eq!(server.storage.ingest_file("a", &file, &digest).await.unwrap(), 7);
    let path = server.storage.blob_path("a", &digest).unwrap();
    assert_eq!(std::fs::read(path).unwrap(), b"content");
    let wrong = server.storage.ingest_file("a", &file, &Digest::of(b"other")).await;
    assert!(matches!(wrong, Err(StorageError::DigestMismatch { .. })));
    let nowhere = server.storage.ingest_blob("Bad Name", &b"content"[..], &digest).await;
    assert!(matches!(nowhere, Err(StorageError::InvalidName { .. })));
}

#[tokio::test(flavor = "multi_thread")]
async fn collecting_takes_nothing_from_pushes_going_on() {
    let server = Server::start().await;
    let image = Image::new("both");
    let done = AtomicBool::new(false);
    let deleting = async {
        let mut deleted = 0;
        while !done.load(Ordering::SeqCst) {
            for blob in &image.blobs {
                server.storage.ingest_blob("comes-and-goes", blob.as_slice(), &Digest::of(blob)).await.unwrap();
            }
            deleted += u32::from(server.storage.delete_repository("comes-and-goes").await.unwrap());
        }
        deleted
    };
    let pushing = async {
        for n in 0..40 {
            let repo = format!("stays-{n}");
            server.push(&repo, "latest", &image).await;
            server.storage.delete_repository(&repo).await.unwrap();
            server.push("stays", &n.to_string(), &image).await;
            server.storage.delete_manifest("stays", &image.digest).await.unwrap();
        }
        done.store(true, Ordering::SeqCst);
    };
    let (deleted, ()) = tokio::join!(deleting, pushing);
    assert!(deleted > 0);
}
