//! The policy language of IAM: documents, and whether a statement of one applies to a request. Which policies apply to a
//! principal is left to `decision`.

use std::{collections::BTreeMap, str::FromStr};

use serde::Deserialize;
use serde_json::Value;

/// A policy: identity-based, of the registry, or of the organization.
///
/// Elements and condition operators that the practice cloud does not evaluate are refused when the policy is parsed, so that
/// none is silently ignored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    document: Value,
    statements: Vec<Statement>,
}

/// A text is not a policy that the practice cloud evaluates.
#[derive(Debug, thiserror::Error)]
#[error("this is not a policy: {0}")]
pub struct PolicySyntaxError(String);

/// A policy of a resource, whose statements name who they are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ResourcePolicy {
    /// Its statements are for this repository, and name no resource.
    Repository,
    /// Its statements name their resources.
    Registry,
}

/// What a policy says about a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// A statement denies it. No other policy can allow it.
    Denied,
    /// A statement allows it.
    Allowed,
    /// No statement applies.
    Silent,
}

/// What a caller asks for.
#[derive(Clone, Debug)]
pub(crate) struct PolicyRequest<'a> {
    /// `ecr:CreateRepository`
    pub(crate) action: &'a str,
    /// An ARN, or `*` for actions that no single resource belongs to.
    pub(crate) resource: &'a str,
    /// The values of condition keys. The keys are in lowercase.
    pub(crate) context: &'a BTreeMap<String, Vec<String>>,
    /// The ARNs by which a policy's `Principal` can name the caller.
    pub(crate) principals: &'a [String],
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Document {
    #[serde(default)]
    #[expect(dead_code, reason = "parsed so that it is accepted")]
    version: Option<String>,
    #[serde(default)]
    #[expect(dead_code, reason = "parsed so that it is accepted")]
    id: Option<String>,
    statement: OneOrMany<Statement>,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Statement {
    #[serde(default)]
    sid: Option<String>,
    effect: Effect,
    #[serde(default)]
    principal: Option<Value>,
    #[serde(default)]
    action: Option<OneOrMany<String>>,
    #[serde(default)]
    not_action: Option<OneOrMany<String>>,
    #[serde(default)]
    resource: Option<OneOrMany<String>>,
    #[serde(default)]
    not_resource: Option<OneOrMany<String>>,
    #[serde(default)]
    condition: BTreeMap<String, BTreeMap<String, OneOrMany<ConditionValue>>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
enum Effect {
    Allow,
    Deny,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
enum OneOrMany<T> {
    Many(Vec<T>),
    One(T),
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
enum ConditionValue {
    Text(String),
    Flag(bool),
}

impl FromStr for Policy {
    type Err = PolicySyntaxError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let document: Value = serde_json::from_str(text).map_err(|error| PolicySyntaxError(error.to_string()))?;
        document.try_into()
    }
}

impl TryFrom<Value> for Policy {
    type Error = PolicySyntaxError;

    fn try_from(document: Value) -> Result<Self, PolicySyntaxError> {
        let parsed: Document =
            serde_json::from_value(document.clone()).map_err(|error| PolicySyntaxError(error.to_string()))?;
        let statements = parsed.statement.into_vec();
        statements.iter().try_for_each(Statement::check)?;
        Ok(Self { document, statements })
    }
}

impl Policy {
    /// The document as it was written.
    pub fn document(&self) -> &Value {
        &self.document
    }

    /// Whether this can be the policy of a resource.
    pub(crate) fn check_as(&self, of: ResourcePolicy) -> Result<(), PolicySyntaxError> {
        let names_resources = |statement: &Statement| statement.resource.is_some() || statement.not_resource.is_some();
        let error = |text: &str| Err(PolicySyntaxError(text.to_owned()));
        for statement in &self.statements {
            match of {
                _ if statement.principal.is_none() => return error("a statement needs a Principal"),
                ResourcePolicy::Repository if names_resources(statement) => {
                    return error("a statement must not have a Resource");
                }
                ResourcePolicy::Registry if !names_resources(statement) => {
                    return error("a statement needs a Resource");
                }
                ResourcePolicy::Repository | ResourcePolicy::Registry => {}
            }
        }
        Ok(())
    }

    /// What the policy says about a request.
    pub(crate) fn verdict(&self, request: &PolicyRequest<'_>) -> Verdict {
        let mut verdict = Verdict::Silent;
        for statement in self.statements.iter().filter(|statement| statement.applies_to(request)) {
            match statement.effect {
                Effect::Deny => return Verdict::Denied,
                Effect::Allow => verdict = Verdict::Allowed,
            }
        }
        verdict
    }

    /// The ids of the statements that apply to a request; a statement without one is numbered.
    pub(crate) fn matched(&self, request: &PolicyRequest<'_>) -> Vec<String> {
        let all = self.statements.iter().enumerate();
        let matched = all.filter(|(_, statement)| statement.applies_to(request));
        matched.map(|(n, statement)| statement.sid.clone().unwrap_or_else(|| format!("statement-{}", n + 1))).collect()
    }
}

impl Statement {
    fn check(&self) -> Result<(), PolicySyntaxError> {
        if self.action.is_some() == self.not_action.is_some() {
            return Err(PolicySyntaxError("a statement has either Action or NotAction".to_owned()));
        }
        if self.resource.is_some() && self.not_resource.is_some() {
            return Err(PolicySyntaxError("a statement has either Resource or NotResource".to_owned()));
        }
        for operator in self.condition.keys() {
            if Operator::parse(operator).is_none() {
                return Err(PolicySyntaxError(format!(
                    "the practice cloud does not evaluate the condition {operator}"
                )));
            }
        }
        Ok(())
    }

    fn applies_to(&self, request: &PolicyRequest<'_>) -> bool {
        let action = |pattern: &String| matches(&pattern.to_ascii_lowercase(), &request.action.to_ascii_lowercase());
        let resource = |pattern: &String| pattern == "*" || matches(pattern, request.resource);
        self.action.as_ref().is_none_or(|list| list.any(action))
            && self.not_action.as_ref().is_none_or(|list| !list.any(action))
            && self.resource.as_ref().is_none_or(|list| list.any(resource))
            && self.not_resource.as_ref().is_none_or(|list| !list.any(resource))
            && self.principal.as_ref().is_none_or(|principal| names(principal, request.principals))
            && self.condition.iter().all(|(operator, keys)| {
                keys.iter()
                    .all(|(key, expected)| holds(operator, expected, request.context.get(&key.to_ascii_lowercase())))
            })
    }
}

/// A condition operator.
#[derive(Clone, Copy)]
struct Operator {
    negated: bool,
    wildcards: bool,
    ignores_case: bool,
    if_exists: bool,
}

impl Operator {
    fn parse(text: &str) -> Option<Self> {
        let (name, if_exists) = text.strip_suffix("IfExists").map_or((text, false), |name| (name, true));
        let (negated, wildcards, ignores_case) = match name {
            "StringEquals" => (false, false, false),
            "StringNotEquals" => (true, false, false),
            "StringEqualsIgnoreCase" | "Bool" => (false, false, true),
            "StringNotEqualsIgnoreCase" => (true, false, true),
            "StringLike" | "ArnLike" | "ArnEquals" => (false, true, false),
            "StringNotLike" | "ArnNotLike" | "ArnNotEquals" => (true, true, false),
            _ => return None,
        };
        Some(Self { negated, wildcards, ignores_case, if_exists })
    }
}

/// Whether a condition holds. A key without a value satisfies `…IfExists` and the negated operators only.
fn holds(operator: &str, expected: &OneOrMany<ConditionValue>, actual: Option<&Vec<String>>) -> bool {
    let Some(operator) = Operator::parse(operator) else { return false };
    let Some(actual) = actual else { return operator.if_exists || operator.negated };
    let equal = |expected: &ConditionValue, actual: &str| {
        let expected = match expected {
            ConditionValue::Text(text) => text.clone(),
            ConditionValue::Flag(flag) => flag.to_string(),
        };
        match (operator.wildcards, operator.ignores_case) {
            (true, _) => matches(&expected, actual),
            (false, true) => expected.eq_ignore_ascii_case(actual),
            (false, false) => expected == actual,
        }
    };
    actual.iter().any(|actual| expected.any(|expected| equal(expected, actual))) != operator.negated
}

/// Whether a `Principal` names the caller: `"*"`, or `{"AWS": …}` with an ARN, an account id, or `*`.
fn names(principal: &Value, callers: &[String]) -> bool {
    match principal {
        Value::String(text) => text == "*" || callers.contains(text),
        Value::Array(list) => list.iter().any(|one| names(one, callers)),
        Value::Object(kinds) => kinds.get("AWS").is_some_and(|one| names(one, callers)),
        _ => false,
    }
}

/// Whether a text matches a pattern with `*` for any characters and `?` for one.
fn matches(pattern: &str, text: &str) -> bool {
    let (pattern, text) = (pattern.as_bytes(), text.as_bytes());
    let (mut p, mut t) = (0, 0);
    // Where to continue after the last `*` if what follows does not match: one character further.
    let mut retry = None;
    while t < text.len() {
        match pattern.get(p) {
            Some(b'*') => {
                retry = Some((p, t));
                p += 1;
            }
            Some(byte) if *byte == b'?' || *byte == text[t] => (p, t) = (p + 1, t + 1),
            _ => match retry {
                Some((star, from)) => {
                    retry = Some((star, from + 1));
                    (p, t) = (star + 1, from + 1);
                }
                None => return false,
            },
        }
    }
    pattern[p..].iter().all(|byte| *byte == b'*')
}

impl<T> OneOrMany<T> {
    fn any(&self, test: impl Fn(&T) -> bool) -> bool {
        match self {
            Self::Many(list) => list.iter().any(test),
            Self::One(one) => test(one),
        }
    }

    fn into_vec(self) -> Vec<T> {
        match self {
            Self::Many(list) => list,
            Self::One(one) => vec![one],
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const REPOSITORY: &str = "arn:aws:ecr:ap-northeast-2:123456789012:repository/";

    fn verdict(statements: &Value, action: &str, resource: &str, context: &[(&str, &str)]) -> Verdict {
        let policy = Policy::try_from(json!({ "Version": "2012-10-17", "Statement": statements })).unwrap();
        let context = context.iter().map(|(key, value)| ((*key).to_owned(), vec![(*value).to_owned()])).collect();
        let principals = ["arn:aws:iam::123456789012:user/practice".to_owned()];
        policy.verdict(&PolicyRequest { action, resource, context: &context, principals: &principals })
    }

    #[test]
    fn a_pattern_matches_the_whole_text() {
        for (pattern, text) in
            [("*", ""), ("a*c", "abbc"), ("a?c", "abc"), ("*/x", "a/b/x"), ("a*b*", "aXbbY"), ("", "")]
        {
            assert!(matches(pattern, text), "{pattern} {text}");
        }
        for (pattern, text) in [("", "a"), ("a?c", "ac"), ("a*c", "abcd"), ("*/x", "x"), ("abc", "ab")] {
            assert!(!matches(pattern, text), "{pattern} {text}");
        }
    }

    #[test]
    fn an_allowed_action_is_allowed_on_its_resource_only() {
        let allow =
            json!({ "Effect": "Allow", "Action": "ecr:createrepository", "Resource": format!("{REPOSITORY}a*") });
        let on = |name: &str| verdict(&allow, "ecr:CreateRepository", &format!("{REPOSITORY}{name}"), &[]);
        assert_eq!([on("a"), on("ab/c"), on("b")], [Verdict::Allowed, Verdict::Allowed, Verdict::Silent]);
        assert_eq!(verdict(&allow, "ecr:DeleteRepository", &format!("{REPOSITORY}a"), &[]), Verdict::Silent);
    }

    #[test]
    fn a_denial_wins() {
        let statements = json!([
            { "Effect": "Allow", "Action": "*", "Resource": "*" },
            { "Effect": "Deny", "NotAction": ["ecr:Get*", "sts:*"], "Resource": "*" },
        ]);
        assert_eq!(verdict(&statements, "ecr:PutImage", "*", &[]), Verdict::Denied);
        assert_eq!(verdict(&statements, "ecr:GetRegistryPolicy", "*", &[]), Verdict::Allowed);
    }

    #[test]
    fn conditions_read_the_context() {
        let on_condition = |operator: &str, value: &str| {
            json!({ "Effect": "Allow", "Action": "*", "Resource": "*",
                    "Condition": { operator: { "aws:RequestedRegion": [value] } } })
        };
        let seoul = [("aws:requestedregion", "ap-northeast-2")];
        for (operator, value, with, without) in [
            ("StringEquals", "ap-northeast-2", Verdict::Allowed, Verdict::Silent),
            ("StringEquals", "us-east-1", Verdict::Silent, Verdict::Silent),
            ("StringEqualsIfExists", "ap-northeast-2", Verdict::Allowed, Verdict::Allowed),
            ("StringNotEquals", "us-east-1", Verdict::Allowed, Verdict::Allowed),
            ("StringNotEquals", "ap-northeast-2", Verdict::Silent, Verdict::Allowed),
            ("StringLike", "ap-*", Verdict::Allowed, Verdict::Silent),
        ] {
            assert_eq!(verdict(&on_condition(operator, value), "a:B", "*", &seoul), with, "{operator} {value}");
            assert_eq!(verdict(&on_condition(operator, value), "a:B", "*", &[]), without, "{operator} {value} absent");
        }
    }

    #[test]
    fn a_principal_is_an_arn_an_account_or_anyone() {
        let to = |principal: Value| json!({ "Effect": "Deny", "Principal": principal, "Action": "ecr:*" });
        let user = json!({ "AWS": ["arn:aws:iam::123456789012:user/practice"] });
        assert_eq!(verdict(&to(json!("*")), "ecr:PutImage", "*", &[]), Verdict::Denied);
        assert_eq!(verdict(&to(user), "ecr:PutImage", "*", &[]), Verdict::Denied);
        assert_eq!(verdict(&to(json!({ "AWS": "210987654321" })), "ecr:PutImage", "*", &[]), Verdict::Silent);
    }

    #[test]
    fn what_is_not_evaluated_is_refused() {
        for statement in [
            json!({ "Effect": "Allow", "Action": "*", "Resource": "*", "Condition": { "NumericEquals": { "a": "1" } } }),
            json!({ "Effect": "Allow", "Resource": "*" }),
            json!({ "Effect": "Allow", "Action": "*", "NotAction": "*", "Resource": "*" }),
            json!({ "Effect": "Perhaps", "Action": "*", "Resource": "*" }),
            json!({ "Effect": "Allow", "Action": "*", "Ressource": "*" }),
        ] {
            assert!(Policy::try_from(json!({ "Statement": statement })).is_err(), "{statement}");
        }
    }
}
