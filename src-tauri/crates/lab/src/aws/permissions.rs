//! The permissions of IAM that the lab uses: what each allows, where it is needed, and whether the lab can do without it. The
//! policy for a plan, the preflight and the page for security engineers are made from this table.

use crate::model::step::StepId;

/// A permission that the lab uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Permission {
    /// `ecr:CreateRepository`
    pub(crate) action: &'static str,
    /// The resources that it is needed for.
    pub(crate) scope: Scope,
    /// Whether the lab can do without it.
    pub(crate) need: Need,
    /// The first step that uses it.
    pub(crate) step: StepId,
}

/// The resources that a permission is needed for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Scope {
    /// The registry or Inspector as a whole: IAM cannot limit the action to a resource, or the lab reads all of them.
    Region,
    /// The plan's three repositories.
    Repositories,
    /// Those, and the one that keeps the record where all three are there already.
    Created,
    /// The two repositories that images are pushed to.
    Pushed,
    /// The role that Inspector works with, created when Inspector is enabled for the first time.
    ServiceLinkedRole,
    /// The account: IAM is not regional.
    Account,
    /// The user or role that the lab runs as.
    Caller,
}

/// Whether the lab can do without a permission.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Need {
    /// A step fails without it.
    Required,
    /// Without it the lab knows less, and says so.
    Useful,
}

/// The permission of an action.
pub(crate) fn find(action: &str) -> Option<&'static Permission> {
    ALL.iter().find(|permission| permission.action == action)
}

const fn required(step: StepId, scope: Scope, action: &'static str) -> Permission {
    Permission { action, scope, need: Need::Required, step }
}

const fn useful(step: StepId, scope: Scope, action: &'static str) -> Permission {
    Permission { action, scope, need: Need::Useful, step }
}

/// What the read-only explorer of repositories uses, in the Region as a whole.
pub(crate) const EXPLORER: [&str; 8] = [
    "ecr:BatchGetRepositoryScanningConfiguration",
    "ecr:DescribeImageScanFindings",
    "ecr:DescribeImages",
    "ecr:DescribeRepositories",
    "ecr:GetRegistryScanningConfiguration",
    "inspector2:BatchGetFindingDetails",
    "inspector2:ListCoverage",
    "inspector2:ListFindings",
];

/// Every permission, by the step that first uses it. `sts:GetCallerIdentity` is missing: no one needs a permission for it.
pub(crate) const ALL: [Permission; 33] = [
    required(StepId::Prepare, Scope::Region, "ecr:GetRegistryScanningConfiguration"),
    required(StepId::Prepare, Scope::Region, "ecr:GetAuthorizationToken"),
    required(StepId::Prepare, Scope::Region, "ecr:DescribeRepositories"),
    required(StepId::Prepare, Scope::Region, "inspector2:BatchGetAccountStatus"),
    required(StepId::Prepare, Scope::Region, "inspector2:ListAccountPermissions"),
    useful(StepId::Prepare, Scope::Region, "ecr:GetRegistryPolicy"),
    useful(StepId::Prepare, Scope::Account, "iam:ListAccountAliases"),
    useful(StepId::Prepare, Scope::Caller, "iam:GetRole"),
    useful(StepId::Prepare, Scope::Caller, "iam:SimulatePrincipalPolicy"),
    required(StepId::Scanning, Scope::Region, "ecr:PutRegistryScanningConfiguration"),
    required(StepId::Scanning, Scope::Region, "inspector2:Enable"),
    required(StepId::Scanning, Scope::ServiceLinkedRole, "iam:CreateServiceLinkedRole"),
    required(StepId::Scanning, Scope::Region, "ecr:ListTagsForResource"),
    required(StepId::Scanning, Scope::Pushed, "ecr:GetLifecyclePolicy"),
    required(StepId::Scanning, Scope::Created, "ecr:CreateRepository"),
    required(StepId::Scanning, Scope::Created, "ecr:TagResource"),
    required(StepId::Repositories, Scope::Repositories, "ecr:BatchGetRepositoryScanningConfiguration"),
    required(StepId::Push, Scope::Pushed, "ecr:BatchCheckLayerAvailability"),
    required(StepId::Push, Scope::Pushed, "ecr:InitiateLayerUpload"),
    required(StepId::Push, Scope::Pushed, "ecr:UploadLayerPart"),
    required(StepId::Push, Scope::Pushed, "ecr:CompleteLayerUpload"),
    required(StepId::Push, Scope::Pushed, "ecr:PutImage"),
    required(StepId::Push, Scope::Pushed, "ecr:BatchGetImage"),
    required(StepId::Push, Scope::Created, "ecr:DescribeImages"),
    required(StepId::Results, Scope::Pushed, "ecr:DescribeImageScanFindings"),
    required(StepId::Results, Scope::Region, "inspector2:ListCoverage"),
    required(StepId::Results, Scope::Region, "inspector2:ListFindings"),
    required(StepId::Results, Scope::Region, "inspector2:ListFindingAggregations"),
    useful(StepId::Results, Scope::Region, "inspector2:BatchGetFindingDetails"),
    required(StepId::Cleanup, Scope::Pushed, "ecr:BatchDeleteImage"),
    required(StepId::Cleanup, Scope::Created, "ecr:DeleteRepository"),
    required(StepId::Cleanup, Scope::Region, "inspector2:ListFilters"),
    required(StepId::Cleanup, Scope::Region, "inspector2:Disable"),
];

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, fs, path::Path};

    use super::ALL;

    /// A key of conditions, which looks like an action.
    const CONDITION_KEY: &str = "iam:AWSServiceName";

    /// The actions in quotation marks in a file: `"ecr:CreateRepository"`.
    fn actions(text: &str) -> impl Iterator<Item = &str> {
        text.split('"').filter(|part| {
            let is_word = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_alphanumeric());
            part.split_once(':').is_some_and(|(service, name)| {
                *part != CONDITION_KEY && matches!(service, "ecr" | "iam" | "inspector2") && is_word(name)
            })
        })
    }

    fn of_folder(folder: &Path, named: &mut BTreeSet<String>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                of_folder(&path, named);
            } else if path.extension().is_some_and(|extension| extension == "rs") && !path.ends_with("tests.rs") {
                let text = fs::read_to_string(&path).unwrap();
                named.extend(actions(text.split("#[cfg(test)]").next().unwrap_or_default()).map(str::to_owned));
            }
        }
    }

    #[test]
    fn every_action_that_an_error_can_name_is_in_the_table() {
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let mut named = BTreeSet::new();
        for folder in ["cloud", "steps"] {
            of_folder(&source.join(folder), &mut named);
        }
        assert!(named.contains("ecr:CreateRepository"), "{named:?}");
        let table: BTreeSet<_> = ALL.iter().map(|permission| permission.action.to_owned()).collect();
        assert_eq!(named.difference(&table).collect::<Vec<_>>(), Vec::<&String>::new());
    }
}
