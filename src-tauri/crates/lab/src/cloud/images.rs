//! Images in a repository.

use aws_sdk_ecr::types::{
    DescribeImagesFilter, ImageDetail, ImageFailure, ImageIdentifier, ImageStatus, ImageStatusFilter,
};
use findings::Timestamp;

use super::paging::Paging;
use crate::{
    aws::{
        Aws,
        errors::{code, problem},
    },
    model::{
        code::Code,
        problem::{LabError, Problem},
    },
};

/// An image in a repository.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Image {
    pub(crate) digest: String,
    pub(crate) media_type: String,
    pub(crate) tags: Vec<String>,
    pub(crate) size: u64,
    pub(crate) pushed_at: Option<Timestamp>,
    /// Whether it is in the archive, so that its manifest cannot be read and it cannot be tagged.
    pub(crate) archived: bool,
    /// The digest of the image that it is about, of a signature or another artifact.
    pub(crate) subject: Option<String>,
}

impl Image {
    fn of(detail: &ImageDetail) -> Self {
        Self {
            digest: detail.image_digest().unwrap_or_default().to_owned(),
            media_type: detail.image_manifest_media_type().unwrap_or_default().to_owned(),
            tags: detail.image_tags().to_vec(),
            size: detail.image_size_in_bytes().unwrap_or_default().unsigned_abs(),
            pushed_at: detail.image_pushed_at().map(|at| Timestamp::from_epoch_seconds(at.as_secs_f64())),
            archived: detail.image_status().is_some_and(|status| *status != ImageStatus::Active),
            subject: detail.subject_manifest_digest().map(str::to_owned),
        }
    }

    /// Whether it is an image index (images for several platforms), which Inspector does not scan.
    pub(crate) fn is_index(&self) -> bool {
        self.media_type.contains("image.index") || self.media_type.contains("manifest.list")
    }
}

/// The image with a tag; `None` if the repository or the tag does not exist.
pub(crate) async fn tagged(aws: &Aws, repository: &str, tag: &str) -> Result<Option<Image>, LabError> {
    find(aws, repository, ImageIdentifier::builder().image_tag(tag).build()).await
}

/// The image with a digest, if it exists.
pub(crate) async fn by_digest(aws: &Aws, repository: &str, digest: &str) -> Result<Option<Image>, LabError> {
    find(aws, repository, ImageIdentifier::builder().image_digest(digest).build()).await
}

async fn find(aws: &Aws, repository: &str, id: ImageIdentifier) -> Result<Option<Image>, LabError> {
    match aws.ecr.describe_images().repository_name(repository).image_ids(id).send().await {
        Ok(response) => Ok(response.image_details().first().map(Image::of)),
        Err(error) if matches!(code(&error), Some("ImageNotFoundException" | "RepositoryNotFoundException")) => {
            Ok(None)
        }
        Err(error) => Err(problem("ecr:DescribeImages", error)),
    }
}

/// All images of a repository, archived ones too; none if the repository does not exist.
pub(crate) async fn all(aws: &Aws, repository: &str) -> Result<Vec<Image>, LabError> {
    // Without the filter ECR leaves out what is archived.
    let of_any_status = DescribeImagesFilter::builder().image_status(ImageStatusFilter::Any).build();
    let request = aws.ecr.describe_images().repository_name(repository).filter(of_any_status).max_results(1000);
    let mut pages = request.into_paginator().send();
    let (mut images, mut paging) = (Vec::new(), Paging::default());
    while let Some(page) = pages.next().await {
        match page {
            Ok(page) => {
                paging.check("ecr:DescribeImages", page.image_details().len(), page.next_token())?;
                images.extend(page.image_details().iter().map(Image::of));
            }
            Err(error) if code(&error) == Some("RepositoryNotFoundException") => return Ok(Vec::new()),
            Err(error) => return Err(problem("ecr:DescribeImages", error)),
        }
    }
    Ok(images)
}

/// What a repository's manifest says of the image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ManifestContent {
    /// The digest of the configuration; none of an index.
    pub(crate) config: Option<String>,
    /// The manifests that an index lists.
    pub(crate) manifests: Vec<String>,
}

