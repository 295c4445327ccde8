//! The services that the practice cloud provides, and the operations of each by the names that faults refer to. What an
//! operation does is left to `api` and to the registry.

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

/// Inspector's operations and the path of each.
const INSPECTOR2: &[(&str, &str)] = &[
    ("BatchGetAccountStatus", "/status/batch/get"),
    ("BatchGetFindingDetails", "/findings/details/batch/get"),
    ("BatchGetFreeTrialInfo", "/freetrialinfo/batchget"),
    ("CreateFindingsReport", "/reporting/create"),
    ("CreateSbomExport", "/sbomexport/create"),
    ("Disable", "/disable"),
    ("Enable", "/enable"),
    ("GetConfiguration", "/configuration/get"),
    ("ListAccountPermissions", "/accountpermissions/list"),
    ("ListCoverage", "/coverage/list"),
    ("ListCoverageStatistics", "/coverage/statistics/list"),
    ("ListFindingAggregations", "/findings/aggregation/list"),
    ("ListFindings", "/findings/list"),
    ("UpdateConfiguration", "/configuration/update"),
];

const IAM: &[&str] = &["GetRole", "ListAccountAliases", "SimulatePrincipalPolicy"];

const STS: &[&str] = &["AssumeRole", "AssumeRoleWithWebIdentity", "GetCallerIdentity"];

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
    pub(crate) fn as_str(self) -> &'static str {
        self.into()
    }

    /// The names of the operations.
    pub(crate) fn operations(self) -> Vec<&'static str> {
        match self {
            Self::Ecr => ECR.to_vec(),
            Self::EcrPublic => ECR_PUBLIC.to_vec(),
            Self::Inspector2 => INSPECTOR2.iter().map(|(operation, _)| *operation).collect(),
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
    INSPECTOR2.iter().find(|(candidate, _)| *candidate == operation).map(|(_, path)| *path)
}

/// Inspector's operation at a path.
pub(crate) fn inspector2_operation(path: &str) -> Option<&'static str> {
    let path = path.strip_suffix('/').unwrap_or(path);
    INSPECTOR2.iter().find(|(_, candidate)| *candidate == path).map(|(operation, _)| *operation)
}
