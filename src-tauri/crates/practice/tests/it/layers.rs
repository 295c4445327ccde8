//! The layer API: uploads in parts, and downloads from URLs.

use aws_sdk_ecr::{error::ProvideErrorMetadata, primitives::Blob};
use reqwest::StatusCode;

use crate::support::{Cloud, Image, code, digest};

const MIB: usize = 1 << 20;

impl Cloud {
    async fn initiate(&self) -> String {
        let initiated = self.ecr.initiate_layer_upload().repository_name("app").send().await.unwrap();
        assert_eq!(initiated.part_size(), Some(10 * MIB as i64));
        initiated.upload_id().unwrap().to_owned()
    }

    /// Uploads a part and returns the last byte that was received, or the code of the error.
    async fn part(&self, upload: &str, first: usize, bytes: &[u8]) -> Result<i64, String> {
        let last = first + bytes.len() - 1;
        let part = self.ecr.upload_layer_part().repository_name("app").upload_id(upload).part_first_byte(first as i64);
        match part.part_last_byte(last as i64).layer_part_blob(Blob::new(bytes)).send().await {
            Ok(part) => Ok(part.last_byte_received().unwrap()),
            error => Err(code(error)),
        }
    }

    async fn complete(&self, upload: &str, digest: &str) -> Result<String, String> {
        let complete = self.ecr.complete_layer_upload().repository_name("app").upload_id(upload);
        match complete.layer_digests(digest).send().await {
            Ok(complete) => Ok(complete.layer_digest().unwrap().to_owned()),
            error => Err(code(error)),
        }
    }
}

async fn cloud() -> Cloud {
    let cloud = Cloud::start().await;
    cloud.create("app").await;
    cloud
}

/// An image that is pushed without a registry protocol.
#[tokio::test]
async fn an_image_is_pushed_and_pulled_by_the_api_alone() {
    let cloud = cloud().await;
    let image = Image::of_layer(&vec![7; 12 * MIB]);
    for blob in image.layers.iter().map(|(_, blob)| blob).chain([&image.config]) {
        let upload = cloud.initiate().await;
        let mut sent = 0;
        for part in blob.chunks(10 * MIB) {
            let last = cloud.part(&upload, sent, part).await.unwrap();
            sent += part.len();
            assert_eq!(last, sent as i64 - 1);
        }
        assert_eq!(cloud.complete(&upload, &digest(blob)).await, Ok(digest(blob)));
    }
    let layer = &image.layers[0].1;
    let url = || cloud.ecr.get_download_url_for_layer().repository_name("app").layer_digest(digest(layer)).send();
    assert_eq!(code(url().await), "LayerInaccessibleException", "no image has it yet");
    let manifest = String::from_utf8(image.manifest()).unwrap();
    cloud.ecr.put_image().repository_name("app").image_manifest(manifest).image_tag("latest").send().await.unwrap();
    let url = url().await.unwrap();
    assert_eq!(url.layer_digest(), Some(digest(layer).as_str()));
    let pulled = cloud.http.get(url.download_url().unwrap()).send().await.unwrap();
    assert_eq!(pulled.status(), StatusCode::OK);
    assert_eq!(digest(&pulled.bytes().await.unwrap()), digest(layer));
    let part = cloud.http.get(url.download_url().unwrap()).header("range", "bytes=0-9").send().await.unwrap();
    assert_eq!((part.status(), part.bytes().await.unwrap().len()), (StatusCode::PARTIAL_CONTENT, 10));
}

#[tokio::test]
async fn a_url_is_valid_for_its_layer_for_an_hour_and_after_a_restart() {
    let cloud = Cloud::manual().await;
    cloud.create("app").await;
    let image = Image::plain(1);
    cloud.push("app", "latest", &image).await;
    let layer = digest(&image.layers[0].1);
    let url = cloud.ecr.get_download_url_for_layer().repository_name("app").layer_digest(&layer).send().await.unwrap();
    let url = url.download_url().unwrap().to_owned();
    let get = async |url: &str| {
        let response = cloud.http.get(url).send().await.unwrap();
        (response.status().as_u16(), response.text().await.unwrap())
    };
    assert_eq!(get(&url).await.0, 200);
    let config = digest(&image.config);
    for other in
        [url.replace(&layer, &config), url.replace("expires=", "expires=9"), url.replace("signature=", "signature=0")]
    {
        let (status, body) = get(&other).await;
        assert!(status == 403 && body.contains("SignatureDoesNotMatch"), "{other}: {body}");
    }
    cloud.advance(3600);
    let (status, body) = get(&url).await;
    assert!(status == 403 && body.contains("Request has expired"), "{body}");

    let fresh =
        cloud.ecr.get_download_url_for_layer().repository_name("app").layer_digest(&layer).send().await.unwrap();
    let fresh = fresh.download_url().unwrap().to_owned();
    let before = cloud.practice.endpoint();
    let cloud = cloud.restart().await;
    let moved = fresh.replace(&before, &cloud.practice.endpoint());
    assert_eq!(cloud.http.get(moved).send().await.unwrap().status(), StatusCode::OK);
}

