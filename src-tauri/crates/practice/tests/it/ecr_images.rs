//! Images in ECR: describing, listing, getting, putting and deleting them.

use aws_sdk_ecr::types::{
    DescribeImagesFilter, ImageFailureCode, ImageIdentifier, ImageTagMutability, LayerAvailability, LayerFailureCode,
    ListImagesFilter, TagStatus,
};

use crate::support::{Cloud, Image, OCI_INDEX, OCI_MANIFEST, code, index};

fn by_tag(tag: &str) -> ImageIdentifier {
    ImageIdentifier::builder().image_tag(tag).build()
}

fn by_digest(digest: &str) -> ImageIdentifier {
    ImageIdentifier::builder().image_digest(digest).build()
}

fn ids(list: &[ImageIdentifier]) -> Vec<(String, Option<String>)> {
    let id = |id: &ImageIdentifier| (id.image_digest().unwrap().to_owned(), id.image_tag().map(str::to_owned));
    list.iter().map(id).collect()
}

async fn cloud() -> Cloud {
    let cloud = Cloud::start().await;
    cloud.create("app").await;
    cloud
}

#[tokio::test]
async fn an_image_is_described_completely() {
    let cloud = cloud().await;
    let image = Image::plain(1);
    let digest = cloud.push("app", "latest", &image).await;
    cloud.push("app", "v1", &image).await;
    let described = cloud.ecr.describe_images().repository_name("app").send().await.unwrap();
    let [details] = described.image_details() else { panic!("{described:?}") };
    assert_eq!(details.image_digest(), Some(digest.as_str()));
    assert_eq!(details.image_tags(), ["latest", "v1"]);
    let size = image.layers.iter().map(|(_, blob)| blob.len()).sum::<usize>() + image.config.len();
    assert_eq!(details.image_size_in_bytes(), Some(size as i64));
    assert_eq!(details.image_manifest_media_type(), Some(OCI_MANIFEST));
    assert_eq!(details.artifact_media_type(), Some("application/vnd.oci.image.config.v1+json"));
    assert!(details.image_pushed_at().is_some() && details.last_recorded_pull_time().is_none());
    assert!(details.image_scan_status().is_none() && details.image_scan_findings_summary().is_none());

    cloud.send(reqwest::Method::GET, "/v2/app/manifests/v1", None).await;
    let described = cloud.ecr.describe_images().repository_name("app").image_ids(by_tag("v1")).send().await.unwrap();
    assert!(described.image_details()[0].last_recorded_pull_time().is_some());
}

#[tokio::test]
async fn a_tag_that_moves_leaves_its_image_untagged() {
    let cloud = cloud().await;
    let first = cloud.push("app", "latest", &Image::plain(1)).await;
    let second = cloud.push("app", "latest", &Image::plain(2)).await;
    let list = |status: Option<TagStatus>| {
        let filter = status.map(|status| ListImagesFilter::builder().tag_status(status).build());
        cloud.ecr.list_images().repository_name("app").set_filter(filter).send()
    };
    let (untagged, tagged) = ((first.clone(), None), (second, Some("latest".to_owned())));
    assert_eq!(ids(list(None).await.unwrap().image_ids()), [untagged.clone(), tagged.clone()]);
    assert_eq!(ids(list(Some(TagStatus::Untagged)).await.unwrap().image_ids()), [untagged]);
    assert_eq!(ids(list(Some(TagStatus::Tagged)).await.unwrap().image_ids()), [tagged]);
    assert_eq!(code(list(Some(TagStatus::from("SOME"))).await), "InvalidParameterException");
    let filter = DescribeImagesFilter::builder().tag_status(TagStatus::Untagged).build();
    let described = cloud.ecr.describe_images().repository_name("app").filter(filter).send().await.unwrap();
    assert_eq!(described.image_details()[0].image_digest(), Some(first.as_str()));
    assert!(described.image_details()[0].image_tags.is_none());
}

#[tokio::test]
async fn images_are_listed_and_described_in_pages() {
    let cloud = cloud().await;
    for seed in 0..5 {
        cloud.push("app", &format!("v{seed}"), &Image::plain(seed)).await;
    }
    let mut tags = Vec::new();
    let mut pages = cloud.ecr.list_images().repository_name("app").into_paginator().page_size(2).send();
    while let Some(page) = pages.next().await {
        tags.extend(page.unwrap().image_ids().iter().map(|id| id.image_tag().unwrap().to_owned()));
    }
    assert_eq!(tags, ["v0", "v1", "v2", "v3", "v4"]);
    let mut sizes = Vec::new();
    let mut pages = cloud.ecr.describe_images().repository_name("app").into_paginator().page_size(2).send();
    while let Some(page) = pages.next().await {
        sizes.push(page.unwrap().image_details().len());
    }
    assert_eq!(sizes, [2, 2, 1]);

    let list = cloud.ecr.list_images().repository_name("app").max_results(2).send().await.unwrap();
    let crossed = cloud.ecr.describe_images().repository_name("app").set_next_token(list.next_token).send().await;
    assert_eq!(code(crossed), "InvalidParameterException");
    let both = cloud.ecr.describe_images().repository_name("app").image_ids(by_tag("v1")).max_results(2).send().await;
    assert_eq!(code(both), "InvalidParameterException");
}

