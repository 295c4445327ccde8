//! The artifacts in a JAR.

use std::sync::Arc;

/// A Maven artifact.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Artifact {
    /// `org.apache.logging.log4j`, if it is known.
    pub(crate) group: Option<Box<str>>,
    /// `log4j-core`
    pub(crate) name: Box<str>,
    pub(crate) version: Box<str>,
    /// Its path in the JAR, `!/BOOT-INF/lib/log4j-core-2.14.1.jar`; empty for the JAR itself. All artifacts of a JAR share it.
    pub(crate) within: Arc<str>,
}

impl Artifact {
    /// `group:artifact`; only the artifact if the group is unknown.
    pub(crate) fn full_name(&self) -> String {
        match &self.group {
            Some(group) => format!("{group}:{}", self.name),
            None => self.name.to_string(),
        }
    }

    /// The bytes of its texts. The path counts for each artifact, because each becomes a package with its own path.
    pub(crate) fn text(&self) -> usize {
        self.group.as_ref().map_or(0, |group| group.len()) + self.name.len() + self.version.len() + self.within.len()
    }
}

/// The contents of a JAR.
#[derive(Debug, Default)]
pub(crate) struct Jar {
    pub(crate) artifacts: Vec<Artifact>,
    /// The bytes of the artifacts' texts.
    pub(crate) text: usize,
    /// What could not be read: its path in the JAR, and the reason.
    pub(crate) skipped: Vec<(String, String)>,
    /// The number of further files that could not be read.
    pub(crate) skipped_unrecorded: u64,
    /// The number of JARs, nested ones too, that cannot be identified.
    pub(crate) unidentified: u64,
}

impl Jar {
    /// A JAR that was unpacked, of which only this is left.
    pub(crate) fn of(artifact: Artifact) -> Self {
        Self { text: artifact.text(), artifacts: vec![artifact], ..Self::default() }
    }

    /// Whether it holds anything: many other archives have the format of JARs.
    pub(crate) fn is_relevant(&self) -> bool {
        !self.artifacts.is_empty() || self.unidentified > 0
    }
}
