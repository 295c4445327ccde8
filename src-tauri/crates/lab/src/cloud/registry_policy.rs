//! The policy of the registry: what it denies whatever the request is. What depends on conditions, or on a principal that cannot be
//! compared, is not foreseen: the call itself is then denied.

use serde::Deserialize;
use serde_json::Value;

use crate::{
    aws::{
        Aws,
        errors::{code, problem},
    },
    filters::matches_whole,
    model::{
        code::Code,
        problem::{LabError, Problem},
    },
};

/// The statements that deny something without a condition.
#[derive(Debug, Default)]
pub(crate) struct RegistryPolicy {
    denials: Vec<Statement>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Document {
    statement: OneOrMany<Statement>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Statement {
    effect: String,
    principal: Option<Principal>,
    action: Option<OneOrMany<String>>,
    not_action: Option<OneOrMany<String>>,
    resource: Option<OneOrMany<String>>,
    condition: Option<Value>,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Principal {
    Everyone(String),
    Named {
        #[serde(rename = "AWS")]
        aws: Option<OneOrMany<String>>,
    },
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum OneOrMany<T> {
    One(T),
    Many(Vec<T>),
}

impl<T> OneOrMany<T> {
    fn as_slice(&self) -> &[T] {
        match self {
            Self::One(one) => std::slice::from_ref(one),
            Self::Many(many) => many,
        }
    }

    fn into_vec(self) -> Vec<T> {
        match self {
            Self::One(one) => vec![one],
            Self::Many(many) => many,
        }
    }
}

impl Statement {
    fn is_about(&self, action: &str) -> bool {
        let action = action.to_ascii_lowercase();
        let has = |list: &OneOrMany<String>| {
            list.as_slice().iter().any(|pattern| matches_whole(&pattern.to_ascii_lowercase(), &action))
        };
        match (&self.action, &self.not_action) {
            (Some(actions), _) => has(actions),
            (None, Some(others)) => !has(others),
            (None, None) => false,
        }
    }

    fn is_on(&self, resource: &str) -> bool {
        let resources = self.resource.as_ref().map(OneOrMany::as_slice).unwrap_or_default();
        resources.iter().any(|pattern| matches_whole(pattern, resource))
    }

    /// Whether it is for a caller, by the ARN of a user or of a role's session.
    fn is_for(&self, caller: &str) -> bool {
        let parts: Vec<_> = caller.splitn(6, ':').collect();
        let [_, partition, _, _, account, resource] = parts.as_slice() else { return false };
        let is_named = |principal: &String| {
            let is_account = principal == account || *principal == format!("arn:{partition}:iam::{account}:root");
            // The session's ARN has the role's name and not its path.
            let role = resource.strip_prefix("assumed-role/").and_then(|session| session.split('/').next());
            let is_role = role.is_some_and(|role| {
                let of_role = principal.strip_prefix(&format!("arn:{partition}:iam::{account}:role/"));
                of_role.is_some_and(|path| path.rsplit('/').next() == Some(role))
            });
            principal == "*" || principal == caller || is_account || is_role
        };
        match &self.principal {
            Some(Principal::Everyone(principal)) => is_named(principal),
            Some(Principal::Named { aws: Some(names) }) => names.as_slice().iter().any(is_named),
            Some(Principal::Named { aws: None }) | None => false,
        }
    }
}

impl RegistryPolicy {
    /// Of a text that is no policy, nothing is foreseen.
    fn parse(text: &str) -> Self {
        let statements = serde_json::from_str::<Document>(text).map(|document| document.statement.into_vec());
        let mut denials = statements.unwrap_or_default();
        denials.retain(|statement| statement.effect == "Deny" && statement.condition.is_none());
        Self { denials }
    }

    /// The refusal of an action on a resource, if it is denied to the caller for certain.
    pub(crate) fn denial(&self, action: &'static str, resource: &str, caller: &str) -> Option<LabError> {
        let denies =
            |statement: &Statement| statement.is_about(action) && statement.is_on(resource) && statement.is_for(caller);
        self.denials.iter().any(denies).then(|| {
            let problem = Problem::new(Code::DeniedByRegistryPolicy).with("action", action);
            problem
                .details(format!("{caller}: {action} on {resource}, explicit deny in the policy of the registry"))
                .into()
        })
    }
}

/// Reads it. A registry without a policy denies nothing.
pub(crate) async fn get(aws: &Aws) -> Result<RegistryPolicy, LabError> {
    match aws.ecr.get_registry_policy().send().await {
        Ok(response) => Ok(response.policy_text().map(RegistryPolicy::parse).unwrap_or_default()),
        Err(error) if code(&error) == Some("RegistryPolicyNotFoundException") => Ok(RegistryPolicy::default()),
        Err(error) => Err(problem("ecr:GetRegistryPolicy", error)),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const CREATE: &str = "ecr:CreateRepository";
    const PROD: &str = "arn:aws:ecr:us-east-1:123456789012:repository/a/prod";
    const USER: &str = "arn:aws:iam::123456789012:user/ann";
    const SESSION: &str = "arn:aws:sts::123456789012:assumed-role/Lab/ann";

    fn denies(change: impl FnOnce(&mut Value), caller: &str) -> bool {
        let mut statement = json!({ "Effect": "Deny", "Principal": "*", "Action": CREATE, "Resource": "*" });
        change(&mut statement);
        let policy = json!({ "Version": "2012-10-17", "Statement": [statement] });
        RegistryPolicy::parse(&policy.to_string()).denial(CREATE, PROD, caller).is_some()
    }

    #[test]
    fn a_denial_without_conditions_is_foreseen() {
        assert!(denies(|_| (), USER) && denies(|_| (), SESSION));
        assert!(denies(|statement| statement["Action"] = json!(["ecr:PutImage", "ECR:Create*"]), USER));
        assert!(denies(|statement| statement["Resource"] = json!("arn:aws:ecr:*:*:repository/a/*"), USER));
        for principal in ["123456789012", "arn:aws:iam::123456789012:root", USER] {
            assert!(denies(|statement| statement["Principal"] = json!({ "AWS": [principal] }), USER), "{principal}");
        }
        let role = json!({ "AWS": "arn:aws:iam::123456789012:role/teams/Lab" });
        assert!(denies(|statement| statement["Principal"] = role.clone(), SESSION));
    }

    #[test]
    fn what_is_not_certain_is_not_foreseen() {
        assert!(!denies(|statement| statement["Effect"] = json!("Allow"), USER));
        assert!(!denies(|statement| statement["Action"] = json!("ecr:PutImage"), USER));
        assert!(!denies(|statement| statement["Resource"] = json!("arn:aws:ecr:*:*:repository/b/*"), USER));
        assert!(!denies(|statement| statement["Principal"] = json!({ "AWS": "210987654321" }), USER));
        assert!(!denies(|statement| statement["Principal"] = json!({ "Service": "ecr.amazonaws.com" }), USER));
        let condition = json!({ "StringEquals": { "aws:RequestedRegion": "us-east-1" } });
        assert!(!denies(|statement| statement["Condition"] = condition.clone(), USER));
        assert!(RegistryPolicy::parse("no JSON").denial(CREATE, PROD, USER).is_none());
    }
}