#[tokio::test]
async fn missing_images_and_repositories_have_different_errors() {
    let cloud = cloud().await;
    cloud.push("app", "latest", &Image::plain(1)).await;
    let describe =
        |name: &str, id: ImageIdentifier| cloud.ecr.describe_images().repository_name(name).image_ids(id).send();
    assert_eq!(code(describe("app", by_tag("nope")).await), "ImageNotFoundException");
    assert_eq!(code(describe("nope", by_tag("latest")).await), "RepositoryNotFoundException");
    assert_eq!(code(describe("app", by_digest("sha256:12")).await), "InvalidParameterException");
    assert_eq!(code(describe("app", ImageIdentifier::builder().build()).await), "InvalidParameterException");
    let list = cloud.ecr.list_images().repository_name("nope").send().await;
    assert_eq!(code(list), "RepositoryNotFoundException");
    let get = cloud.ecr.batch_get_image().repository_name("nope").image_ids(by_tag("latest")).send().await;
    assert_eq!(code(get), "RepositoryNotFoundException");
    let delete = cloud.ecr.batch_delete_image().repository_name("nope").image_ids(by_tag("latest")).send().await;
    assert_eq!(code(delete), "RepositoryNotFoundException");
}

#[tokio::test]
async fn manifests_are_returned_as_pushed_and_failures_reported_per_image() {
    let cloud = cloud().await;
    let image = Image::plain(1);
    let digest = cloud.push("app", "latest", &image).await;
    let other = cloud.push("app", "other", &Image::plain(2)).await;
    let mismatch = ImageIdentifier::builder().image_tag("latest").image_digest(&other).build();
    let got = cloud
        .ecr
        .batch_get_image()
        .repository_name("app")
        .image_ids(by_tag("latest"))
        .image_ids(by_digest(&digest))
        .image_ids(by_tag("nope"))
        .image_ids(by_digest("sha256:short"))
        .image_ids(mismatch)
        .image_ids(ImageIdentifier::builder().build())
        .image_ids(by_tag(&"t".repeat(301)))
        .send()
        .await
        .unwrap();
    assert_eq!(got.images().len(), 2);
    assert_eq!(got.images()[0].image_manifest().unwrap().as_bytes(), image.manifest());
    assert_eq!(got.images()[0].image_manifest_media_type(), Some(OCI_MANIFEST));
    assert_eq!(got.images()[0].image_id().unwrap().image_tag(), Some("latest"));
    assert_eq!(got.images()[1].image_id().unwrap().image_tag(), None);
    let codes: Vec<_> = got.failures().iter().map(|failure| failure.failure_code().unwrap().clone()).collect();
    assert_eq!(
        codes,
        [
            ImageFailureCode::ImageNotFound,
            ImageFailureCode::InvalidImageDigest,
            ImageFailureCode::ImageTagDoesNotMatchDigest,
            ImageFailureCode::MissingDigestAndTag,
            ImageFailureCode::InvalidImageTag
        ]
    );
}

#[tokio::test]
async fn deleting_the_last_tag_deletes_the_image() {
    let cloud = cloud().await;
    let image = Image::plain(1);
    let digest = cloud.push("app", "a", &image).await;
    cloud.push("app", "b", &image).await;
    let delete = |id| cloud.ecr.batch_delete_image().repository_name("app").image_ids(id).send();
    let images = || async { cloud.ecr.list_images().repository_name("app").send().await.unwrap() };
    assert_eq!(ids(delete(by_tag("a")).await.unwrap().image_ids()), [(digest.clone(), Some("a".into()))]);
    assert_eq!(ids(images().await.image_ids()), [(digest.clone(), Some("b".into()))]);
    delete(by_tag("b")).await.unwrap();
    assert!(images().await.image_ids().is_empty());

    cloud.push("app", "a", &image).await;
    cloud.push("app", "b", &image).await;
    let deleted = delete(by_digest(&digest)).await.unwrap();
    assert_eq!(ids(deleted.image_ids()), [(digest.clone(), Some("a".into())), (digest.clone(), Some("b".into()))]);
    let again = delete(by_digest(&digest)).await.unwrap();
    assert_eq!(again.failures()[0].failure_code(), Some(&ImageFailureCode::ImageNotFound));
}

