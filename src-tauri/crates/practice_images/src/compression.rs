//! How layers are packed.

/// How layers are packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Compression {
    /// gzip with stored blocks, as in the practice images.
    #[default]
    Gzip,
    /// An uncompressed tar archive.
    Plain,
}

impl Compression {
    /// The media type of a layer that is packed like this.
    pub(crate) fn layer_media_type(self) -> &'static str {
        match self {
            Self::Gzip => "application/vnd.oci.image.layer.v1.tar+gzip",
            Self::Plain => "application/vnd.oci.image.layer.v1.tar",
        }
    }
}
