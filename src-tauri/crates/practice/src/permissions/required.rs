//! The permissions that a call needs: actions, resources and the values of condition keys.

use std::collections::BTreeMap;

use http::{
    header::{CONTENT_LENGTH, TRANSFER_ENCODING},
    request::Parts,
};
use serde_json::Value;

use crate::{
    cloud::Cloud,
    config::ACCOUNT,
    service::{Service, inspector2_path},
    wire::target::{registry_action, registry_operation},
};

/// A permission that a call needs.
#[derive(Clone, Debug, Default)]
pub(crate) struct Needed {
    /// `ecr:CreateRepository`
    pub(crate) action: String,
    /// An ARN, or `*`.
    pub(crate) resource: String,
    /// The values of condition keys in lowercase, without those that every request has.
    pub(crate) context: BTreeMap<String, Vec<String>>,
}

impl Needed {
    pub(crate) fn new(action: impl Into<String>, resource: impl Into<String>) -> Self {
        Self { action: action.into(), resource: resource.into(), context: BTreeMap::new() }
    }

    fn with(mut self, key: impl Into<String>, value: impl Into<String>) -> Self {
        self.context.entry(key.into().to_ascii_lowercase()).or_default().push(value.into());
        self
    }
}

/// What a call of ECR or Inspector needs. Nothing where the body is not JSON: the call itself refuses that.
pub(crate) fn by_call(cloud: &Cloud, service: Service, operation: &str, body: &[u8]) -> Vec<Needed> {
    let body = if body.is_empty() { b"{}" } else { body };
    let Ok(input) = serde_json::from_slice::<Value>(body) else { return Vec::new() };
    match service {
        Service::Ecr => by_ecr(cloud, operation, &input),
        Service::Inspector2 => by_inspector(cloud, operation, &input),
        // Documented for the only operation.
        Service::EcrPublic => {
            let actions = [format!("ecr-public:{operation}"), "sts:GetServiceBearerToken".to_owned()];
            actions.map(|action| Needed::new(action, "*")).to_vec()
        }
        _ => Vec::new(),
    }
}

fn by_ecr(cloud: &Cloud, operation: &str, input: &Value) -> Vec<Needed> {
    let action = format!("ecr:{operation}");
    let text = |name: &str| input.get(name).and_then(Value::as_str);
    let on = |name: &str| with_tags(cloud, Needed::new(&action, cloud.names.repository_arn(name)), name);
    match operation {
        "DescribeRepositories" if input.get("repositoryNames").is_none_or(Value::is_null) => {
            vec![Needed::new(&action, cloud.names.repository_arn("*"))]
        }
        "CreateRepository" => create_repository(cloud, input),
        "PutRegistryScanningConfiguration" => {
            let mut needed = vec![Needed::new(&action, "*")];
            if text("scanType") == Some("ENHANCED") {
                needed.extend(enhanced_scanning(cloud));
            }
            needed
        }
        _ => {
            let names = input.get("repositoryNames").and_then(Value::as_array);
            let names = names.map(|names| names.iter().filter_map(Value::as_str).collect::<Vec<_>>());
            match (names, text("repositoryName"), text("resourceArn")) {
                (Some(names), ..) if !names.is_empty() => names.into_iter().map(on).collect(),
                (_, Some(name), _) => vec![on(name)],
                (.., Some(arn)) => {
                    let needed = Needed::new(&action, arn);
                    vec![match cloud.names.repository_of_arn(arn) {
                        Some(name) => with_tags(cloud, needed, name),
                        None => needed,
                    }]
                }
                _ => vec![Needed::new(&action, "*")],
            }
        }
    }
}

/// Tags at creation need the permission to tag as well.
fn create_repository(cloud: &Cloud, input: &Value) -> Vec<Needed> {
    let name = input.get("repositoryName").and_then(Value::as_str).unwrap_or_default();
    let arn = cloud.names.repository_arn(name);
    let tags = input.get("tags").and_then(Value::as_array).cloned().unwrap_or_default();
    let with_request_tags = |mut needed: Needed| {
        for tag in &tags {
            if let (Some(key), Some(value)) = (tag["Key"].as_str(), tag["Value"].as_str()) {
                needed = needed.with(format!("aws:RequestTag/{key}"), value).with("aws:TagKeys", key);
            }
        }
        needed
    };
    let mut needed = vec![with_request_tags(Needed::new("ecr:CreateRepository", &arn))];
    if !tags.is_empty() {
        needed.push(with_request_tags(Needed::new("ecr:TagResource", &arn)));
    }
    needed
}

