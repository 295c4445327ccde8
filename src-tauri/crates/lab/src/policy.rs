//! The least-privilege IAM policy for a plan: JSON for the console and the `aws` command, Terraform for infrastructure as code.
//! Which permissions the lab uses is the table in `aws::permissions`.

use std::fmt::Write as _;

use serde::Serialize;
use serde_json::{Value, json};

use crate::{
    aws::permissions::{self, Need, Permission, Scope},
    model::{plan::Plan, run_id::RunId},
};

/// An IAM policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IamPolicy {
    statements: Vec<PolicyStatement>,
}

/// A statement that allows actions on resources.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyStatement {
    /// Its id.
    pub sid: &'static str,
    /// The actions that it allows.
    pub actions: Vec<&'static str>,
    /// The ARNs that it allows them on, or `*`.
    pub resources: Vec<String>,
    /// A condition key and the value that it must have.
    pub condition: Option<(&'static str, String)>,
}

/// A policy in both forms.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PolicyTexts {
    /// As an IAM policy document.
    pub json: String,
    /// As Terraform configuration.
    pub terraform: String,
}

/// Whose policy it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyOwner {
    /// The account's twelve digits.
    pub account: String,
    /// The Region of the run.
    pub region: String,
    /// The ARN that `GetCallerIdentity` returns, if it is known: of a user, or of a role's session.
    pub caller: Option<String>,
}

impl PolicyOwner {
    fn is_role(&self) -> bool {
        self.caller.as_deref().is_some_and(|caller| caller.contains(":assumed-role/"))
    }
}

impl IamPolicy {
    /// The permissions that a run with this plan uses, and no others.
    pub fn for_plan(plan: &Plan, owner: &PolicyOwner) -> Self {
        let groups = [
            ("Registry", Scope::Region, Need::Required),
            ("CreatedRepositories", Scope::Created, Need::Required),
            ("Repositories", Scope::Repositories, Need::Required),
            ("Images", Scope::Pushed, Need::Required),
            ("InspectorServiceLinkedRole", Scope::ServiceLinkedRole, Need::Required),
            ("OptionalDetails", Scope::Region, Need::Useful),
            ("OptionalAccountAlias", Scope::Account, Need::Useful),
            ("OptionalSimulation", Scope::Caller, Need::Useful),
        ];
        let statements = groups.into_iter().filter_map(|(sid, scope, need)| {
            // Only a role has to be read: STS reports its sessions without its path.
            let is_needed = |permission: &Permission| permission.action != "iam:GetRole" || owner.is_role();
            let of_group = |permission: &&Permission| {
                permission.scope == scope && permission.need == need && is_needed(permission)
            };
            let actions: Vec<_> =
                permissions::ALL.iter().filter(of_group).map(|permission| permission.action).collect();
            let resources = resources(scope, plan, owner);
            let statement = PolicyStatement { sid, actions, resources, condition: condition(scope, owner) };
            (!statement.actions.is_empty() && !statement.resources.is_empty()).then_some(statement)
        });
        Self { statements: statements.collect() }
    }

    /// What the read-only explorer of repositories uses.
    pub fn for_explorer(owner: &PolicyOwner) -> Self {
        let statement = PolicyStatement {
            sid: "ReadRegistryAndFindings",
            actions: permissions::EXPLORER.to_vec(),
            resources: vec!["*".to_owned()],
            condition: condition(Scope::Region, owner),
        };
        Self { statements: vec![statement] }
    }

    /// The statements.
    pub fn statements(&self) -> &[PolicyStatement] {
        &self.statements
    }

    /// The policy document.
    pub fn document(&self) -> Value {
        let statement = |statement: &PolicyStatement| {
            let mut document = json!({
                "Sid": statement.sid,
                "Effect": "Allow",
                "Action": statement.actions,
                "Resource": statement.resources,
            });
            if let Some((key, value)) = &statement.condition {
                document["Condition"] = json!({ "StringEquals": { *key: value } });
            }
            document
        };
        json!({ "Version": "2012-10-17", "Statement": self.statements.iter().map(statement).collect::<Vec<_>>() })
    }

    /// The policy document, as text of several lines.
    pub fn to_json(&self) -> String {
        format!("{:#}\n", self.document())
    }

    /// Terraform configuration of a policy with this document.
    pub fn to_terraform(&self) -> String {
        let mut text = String::from("data \"aws_iam_policy_document\" \"imagelab\" {\n");
        for (number, statement) in self.statements.iter().enumerate() {
            let blank = if number == 0 { "" } else { "\n" };
            // Writing to a string cannot fail.
            let _ = write!(text, "{blank}  statement {{\n    sid       = {}\n", quoted(statement.sid));
            let _ = writeln!(text, "    effect    = \"Allow\"\n    actions   = {}", list(&statement.actions));
            let _ = writeln!(text, "    resources = {}", list(&statement.resources));
            if let Some((key, value)) = &statement.condition {
                let _ = write!(
                    text,
                    "\n    condition {{\n      test     = \"StringEquals\"\n      variable = {}\n      values   = [{}]\n    }}\n",
                    quoted(key),
                    quoted(value)
                );
            }
            text.push_str("  }\n");
        }
        text.push_str(
            "}\n\nresource \"aws_iam_policy\" \"imagelab\" {\n  name   = \"imagelab\"\n  \
             policy = data.aws_iam_policy_document.imagelab.json\n}\n",
        );
        text
    }

