//! How much of an image is read before the scan gives up.

/// Bounds of one scan. The default is far above what real images need.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of all layers once decompressed.
    pub unpacked: u64,
    /// How many times larger than its file a layer may be, once it is more than a gibibyte.
    pub ratio: u64,
    /// Entries of all layers' archives.
    pub entries: u64,
    /// Bytes of a path or of the target of a link.
    pub path: u64,
    /// Bytes of a file in which packages are listed.
    pub package_list: u64,
    /// Packages of the image.
    pub packages: usize,
    /// JARs in JARs: 0 reads the outermost only.
    pub jar_depth: u32,
    /// Bytes of one JAR. A larger one is skipped.
    pub jar: u64,
    /// Bytes that the JARs inside JARs unpack to, all of the image together. What comes after is skipped.
    pub jar_unpacked: u64,
    /// Entries of all JARs of the image. What comes after is skipped.
    pub jar_entries: u64,
    /// Bytes of a JAR that are held in memory; a larger one goes to an unnamed temporary file.
    pub jar_in_memory: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            unpacked: 64 << 30,
            ratio: 400,
            entries: 4_000_000,
            path: 4096,
            package_list: 16 << 20,
            packages: 100_000,
            jar_depth: 4,
            jar: 1 << 30,
            jar_unpacked: 16 << 30,
            jar_entries: 10_000_000,
            jar_in_memory: 8 << 20,
        }
    }
}
