//! Reads a JAR and the JARs nested in it, within the limits.

use std::{cell::Cell, collections::HashSet, io::Read, sync::Arc};

use crate::budget::Budget;
use crate::error::{ExceededLimit, Fault};
use crate::files::Size;
use crate::jar::artifact::{Artifact, Jar};
use crate::jar::spool::{Spool, spool};
use crate::jar::{identity, properties, zip};
use crate::recognize;

/// The most that is read of a `pom.properties` or manifest: longer than any real one's main section.
const TEXT_LIMIT: u64 = 256 << 10;
const CLASS: &str = ".class";
const MANIFEST: &str = "META-INF/MANIFEST.MF";
/// The greatest number of skipped entries that are recorded for one JAR.
const MAX_SKIPPED: usize = 16;

/// The reader of one outermost JAR.
pub(super) struct Walk<'g, 'a> {
    budget: &'g Budget<'a>,
    /// The size of the image's packages without this JAR.
    used: Size,
    /// The length of the outermost JAR's path.
    path: usize,
    pub(super) jar: Jar,
}

impl<'g, 'a> Walk<'g, 'a> {
    pub(super) fn new(budget: &'g Budget<'a>, used: Size, path: usize) -> Self {
        Self { budget, used, path, jar: Jar::default() }
    }

    /// Reads a JAR. `path` is its path in the image or in the outer JAR, `within` its path in the outermost JAR.
    pub(super) fn jar(&mut self, mut file: Spool, path: &str, within: &Arc<str>, depth: u32) -> Result<(), Fault> {
        match self.read_entries(&mut file, path, within, depth) {
            Ok(()) => Ok(()),
            Err(fault) => self.skip(within, fault),
        }
    }

    /// Records an entry that cannot be read, and continues. Cancellation and errors of this machine end the scan.
    pub(super) fn skip(&mut self, within: &str, fault: Fault) -> Result<(), Fault> {
        match fault {
            Fault::Cancelled | Fault::Io(_) => return Err(fault),
            Fault::LimitExceeded(limit) => self.budget.reach(limit),
            Fault::Broken(_) | Fault::MediaType(_) => {}
        }
        if self.jar.skipped.len() < MAX_SKIPPED {
            self.jar.skipped.push((within.to_owned(), fault.to_string()));
        } else {
            self.jar.skipped_unrecorded += 1;
        }
        Ok(())
    }

    fn read_entries(&mut self, file: &mut Spool, path: &str, within: &Arc<str>, depth: u32) -> Result<(), Fault> {
        let Members { members, has_classes } = self.members(file, within)?;
        // A JAR that merges others may have the same artifact twice.
        let mut artifacts = HashSet::new();
        let mut own_manifest = None;
        for member in &members {
            match Wanted::of(&member.name) {
                Some(Wanted::Pom) => match self.text(file, member) {
                    Ok(text) => {
                        let artifact = properties::artifact(&member.name, &text, within);
                        if let Some(artifact) = artifact.filter(|artifact| artifacts.insert(artifact.clone())) {
                            self.add(artifact)?;
                        }
                    }
                    Err(fault) => self.skip(&format!("{within}!/{}", member.name), fault)?,
                },
                Some(Wanted::Manifest) => own_manifest = self.text(file, member).ok(),
                Some(Wanted::Jar) | None => {}
            }
        }
        let is_jar = has_classes || own_manifest.is_some() || recognize::has_jar_extension(path);
        if artifacts.is_empty() && is_jar {
            match identity::artifact(own_manifest.as_deref(), path, within) {
                Some(artifact) => self.add(artifact)?,
                None => self.jar.unidentified += 1,
            }
        }
        drop(artifacts);
        for member in members.iter().filter(|member| Wanted::of(&member.name) == Some(Wanted::Jar)) {
            self.nested_jar(file, member, within, depth + 1)?;
        }
        Ok(())
    }

    /// The files in the JAR that are read.
    fn members(&mut self, file: &mut Spool, within: &str) -> Result<Members, Fault> {
        let limit = self.budget.limits.path;
        let (too_long, has_classes) = (Cell::new(0), Cell::new(false));
        let is_wanted = |name: &str| {
            has_classes.set(has_classes.get() || name.ends_with(CLASS));
            let is_wanted = Wanted::of(name).is_some();
            let is_too_long = is_wanted && (within.len() + name.len()) as u64 > limit;
            too_long.set(too_long.get() + u64::from(is_too_long));
            is_wanted && !is_too_long
        };
        let zip::Members { members, is_complete } = zip::directory(file, is_wanted, || self.budget.jar_entry())?;
        if !is_complete {
            self.skip(within, Fault::LimitExceeded(ExceededLimit::JarMembers(members.len() as u64)))?;
        }
        if too_long.get() > 0 {
            self.skip(within, Fault::LimitExceeded(ExceededLimit::Path(limit)))?;
            self.jar.skipped_unrecorded += too_long.get() - 1;
        }
        Ok(Members { members, has_classes: has_classes.get() })
    }

    fn nested_jar(&mut self, file: &mut Spool, member: &zip::Member, within: &str, depth: u32) -> Result<(), Fault> {
        let within: Arc<str> = format!("{within}!/{}", member.name).into();
        let limit = self.budget.limits.jar_depth;
        if depth > limit {
            return self.skip(&within, Fault::LimitExceeded(ExceededLimit::JarDepth(limit)));
        }
        self.budget.jar_member()?;
        let contents = match zip::open(file, member) {
            Ok(contents) => spool(self.budget, member.size, contents, |more| self.budget.jar_unpacked(more))?,
            Err(fault) => Err(fault),
        };
        match contents {
            Ok(inner) => self.jar(inner, &member.name, &within, depth),
            Err(fault) => self.skip(&within, fault),
        }
    }

    fn text(&self, file: &mut Spool, member: &zip::Member) -> Result<String, Fault> {
        self.budget.jar_member()?;
        let mut text = Vec::new();
        zip::open(file, member)?.take(TEXT_LIMIT).read_to_end(&mut text)?;
        self.budget.jar_metadata(text.len() as u64)?;
        Ok(String::from_utf8_lossy(&text).into_owned())
    }

    /// Adds an artifact, unless the image has too many: then the reading of this JAR ends.
    fn add(&mut self, artifact: Artifact) -> Result<(), Fault> {
        let limits = self.budget.limits;
        let (packages, text) = (self.jar.artifacts.len() + 1, self.jar.text + artifact.text());
        if self.used.packages + packages > limits.packages {
            return Err(Fault::LimitExceeded(ExceededLimit::Packages(limits.packages)));
        }
        if self.used.text + text + packages * self.path > limits.text {
            return Err(Fault::LimitExceeded(ExceededLimit::Text(limits.text)));
        }
        self.jar.text = text;
        self.jar.artifacts.push(artifact);
        Ok(())
    }
}

/// What the directory of a JAR lists.
struct Members {
    /// The files that are read.
    members: Vec<zip::Member>,
    /// Whether it has compiled code.
    has_classes: bool,
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
            Some(Self::Manifest)
        } else if recognize::is_pom(name) {
            Some(Self::Pom)
        } else {
            recognize::has_jar_extension(name).then_some(Self::Jar)
        }
    }
}
