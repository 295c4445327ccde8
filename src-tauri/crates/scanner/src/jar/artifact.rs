//! The artifacts in a JAR.

/// A Maven artifact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Artifact {
    /// `org.apache.logging.log4j`, if it is known.
    pub(crate) group: Option<String>,
    /// `log4j-core`
    pub(crate) name: String,
    pub(crate) version: String,
    /// Its path in the JAR, `!/BOOT-INF/lib/log4j-core-2.14.1.jar`; empty for the JAR itself.
    pub(crate) within: String,
}

/// The contents of a JAR.
#[derive(Debug, Default)]
pub(crate) struct Jar {
    pub(crate) artifacts: Vec<Artifact>,
    /// What could not be read: its path in the JAR, and the reason.
    pub(crate) skipped: Vec<(String, String)>,
}