/// The content of a manifest; `None` if the repository does not have it.
pub(crate) async fn manifest(aws: &Aws, repository: &str, digest: &str) -> Result<Option<ManifestContent>, LabError> {
    let Some(image) = get(aws, repository, digest).await? else { return Ok(None) };
    let bytes = image.image_manifest.unwrap_or_default().into_bytes();
    let media_type = oci::Manifest::media_type_of(&bytes, image.image_manifest_media_type.as_deref());
    let parsed = oci::Manifest::parse(bytes.into(), &media_type).map_err(|error| {
        let problem = Problem::new(Code::MalformedAnswer).with("action", "ecr:BatchGetImage");
        problem.details(error.to_string())
    })?;
    Ok(Some(match parsed.into_content() {
        oci::Content::Image { config, .. } => {
            ManifestContent { config: Some(config.digest.to_string()), manifests: Vec::new() }
        }
        oci::Content::Index { entries, .. } => ManifestContent {
            config: None,
            manifests: entries.into_iter().map(|entry| entry.blob.digest.to_string()).collect(),
        },
    }))
}

async fn get(aws: &Aws, repository: &str, digest: &str) -> Result<Option<aws_sdk_ecr::types::Image>, LabError> {
    let id = ImageIdentifier::builder().image_digest(digest).build();
    let response = aws.ecr.batch_get_image().repository_name(repository).image_ids(id).send().await;
    let response = response.map_err(|error| problem("ecr:BatchGetImage", error))?;
    Ok(response.images.unwrap_or_default().into_iter().next())
}

/// The result of a deletion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Deletion {
    /// It does not exist any more.
    Gone,
    /// An index refers to the image, so that it cannot be deleted.
    Referenced,
}

/// Deletes an image without tags. Succeeds if the image does not exist.
pub(crate) async fn delete_untagged(aws: &Aws, repository: &str, digest: &str) -> Result<Deletion, LabError> {
    remove(aws, repository, ImageIdentifier::builder().image_digest(digest).build()).await
}

/// Removes a tag from its image, and deletes the image if that was its last tag. By tag, so that a tag that another user has given
/// the image since it was read is not removed.
pub(crate) async fn untag(aws: &Aws, repository: &str, tag: &str) -> Result<Deletion, LabError> {
    remove(aws, repository, ImageIdentifier::builder().image_tag(tag).build()).await
}

async fn remove(aws: &Aws, repository: &str, id: ImageIdentifier) -> Result<Deletion, LabError> {
    let response = match aws.ecr.batch_delete_image().repository_name(repository).image_ids(id).send().await {
        Ok(response) => response,
        Err(error) if code(&error) == Some("RepositoryNotFoundException") => return Ok(Deletion::Gone),
        Err(error) => return Err(problem("ecr:BatchDeleteImage", error)),
    };
    let code = |failure: &ImageFailure| failure.failure_code().map_or("", |code| code.as_str()).to_owned();
    match response.failures().iter().find(|failure| code(failure) != "ImageNotFound") {
        None => Ok(Deletion::Gone),
        Some(failure) if code(failure) == "ImageReferencedByManifestList" => Ok(Deletion::Referenced),
        Some(failure) => {
            let reason = failure.failure_reason().unwrap_or_default();
            let problem = Problem::new(Code::ImageNotDeleted).with("repository", repository);
            Err(problem.details(format!("{}: {reason}", code(failure))).into())
        }
    }
}

/// Adds a tag to an image in the repository. Returns `false` if the image no longer exists.
pub(crate) async fn retag(aws: &Aws, repository: &str, digest: &str, tag: &str) -> Result<bool, LabError> {
    let Some(image) = get(aws, repository, digest).await? else { return Ok(false) };
    let put = aws
        .ecr
        .put_image()
        .repository_name(repository)
        .image_manifest(image.image_manifest().unwrap_or_default())
        .set_image_manifest_media_type(image.image_manifest_media_type().map(str::to_owned))
        .image_digest(digest)
        .image_tag(tag);
    match put.send().await {
        Ok(_) => Ok(true),
        // The image already has the tag.
        Err(error) if code(&error) == Some("ImageAlreadyExistsException") => Ok(true),
        Err(error) => Err(problem("ecr:PutImage", error)),
    }
}
