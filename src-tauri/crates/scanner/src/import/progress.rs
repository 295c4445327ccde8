//! How far an import is.

/// How far an import is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ImportProgress {
    /// The position of the file that is being read.
    pub file: usize,
    /// The bytes of it that were read.
    pub read: u64,
    /// Its size.
    pub size: u64,
    /// The entries of all files so far.
    pub entries: u64,
}
