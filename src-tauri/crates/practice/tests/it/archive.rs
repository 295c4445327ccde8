//! Storage classes: images in the archive cannot be pulled, and are not scanned.

use aws_sdk_ecr::types::{
    DescribeImagesFilter, ImageIdentifier, ImageStatus, ImageStatusFilter, LayerAvailability, ScanStatus,
    TargetStorageClass,
};
use reqwest::Method;

use crate::support::{Cloud, Image, OCI_INDEX, OCI_MANIFEST, code, digest, index};

fn by_tag(tag: &str) -> ImageIdentifier {
    ImageIdentifier::builder().image_tag(tag).build()
}

impl Cloud {
    async fn storage_class(&self, tag: &str, target: TargetStorageClass) -> Result<ImageStatus, String> {
        let update = self.ecr.update_image_storage_class().repository_name("prod").image_id(by_tag(tag));
        match update.target_storage_class(target).send().await {
            Ok(updated) => Ok(updated.image_status().unwrap().clone()),
            error => Err(code(error)),
        }
    }

    async fn archive(&self, tag: &str) -> ImageStatus {
        self.storage_class(tag, TargetStorageClass::Archive).await.unwrap()
    }

    async fn restore(&self, tag: &str) -> ImageStatus {
        self.storage_class(tag, TargetStorageClass::Standard).await.unwrap()
    }

    async fn pull_status(&self, reference: &str) -> [u16; 2] {
        let path = format!("/v2/prod/manifests/{reference}");
        let get = self.send(Method::GET, &path, None).await.status().as_u16();
        [get, self.send(Method::HEAD, &path, None).await.status().as_u16()]
    }

    async fn image(&self, tag: &str) -> aws_sdk_ecr::types::ImageDetail {
        let described = self.ecr.describe_images().repository_name("prod").image_ids(by_tag(tag)).send().await.unwrap();
        described.image_details()[0].clone()
    }

    async fn scan_status(&self, tag: &str) -> Result<ScanStatus, String> {
        let describe = self.ecr.describe_image_scan_findings().repository_name("prod").image_id(by_tag(tag));
        match describe.send().await {
            Ok(described) => Ok(described.image_scan_status().unwrap().status().unwrap().clone()),
            error => Err(code(error)),
        }
    }

    async fn coverage_reason(&self) -> String {
        let coverage = self.inspector.list_coverage().send().await.unwrap();
        let mut rows = coverage.covered_resources().iter();
        let image = rows.find(|row| row.resource_type().as_str() == "AWS_ECR_CONTAINER_IMAGE").unwrap();
        image.scan_status().unwrap().reason().as_str().to_owned()
    }
}

/// With one scanned image, on a manual clock.
async fn cloud() -> (Cloud, Image) {
    let cloud = Cloud::manual().await;
    cloud.watch("prod").await;
    cloud.create("prod").await;
    let image = Image::vulnerable();
    cloud.push("prod", "latest", &image).await;
    cloud.practice.scanner_idle().await;
    cloud.advance(100);
    assert_eq!(cloud.scan_status("latest").await, Ok(ScanStatus::Active));
    (cloud, image)
}

#[tokio::test]
async fn an_archived_image_is_described_and_not_pulled() {
    let (cloud, image) = cloud().await;
    assert_eq!(cloud.archive("latest").await, ImageStatus::Archived);
    let described = cloud.image("latest").await;
    assert_eq!(described.image_status(), Some(&ImageStatus::Archived));
    assert!(described.last_archived_at().is_some() && described.last_activated_at().is_none());
    assert_eq!(cloud.pull_status("latest").await, [404, 404]);
    assert_eq!(cloud.pull_status(&image.digest()).await, [404, 404]);
    let manifest = cloud.send(Method::GET, "/v2/prod/manifests/latest", None).await.text().await.unwrap();
    assert!(manifest.contains("MANIFEST_UNKNOWN") && manifest.contains("archived"), "{manifest}");
    let batch = cloud.ecr.batch_get_image().repository_name("prod").image_ids(by_tag("latest")).send().await.unwrap();
    assert!(batch.images().is_empty());
    assert_eq!(batch.failures()[0].failure_code().unwrap().as_str(), "ImageInaccessible");

    // Lists have active images, unless others are asked for.
    let count = async |status: Option<ImageStatusFilter>| {
        let filter = status.map(|status| DescribeImagesFilter::builder().image_status(status).build());
        let described = cloud.ecr.describe_images().repository_name("prod").set_filter(filter).send().await.unwrap();
        described.image_details().len()
    };
    assert_eq!(count(None).await, 0);
    assert_eq!(count(Some(ImageStatusFilter::Archived)).await, 1);
    assert_eq!(count(Some(ImageStatusFilter::Activating)).await, 0);
    assert_eq!(count(Some(ImageStatusFilter::Any)).await, 1);
    let layer = digest(&image.layers[0].1);
    let layers = cloud.ecr.batch_check_layer_availability().repository_name("prod").layer_digests(&layer).send().await;
    assert_eq!(layers.unwrap().layers()[0].layer_availability(), Some(&LayerAvailability::Archived));
    let url = cloud.ecr.get_download_url_for_layer().repository_name("prod").layer_digest(&layer).send().await;
    assert_eq!(code(url), "LayerInaccessibleException");
}

