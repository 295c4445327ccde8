//! Goes through a JAR and the JARs inside it, as deep and as far as the limits allow.

use std::io::Read;

use tempfile::SpooledTempFile;

use super::{Artifact, Jar, manifest, properties, spool, zip};
use crate::error::Fault;
use crate::gauge::Gauge;

/// Longer than any real `pom.properties` or manifest's main section is.
const TEXT_LIMIT: u64 = 256 << 10;
const MANIFEST: &str = "META-INF/MANIFEST.MF";
const MAVEN: &str = "META-INF/maven/";
const POM: &str = "/pom.properties";
/// What was skipped in one JAR is told so many times.
const SKIPPED: usize = 16;

/// One JAR and those inside it.
pub(super) struct Walk<'g, 'a> {
    gauge: &'g Gauge<'a>,
    pub(super) jar: Jar,
}

impl<'g, 'a> Walk<'g, 'a> {
    pub(super) fn new(gauge: &'g Gauge<'a>) -> Self {
        Self { gauge, jar: Jar::default() }
    }

    /// Reads a JAR at a path of the image (or of the JAR around it), which is `within` the outermost one.
    pub(super) fn jar(&mut self, mut file: SpooledTempFile, path: &str, within: &str, depth: u32) -> Result<(), Fault> {
        match self.look(&mut file, path, within, depth) {
            Ok(()) => Ok(()),
            Err(fault) => self.skip(within, fault),
        }
    }

    fn look(&mut self, file: &mut SpooledTempFile, path: &str, within: &str, depth: u32) -> Result<(), Fault> {
        let members = zip::directory(file, |name| Wanted::of(name).is_some(), || self.gauge.jar_entry())?;
        let found_before = self.jar.artifacts.len();
        let mut own_manifest = None;
        for member in &members {
            self.gauge.go_on()?;
            match Wanted::of(&member.name) {
                Some(Wanted::Pom) => match text(file, member) {
                    Ok(text) => self.found(properties::artifact(&member.name, &text, within)),
                    Err(fault) => self.skip(&format!("{within}!/{}", member.name), fault)?,
                },
                Some(Wanted::Manifest) => own_manifest = text(file, member).ok(),
                Some(Wanted::Jar) | None => {}
            }
        }
        if self.jar.artifacts.len() == found_before
            && let Some(text) = own_manifest
        {
            self.found(manifest::artifact(&text, path, within));
        }
        for member in members.iter().filter(|member| Wanted::of(&member.name) == Some(Wanted::Jar)) {
            self.inner(file, member, within, depth + 1)?;
        }
        Ok(())
    }

    fn inner(
        &mut self,
        file: &mut SpooledTempFile,
        member: &zip::Member,
        within: &str,
        depth: u32,
    ) -> Result<(), Fault> {
        let within = format!("{within}!/{}", member.name);
        if depth > self.gauge.limits.jar_depth {
            return self.skip(&within, Fault::broken("it is too deep inside other JARs"));
        }
        let opened = match zip::open(file, member) {
            Ok(opened) => spool(self.gauge, opened, |more| self.gauge.jar_unpacked(more))?,
            Err(fault) => Err(fault),
        };
        match opened {
            Ok(inner) => self.jar(inner, &member.name, &within, depth),
            Err(fault) => self.skip(&within, fault),
        }
    }

    fn found(&mut self, artifact: Option<Artifact>) {
        self.jar.artifacts.extend(artifact.filter(|artifact| !self.jar.artifacts.contains(artifact)));
    }

    /// A JAR that cannot be read does not end the scan; that it was cancelled, or that this machine fails, does.
    fn skip(&mut self, within: &str, fault: Fault) -> Result<(), Fault> {
        match fault {
            Fault::Cancelled | Fault::Io(_) => Err(fault),
            fault => {
                if self.jar.skipped.len() < SKIPPED {
                    self.jar.skipped.push((within.to_owned(), fault.to_string()));
                }
                Ok(())
            }
        }
    }
}

/// What is of use in a JAR.
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
        ["jar", "war"].iter().any(|known| extension.eq_ignore_ascii_case(known)).then_some(Self::Jar)
    }
}

fn text(file: &mut SpooledTempFile, member: &zip::Member) -> Result<String, Fault> {
    let mut text = Vec::new();
    zip::open(file, member)?.take(TEXT_LIMIT).read_to_end(&mut text)?;
    Ok(String::from_utf8_lossy(&text).into_owned())
}
