//! The registry under a client that was not written for it.

use oci_client::{
    Client, Reference,
    client::{ClientConfig, ClientProtocol, Config, ImageLayer},
    errors::{OciDistributionError, OciErrorCode},
    manifest::{IMAGE_LAYER_MEDIA_TYPE, OciDescriptor},
    secrets::RegistryAuth,
};
use registry::{AllowAll, Digest, Options, PatchStatus};
use testbed::http_client::install_tls_provider;

use crate::support::{Image, OCI_INDEX, Server, index};

fn client(server: &Server, monolithic: bool) -> Client {
    install_tls_provider();
    Client::new(ClientConfig {
        protocol: ClientProtocol::HttpsExcept(vec![server.addr.clone()]),
        use_monolithic_push: monolithic,
        no_proxy: Some("127.0.0.1".to_owned()),
        ..ClientConfig::default()
    })
}

fn reference(server: &Server, repo: &str, tag: &str) -> Reference {
    format!("{}/{repo}:{tag}", server.addr).parse().unwrap()
}

/// Bigger than the client's chunks of four mebibytes.
fn layers() -> Vec<ImageLayer> {
    let big = (0u32..(9 << 18)).flat_map(u32::to_le_bytes).collect::<Vec<_>>();
    [big, b"small".to_vec()]
        .into_iter()
        .map(|data| ImageLayer::new(data, IMAGE_LAYER_MEDIA_TYPE.to_owned(), None))
        .collect()
}

async fn round_trip(server: &Server, monolithic: bool, repo: &str) {
    let client = client(server, monolithic);
    let image = reference(server, repo, "latest");
    let config = Config::oci_v1(b"{}".to_vec(), None);
    client.push(&image, &layers(), config, &RegistryAuth::Anonymous, None).await.unwrap();
    let pulled = client.pull(&image, &RegistryAuth::Anonymous, vec![IMAGE_LAYER_MEDIA_TYPE]).await.unwrap();
    let mut sent: Vec<_> = layers().iter().map(ImageLayer::sha256_digest).collect();
    let mut got: Vec<_> = pulled.layers.iter().map(ImageLayer::sha256_digest).collect();
    sent.sort();
    got.sort();
    assert_eq!(sent, got);
    assert_eq!(pulled.config.data.as_ref(), b"{}");
    assert_eq!(client.list_tags(&image, &RegistryAuth::Anonymous, None, None).await.unwrap().tags, ["latest"]);
    let digest = client.fetch_manifest_digest(&image, &RegistryAuth::Anonymous).await.unwrap();
    assert_eq!(server.storage.images(repo).await.unwrap()[0].digest.as_str(), digest);
}

#[tokio::test]
async fn an_image_makes_the_round_trip_in_chunks() {
    round_trip(&Server::start().await, false, "some/where").await;
}

#[tokio::test]
async fn an_image_makes_the_round_trip_in_whole_blobs() {
    round_trip(&Server::start().await, true, "some/where").await;
}

#[tokio::test]
async fn a_client_that_wants_202_goes_on_with_whole_blobs_after_a_201() {
    let options = Options { patch_status: PatchStatus::EcrExact201, ..Options::default() };
    round_trip(&Server::with(AllowAll, options).await, true, "a").await;
}

#[tokio::test]
async fn a_client_mounts_resumes_and_reads_indexes() {
    let server = Server::with(AllowAll, Options { blob_mounting: true, ..Options::default() }).await;
    let client = client(&server, false);
    let image = Image::new("one");
    server.push("from", "latest", &image).await;
    let layer = Digest::of(&image.blobs[1]);
    let (from, to) = (reference(&server, "from", "latest"), reference(&server, "to", "latest"));
    client.store_auth_if_needed(&server.addr, &RegistryAuth::Anonymous).await;
    client.mount_blob(&to, &from, layer.as_str()).await.unwrap();
    assert!(client.blob_exists(&to, layer.as_str()).await.unwrap());
    assert!(!client.blob_exists(&to, Digest::of(b"absent").as_str()).await.unwrap());

    let size = i64::try_from(image.blobs[1].len()).unwrap();
    let descriptor = OciDescriptor { digest: layer.to_string(), size, ..OciDescriptor::default() };
    let rest = client.pull_blob_stream_partial(&from, &descriptor, 5, None).await.unwrap();
    let oci_client::client::BlobResponse::Partial(rest) = rest else { panic!("the whole blob came") };
    let rest: Vec<_> = futures::TryStreamExt::try_collect(rest.stream).await.unwrap();
    assert_eq!(rest.concat(), image.blobs[1][5..]);

    server.put_manifest("from", "index", &index(&[&image]), OCI_INDEX).await;
    let index_reference = reference(&server, "from", "index");
    let (bytes, digest) =
        client.pull_manifest_raw(&index_reference, &RegistryAuth::Anonymous, &[OCI_INDEX]).await.unwrap();
    assert_eq!((bytes.as_ref(), digest), (&index(&[&image])[..], Digest::of(&index(&[&image])).to_string()));

    let about = Image::about("signature", Some(&image.digest));
    server.push("from", "about", &about).await;
    let subject = reference(&server, "from", "latest").clone_with_digest(image.digest.to_string());
    let referrers = client.pull_referrers(&subject, None).await.unwrap();
    assert_eq!(referrers.manifests[0].digest, about.digest.as_str());
}

#[tokio::test]
async fn a_client_reads_our_envelope() {
    let server = Server::start().await;
    let absent = reference(&server, "nowhere", "latest");
    let failed = client(&server, false).pull_manifest(&absent, &RegistryAuth::Anonymous).await.unwrap_err();
    let OciDistributionError::RegistryError { envelope, .. } = failed else { panic!("{failed}") };
    assert_eq!(envelope.errors[0].code, OciErrorCode::ManifestUnknown);
}