#[tokio::test]
async fn an_archived_image_is_not_scanned_and_a_restored_one_is_again() {
    let (cloud, _) = cloud().await;
    cloud.archive("latest").await;
    assert_eq!(cloud.scan_status("latest").await, Ok(ScanStatus::ImageArchived));
    assert_eq!(cloud.coverage_reason().await, "IMAGE_ARCHIVED");
    cloud.advance(15);
    let findings = cloud.inspector.list_findings().send().await.unwrap();
    assert!(findings.findings().iter().all(|finding| finding.status().as_str() == "CLOSED"));
    // A new configuration does not scan it.
    cloud.watch("pro").await;
    assert_eq!(cloud.scan_status("latest").await, Ok(ScanStatus::ImageArchived));

    assert_eq!(cloud.restore("latest").await, ImageStatus::Activating);
    assert_eq!(cloud.pull_status("latest").await, [404, 404]);
    assert_eq!(
        cloud.storage_class("latest", TargetStorageClass::Archive).await.unwrap_err(),
        "ImageStorageClassUpdateNotSupportedException"
    );
    assert_eq!(cloud.restore("latest").await, ImageStatus::Activating);
    cloud.practice.scanner_idle().await;
    cloud.advance(600);
    assert_eq!(cloud.pull_status("latest").await, [200, 200]);
    let described = cloud.image("latest").await;
    assert_eq!(described.image_status(), Some(&ImageStatus::Active));
    assert!(described.last_activated_at() > described.last_archived_at());
    cloud.advance(100);
    assert_eq!(cloud.scan_status("latest").await, Ok(ScanStatus::Active));
    let findings = cloud.inspector.list_findings().send().await.unwrap();
    assert!(findings.findings().iter().any(|finding| finding.status().as_str() == "ACTIVE"));
}

#[tokio::test]
async fn a_push_restores_an_archived_image() {
    let (cloud, image) = cloud().await;
    cloud.archive("latest").await;
    cloud.push("prod", "latest", &image).await;
    assert_eq!(cloud.image("latest").await.image_status(), Some(&ImageStatus::Active));
    assert_eq!(cloud.pull_status("latest").await, [200, 200]);
    cloud.archive("latest").await;
    let manifest = String::from_utf8(image.manifest()).unwrap();
    let put = || cloud.ecr.put_image().repository_name("prod").image_manifest(&manifest).image_tag("latest").send();
    put().await.unwrap();
    assert_eq!(cloud.image("latest").await.image_status(), Some(&ImageStatus::Active));
    assert_eq!(code(put().await), "ImageAlreadyExistsException");
}

#[tokio::test]
async fn the_archive_survives_a_restart_and_a_deleted_image_leaves_it() {
    let cloud = Cloud::start().await;
    cloud.create("prod").await;
    let image = Image::plain(1);
    cloud.push("prod", "latest", &image).await;
    assert_eq!(cloud.archive("latest").await, ImageStatus::Archived);
    let cloud = cloud.restart().await;
    assert_eq!(cloud.image("latest").await.image_status(), Some(&ImageStatus::Archived));
    let scan = cloud.ecr.start_image_scan().repository_name("prod").image_id(by_tag("latest")).send().await;
    assert_eq!(code(scan), "ImageArchivedException");
    assert_eq!(cloud.scan_status("latest").await, Ok(ScanStatus::ImageArchived));
    cloud.ecr.batch_delete_image().repository_name("prod").image_ids(by_tag("latest")).send().await.unwrap();
    cloud.push("prod", "latest", &image).await;
    let again = cloud.image("latest").await;
    assert_eq!((again.image_status(), again.last_archived_at()), (Some(&ImageStatus::Active), None));
    // Through the registry, too.
    cloud.archive("latest").await;
    cloud.send(Method::DELETE, &format!("/v2/prod/manifests/{}", image.digest()), None).await;
    cloud.push("prod", "latest", &image).await;
    assert_eq!(cloud.image("latest").await.last_archived_at(), None);
    // At instant speed an image is restored at once.
    cloud.archive("latest").await;
    assert_eq!(cloud.restore("latest").await, ImageStatus::Active);
}

#[tokio::test]
async fn an_index_takes_its_members_along() {
    let cloud = Cloud::start().await;
    cloud.create("prod").await;
    let image = Image::plain(1);
    cloud.push_blobs("prod", &image).await;
    cloud.put_manifest("prod", &image.digest(), OCI_MANIFEST, &image.manifest()).await;
    cloud.put_manifest("prod", "list", OCI_INDEX, &index(&[image.manifest()])).await;
    let member = ImageIdentifier::builder().image_digest(image.digest()).build();
    let alone = cloud.ecr.update_image_storage_class().repository_name("prod").image_id(member);
    let alone = alone.target_storage_class(TargetStorageClass::Archive).send().await;
    assert_eq!(code(alone), "ImageStorageClassUpdateNotSupportedException");
    cloud.archive("list").await;
    assert_eq!(cloud.pull_status(&image.digest()).await, [404, 404]);
    cloud.restore("list").await;
    assert_eq!(cloud.pull_status(&image.digest()).await, [200, 200]);
}

#[tokio::test]
async fn a_class_needs_an_image_and_a_name() {
    let cloud = Cloud::start().await;
    cloud.create("prod").await;
    let update = |name: &str, target: &str| {
        let update = cloud.ecr.update_image_storage_class().repository_name(name).image_id(by_tag("nope"));
        update.target_storage_class(target.into()).send()
    };
    assert_eq!(code(update("nowhere", "ARCHIVE").await), "RepositoryNotFoundException");
    assert_eq!(code(update("prod", "ARCHIVE").await), "ImageNotFoundException");
    assert_eq!(code(update("prod", "ATTIC").await), "InvalidParameterException");
}
