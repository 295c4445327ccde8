//! The document of a lifecycle policy, by the user guide ("Lifecycle policy properties in Amazon ECR"): reading and
//! validating it. Which images it selects is left to `evaluation`.

use std::collections::BTreeSet;

use serde::Deserialize;

use crate::state::image_lifecycle::{Action, StorageClass};

/// A valid lifecycle policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LifecyclePolicy {
    /// By priority: the first one is applied first.
    pub(crate) rules: Vec<Rule>,
}

/// A rule of a lifecycle policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Rule {
    pub(crate) priority: u32,
    pub(crate) tags: TagSelection,
    /// The class of the images that it selects.
    pub(crate) storage_class: StorageClass,
    pub(crate) limit: Limit,
    pub(crate) action: Action,
}

/// Which images a rule selects by their tags.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum TagSelection {
    Any,
    Untagged,
    /// Images with a tag for each of the prefixes.
    Prefixes(Vec<String>),
    /// Images with a tag for each of the patterns, in which `*` matches any characters.
    Patterns(Vec<String>),
}

/// Which of the selected images a rule acts on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Limit {
    /// All but so many, which were pushed last.
    Count(usize),
    /// Those that were pushed longer ago, in days.
    SincePushed(u32),
    /// Those that were pulled longer ago.
    SincePulled(u32),
    /// Those that were archived longer ago.
    SinceArchived(u32),
}