/// What the ECR user guide requires for enhanced scanning ("IAM permissions required for enhanced scanning"), as far as
/// configuring it makes use of it.
fn enhanced_scanning(cloud: &Cloud) -> Vec<Needed> {
    let mut needed = vec![inspector(cloud, "ListAccountPermissions")];
    if !cloud.store.read(|state| state.inspector.ecr().is_on()) {
        needed.extend(by_inspector(cloud, "Enable", &Value::Null));
    }
    needed
}

/// Of Inspector's actions only those on a filter can be limited to resources (Service Authorization Reference). The first
/// activation creates a service-linked role.
fn by_inspector(cloud: &Cloud, operation: &str, input: &Value) -> Vec<Needed> {
    let filter = match operation {
        "DeleteFilter" => input.get("arn"),
        "UpdateFilter" => input.get("filterArn"),
        "ListTagsForResource" | "TagResource" | "UntagResource" => input.get("resourceArn"),
        _ => None,
    };
    if let Some(arn) = filter.and_then(Value::as_str) {
        return vec![Needed::new(format!("inspector2:{operation}"), arn)];
    }
    let mut needed = vec![inspector(cloud, operation)];
    if operation == "Enable" && cloud.store.read(|state| state.inspector.since.is_none()) {
        let role = format!(
            "arn:aws:iam::{ACCOUNT}:role/aws-service-role/inspector2.amazonaws.com/AWSServiceRoleForAmazonInspector2"
        );
        let create = Needed::new("iam:CreateServiceLinkedRole", role);
        needed.push(create.with("iam:AWSServiceName", "inspector2.amazonaws.com"));
    }
    needed
}

fn inspector(cloud: &Cloud, operation: &str) -> Needed {
    let path = inspector2_path(operation).unwrap_or("/");
    Needed::new(
        format!("inspector2:{operation}"),
        format!("arn:aws:inspector2:{}:{ACCOUNT}:{path}", cloud.names.region),
    )
}

/// An action of ECR on a repository.
pub(crate) fn on_repository(cloud: &Cloud, action: &str, name: &str) -> Needed {
    with_tags(cloud, Needed::new(format!("ecr:{action}"), cloud.names.repository_arn(name)), name)
}

/// What a request to the private registry needs; nothing for one that needs a valid token only.
pub(crate) fn by_registry_request(cloud: &Cloud, request: &Parts) -> Vec<Needed> {
    let operation = registry_operation(request);
    if operation == "ListCatalog" {
        // Assumed: the list of repositories is the one of `DescribeRepositories`.
        return vec![Needed::new(format!("ecr:{}", registry_action(operation)), cloud.names.repository_arn("*"))];
    }
    let Some(name) = repository(request.uri.path()).filter(|_| operation != "Ping") else { return Vec::new() };
    let on = |action: &str| on_repository(cloud, action, name);
    let mut needed = vec![on(registry_action(operation))];
    // An upload can be sent with the request that starts or completes it.
    let sends_layer = has_body(request) && matches!(operation, "StartUpload" | "PutBlob");
    needed.extend(sends_layer.then(|| on("UploadLayerPart")));
    let completes = operation == "StartUpload" && request.uri.query().is_some_and(|query| query.contains("digest="));
    needed.extend(completes.then(|| on("CompleteLayerUpload")));
    needed
}

fn has_body(request: &Parts) -> bool {
    let length = request.headers.get(CONTENT_LENGTH).and_then(|length| length.to_str().ok());
    request.headers.contains_key(TRANSFER_ENCODING) || length.is_some_and(|length| length != "0")
}

/// The repository of a path of the distribution API: `/v2/<name>/blobs/…`.
fn repository(path: &str) -> Option<&str> {
    let rest = path.strip_prefix("/v2/")?;
    ["/manifests/", "/blobs/", "/tags/", "/referrers/"]
        .iter()
        .find_map(|part| rest.rsplit_once(part))
        .map(|(name, _)| name)
}

/// With the tags of the repository, as conditions read them.
fn with_tags(cloud: &Cloud, mut needed: Needed, repository: &str) -> Needed {
    let tags = cloud.store.read(|state| state.repositories.get(repository).map(|repository| repository.tags.clone()));
    for (key, value) in tags.unwrap_or_default() {
        needed = needed.with(format!("aws:ResourceTag/{key}"), &value).with(format!("ecr:ResourceTag/{key}"), value);
    }
    needed
}
