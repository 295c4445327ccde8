//! Reads a JAR and the JARs nested in it, within the limits.

use std::io::Read;

use tempfile::SpooledTempFile;

use crate::budget::Budget;
use crate::error::Fault;
use crate::jar::artifact::{Artifact, Jar};
use crate::jar::spool::spool;
use crate::jar::{manifest, properties, zip};

/// The most that is read of a `pom.properties` or manifest: longer than any real one's main section.
const TEXT_LIMIT: u64 = 256 << 10;
const MANIFEST: &str = "META-INF/MANIFEST.MF";
const MAVEN: &str = "META-INF/maven/";
const POM: &str = "/pom.properties";
/// The greatest number of skipped entries that are recorded for one JAR.
const MAX_SKIPPED: usize = 16;

/// The reader of one outermost JAR.
pub(super) struct Walk<'g, 'a> {
    budget: &'g Budget<'a>,
    pub(super) jar: Jar,
}

impl<'g, 'a> Walk<'g, 'a> {
    pub(super) fn new(budget: &'g Budget<'a>) -> Self {
        Self { budget, jar: Jar::default() }
    }

    /// Reads a JAR. `path` is its path in the image or in the outer JAR, `within` its path in the outermost JAR.
    pub(super) fn jar(&mut self, mut file: SpooledTempFile, path: &str, within: &str, depth: u32) -> Result<(), Fault> {
        match self.read_entries(&mut file, path, within, depth) {
            Ok(()) => Ok(()),
            Err(fault) => self.skip(within, fault),
        }
    }

    fn read_entries(&mut self, file: &mut SpooledTempFile, path: &str, within: &str, depth: u32) -> Result<(), Fault> {
        let members = zip::directory(file, |name| Wanted::of(name).is_some(), || self.budget.jar_entry())?;
        let artifacts_before = self.jar.artifacts.len();
        let mut own_manifest = None;
        for member in &members {
            self.budget.check_cancelled()?;
            match Wanted::of(&member.name) {
                Some(Wanted::Pom) => match text(file, member) {
                    Ok(text) => self.add(properties::artifact(&member.name, &text, within)),
                    Err(fault) => self.skip(&format!("{within}!/{}", member.name), fault)?,
                },
                Some(Wanted::Manifest) => own_manifest = text(file, member).ok(),
                Some(Wanted::Jar) | None => {}
            }
        }
        if self.jar.artifacts.len() == artifacts_before
            && let Some(text) = own_manifest
        {
            self.add(manifest::artifact(&text, path, within));
        }
        for member in members.iter().filter(|member| Wanted::of(&member.name) == Some(Wanted::Jar)) {
            self.nested_jar(file, member, within, depth + 1)?;
        }
        Ok(())
    }

    fn nested_jar(
        &mut self,
        file: &mut SpooledTempFile,
        member: &zip::Member,
        within: &str,
        depth: u32,
    ) -> Result<(), Fault> {
        let within = format!("{within}!/{}", member.name);
        if depth > self.budget.limits.jar_depth {
            return self.skip(&within, Fault::broken("it is too deep inside other JARs"));
        }
        let contents = match zip::open(file, member) {
            Ok(contents) => spool(self.budget, contents, |more| self.budget.jar_unpacked(more))?,
            Err(fault) => Err(fault),
        };
        match contents {
            Ok(inner) => self.jar(inner, &member.name, &within, depth),
            Err(fault) => self.skip(&within, fault),
        }
    }

    fn add(&mut self, artifact: Option<Artifact>) {
        self.jar.artifacts.extend(artifact.filter(|artifact| !self.jar.artifacts.contains(artifact)));
    }

    /// Records an entry that cannot be read, and continues. Cancellation and errors of this machine end the scan.
    fn skip(&mut self, within: &str, fault: Fault) -> Result<(), Fault> {
        match fault {
            Fault::Cancelled | Fault::Io(_) => Err(fault),
            fault => {
                if self.jar.skipped.len() < MAX_SKIPPED {
                    self.jar.skipped.push((within.to_owned(), fault.to_string()));
                }
                Ok(())
            }
        }
    }
}

/// An entry of a JAR that is read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    Pom,
    Manifest,
    Jar,
}

impl Wanted {
    fn of(name: &str) -> Option<Self> {
        if name == MANIFEST {
            return Some(Self::Manifest);
        }
        if name.ends_with(POM) && name.match_indices(MAVEN).any(|(at, _)| at == 0 || name[..at].ends_with('/')) {
            return Some(Self::Pom);
        }
        let extension = name.rsplit_once('.').map(|(_, extension)| extension)?;
        ["jar", "war"].iter().any(|jar| extension.eq_ignore_ascii_case(jar)).then_some(Self::Jar)
    }
}

fn text(file: &mut SpooledTempFile, member: &zip::Member) -> Result<String, Fault> {
    let mut text = Vec::new();
    zip::open(file, member)?.take(TEXT_LIMIT).read_to_end(&mut text)?;
    Ok(String::from_utf8_lossy(&text).into_owned())
}
