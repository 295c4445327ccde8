//! The limits of a scan. All are counted, none is timed: a scan ends at the same point on every machine.

/// The limits of one scan. The defaults are far above what real images need.
///
/// Together they bound the memory of a scan to about 80 MiB, and its time to about that of decompressing its layers and
/// [`jar_unpacked`](Self::jar_unpacked) bytes more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of all layers after decompression.
    pub unpacked: u64,
    /// The compression ratio of a layer of more than one gibibyte.
    pub ratio: u64,
    /// Archive entries of all layers.
    pub entries: u64,
    /// Bytes of a path or of the target of a link, and of the path of a nested JAR in the outermost one.
    pub path: u64,
    /// Bytes of a file that lists packages.
    pub package_list: u64,
    /// Bytes of RPM's database, which is copied to a temporary file.
    pub rpm_database: u64,
    /// Packages of the image. An artifact in a JAR with two names counts twice.
    pub packages: usize,
    /// Bytes of the names, versions and paths of these packages.
    pub text: usize,
    /// The depth of nested JARs: 0 reads only the outermost.
    pub jar_depth: u32,
    /// Bytes of one JAR. Larger ones are skipped.
    pub jar: u64,
    /// Decompressed bytes of all nested JARs, and of all metadata files in JARs. Further ones are skipped.
    pub jar_unpacked: u64,
    /// Entries of all JARs of the image. Further JARs are skipped.
    pub jar_entries: u64,
    /// Files that are read in the JARs of the image: metadata and nested JARs. Further JARs are skipped.
    pub jar_members: u64,
    /// Bytes of a JAR that are kept in memory; larger JARs go to an unnamed temporary file.
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
            rpm_database: 512 << 20,
            packages: 100_000,
            text: 16 << 20,
            jar_depth: 5,
            jar: 1 << 30,
            jar_unpacked: 4 << 30,
            jar_entries: 4_000_000,
            jar_members: 500_000,
            jar_in_memory: 4 << 20,
        }
    }
}
