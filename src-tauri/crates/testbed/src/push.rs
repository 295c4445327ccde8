//! Pushes to a practice cloud's private registry, by HTTP.

use oci::Digest;
use practice::Practice;
use practice_images::OciLayout;

use crate::{
    aws::{authorization_token, ecr},
    http_client::http_client,
};

/// Pushes a layout's first image, without its index, and returns its digest.
///
/// # Panics
///
/// If the registry refuses it.
pub async fn push_image(practice: &Practice, repository: &str, tag: &str, layout: &OciLayout) -> String {
    let (http, token) = (http_client(), authorization_token(&ecr(practice)).await);
    let base = format!("{}/v2/{repository}", practice.endpoint());
    let image = &layout.platforms[0];
    let read = |digest: &Digest| std::fs::read(layout.blob_path(digest)).expect("a layout has its blobs");
    let blobs = image.layers.iter().chain([&image.config]).map(|blob| {
        let url = format!("{base}/blobs/uploads/?digest={}", blob.digest);
        http.post(url).body(read(&blob.digest))
    });
    let manifest = http.put(format!("{base}/manifests/{tag}")).body(read(&image.manifest.digest));
    let manifest = manifest.header("content-type", &image.manifest.media_type);
    for request in blobs.chain([manifest]) {
        let request = request.header("authorization", format!("Basic {token}"));
        let response = request.send().await.expect("the registry responds");
        assert_eq!(response.status(), 201, "{:?}", response.text().await);
    }
    image.manifest.digest.to_string()
}
