//! Groups of findings with a common property, and their counts.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use crate::{
    api::inspector2::aggregations::kind::Aggregation, cloud::Cloud, config::ACCOUNT, observe::ObservedFinding,
};

/// Findings with a common property.
#[derive(Debug)]
pub(super) struct Group {
    /// Identifies the group.
    pub(super) key: String,
    /// The name that filters match: of a package or a layer.
    pub(super) name: String,
    /// The members of the response that identify the group.
    members: Map<String, Value>,
    severities: BTreeMap<String, u64>,
    all: u64,
    with_fix: u64,
    with_exploit: u64,
    images: BTreeSet<(String, String)>,
    aggregation: Aggregation,
}

/// Groups the findings. A finding in several packages belongs to the group of each.
pub(super) fn groups(cloud: &Cloud, aggregation: Aggregation, findings: &[ObservedFinding]) -> Vec<Group> {
    let mut groups: BTreeMap<String, Group> = BTreeMap::new();
    for finding in findings {
        for (key, name, members) in keys(cloud, aggregation, finding) {
            let group = groups.entry(key.clone()).or_insert_with(|| Group::new(aggregation, key, name, members));
            group.count(finding);
        }
    }
    groups.into_values().collect()
}

type Key = (String, String, Value);

fn keys(cloud: &Cloud, aggregation: Aggregation, observed: &ObservedFinding) -> Vec<Key> {
    let (finding, image) = (observed.finding(), &observed.image);
    let resource = || cloud.names.image_arn(&image.repository, &image.digest);
    let one = |name: &str, members: Value| vec![(name.to_owned(), name.to_owned(), members)];
    match aggregation {
        Aggregation::Repository => one(&image.repository, json!({ "repository": image.repository })),
        Aggregation::AwsEcrContainer => one(
            &resource(),
            json!({
                "resourceId": resource(),
                "imageSha": image.digest,
                "repository": image.repository,
                "architecture": observed.report().architecture,
                "imageTags": image.tags,
            }),
        ),
        Aggregation::ImageLayer => {
            let layers: BTreeSet<_> = finding.packages.iter().filter_map(|package| package.layer.as_ref()).collect();
            let layer = |layer: &&String| {
                let members = json!({ "repository": image.repository, "resourceId": resource(), "layerHash": layer });
                (format!("{} {layer}", resource()), (*layer).clone(), members)
            };
            layers.iter().map(layer).collect()
        }
        Aggregation::Package => {
            let names: BTreeSet<_> = finding.packages.iter().map(|package| &package.name).collect();
            let package = |name: &&String| ((*name).clone(), (*name).clone(), json!({ "packageName": name }));
            names.iter().map(package).collect()
        }
        Aggregation::Title => {
            let mut members = json!({ "title": finding.title });
            if let Some(id) = &finding.vulnerability {
                members["vulnerabilityId"] = id.as_str().into();
            }
            one(&finding.title, members)
        }
        Aggregation::FindingType | Aggregation::Account => one(ACCOUNT, json!({})),
    }
}

impl Group {
    fn new(aggregation: Aggregation, key: String, name: String, members: Value) -> Self {
        let members = match members {
            Value::Object(members) => members,
            _ => Map::new(),
        };
        Self {
            key,
            name,
            members,
            severities: BTreeMap::new(),
            all: 0,
            with_fix: 0,
            with_exploit: 0,
            images: BTreeSet::new(),
            aggregation,
        }
    }

    fn count(&mut self, observed: &ObservedFinding) {
        let finding = observed.finding();
        self.all += 1;
        *self.severities.entry(finding.severity.clone()).or_default() += 1;
        self.with_fix += u64::from(finding.fix_available == "YES");
        self.with_exploit += u64::from(finding.exploit_available == "YES");
        self.images.insert((observed.image.repository.clone(), observed.image.digest.clone()));
    }

    /// The sort key; equal counts are ordered by name.
    pub(super) fn weight(&self, by: &str) -> (u64, u64, &str) {
        let number = match by {
            "AFFECTED_IMAGES" => self.images.len() as u64,
            "ALL" => self.all,
            severity => self.of(severity),
        };
        (number, self.all, &self.key)
    }

    pub(super) fn into_json(self) -> Value {
        let counts = json!({
            "all": self.all,
            "critical": self.of("CRITICAL"),
            "high": self.of("HIGH"),
            "medium": self.of("MEDIUM"),
            "low": self.of("LOW"),
            "informational": self.of("INFORMATIONAL"),
            "untriaged": self.of("UNTRIAGED"),
        });
        let mut members = self.members;
        members.insert("accountId".into(), ACCOUNT.into());
        members.insert("severityCounts".into(), counts);
        match self.aggregation {
            Aggregation::Repository => {
                members.insert("affectedImages".into(), self.images.len().into());
            }
            Aggregation::FindingType | Aggregation::Account => {
                members.insert("exploitAvailableCount".into(), self.with_exploit.into());
                members.insert("fixAvailableCount".into(), self.with_fix.into());
            }
            _ => {}
        }
        Value::Object(members)
    }

    fn of(&self, severity: &str) -> u64 {
        self.severities.get(severity).copied().unwrap_or(0)
    }
}
