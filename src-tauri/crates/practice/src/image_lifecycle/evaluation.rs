//! Which images a lifecycle policy acts on, by the evaluation rules of the user guide: all rules are evaluated together and
//! applied by their priority, and what a rule selects is out of reach for later ones.

use std::{collections::BTreeSet, time::Duration};

use oci::Digest;
use registry::ImageRecord;

use crate::{
    filters::wildcard,
    image_lifecycle::policy::{LifecyclePolicy, Limit, Rule, TagSelection},
    moment::Moment,
    state::image_lifecycle::{Action, Archive},
};

/// An image that a rule acts on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Affected {
    pub(crate) digest: Digest,
    pub(crate) priority: u32,
    pub(crate) action: Action,
}

/// What the policy does to the images at this time, in the order of its rules; those of one rule oldest first.
pub(crate) fn evaluate(
    policy: &LifecyclePolicy,
    images: &[ImageRecord],
    archive: &Archive,
    at: Moment,
) -> Vec<Affected> {
    let mut claimed: BTreeSet<&Digest> = BTreeSet::new();
    let mut affected = Vec::new();
    for rule in &policy.rules {
        let selected: Vec<_> = images.iter().filter(|image| selects(rule, image, images, archive, at)).collect();
        let excess = selected.len().saturating_sub(rule.kept());
        for (position, image) in selected.iter().enumerate() {
            let is_over = match rule.limit {
                Limit::Count(_) => position < excess,
                Limit::SincePushed(days) => is_older(image.pushed_at.into(), days, at),
                Limit::SincePulled(days) => is_older(last_used(image, archive), days, at),
                Limit::SinceArchived(days) => {
                    archive.get(image.digest.as_str()).is_some_and(|archived| is_older(archived.archived_at, days, at))
                }
            };
            // A member stays for as long as an index lists it.
            if is_over && !image.referenced_by_index && !claimed.contains(&image.digest) {
                affected.push(Affected { digest: image.digest.clone(), priority: rule.priority, action: rule.action });
            }
        }
        claimed.extend(selected.iter().map(|image| &image.digest));
    }
    affected
}

impl Rule {
    /// How many of the selected images it leaves in any case.
    fn kept(&self) -> usize {
        match self.limit {
            Limit::Count(count) => count,
            _ => 0,
        }
    }
}

/// Whether a rule selects an image. Signatures and other artifacts that refer to an image are not selected: they go with it.
fn selects(rule: &Rule, image: &ImageRecord, images: &[ImageRecord], archive: &Archive, at: Moment) -> bool {
    let status = archive.status(image.digest.as_str(), at);
    status.storage_class() == Some(rule.storage_class)
        && has_tags(&rule.tags, image)
        && !image.subject.as_ref().is_some_and(|subject| images.iter().any(|image| image.digest == *subject))
}

fn has_tags(selection: &TagSelection, image: &ImageRecord) -> bool {
    match selection {
        TagSelection::Any => true,
        TagSelection::Untagged => image.tags.is_empty(),
        TagSelection::Prefixes(prefixes) => {
            prefixes.iter().all(|prefix| image.tags.iter().any(|tag| tag.starts_with(prefix)))
        }
        TagSelection::Patterns(patterns) => {
            patterns.iter().all(|pattern| image.tags.iter().any(|tag| wildcard(pattern, tag)))
        }
    }
}

fn is_older(since: Moment, days: u32, at: Moment) -> bool {
    at >= since + Duration::from_hours(24 * u64::from(days))
}

