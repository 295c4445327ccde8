//! A package in the Debian security tracker's list, as entries of the catalogue.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::catalogue::vulnerability::{Ecosystem, Source, Vulnerability};
use crate::import::osv::SOURCE;
use crate::version::debian::DebianVersion;

/// The releases by their codenames. `sid` has no number, so no image states that it is one.
const RELEASES: [(&str, &str); 6] =
    [("stretch", "9"), ("buster", "10"), ("bullseye", "11"), ("bookworm", "12"), ("trixie", "13"), ("forky", "14")];

/// The vulnerabilities of a source package, by id.
#[derive(Debug, Deserialize)]
#[serde(transparent)]
pub(super) struct Issues(BTreeMap<String, Issue>);

#[derive(Debug, Deserialize)]
struct Issue {
    description: Option<String>,
    releases: BTreeMap<String, Release>,
}

#[derive(Debug, Deserialize)]
struct Release {
    status: String,
    fixed_version: Option<String>,
}

impl Issues {
    pub(super) fn count(&self) -> usize {
        self.0.len()
    }

    /// The entries of the releases that are affected, and whether the release or its state is unknown instead.
    pub(super) fn entries(&self, package: &str) -> impl Iterator<Item = (Option<Vulnerability>, bool)> {
        let releases = self.0.iter().flat_map(|(id, issue)| issue.releases.iter().map(move |one| (id, issue, one)));
        releases.map(move |(id, issue, (codename, release))| {
            let number = RELEASES.iter().find(|(name, _)| name == codename).map(|(_, number)| *number);
            match (number, release.affected()) {
                (Some(number), Some((affected, fixed))) => {
                    (affected.map(|range| entry(id, issue, package, number, range, fixed)), false)
                }
                _ => (None, true),
            }
        })
    }
}

impl Release {
    /// The affected range, if there is one, and the fixed versions. `None` if the state is not determined.
    fn affected(&self) -> Option<(Option<String>, Vec<String>)> {
        match (self.status.as_str(), self.fixed_version.as_deref()) {
            ("open", _) => Some((Some("*".to_owned()), Vec::new())),
            // The release never had the vulnerability.
            ("resolved", Some("0")) => Some((None, Vec::new())),
            ("resolved", Some(version)) if version.parse::<DebianVersion>().is_ok() => {
                Some((Some(format!("<{version}")), vec![version.to_owned()]))
            }
            _ => None,
        }
    }
}

fn entry(id: &str, issue: &Issue, package: &str, release: &str, range: String, fixed: Vec<String>) -> Vulnerability {
    let title = format!("{package}: {id}");
    Vulnerability {
        id: id.to_owned(),
        aliases: Vec::new(),
        ecosystem: Ecosystem::Debian,
        release: Some(release.to_owned()),
        package: package.to_owned(),
        affected: vec![range],
        fixed,
        description: issue.description.clone().unwrap_or_else(|| title.clone()),
        title,
        severity: None,
        vendor_severity: None,
        cvss: None,
        cwes: Vec::new(),
        published: None,
        fix_published: None,
        epss: None,
        kev: None,
        exploit: None,
        references: vec![format!("https://security-tracker.debian.org/tracker/{id}")],
        sources: vec![Source { source: SOURCE.to_owned(), reference: id.to_owned() }],
    }
}
