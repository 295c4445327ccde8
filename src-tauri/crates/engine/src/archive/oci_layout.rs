//! The images of an OCI image layout, as `docker save` (since version 25), `skopeo copy … oci-archive:` and `BuildKit` write it.

use oci::{Content, IndexEntry, Manifest, Platform, Reference, media_types};

use super::{
    IMAGE_NAME, INDEX, REF_NAME,
    contents::{Contents, FoundImage},
};
use crate::{
    failure::{ApiResult, Failure},
    image_config::ImageConfig,
    store::{Store, state::ImageRecord},
};

/// The images that `index.json` lists, each with its name if it has one. Of a nested index the image of this machine's platform is
/// taken, or else the first one that the archive has.
///
/// # Errors
///
/// 400 if a document is invalid or something is missing.
pub(super) fn images(store: &Store, contents: &Contents, index: &[u8]) -> ApiResult<Vec<FoundImage>> {
    let index =
        Manifest::parse(index.to_vec().into(), media_types::OCI_INDEX).map_err(|error| invalid(INDEX, &error))?;
    let Content::Index { entries, document } = index.into_content() else { return Ok(Vec::new()) };
    let mut images = Vec::new();
    for (entry, descriptor) in entries.iter().zip(document.manifests()) {
        let annotation = |name: &str| descriptor.annotations().as_ref()?.get(name).map(String::as_str);
        let name = name(annotation(IMAGE_NAME), annotation(REF_NAME));
        if let Some(record) = image(store, contents, entry)? {
            images.push(FoundImage { record, names: name.into_iter().collect() });
        }
    }
    Ok(images)
}

/// `None` for what is no image, such as an attestation.
fn image(store: &Store, contents: &Contents, entry: &IndexEntry) -> ApiResult<Option<ImageRecord>> {
    contents.check_blob(&entry.blob)?;
    let manifest = parse(store, entry)?;
    match manifest.content() {
        Content::Image { config, .. } if !media_types::is_image_config(&config.media_type) => Ok(None),
        Content::Image { config, layers, .. } => {
            for blob in layers.iter().chain([config]) {
                contents.check_blob(blob)?;
            }
            let document = ImageConfig::parse(&store.document_now(&config.digest)?)?;
            Ok(Some(ImageRecord::new(manifest.blob().clone(), config.clone(), layers.clone(), &document)))
        }
        Content::Index { entries, .. } => {
            let present: Vec<_> =
                entries.iter().filter(|entry| contents.has_blob(&entry.blob.digest)).cloned().collect();
            let chosen = IndexEntry::choose(&present, &Platform::host()).or(present.first());
            let chosen = chosen.filter(|chosen| !media_types::is_index(&chosen.blob.media_type)).ok_or_else(|| {
                Failure::bad_request(format!("the archive has none of the images that {} lists", entry.blob.digest))
            })?;
            image(store, contents, chosen)
        }
    }
}

fn parse(store: &Store, entry: &IndexEntry) -> ApiResult<Manifest> {
    let bytes = store.document_now(&entry.blob.digest)?;
    Manifest::parse(bytes.into(), &entry.blob.media_type).map_err(|error| invalid(entry.blob.digest.as_str(), &error))
}

/// The name of an image: containerd's annotation, or OCI's if it holds more than a tag.
fn name(image_name: Option<&str>, ref_name: Option<&str>) -> Option<Reference> {
    let whole = image_name.or_else(|| ref_name.filter(|name| name.contains([':', '/'])))?;
    Reference::parse(whole).ok().map(Reference::or_latest).filter(|reference| reference.digest.is_none())
}

fn invalid(what: &str, error: &dyn std::error::Error) -> Failure {
    Failure::bad_request(format!("the archive is damaged: {what}: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_alone_names_no_image() {
        let named = |image: Option<&str>, reference: Option<&str>| name(image, reference).map(|name| name.to_string());
        assert_eq!(named(Some("r.io/a:1"), Some("1")).as_deref(), Some("r.io/a:1"));
        assert_eq!(named(None, Some("docker.io/library/a:1")).as_deref(), Some("docker.io/library/a:1"));
        assert_eq!(named(None, Some("a:1")).as_deref(), Some("docker.io/library/a:1"));
        assert_eq!(named(None, Some("latest")), None);
        assert_eq!(named(None, None), None);
    }
}