    /// Both forms.
    pub fn texts(&self) -> PolicyTexts {
        PolicyTexts { json: self.to_json(), terraform: self.to_terraform() }
    }
}

fn list(items: &[impl AsRef<str>]) -> String {
    let lines: String = items.iter().map(|item| ["      ", &quoted(item.as_ref()), ",\n"].concat()).collect();
    format!("[\n{lines}    ]")
}

/// A string of Terraform's language, in which `${` and `%{` begin templates.
fn quoted(text: &str) -> String {
    let escaped = text.replace('\\', "\\\\").replace('"', "\\\"").replace("${", "$${").replace("%{", "%%{");
    format!("\"{escaped}\"")
}

/// The ARNs of a scope; none if they are not known.
pub(crate) fn resources(scope: Scope, plan: &Plan, owner: &PolicyOwner) -> Vec<String> {
    let repository = |name: &str| repository_arn(owner, name);
    match scope {
        Scope::Region | Scope::Account => vec!["*".to_owned()],
        Scope::Repositories => plan.repositories().map(repository).to_vec(),
        Scope::Created => {
            let record = plan.record_repository(&RunId("*".to_owned()));
            plan.repositories().into_iter().chain([record.as_str()]).map(repository).collect()
        }
        Scope::Pushed => [&plan.prod, &plan.sandbox].map(|name| repository(name)).to_vec(),
        Scope::ServiceLinkedRole => vec![format!(
            "arn:{}:iam::{}:role/aws-service-role/inspector2.amazonaws.com/AWSServiceRoleForAmazonInspector2",
            partition(&owner.region),
            owner.account
        )],
        Scope::Caller => owner.caller.as_deref().and_then(principal).into_iter().collect(),
    }
}

fn condition(scope: Scope, owner: &PolicyOwner) -> Option<(&'static str, String)> {
    match scope {
        Scope::Region => Some(("aws:RequestedRegion", owner.region.clone())),
        Scope::ServiceLinkedRole => Some(("iam:AWSServiceName", "inspector2.amazonaws.com".to_owned())),
        Scope::Repositories | Scope::Created | Scope::Pushed | Scope::Account | Scope::Caller => None,
    }
}

/// The ARN of a repository.
pub(crate) fn repository_arn(owner: &PolicyOwner, name: &str) -> String {
    format!("{}{name}", repository_prefix(owner))
}

fn repository_prefix(owner: &PolicyOwner) -> String {
    format!("arn:{}:ecr:{}:{}:repository/", partition(&owner.region), owner.region, owner.account)
}

/// The partition that a Region belongs to.
fn partition(region: &str) -> &'static str {
    match region {
        _ if region.starts_with("cn-") => "aws-cn",
        _ if region.starts_with("us-gov-") => "aws-us-gov",
        _ => "aws",
    }
}

/// The ARN of the user or the role behind a caller. A session's ARN does not have its role's path, so that any path is
/// allowed.
fn principal(caller: &str) -> Option<String> {
    let parts: Vec<_> = caller.splitn(6, ':').collect();
    let [arn, partition, service, _, account, resource] = parts.as_slice() else { return None };
    match (*service, resource.split('/').collect::<Vec<_>>().as_slice()) {
        ("iam", ["user", ..]) => Some(caller.to_owned()),
        ("sts", ["assumed-role", role, ..]) => Some(format!("{arn}:{partition}:iam::{account}:role/*{role}")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn owner(caller: Option<&str>) -> PolicyOwner {
        PolicyOwner {
            account: "123456789012".to_owned(),
            region: "ap-northeast-2".to_owned(),
            caller: caller.map(str::to_owned),
        }
    }

    #[test]
    fn the_policy_for_the_default_plan_as_json() {
        let caller = "arn:aws:sts::123456789012:assumed-role/Learner/me";
        insta::assert_snapshot!(IamPolicy::for_plan(&Plan::default(), &owner(Some(caller))).to_json());
    }

    #[test]
    fn the_policy_for_the_default_plan_as_terraform() {
        insta::assert_snapshot!(IamPolicy::for_plan(&Plan::default(), &owner(None)).to_terraform());
    }

    #[test]
    fn every_permission_is_in_the_policy_once() {
        let role = "arn:aws:sts::123456789012:assumed-role/Learner/me";
        let policy = IamPolicy::for_plan(&Plan::default(), &owner(Some(role)));
        let actions: Vec<_> = policy.statements().iter().flat_map(|statement| statement.actions.clone()).collect();
        let unique: BTreeSet<_> = actions.iter().copied().collect();
        assert_eq!(actions.len(), permissions::ALL.len());
        assert_eq!(unique, permissions::ALL.iter().map(|permission| permission.action).collect());
    }

    #[test]
    fn the_resources_are_those_of_the_plan_and_the_partition() {
        let plan = Plan { prod: "team/prod".to_owned(), ..Plan::default() };
        let china = PolicyOwner { region: "cn-north-1".to_owned(), ..owner(None) };
        assert_eq!(
            resources(Scope::Pushed, &plan, &china),
            [
                "arn:aws-cn:ecr:cn-north-1:123456789012:repository/team/prod",
                "arn:aws-cn:ecr:cn-north-1:123456789012:repository/eks-security-sandbox",
            ]
        );
    }

    #[test]
    fn a_template_in_a_name_is_not_one_in_terraform() {
        assert_eq!(quoted("a\"${x}%{y}\\"), r#""a\"$${x}%%{y}\\""#);
    }
}