/// When an image was last pulled, or else pushed; for one that was restored since, when that was.
fn last_used(image: &ImageRecord, archive: &Archive) -> Moment {
    let used = Moment::from(image.last_pulled_at.unwrap_or(image.pushed_at));
    let restored = archive.get(image.digest.as_str()).and_then(|archived| archived.activated_at);
    used.max(restored.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde_json::{Value, json};

    use super::*;

    const DAY: Duration = Duration::from_hours(24);

    fn start() -> Moment {
        Moment::of_date("2026-01-01").unwrap()
    }

    /// An image that was pushed so many days after the start.
    fn image(name: &str, tags: &[&str], day: u32) -> ImageRecord {
        ImageRecord {
            digest: Digest::of(name.as_bytes()),
            media_type: "image".into(),
            tags: tags.iter().map(|tag| (*tag).to_owned()).collect(),
            pushed_at: (start() + DAY * day).into(),
            size: 1,
            manifest_size: 1,
            last_pulled_at: None,
            artifact_type: None,
            subject: None,
            annotations: BTreeMap::new(),
            children: Vec::new(),
            referenced_by_index: false,
        }
    }

    fn rule(priority: u32, selection: &Value) -> Value {
        json!({ "rulePriority": priority, "selection": selection, "action": { "type": "expire" } })
    }

    /// The images that the rules act on after so many days, with the priorities of the rules.
    fn affected(rules: &[Value], images: &[ImageRecord], archive: &Archive, day: u32) -> Vec<(usize, u32)> {
        let policy = LifecyclePolicy::parse(&json!({ "rules": rules }).to_string()).unwrap();
        let affected = evaluate(&policy, images, archive, start() + DAY * day);
        let position = |digest: &Digest| images.iter().position(|image| image.digest == *digest).unwrap();
        affected.iter().map(|affected| (position(&affected.digest), affected.priority)).collect()
    }

    fn count(tags: &Value, count: u32) -> Value {
        let mut selection = json!({ "countType": "imageCountMoreThan", "countNumber": count });
        for (name, value) in tags.as_object().unwrap() {
            selection[name] = value.clone();
        }
        selection
    }

    fn tagged(prefixes: &[&str]) -> Value {
        json!({ "tagStatus": "tagged", "tagPrefixList": prefixes })
    }

    /// Example A of "Filtering on multiple rules" in the user guide.
    #[test]
    fn a_rule_of_higher_priority_protects_what_it_selects() {
        let images =
            [image("a", &["beta-1", "prod-1"], 0), image("b", &["beta-2", "prod-2"], 1), image("c", &["beta-3"], 2)];
        let rules = [rule(1, &count(&tagged(&["prod"]), 1)), rule(2, &count(&tagged(&["beta"]), 1))];
        // The second rule would expire A and B, which the first one has selected.
        assert_eq!(affected(&rules, &images, &Archive::default(), 3), [(0, 1)]);
        let rules = [rule(1, &count(&tagged(&["beta"]), 1)), rule(2, &count(&tagged(&["prod"]), 1))];
        assert_eq!(affected(&rules, &images, &Archive::default(), 3), [(0, 1), (1, 1)]);
    }

    #[test]
    fn an_image_needs_a_tag_for_each_prefix_and_each_pattern() {
        let images = [image("a", &["alpha-1"], 0), image("b", &["alpha-2", "beta-2"], 0), image("c", &[], 0)];
        let days = |tags: Value| {
            let mut selection = tags;
            selection["countType"] = "sinceImagePushed".into();
            selection["countUnit"] = "days".into();
            selection["countNumber"] = 1.into();
            [rule(1, &selection)]
        };
        let none = Archive::default();
        assert_eq!(affected(&days(tagged(&["alpha", "beta"])), &images, &none, 1), [(1, 1)]);
        let pattern = json!({ "tagStatus": "tagged", "tagPatternList": ["*-1"] });
        assert_eq!(affected(&days(pattern), &images, &none, 1), [(0, 1)]);
        assert_eq!(affected(&days(json!({ "tagStatus": "untagged" })), &images, &none, 1), [(2, 1)]);
        let any = days(json!({ "tagStatus": "any" }));
        assert_eq!(affected(&any, &images, &none, 1), [(0, 1), (1, 1), (2, 1)]);
        assert_eq!(affected(&any, &images, &none, 0), []);
    }

    #[test]
    fn members_of_an_index_and_artifacts_of_an_image_are_left_alone() {
        let mut images = [image("member", &[], 0), image("signed", &["a"], 0), image("signature", &[], 0)];
        images[0].referenced_by_index = true;
        images[2].subject = Some(images[1].digest.clone());
        let any = [rule(
            1,
            &json!({ "tagStatus": "any", "countType": "sinceImagePushed", "countUnit": "days", "countNumber": 1 }),
        )];
        assert_eq!(affected(&any, &images, &Archive::default(), 5), [(1, 1)]);
        // Its subject is gone: it is an image like others.
        assert_eq!(affected(&any, &images[2..], &Archive::default(), 5), [(0, 1)]);
    }

    #[test]
    fn the_last_use_and_the_time_in_the_archive_count() {
        let mut pulled = image("pulled", &["a"], 0);
        pulled.last_pulled_at = Some((start() + DAY * 5).into());
        let images = [pulled, image("archived", &["b"], 0), image("restored", &["c"], 0)];
        let mut archive = Archive::default();
        let digest = |at: usize| images[at].digest.as_str();
        archive.put(digest(1), start() + DAY);
        archive.put(digest(2), start() + DAY);
        archive.activate(digest(2), start() + DAY * 8);
        let since = |count: &str, days: u32| json!({ "tagStatus": "any", "countType": count, "countUnit": "days", "countNumber": days });
        let mut unused = rule(1, &since("sinceImagePulled", 10));
        unused["action"] = json!({ "type": "transition", "targetStorageClass": "archive" });
        let mut in_archive = since("sinceImageTransitioned", 90);
        in_archive["storageClass"] = "archive".into();
        let rules = [unused, rule(2, &in_archive)];
        assert_eq!(affected(&rules, &images, &archive, 14), []);
        assert_eq!(affected(&rules, &images, &archive, 15), [(0, 1)]);
        assert_eq!(affected(&rules, &images, &archive, 18), [(0, 1), (2, 1)]);
        assert_eq!(affected(&rules, &images, &archive, 91), [(0, 1), (2, 1), (1, 2)]);
    }
}