#[tokio::test]
async fn a_member_of_an_index_cannot_be_deleted_before_the_index() {
    let cloud = cloud().await;
    let images = [Image::plain(1), Image::plain(2)];
    for image in &images {
        cloud.push_blobs("app", image).await;
        cloud.put_manifest("app", &image.digest(), OCI_MANIFEST, &image.manifest()).await;
    }
    let list = index(&images.each_ref().map(Image::manifest));
    cloud.put_manifest("app", "latest", OCI_INDEX, &list).await;
    let described =
        cloud.ecr.describe_images().repository_name("app").image_ids(by_tag("latest")).send().await.unwrap();
    let largest = images.iter().map(|image| image.layers.iter().map(|l| l.1.len()).sum::<usize>() + image.config.len());
    assert_eq!(described.image_details()[0].image_size_in_bytes(), largest.max().map(|size| size as i64));

    let delete = |id| cloud.ecr.batch_delete_image().repository_name("app").image_ids(id).send();
    let refused = delete(by_digest(&images[0].digest())).await.unwrap();
    assert_eq!(refused.failures()[0].failure_code(), Some(&ImageFailureCode::ImageReferencedByManifestList));
    let all = cloud.ecr.batch_delete_image().repository_name("app");
    let all = all.image_ids(by_tag("latest")).image_ids(by_digest(&images[0].digest()));
    let all = all.image_ids(by_digest(&images[1].digest())).send().await.unwrap();
    assert!(all.failures().is_empty());
    assert_eq!(all.image_ids().len(), 3);
}

#[tokio::test]
async fn put_image_tags_existing_layers_and_rejects_an_existing_image() {
    let cloud = cloud().await;
    let image = Image::plain(1);
    let text = String::from_utf8(image.manifest()).unwrap();
    let put = |manifest: &str, tag: Option<&str>| {
        cloud.ecr.put_image().repository_name("app").image_manifest(manifest).set_image_tag(tag.map(str::to_owned))
    };
    assert_eq!(code(put(&text, Some("v1")).send().await), "LayersNotFoundException");
    cloud.push_blobs("app", &image).await;
    let answer = put(&text, Some("v1")).send().await.unwrap();
    assert_eq!(answer.image().unwrap().image_id().unwrap().image_digest(), Some(image.digest().as_str()));
    assert_eq!(code(put(&text, Some("v1")).send().await), "ImageAlreadyExistsException");
    assert_eq!(code(put(&text, None).send().await), "ImageAlreadyExistsException");
    put(&text, Some("v2")).send().await.unwrap();
    let wrong = put(&text, Some("v3")).image_digest(crate::support::digest(b"other")).send().await;
    assert_eq!(code(wrong), "ImageDigestDoesNotMatchException");
    assert_eq!(code(put("{}", Some("v3")).send().await), "InvalidParameterException");
    assert_eq!(code(put(&text, Some(".v3")).send().await), "InvalidParameterException");
    let list = String::from_utf8(index(&[Image::plain(7).manifest()])).unwrap();
    assert_eq!(code(put(&list, Some("list")).send().await), "ReferencedImagesNotFoundException");
    let nowhere = cloud.ecr.put_image().repository_name("nowhere").image_manifest(&text).send().await;
    assert_eq!(code(nowhere), "RepositoryNotFoundException");

    let mutability = cloud.ecr.put_image_tag_mutability().repository_name("app");
    mutability.image_tag_mutability(ImageTagMutability::Immutable).send().await.unwrap();
    let second = Image::plain(2);
    cloud.push_blobs("app", &second).await;
    let moved = put(&String::from_utf8(second.manifest()).unwrap(), Some("v1")).send().await;
    assert_eq!(code(moved), "ImageTagAlreadyExistsException");
}

#[tokio::test]
async fn layer_availability_is_per_repository() {
    let cloud = cloud().await;
    cloud.create("other").await;
    let image = Image::plain(1);
    cloud.push_blobs("app", &image).await;
    let layer = crate::support::digest(&image.layers[0].1);
    let check = |name: &str| {
        let call = cloud.ecr.batch_check_layer_availability().repository_name(name);
        call.layer_digests(&layer).layer_digests("nonsense").send()
    };
    let here = check("app").await.unwrap();
    assert_eq!(here.layers()[0].layer_availability(), Some(&LayerAvailability::Available));
    assert_eq!(here.layers()[0].layer_size(), Some(image.layers[0].1.len() as i64));
    assert_eq!(here.failures()[0].layer_digest(), Some("nonsense"));
    assert_eq!(here.failures()[0].failure_code(), Some(&LayerFailureCode::InvalidLayerDigest));
    let there = check("other").await.unwrap();
    assert_eq!(there.layers()[0].layer_availability(), Some(&LayerAvailability::Unavailable));
}