/// The quota of rules in a policy.
const MAX_RULES: usize = 50;
const MAX_WILDCARDS: usize = 4;
/// Images stay this many days in the archive, unless they are deleted by hand.
const MIN_DAYS_ARCHIVED: u32 = 90;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    rules: Vec<RuleInput>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct RuleInput {
    rule_priority: u32,
    #[serde(default)]
    #[expect(dead_code, reason = "parsed so that it is accepted")]
    description: Option<String>,
    selection: SelectionInput,
    action: ActionInput,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct SelectionInput {
    tag_status: String,
    #[serde(default)]
    tag_prefix_list: Vec<String>,
    #[serde(default)]
    tag_pattern_list: Vec<String>,
    storage_class: Option<String>,
    count_type: String,
    count_unit: Option<String>,
    count_number: u32,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct ActionInput {
    #[serde(rename = "type")]
    kind: String,
    target_storage_class: Option<String>,
}

impl LifecyclePolicy {
    /// Parses a policy. The error says what is wrong with it.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let document: Document = serde_json::from_str(text).map_err(|error| error.to_string())?;
        if !(1..=MAX_RULES).contains(&document.rules.len()) {
            return Err(format!("a policy has between 1 and {MAX_RULES} rules"));
        }
        let mut rules = document.rules.into_iter().map(RuleInput::validated).collect::<Result<Vec<_>, _>>()?;
        rules.sort_by_key(|rule| rule.priority);
        check_together(&rules)?;
        Ok(Self { rules })
    }
}

/// Checks what rules must not have in common. Rules of different storage classes never select the same image.
fn check_together(rules: &[Rule]) -> Result<(), String> {
    let priorities: BTreeSet<_> = rules.iter().map(|rule| rule.priority).collect();
    if priorities.len() < rules.len() {
        return Err("each rule must have its own rulePriority".to_owned());
    }
    for class in [StorageClass::Standard, StorageClass::Archive] {
        let of_class: Vec<_> = rules.iter().filter(|rule| rule.storage_class == class).collect();
        let selections: BTreeSet<_> = of_class.iter().map(|rule| &rule.tags).collect();
        if selections.len() < of_class.len() {
            return Err("no two rules may select the same tags, and only one may select untagged images".to_owned());
        }
        let last = of_class.last().map(|rule| rule.priority);
        if of_class.iter().any(|rule| rule.tags == TagSelection::Any && Some(rule.priority) != last) {
            return Err("a rule with the tagStatus any must have the highest rulePriority".to_owned());
        }
    }
    Ok(())
}

impl RuleInput {
    fn validated(self) -> Result<Rule, String> {
        if self.rule_priority == 0 {
            return Err("rulePriority must be 1 or more".to_owned());
        }
        let action = self.action.validated()?;
        let tags = tags(&self.selection)?;
        let limit = limit(&self.selection)?;
        let storage_class = storage_class(&self.selection, limit)?;
        match (limit, action) {
            (Limit::SincePulled(_), Action::Expire) => {
                Err("sinceImagePulled can be used with the action transition only".to_owned())
            }
            (Limit::SinceArchived(_), Action::Transition) => {
                Err("sinceImageTransitioned can be used with the action expire only".to_owned())
            }
            (Limit::SinceArchived(days), _) if days < MIN_DAYS_ARCHIVED => {
                Err(format!("countNumber must be {MIN_DAYS_ARCHIVED} or more for sinceImageTransitioned"))
            }
            _ => Ok(Rule { priority: self.rule_priority, tags, storage_class, limit, action }),
        }
    }
}

impl ActionInput {
    fn validated(&self) -> Result<Action, String> {
        match (self.kind.as_str(), self.target_storage_class.as_deref()) {
            ("expire", None) => Ok(Action::Expire),
            ("transition", Some("archive")) => Ok(Action::Transition),
            ("expire", Some(_)) => Err("targetStorageClass can be used with the action transition only".to_owned()),
            ("transition", _) => Err("targetStorageClass must be archive for the action transition".to_owned()),
            _ => Err("the type of an action must be expire or transition".to_owned()),
        }
    }
}

fn tags(selection: &SelectionInput) -> Result<TagSelection, String> {
    let sorted = |list: &[String]| list.iter().cloned().collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>();
    let (prefixes, patterns) = (sorted(&selection.tag_prefix_list), sorted(&selection.tag_pattern_list));
    let is_listed = !prefixes.is_empty() || !patterns.is_empty();
    match selection.tag_status.as_str() {
        "any" | "untagged" if is_listed => {
            Err("tagPrefixList and tagPatternList can be used with the tagStatus tagged only".to_owned())
        }
        "any" => Ok(TagSelection::Any),
        "untagged" => Ok(TagSelection::Untagged),
        "tagged" if prefixes.is_empty() == patterns.is_empty() => {
            Err("the tagStatus tagged needs either a tagPrefixList or a tagPatternList".to_owned())
        }
        "tagged" if prefixes.iter().chain(&patterns).any(String::is_empty) => {
            Err("a prefix or pattern of tags must not be empty".to_owned())
        }
        "tagged" if patterns.iter().any(|pattern| pattern.matches('*').count() > MAX_WILDCARDS) => {
            Err(format!("a pattern of tags can have {MAX_WILDCARDS} wildcards at most"))
        }
        "tagged" if patterns.is_empty() => Ok(TagSelection::Prefixes(prefixes)),
        "tagged" => Ok(TagSelection::Patterns(patterns)),
        _ => Err("tagStatus must be tagged, untagged or any".to_owned()),
    }
}

fn limit(selection: &SelectionInput) -> Result<Limit, String> {
    let number = selection.count_number;
    if number == 0 {
        return Err("countNumber must be 1 or more".to_owned());
    }
    let limit = match selection.count_type.as_str() {
        "imageCountMoreThan" => Limit::Count(number as usize),
        "sinceImagePushed" => Limit::SincePushed(number),
        "sinceImagePulled" => Limit::SincePulled(number),
        "sinceImageTransitioned" => Limit::SinceArchived(number),
        other => return Err(format!("{other} is not a countType")),
    };
    match (limit, selection.count_unit.as_deref()) {
        (Limit::Count(_), Some(_)) => Err("countUnit cannot be used with imageCountMoreThan".to_owned()),
        (Limit::Count(_), None) | (_, Some("days")) => Ok(limit),
        _ => Err("countUnit must be days".to_owned()),
    }
}

fn storage_class(selection: &SelectionInput, limit: Limit) -> Result<StorageClass, String> {
    let is_archived = matches!(limit, Limit::SinceArchived(_));
    match (selection.storage_class.as_deref(), is_archived) {
        (Some("archive"), true) => Ok(StorageClass::Archive),
        (None | Some("standard"), false) => Ok(StorageClass::Standard),
        (_, true) => Err("sinceImageTransitioned needs the storageClass archive".to_owned()),
        (_, false) => Err("the storageClass archive can be used with sinceImageTransitioned only".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn selection(members: &Value) -> Value {
        let mut selection = json!({ "tagStatus": "any", "countType": "imageCountMoreThan", "countNumber": 1 });
        for (name, value) in members.as_object().unwrap() {
            selection[name] = value.clone();
        }
        selection
    }

    fn rule(priority: u32, members: &Value) -> Value {
        json!({ "rulePriority": priority, "selection": selection(members), "action": { "type": "expire" } })
    }

    fn parse(rules: &[Value]) -> Result<LifecyclePolicy, String> {
        LifecyclePolicy::parse(&json!({ "rules": rules }).to_string())
    }

    #[test]
    fn rules_are_sorted_by_their_priority() {
        let tagged = rule(9, &json!({ "tagStatus": "tagged", "tagPatternList": ["b*", "a*"] }));
        let untagged =
            rule(2, &json!({ "tagStatus": "untagged", "countType": "sinceImagePushed", "countUnit": "days" }));
        let policy = parse(&[tagged, rule(20, &json!({})), untagged]).unwrap();
        let summary: Vec<_> = policy.rules.iter().map(|rule| (rule.priority, &rule.tags, rule.limit)).collect();
        let patterns = TagSelection::Patterns(vec!["a*".into(), "b*".into()]);
        assert_eq!(
            summary,
            [
                (2, &TagSelection::Untagged, Limit::SincePushed(1)),
                (9, &patterns, Limit::Count(1)),
                (20, &TagSelection::Any, Limit::Count(1))
            ]
        );
    }

    #[test]
    fn archiving_and_deleting_from_the_archive_go_together() {
        let since = |count: &str, days: u32| json!({ "countType": count, "countUnit": "days", "countNumber": days });
        let mut archive = rule(1, &since("sinceImagePulled", 30));
        archive["action"] = json!({ "type": "transition", "targetStorageClass": "archive" });
        let mut members = since("sinceImageTransitioned", 90);
        members["storageClass"] = "archive".into();
        let policy = parse(&[archive, rule(2, &members)]).unwrap();
        assert_eq!(policy.rules[0].action, Action::Transition);
        assert_eq!(
            (policy.rules[1].storage_class, policy.rules[1].limit),
            (StorageClass::Archive, Limit::SinceArchived(90))
        );
    }

    #[test]
    fn what_the_user_guide_excludes_is_refused_with_a_reason() {
        let tagged = |prefix: &str| json!({ "tagStatus": "tagged", "tagPrefixList": [prefix] });
        let days = |count: &str, days: u32| json!({ "countType": count, "countUnit": "days", "countNumber": days });
        let archived = |days: u32, class: &str| json!({ "countType": "sinceImageTransitioned", "countUnit": "days", "countNumber": days, "storageClass": class });
        for (rules, reason) in [
            (vec![], "between 1 and 50"),
            (vec![rule(0, &json!({}))], "1 or more"),
            (vec![rule(1, &json!({ "countNumber": 0 }))], "1 or more"),
            (vec![rule(1, &json!({ "countType": "byMood" }))], "not a countType"),
            (vec![rule(1, &json!({ "countUnit": "days" }))], "cannot be used"),
            (vec![rule(1, &json!({ "countType": "sinceImagePushed" }))], "must be days"),
            (vec![rule(1, &json!({ "tagStatus": "tagged" }))], "needs either"),
            (vec![rule(1, &json!({ "tagStatus": "any", "tagPrefixList": ["a"] }))], "tagged only"),
            (vec![rule(1, &json!({ "tagStatus": "tagged", "tagPatternList": ["a*b*c*d*e*"] }))], "4 wildcards"),
            (vec![rule(1, &days("sinceImagePulled", 3))], "transition only"),
            (vec![rule(1, &archived(89, "archive"))], "90 or more"),
            (vec![rule(1, &archived(90, "standard"))], "needs the storageClass archive"),
            (vec![rule(1, &json!({ "storageClass": "archive" }))], "sinceImageTransitioned only"),
            (vec![rule(1, &json!({})), rule(2, &tagged("a"))], "highest rulePriority"),
            (vec![rule(1, &tagged("a")), rule(1, &tagged("b"))], "its own rulePriority"),
            (vec![rule(1, &tagged("a")), rule(2, &tagged("a"))], "the same tags"),
        ] {
            let refused = parse(&rules).unwrap_err();
            assert!(refused.contains(reason), "{rules:?}: {refused}");
        }
        let mut unknown = rule(1, &json!({}));
        unknown["colour"] = "red".into();
        assert!(parse(&[unknown]).unwrap_err().contains("unknown field"));
        for action in [
            json!({ "type": "hide" }),
            json!({ "type": "transition" }),
            json!({ "type": "expire", "targetStorageClass": "archive" }),
        ] {
            let mut rule = rule(1, &json!({}));
            rule["action"] = action;
            parse(&[rule]).unwrap_err();
        }
    }
}
