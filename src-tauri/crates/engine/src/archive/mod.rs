//! Images as files, for `docker save` and `docker load`: one tar that is an OCI image layout and a docker-archive at once.
//! Transferring images to and from registries is left to `pull` and `push`.

mod channel;
mod contents;
mod docker_archive;
pub(crate) mod load;
mod oci_layout;
pub(crate) mod save;

/// The file that makes a folder an OCI image layout.
const OCI_LAYOUT: &str = "oci-layout";
/// The images of an OCI image layout.
const INDEX: &str = "index.json";
/// The images of a docker-archive.
const MANIFEST: &str = "manifest.json";

/// The whole name of an image in an index, as containerd and Docker write it.
const IMAGE_NAME: &str = "io.containerd.image.name";
/// The tag of an image in an index; other programs put the whole name here.
const REF_NAME: &str = "org.opencontainers.image.ref.name";

/// Where an image layout has a blob.
fn blob_path(digest: &oci::Digest) -> String {
    format!("blobs/{}", digest.as_str().replacen(':', "/", 1))
}
