//! The services that the practice cloud provides, and the operations of each by the names that faults refer to. What an
//! operation does is left to `api` and to the registry.

use http::Method;

/// A service of the practice cloud.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "lowercase")]
pub(crate) enum Service {
    Ecr,
    /// The API of the public registry.
    #[strum(serialize = "ecr-public")]
    EcrPublic,
    Inspector2,
    Iam,
    Sts,
    /// The private registry.
    Registry,
    /// The public registry.
    Public,
}

const ECR: &[&str] = &[
    "BatchCheckLayerAvailability",
    "BatchDeleteImage",
    "BatchGetImage",
    "BatchGetRepositoryScanningConfiguration",
    "CompleteLayerUpload",
    "CreatePullThroughCacheRule",
    "CreateRepository",
    "DeleteLifecyclePolicy",
    "DeletePullThroughCacheRule",
    "DeleteRegistryPolicy",
    "DeleteRepository",
    "DeleteRepositoryPolicy",
    "DescribeImageReplicationStatus",
    "DescribeImageScanFindings",
    "DescribeImages",
    "DescribePullThroughCacheRules",
    "DescribeRegistry",
    "DescribeRepositories",
    "DescribeRepositoryCreationTemplates",
    "GetAccountSetting",
    "GetAuthorizationToken",
    "GetDownloadUrlForLayer",
    "GetLifecyclePolicy",
    "GetLifecyclePolicyPreview",
    "GetRegistryPolicy",
    "GetRegistryScanningConfiguration",
    "GetRepositoryPolicy",
    "InitiateLayerUpload",
    "ListImages",
    "ListTagsForResource",
    "PutAccountSetting",
    "PutImage",
    "PutImageScanningConfiguration",
    "PutImageTagMutability",
    "PutLifecyclePolicy",
    "PutRegistryPolicy",
    "PutRegistryScanningConfiguration",
    "PutReplicationConfiguration",
    "SetRepositoryPolicy",
    "StartImageScan",
    "StartLifecyclePolicyPreview",
    "TagResource",
    "UntagResource",
    "UpdateImageStorageClass",
    "UpdatePullThroughCacheRule",
    "UploadLayerPart",
    "ValidatePullThroughCacheRule",
];

const ECR_PUBLIC: &[&str] = &["GetAuthorizationToken"];

/// The path of the operations on the tags of a resource, whose ARN is the rest of it.
const TAGS: &str = "/tags/";

/// Inspector's operations, the method and the path of each.
const INSPECTOR2: &[(&str, Method, &str)] = &[
    ("BatchGetAccountStatus", Method::POST, "/status/batch/get"),
    ("BatchGetFindingDetails", Method::POST, "/findings/details/batch/get"),
    ("BatchGetFreeTrialInfo", Method::POST, "/freetrialinfo/batchget"),
    ("CreateFilter", Method::POST, "/filters/create"),
    ("DeleteFilter", Method::POST, "/filters/delete"),
    ("Disable", Method::POST, "/disable"),
    ("Enable", Method::POST, "/enable"),
    ("GetClustersForImage", Method::POST, "/cluster/get"),
    ("GetConfiguration", Method::POST, "/configuration/get"),
    ("ListAccountPermissions", Method::POST, "/accountpermissions/list"),
    ("ListCoverage", Method::POST, "/coverage/list"),
    ("ListCoverageStatistics", Method::POST, "/coverage/statistics/list"),
    ("ListFilters", Method::POST, "/filters/list"),
    ("ListFindingAggregations", Method::POST, "/findings/aggregation/list"),
    ("ListFindings", Method::POST, "/findings/list"),
    ("ListTagsForResource", Method::GET, TAGS),
    ("ListUsageTotals", Method::POST, "/usage/list"),
    ("SearchVulnerabilities", Method::POST, "/vulnerabilities/search"),
    ("TagResource", Method::POST, TAGS),
    ("UntagResource", Method::DELETE, TAGS),
    ("UpdateConfiguration", Method::POST, "/configuration/update"),
    ("UpdateFilter", Method::POST, "/filters/update"),
];

const IAM: &[&str] = &["GetRole", "ListAccountAliases", "SimulatePrincipalPolicy"];

const STS: &[&str] = &["AssumeRole", "AssumeRoleWithWebIdentity", "GetCallerIdentity", "GetSessionToken"];

const REGISTRY: &[&str] = &[
    "Ping",
    "GetManifest",
    "HeadManifest",
    "PutManifest",
    "DeleteManifest",
    "GetBlob",
    "HeadBlob",
    "DeleteBlob",
    "StartUpload",
    "PatchUpload",
    "PutBlob",
    "GetUpload",
    "CancelUpload",
    "ListTags",
    "ListCatalog",
    "ListReferrers",
];

const PUBLIC: &[&str] = &[
    "Token",
    "Ping",
    "GetManifest",
    "HeadManifest",
    "GetBlob",
    "HeadBlob",
    "ListTags",
    "ListCatalog",
    "ListReferrers",
];

impl Service {
    /// The services of AWS's APIs, as opposed to the registries.
    pub(crate) const APIS: [Self; 5] = [Self::Ecr, Self::EcrPublic, Self::Inspector2, Self::Iam, Self::Sts];

    pub(crate) fn as_str(self) -> &'static str {
        self.into()
    }

    /// The names of the operations.
    pub(crate) fn operations(self) -> Vec<&'static str> {
        match self {
            Self::Ecr => ECR.to_vec(),
            Self::EcrPublic => ECR_PUBLIC.to_vec(),
            Self::Inspector2 => INSPECTOR2.iter().map(|(operation, ..)| *operation).collect(),
            Self::Iam => IAM.to_vec(),
            Self::Sts => STS.to_vec(),
            Self::Registry => REGISTRY.to_vec(),
            Self::Public => PUBLIC.to_vec(),
        }
    }
}

/// The operation of IAM or STS with this name.
pub(crate) fn query_operation(service: Service, name: &str) -> Option<&'static str> {
    service.operations().into_iter().find(|operation| *operation == name)
}

/// The path of Inspector's operation.
pub(crate) fn inspector2_path(operation: &str) -> Option<&'static str> {
    INSPECTOR2.iter().find(|(candidate, ..)| *candidate == operation).map(|(.., path)| *path)
}

/// Inspector's operation with this method at a path.
pub(crate) fn inspector2_operation(method: &Method, path: &str) -> Option<&'static str> {
    let path = path.strip_suffix('/').unwrap_or(path);
    let path = if path.starts_with(TAGS) { TAGS } else { path };
    let mut at = INSPECTOR2.iter().filter(|(_, candidate, _)| method == candidate);
    at.find(|(.., candidate)| *candidate == path).map(|(operation, ..)| *operation)
}