#[tokio::test]
async fn a_part_begins_where_the_last_one_ended() {
    let cloud = cloud().await;
    let upload = cloud.initiate().await;
    assert_eq!(cloud.part(&upload, 1, b"abc").await.unwrap_err(), "InvalidLayerPartException");
    assert_eq!(cloud.part(&upload, 0, b"abc").await, Ok(2));
    assert_eq!(cloud.part(&upload, 2, b"def").await.unwrap_err(), "InvalidLayerPartException");
    let wrong = cloud.ecr.upload_layer_part().repository_name("app").upload_id(&upload).part_first_byte(3);
    let wrong = wrong.part_last_byte(9).layer_part_blob(Blob::new("def")).send().await.unwrap_err();
    assert_eq!(wrong.code(), Some("InvalidLayerPartException"));
    let wrong = wrong.into_service_error();
    let aws_sdk_ecr::operation::upload_layer_part::UploadLayerPartError::InvalidLayerPartException(wrong) = wrong
    else {
        panic!("{wrong}")
    };
    assert_eq!((wrong.last_valid_byte_received(), wrong.upload_id()), (Some(2), Some(upload.as_str())));
    assert_eq!(cloud.part(&upload, 3, b"def").await, Ok(5));
    assert_eq!(cloud.complete(&upload, &digest(b"abcdef")).await.unwrap_err(), "LayerPartTooSmallException");
}

#[tokio::test]
async fn an_upload_ends_as_a_layer_of_its_digest_or_not_at_all() {
    let cloud = cloud().await;
    let upload = cloud.initiate().await;
    assert_eq!(cloud.complete(&upload, &digest(b"")).await.unwrap_err(), "EmptyUploadException");
    cloud.part(&upload, 0, b"abc").await.unwrap();
    assert_eq!(cloud.complete(&upload, "nonsense").await.unwrap_err(), "InvalidParameterException");
    assert_eq!(cloud.complete(&upload, &digest(b"other")).await.unwrap_err(), "InvalidLayerException");
    assert_eq!(cloud.complete(&upload, &digest(b"abc")).await.unwrap_err(), "UploadNotFoundException");

    for expected in [Ok(digest(b"abc")), Err("LayerAlreadyExistsException".to_owned())] {
        let upload = cloud.initiate().await;
        cloud.part(&upload, 0, b"abc").await.unwrap();
        assert_eq!(cloud.complete(&upload, &digest(b"abc")).await, expected);
    }
    let unfinished = cloud.initiate().await;
    cloud.part(&unfinished, 0, b"abc").await.unwrap();
    // Uploads end with the process, as the files of the registry's do; a layer stays.
    let cloud = cloud.restart().await;
    assert_eq!(cloud.part(&unfinished, 3, b"def").await.unwrap_err(), "UploadNotFoundException");
    let layers = cloud.ecr.batch_check_layer_availability().repository_name("app").layer_digests(digest(b"abc")).send();
    assert_eq!(layers.await.unwrap().layers()[0].layer_size(), Some(3));
}

#[tokio::test]
async fn layers_and_uploads_are_of_a_repository() {
    let cloud = cloud().await;
    let nowhere = cloud.ecr.initiate_layer_upload().repository_name("nowhere").send().await;
    assert_eq!(code(nowhere), "RepositoryNotFoundException");
    cloud.create("other").await;
    let upload = cloud.initiate().await;
    let part = cloud.ecr.upload_layer_part().upload_id(&upload).part_first_byte(0).part_last_byte(2);
    let part = part.layer_part_blob(Blob::new("abc"));
    assert_eq!(code(part.clone().repository_name("other").send().await), "UploadNotFoundException");
    assert_eq!(code(part.repository_name("nowhere").send().await), "RepositoryNotFoundException");
    assert_eq!(cloud.part("not-an-id", 0, b"abc").await.unwrap_err(), "InvalidParameterException");
    let url = |name: &str, digest: &str| {
        cloud.ecr.get_download_url_for_layer().repository_name(name).layer_digest(digest).send()
    };
    assert_eq!(code(url("nowhere", &digest(b"abc")).await), "RepositoryNotFoundException");
    assert_eq!(code(url("app", &digest(b"abc")).await), "LayersNotFoundException");
    assert_eq!(code(url("app", "nonsense").await), "InvalidParameterException");
}
