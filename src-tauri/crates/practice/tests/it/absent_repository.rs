//! Operations on a repository, or an image, that does not exist.

use aws_sdk_ecr::types::{ImageIdentifier, ImageScanningConfiguration, Tag};

use crate::support::{Cloud, code, digest};

const ARN: &str = "arn:aws:ecr:ap-northeast-2:123456789012:repository/nowhere";

fn latest() -> ImageIdentifier {
    ImageIdentifier::builder().image_tag("latest").build()
}

#[tokio::test]
async fn what_needs_a_repository_is_refused_without_it() {
    let cloud = Cloud::start().await;
    let ecr = &cloud.ecr;
    let layer = digest(b"layer");
    let availability = ecr.batch_check_layer_availability().repository_name("nowhere").layer_digests(layer).send();
    assert_eq!(code(availability.await), "RepositoryNotFoundException");
    let findings = ecr.describe_image_scan_findings().repository_name("nowhere").image_id(latest()).send();
    assert_eq!(code(findings.await), "RepositoryNotFoundException");
    let on_push = ImageScanningConfiguration::builder().scan_on_push(true).build();
    let setting = ecr.put_image_scanning_configuration().repository_name("nowhere");
    assert_eq!(code(setting.image_scanning_configuration(on_push).send().await), "RepositoryNotFoundException");
    let tag = Tag::builder().key("a").value("b").build().unwrap();
    assert_eq!(code(ecr.tag_resource().resource_arn(ARN).tags(tag).send().await), "RepositoryNotFoundException");
    let untag = ecr.untag_resource().resource_arn(ARN).tag_keys("a").send();
    assert_eq!(code(untag.await), "RepositoryNotFoundException");
    assert_eq!(code(ecr.get_lifecycle_policy().repository_name("nowhere").send().await), "RepositoryNotFoundException");
    assert_eq!(
        code(ecr.get_repository_policy().repository_name("nowhere").send().await),
        "RepositoryNotFoundException"
    );
}

#[tokio::test]
async fn what_needs_an_image_is_refused_without_it() {
    let cloud = Cloud::start().await;
    cloud.create("app").await;
    let findings = cloud.ecr.describe_image_scan_findings().repository_name("app").image_id(latest()).send();
    assert_eq!(code(findings.await), "ImageNotFoundException");
    let scan = cloud.ecr.start_image_scan().repository_name("app").image_id(latest()).send();
    assert_eq!(code(scan.await), "ImageNotFoundException");
}
