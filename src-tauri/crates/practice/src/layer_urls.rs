//! URLs from which a layer is downloaded without further credentials, like the presigned ones of S3: they are signed with the
//! account's secret key, and expire.

use std::time::Duration;

use hmac::{Hmac, KeyInit, Mac};
use http::Uri;
use oci::Digest;
use sha2::Sha256;

use crate::{cloud::Cloud, moment::Moment};

/// The path of all layers.
pub(crate) const PATH: &str = "/layers/";
/// How long a URL is valid.
const LIFETIME: Duration = Duration::from_hours(1);

/// Why a layer is not sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refused {
    /// The URL was not signed here, or was changed.
    Signature,
    /// It is too old.
    Expired,
}

/// A URL of the layer.
pub(crate) fn sign(cloud: &Cloud, repository: &str, digest: &Digest) -> String {
    let expires = (cloud.clock.moment() + LIFETIME).seconds() as u64;
    let path = format!("{PATH}{repository}/{digest}");
    let signature = hex::encode(mac(cloud, &path, expires).finalize().into_bytes());
    format!("http://{}{path}?expires={expires}&signature={signature}", cloud.names.private)
}

/// The path of the blob in the registry that the URL is for.
pub(crate) fn verify(cloud: &Cloud, uri: &Uri) -> Result<String, Refused> {
    let query = uri.query().unwrap_or_default();
    let value = |name: &str| {
        let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        pairs.filter(|(key, _)| *key == name).map(|(_, value)| value).next()
    };
    let expires: u64 = value("expires").and_then(|text| text.parse().ok()).ok_or(Refused::Signature)?;
    let signature = value("signature").and_then(|text| hex::decode(text).ok()).ok_or(Refused::Signature)?;
    mac(cloud, uri.path(), expires).verify_slice(&signature).map_err(|_| Refused::Signature)?;
    if cloud.clock.moment() >= Moment::default() + Duration::from_secs(expires) {
        return Err(Refused::Expired);
    }
    let layer = uri.path().strip_prefix(PATH).and_then(|layer| layer.rsplit_once('/'));
    layer.map(|(repository, digest)| format!("/v2/{repository}/blobs/{digest}")).ok_or(Refused::Signature)
}

fn mac(cloud: &Cloud, path: &str, expires: u64) -> Hmac<Sha256> {
    let key = cloud.store.read(|state| state.credentials.secret_key.clone());
    let mut mac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).expect("HMAC takes keys of any length");
    mac.update(format!("{path} {expires}").as_bytes());
    mac
}
